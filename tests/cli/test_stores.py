"""The store command, and queries to a store: the same answers as from the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import main
from strategraph.querying import catalogue

PLANS = {
    "lakes": "Lakes Plan 2024-2027\n\nGoal 1: Clean water\nWe will support young people and women.\n",
    "rivers": "Rivers Plan 2025-2028\n\nGoal 1: Safe banks\nWe will protect women and older persons.\n"
    "Goal 2: Free passage\n",
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graphs of two plans."""
    folder = tmp_path_factory.mktemp("graphs")
    for name, text in PLANS.items():
        source = tmp_path_factory.mktemp("sources") / f"{name}.txt"
        source.write_text(text, encoding="utf-8")
        result = run("build", source, "-o", folder)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def store(graphs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both."""
    folder = tmp_path_factory.mktemp("store") / "db"
    result = run("store", folder, "add", graphs / "lakes.ttl", graphs / "rivers.ttl")
    assert result.exit_code == 0, result.output
    return folder


def test_add_list_and_remove(graphs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "db"
    first = run("store", folder, "add", graphs / "lakes.ttl")
    assert "triples as <" in first.stdout
    assert "which had 0" in first.stdout
    assert "stays as it was" in run("store", folder, "add", graphs / "lakes.ttl").stdout
    listing = run("store", folder, "list").stdout
    assert listing.splitlines()[0].endswith(": 1 plan")
    assert "2024–2027  " in listing
    assert "Lakes Plan 2024-2027" in listing
    assert run("store", folder, "remove", "Lakes Plan 2024-2027").stdout.startswith("removed ")
    assert run("store", folder, "list").stdout.endswith(": 0 plans\n")


def test_what_builds_wrote_is_added_but_for_their_reports(graphs: Path, tmp_path: Path) -> None:
    everything = sorted(graphs.glob("*.ttl"))
    assert any(path.name.endswith(".report.ttl") for path in everything)
    result = run("store", tmp_path / "db", "add", *everything)
    assert result.exit_code == 0, result.output
    assert run("store", tmp_path / "db", "list").stdout.splitlines()[0].endswith(": 2 plans")
    refused = run("store", tmp_path / "db", "add", graphs / "lakes.report.ttl")
    assert (refused.exit_code, "is the report of a validation" in refused.stderr) == (2, True)


@pytest.mark.parametrize("question", [question.name for question in catalogue()])
def test_store_and_files_give_the_same_answers(graphs: Path, store: Path, question: str) -> None:
    def rows(*arguments: object) -> list[str]:
        result = run(*arguments, question, "-f", "json")
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])

    expected = rows("query", graphs)
    assert rows("query", store) == expected
    assert rows("store", store, "query") == expected


def test_any_query_and_its_options(store: Path) -> None:
    count = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s a sg:StrategicPlan } }"
    assert run("store", store, "query", "-e", count, "-f", "csv").stdout.split() == ["n", "2"]
    assert "goals-for-group" in run("store", store, "query", "--list").stdout
    refused = run("store", store, "query", "-e", "DROP ALL")
    assert refused.exit_code == 2
    assert "DROP is an update" in refused.stderr


def test_nothing_is_added_if_one_graph_does_not_conform(graphs: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    text = (graphs / "rivers.ttl").read_text(encoding="utf-8")
    broken.write_text(text.replace('endYear "2028"', 'endYear "2020"'), encoding="utf-8")
    result = run("store", tmp_path / "db", "add", graphs / "lakes.ttl", broken)
    assert result.exit_code == 1
    assert "nothing was added" in result.stderr
    assert not (tmp_path / "db").exists()


def test_errors_are_one_line(graphs: Path, store: Path, tmp_path: Path) -> None:
    for arguments in (
        ("store", tmp_path / "none", "list"),
        ("store", graphs, "add", graphs / "lakes.ttl"),
        ("store", store, "remove", "lake"),
        ("store", store, "add", tmp_path / "none.ttl"),
        ("store", store, "add", graphs / "lakes.ttl", graphs / "lakes.ttl"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, arguments
        assert result.stderr.startswith("strategraph: error: ")
        assert result.stderr.count("\n") == 1
