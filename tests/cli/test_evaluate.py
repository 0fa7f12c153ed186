from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import evaluate, main
from strategraph.errors import UnusableInputError

TEXT = "Harbour Plan 2024-2027\n\nGoal 1: Reach: Connect everyone.\n\nGoal 2: Learn: Train young people.\n"
GOLD = {
    "document": "plan.txt",
    "plan": {"title": "Harbour Plan 2024-2027", "owner": None, "start": 2024, "end": 2027},
    "elements": [
        {"id": "g1", "type": "Goal", "number": "1", "title": "Reach", "statement": "Connect everyone."},
        {"id": "g2", "type": "Goal", "number": "2", "title": "Learn", "statement": "Train young people."},
        {"id": "g3", "type": "Goal", "number": "3", "title": "Last", "statement": "Not in the document."},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document and its gold, of which one of three goals cannot be found."""
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "plan.txt.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def test_the_table_goes_to_stdout_and_low_scores_are_no_failure(folder: Path) -> None:
    result = run(folder / "plan.txt.gold.json")
    assert result.exit_code == 0
    assert "Goal                        1.000   0.667  0.800     2      2     3\n" in result.stdout
    assert result.stderr == ""


def test_errors_are_listed_with_their_place(folder: Path) -> None:
    result = run(folder, "--errors")
    assert "\nplan.txt: missed: Goal 3: Last Not in the document.\n" in result.stdout


def test_json_is_stable_and_the_only_thing_on_stdout(folder: Path) -> None:
    results = [run(folder, "--json", "--errors") for _ in range(2)]
    assert results[0].stdout == results[1].stdout
    content = json.loads(results[0].stdout)
    assert content["total"]["types"]["Goal"]["recall"] == 0.6667
    assert "Goal 3" in [error["what"] for error in content["documents"][0]["errors"]]


def test_documents_may_stand_in_another_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("gold")
    (folder / "plan.txt.gold.json").rename(elsewhere / "plan.txt.gold.json")
    assert run(elsewhere, "--sources", folder).exit_code == 0
    missing = run(elsewhere)
    assert missing.exit_code == 2
    assert "its document plan.txt is not in" in missing.stderr
    assert "--sources" in missing.stderr
    assert missing.stderr.count("\n") == 1


@pytest.mark.parametrize(("floor", "status"), [("0.8", 0), ("0.81", 1)])
def test_a_floor_makes_low_scores_a_failure(folder: Path, floor: str, status: int) -> None:
    result = run(folder, "--floor", floor)
    assert result.exit_code == status
    assert ("below the floor" in result.stderr) == bool(status)
    assert "all elements" in result.stdout


def test_a_floor_is_not_reached_where_there_is_nothing_to_score(folder: Path) -> None:
    empty = {**GOLD, "elements": [], "not_annotated": ["Goal"]}
    (folder / "plan.txt.gold.json").write_text(json.dumps(empty), encoding="utf-8")
    assert run(folder, "--floor", "0").exit_code == 1


def test_a_document_that_states_nothing_is_scored_as_empty(folder: Path) -> None:
    (folder / "plan.txt").write_text("The bus leaves at noon. Bring a coat.\n", encoding="utf-8")
    result = run(folder, "--json")
    assert result.exit_code == 0
    total = json.loads(result.stdout)["total"]
    assert total["elements"] == {
        "precision": None,
        "recall": 0.0,
        "f1": 0.0,
        "hits": 0,
        "found": 0,
        "gold": 3,
    }


def test_what_cannot_be_read_is_named_and_the_rest_is_scored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_bytes(b"\x00")
    (folder / "a.txt.gold.json").write_text('{"document": "a.txt"}', encoding="utf-8")
    read = evaluate._read

    def refuse(path: Path) -> object:
        if path.name == "a.txt":
            raise UnusableInputError("a.txt: is not text")
        return read(path)

    monkeypatch.setattr(evaluate, "_read", refuse)
    result = run(folder)
    assert result.exit_code == 2
    assert "all elements" in result.stdout
    assert result.stderr.splitlines() == [
        "strategraph: not scored: a.txt: is not text",
        "strategraph: error: 1 of 2 documents could not be read; see above",
    ]


def test_where_nothing_can_be_read_there_is_no_table(folder: Path) -> None:
    (folder / "plan.txt").write_bytes(b"\x00\x01\x02" * 100)
    result = run(folder)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "not scored: " in result.stderr


@pytest.mark.parametrize(("content", "message"), [("{", "is no JSON"), ("[1]", "must hold a table")])
def test_broken_gold_is_one_line_and_status_2(folder: Path, content: str, message: str) -> None:
    (folder / "plan.txt.gold.json").write_text(content, encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "plan.txt.gold.json" in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_missing_gold_is_status_2(tmp_path: Path) -> None:
    result = run(tmp_path / "missing.gold.json")
    assert result.exit_code == 2
    assert "no such gold file or folder" in result.stderr


def test_progress_is_shown_to_people_who_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with evaluate._progress(1) as step:
        step(1)
    assert terminal.getvalue() == ""
    with evaluate._progress(2) as step:
        step(1)
        step(1)
    assert "Reading" in terminal.getvalue()


ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"


def test_our_own_gold_is_read_well() -> None:
    result = run(ROOT / "data" / "gold", "--json", "--floor", "0.9")
    assert result.exit_code == 0, result.stderr
    total = json.loads(result.stdout)["total"]
    assert total["parents"]["accuracy"] >= 0.85
    assert total["fields"]["accuracy"] >= 0.9


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not beside the checkout")
def test_real_plans_are_read_well() -> None:
    texts = [path for path in sorted((SHARED / "gold").glob("*.json")) if ".pdf." not in path.name]
    result = run(*texts, "--sources", SHARED / "plans", "--json")
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    total = content["total"]
    assert total["elements"]["f1"] >= 0.9
    assert total["parents"]["accuracy"] >= 0.85
    assert total["fields"]["accuracy"] >= 0.85
    assert total["target_groups"]["strict"]["f1"] >= 0.6
    assert total["target_groups"]["lenient"]["f1"] >= 0.73
    assert total["instruments"]["f1"] >= 0.95
    assert total["adoption"]["f1"] == 1.0


READINGS = """[reader]
model = "test"

[[element]]
is = "Goal"
number = "1"
title = "Reach"
statement = "Connect everyone."
"""


def test_readings_are_scored_beside_ours_alone_and_joined(folder: Path) -> None:
    (folder / "plan.readings.toml").write_text(READINGS, encoding="utf-8")
    result = run(folder, "--readings", folder)
    rows = {line.split()[0]: line.split()[3] for line in result.stdout.splitlines()[1:4]}
    assert rows == {"ours": "0.800", "readings": "0.500", "joined": "0.800"}
    content = json.loads(run(folder, "--readings", folder / "plan.readings.toml", "--json").stdout)
    assert list(content) == ["ours", "readings", "joined"]
    assert content["readings"]["total"]["types"]["Goal"]["precision"] == 1.0
    assert "false hit: target group: everyone" in run(folder, "--readings", folder, "--errors").stdout
    assert run(folder, "--readings", folder, "--floor", "0.9").exit_code == 1


def test_a_document_without_readings_is_not_scored(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    result = run(folder, "--readings", tmp_path_factory.mktemp("none"))
    assert result.exit_code == 2
    assert "has no plan.readings.toml" in result.stderr
