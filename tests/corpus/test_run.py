"""Runs over many sources: what is built, what is left, and what the manifest says."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, Graph

from strategraph.cli import main
from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
from strategraph.corpus.records import CONFORMS, FAILED, FILES, JOURNAL, MANIFEST, PlanRecord, load_records
from strategraph.corpus.run import Outcome, Telling, run
from strategraph.corpus.sources import find
from strategraph.corpus.work import Done
from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options
from strategraph.rdf.namespace import SG
from strategraph.reading.request import Original

BASE = "https://w3id.org/strategraph/id/plan/"
PLAN = "{0} Board\n{0} Plan 2024-2027\n\nThe {0} Board ({0})\n\nGoal 1: Reach {1}\n"


def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name, content in {
        "a.txt": PLAN.format("Harbour", "women"),
        "sub/b.md": "# Goal 1: Schools in every town\n",
        "sub/c.txt": "Goal 1: Water for everyone\n\nGoal 2: Air for everyone\n",
        "bad.txt": "The bus leaves at noon. Bring a coat.\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def build(*given: Path, out: Path, **options: object) -> Outcome:
    found = find([str(one) for one in given], outputs=suffixes(DEFAULT_FORMATS), out=str(out))
    return run(found, LocalFolder(out), Recipe(Options(), DEFAULT_FORMATS), **options)  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, str]:
    """Return the checksums of all files but the manifest, which says how long each took, and the journal."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in FILES
    }


def records(folder: Path) -> dict[str, PlanRecord]:
    return {record.name: replace(record, seconds=0) for record in load_records(folder)}


def test_a_run_and_another(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    outcome = build(folder, out=out)
    assert (outcome.total, outcome.built, outcome.unchanged, outcome.failed) == (4, 3, 0, 1)
    found = records(out)
    assert sorted(found) == ["a", "bad", "sub/b", "sub/c"]
    assert found["bad"].verdict == FAILED
    assert "nothing of a plan is recognised" in found["bad"].message
    assert found["sub/c"].verdict == CONFORMS
    assert found["sub/c"].counts["Goal"] == 2
    assert found["sub/c"].source == "../in/sub/c.txt"
    assert all((out / file).is_file() for record in found.values() for file in record.outputs)
    assert not (out / JOURNAL).exists()
    before = contents(out)

    outcome = build(folder, out=out)
    assert (outcome.built, outcome.unchanged, outcome.failed) == (0, 3, 1)
    assert contents(out) == before
    assert records(out) == found


def test_results_do_not_depend_on_processes_or_order(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    for number in range(5):
        (folder / f"more-{number}.txt").write_text(PLAN.format("Coast", number), encoding="utf-8")
    build(folder, out=tmp_path / "one")
    build(folder, out=tmp_path / "two", processes=2)
    files = [path for path in sorted(folder.rglob("*"), reverse=True) if path.is_file()]
    build(*(path for path in files if path.parent == folder), folder, out=tmp_path / "three")
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")
    assert records(tmp_path / "one") == records(tmp_path / "two") == records(tmp_path / "three")


@pytest.mark.parametrize("change", ["source", "output", "missing", "manifest of the set", "recipe"])
def test_what_has_changed_is_built_again(
    tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    build(folder, out=out)
    before = contents(out)
    built = 1
    if change == "source":
        (folder / "sub" / "c.txt").write_text("Goal 1: Water for everyone\n", encoding="utf-8")
    elif change == "output":
        (out / "sub" / "c.ttl").write_text("", encoding="utf-8")
    elif change == "missing":
        (out / "sub" / "c.graphml").unlink()
    elif change == "manifest of the set":
        (out / "sub" / "c.sha256").write_text("", encoding="utf-8")
    else:
        monkeypatch.setattr("strategraph.corpus.outputs.made_by", lambda: {"software": "another"})
        built = 3
    outcome = build(folder, out=out)
    assert (outcome.built, outcome.unchanged) == (built, 3 - built)
    assert (contents(out) == before) is (change != "source")


def test_plans_that_claim_one_iri_are_told_apart_whenever_they_come(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    texts = {name: PLAN.format("Harbour", group) for name, group in (("a", "women"), ("b", "men"))}
    sums = {name: hashlib.sha256(text.encode()).hexdigest()[:8] for name, text in texts.items()}
    (folder / "a.txt").write_text(texts["a"], encoding="utf-8")
    build(folder, out=out)
    alone = records(out)["a"].plan
    assert not alone.endswith(sums["a"])

    (folder / "b.txt").write_text(texts["b"], encoding="utf-8")
    outcome = build(folder, out=out)
    assert outcome.apart == {alone: ["a", "b"]}
    assert (outcome.built, outcome.unchanged) == (2, 0)
    found = records(out)
    assert {name: record.plan for name, record in found.items()} == {
        name: f"{alone}-{sum_}" for name, sum_ in sums.items()
    }
    assert set(Graph().parse(out / "a.ttl").subjects(RDF.type, SG.StrategicPlan)).pop().endswith(sums["a"])  # type: ignore[attr-defined]
    assert build(folder, out=out).unchanged == 2

    build(folder, out=tmp_path / "at once")
    assert contents(tmp_path / "at once") == contents(out)

    (folder / "b.txt").unlink()
    build(folder, out=out, prune=True)
    assert records(out)["a"].plan == alone


def test_copies_of_a_source_do_not_clash(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "copy").mkdir(parents=True)
    for path in (folder / "a.txt", folder / "copy" / "a.txt"):
        path.write_text(PLAN.format("Harbour", "women"), encoding="utf-8")
    assert build(folder, out=out).apart == {}
    assert len({record.plan for record in load_records(out)}) == 1


def test_a_source_of_an_earlier_run_is_told_apart_too(tmp_path: Path) -> None:
    one, two, out = tmp_path / "one", tmp_path / "two", tmp_path / "out"
    for folder, name, group in ((one, "a", "women"), (two, "b", "men")):
        folder.mkdir()
        (folder / f"{name}.txt").write_text(PLAN.format("Harbour", group), encoding="utf-8")
    build(one, out=out)
    build(two, out=out)
    build(one, two, out=tmp_path / "at once")
    assert contents(out) == contents(tmp_path / "at once")


def test_outputs_of_a_source_that_is_no_more(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    build(folder, out=out)
    shutil.rmtree(folder / "sub")
    outcome = build(folder, out=out)
    assert [record.name for record in outcome.gone] == ["sub/b", "sub/c"]
    assert "sub/c.ttl" in outcome.left
    assert (out / "sub" / "c.ttl").is_file()
    outcome = build(folder, out=out, prune=True)
    assert "sub/c.ttl" in outcome.removed
    assert not (out / "sub").exists()
    assert sorted(records(out)) == ["a", "bad"]
    assert build(folder, out=out).left == []


def test_a_source_that_failed_leaves_what_it_wrote_before(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    build(folder, out=out)
    (folder / "a.txt").write_text("Nothing any more.\n", encoding="utf-8")
    outcome = build(folder, out=out)
    assert "a.ttl" in outcome.left
    assert records(out)["a"].outputs == ()
    outcome = build(folder, out=out, prune=True)
    assert not (out / "a.ttl").exists()


def test_another_name_leaves_the_files_of_the_first(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    build(folder, out=out)
    (folder / "a.md").write_text("# Goal 1: Roads\n", encoding="utf-8")
    outcome = build(folder, out=out)
    assert [record.name for record in outcome.gone] == ["a"]
    assert "a.ttl" in outcome.left
    build(folder, out=out, prune=True)
    assert sorted(records(out)) == ["a.md", "a.txt", "bad", "sub/b", "sub/c"]


def test_sources_beside_their_outputs(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    build(folder, out=folder)
    first = contents(folder)
    outcome = build(folder, out=folder, prune=True)
    assert (outcome.total, outcome.unchanged) == (4, 3)
    assert contents(folder) == first


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"

    def stop(done: Done, number: int, total: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, out=out, telling=Telling(stop))
    assert (out / JOURNAL).is_file()
    outcome = build(folder, out=out)
    assert 1 <= outcome.unchanged < 3
    build(folder, out=tmp_path / "undisturbed")
    assert contents(out) == contents(tmp_path / "undisturbed")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested too deep"),
        (ValueError("x\ny"), "a fault of strategraph itself (ValueError: x y)"),
    ],
)
def test_what_goes_wrong_with_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("strategraph.pipeline.build", fail)
    outcome = build(sources(tmp_path), out=tmp_path / "out")
    assert outcome.failed == 4
    assert said in records(tmp_path / "out")["a"].message


def test_addresses_are_fetched_and_kept(tmp_path: Path) -> None:
    url, out = "https://example.org/plan.txt", tmp_path / "out"
    asked: list[str] = []

    def obtain(address: str) -> Original:
        asked.append(address)
        return Original("plan.txt", PLAN.format("Harbour", "women").encode(), address)

    found = find([url], outputs=suffixes(DEFAULT_FORMATS), addresses={url: "plan"})
    recipe = Recipe(Options(), DEFAULT_FORMATS)
    for unchanged in (0, 1):
        outcome = run(found, LocalFolder(out), recipe, addresses=[url], obtain=obtain)
        assert outcome.unchanged == unchanged
    assert asked == [url, url]
    assert (out / "plan.original.txt").is_file()
    assert records(out)["plan"].source == url


def test_a_vocabulary_that_is_not_there(tmp_path: Path) -> None:
    found = find([str(sources(tmp_path))], outputs=suffixes(DEFAULT_FORMATS))
    recipe = Recipe(Options(vocabularies=(tmp_path / "no.ttl",)), DEFAULT_FORMATS)
    with pytest.raises(UnusableInputError, match=r"no\.ttl: cannot be read"):
        run(found, LocalFolder(tmp_path / "out"), recipe)


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["build", *map(str, arguments)])


def test_the_command_is_quiet_but_for_failures_and_the_summary(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    result = command(folder, "-o", out, "--jobs", 1)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"strategraph: error: {folder}/bad.txt: nothing of a plan")
    assert "4 sources in " in result.stdout
    assert "  built                 3\n" in result.stdout
    assert "  failed                1\n" in result.stdout
    assert str(out / "manifest.json") in result.stdout
    assert result.stdout.count("\n") < 12
    (folder / "bad.txt").unlink()
    result = command(folder, "-o", out)
    assert result.exit_code == 0
    assert "  unchanged             3\n" in result.stdout
    assert json.loads((out / MANIFEST).read_text("utf-8"))["plans"]


def test_the_command_tells_of_clashes_and_leftovers(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "out"
    (folder / "z.txt").write_text(PLAN.format("Harbour", "men"), encoding="utf-8")
    (folder / "bad.txt").unlink()
    command(folder, "-o", out)
    (folder / "sub" / "c.txt").unlink()
    result = command(folder, "-o", out)
    assert f"told apart      a, z: each would be <{BASE}" in result.stdout
    assert "left over" in result.stdout
    assert "--prune removes them" in result.stdout
    assert "removed" in command(folder, "-o", out, "--prune").stdout
    (folder / "a.txt").write_text("The bus leaves at noon.\n", encoding="utf-8")
    assert "earlier outputs of sources that failed" in command(folder, "-o", out).stdout


HOSTILE = (
    b"line\nbreak", b"a\rb", b"a\tb", b"\x1b[31m\x1b]0;own\x07", "\u202ea\u2066".encode(), "a\u2028b\u0085".encode(), b"\xff\xfe",
    b"\xed\xa0\x80", b"-o", b"--help", b"-", b"@list", b"#a", b"=1+1", b"a,b\"c", b"*", b"a..", b"b..x", b" ", b"<b>&amp;", b"\\..\\x",
    b"manifest", b"x.report", b"1.12", b"Plan", b"plan", "caf\u00e9".encode(), "cafe\u0301".encode(), b"x" * 251,
)  # fmt: skip


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are bytes on Linux only")
def test_hostile_names_of_files(tmp_path: Path) -> None:
    for number, name in enumerate(HOSTILE):
        folder = os.path.join(os.fsencode(tmp_path), b"in", name if number % 2 else b"")
        os.makedirs(folder, exist_ok=True)
        Path(os.fsdecode(folder), os.fsdecode(name + b".txt")).write_text(
            PLAN.format(f"Town{number}", "women"), encoding="utf-8"
        )
    result = command(tmp_path / "in", "--out", tmp_path / "out")
    assert result.exit_code == 2  # of one, files would have names that are too long
    assert len(result.stderr.splitlines()) == 1
    assert "File name too long" in result.stderr
    assert not set(result.output) & set("\x1b\x07\r\u202e\u2028\x85")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    found = records(tmp_path / "out")
    assert Counter(record.verdict for record in found.values()) == {CONFORMS: len(HOSTILE) - 1, FAILED: 1}
    assert all((tmp_path / "out" / name).is_file() for record in found.values() for name in record.outputs)
    with (tmp_path / "out" / "manifest.csv").open(newline="", encoding="utf-8") as table:
        cells = list(csv.reader(table))
    assert {len(row) for row in cells} == {len(cells[0])}
    assert not [cell for row in cells for cell in row if cell.startswith(("=", "@"))]
    again = command(tmp_path / "in", "--out", tmp_path / "out").stdout
    assert f"unchanged {len(HOSTILE) - 1:>13}" in again
    by_pattern = find([f"{tmp_path}/in/**/*.txt"], outputs=suffixes(DEFAULT_FORMATS))
    assert [source.name for source in by_pattern] == list(found)
    export = ["export", str(tmp_path / "out"), "-f", "nquads", "-o", str(tmp_path / "all.nq")]
    assert CliRunner().invoke(main, export).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    result = command(sources(tmp_path), "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
