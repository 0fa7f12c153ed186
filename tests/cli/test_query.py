"""The query command: names, any SPARQL, formats, and clear words when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategraph.cli import main

ASK = "ASK { ?goal a sg:Goal }"
MAKE = "PREFIX sg: <https://w3id.org/strategraph/ns#> CONSTRUCT WHERE { ?goal a sg:Goal }"


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["query", *map(str, arguments)], input=stdin)


def test_a_question_as_a_table(seed_turtle: Path) -> None:
    result = run(seed_turtle, "plans")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[2] == (
        "ITU Strategic Plan 2024-2027  ITU     2024  2027  <plan/itu-strategic-plan-2024-2027>"
    )


def test_parameters(seed_turtle: Path) -> None:
    assert "Goal 2" in run(seed_turtle, "goals-for-group", "--param", "group=youth").stdout
    assert "Goal 2" not in run(seed_turtle, "goals-for-group", "-p", "group=astronauts").stdout
    assert run(seed_turtle, "names", "-p", "of=a=b").exit_code == 0


def test_formats(seed_turtle: Path) -> None:
    assert json.loads(run(seed_turtle, "plans", "-f", "json").stdout)["head"]["vars"][0] == "plan"
    assert run(seed_turtle, "plans", "-f", "csv").stdout.splitlines()[0] == "plan,owner,start,end,iri"
    assert run(seed_turtle, "plans", "-f", "tsv").stdout.startswith("?plan\t?owner")
    assert "<sparql" in run(seed_turtle, "plans", "-f", "xml").stdout


def test_any_sparql(seed_turtle: Path, tmp_path: Path) -> None:
    assert run(seed_turtle, "-e", ASK).stdout == "yes\n"
    assert run(seed_turtle, "-e", MAKE).stdout.count(" a sg:Goal") == 2
    assert run(seed_turtle, "-e", MAKE, "-f", "ntriples").stdout.count("\n") == 2
    file = tmp_path / "mine.rq"
    file.write_text("\ufeff" + ASK, encoding="utf-8")
    assert json.loads(run(seed_turtle, "--file", file, "-f", "json").stdout)["boolean"] is True
    assert run(seed_turtle, "--file", "-", stdin=ASK).stdout == "yes\n"


def test_a_file_of_ones_own_may_have_parameters(seed_turtle: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text('# param: n — a number\nSELECT ?n {\n  VALUES ?n { "1" }\n}', encoding="utf-8")
    assert run(seed_turtle, "--file", file, "-p", "n=7", "-f", "csv").stdout.split() == ["n", "7"]


def test_questions_of_ones_own(seed_turtle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        text = (
            f"# description: Mine in {name}?\n# param: n — a number\nSELECT ?n {{\n  VALUES ?n {{ 1 }}\n}}\n"
        )
        (tmp_path / name / "goals.rq").write_text(text, encoding="utf-8")
    (tmp_path / "b" / "more.rq").write_text("ASK { ?s a sg:Goal }", encoding="utf-8")
    monkeypatch.setenv("STRATEGRAPH_QUERIES", os.pathsep.join(["", str(tmp_path / "b")]))
    assert f"Mine in b? [{tmp_path / 'b'}]" in run("--list").stdout
    listing = run("--list", "--queries", tmp_path / "a").stdout
    assert f"Mine in a? [{tmp_path / 'a'}]" in listing
    assert "Mine in b?" not in listing
    assert run(seed_turtle, "more").stdout == "yes\n"
    assert run(seed_turtle, "goals", "-p", "n=07", "-f", "csv").stdout.split() == ["n", "7"]
    assert "goals: n: 'x' is no integer" in run(seed_turtle, "goals", "-p", "n=x").stderr
    (tmp_path / "b" / "bad.rq").write_text("SELECT", encoding="utf-8")
    result = run("--list")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "bad.rq: the query does not parse" in result.stderr


def test_the_catalogue_needs_no_graph() -> None:
    listing = run("--list").stdout
    assert listing.startswith("adoption              Which instrument, of which body")
    assert "\n                        below: a confidence" in listing
    assert '(default "0.8")' in listing


def test_a_folder_of_graphs(seed_turtle: Path) -> None:
    assert run(seed_turtle.parent, "plans").stdout == run(seed_turtle, "plans").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plan"], "did you mean plans"),
        (["plans", "--param", "x"], "--param x: give a name and a value, as in --param x=…"),
        (["plans", "--param", "x=1"], "plans: no parameter 'x': it has owned_by, from, to"),
        (["plans", "-p", "from=1", "-p", "from=2"], "--param from: given twice"),
        (["plans", "-f", "excel"], "unknown format 'excel'"),
        (["plans", "-f", "turtle"], "the answer is rows"),
        (["-e", MAKE, "-f", "csv"], "the answer is triples"),
        (["-e", "SELECT"], "the query does not parse: line 1"),
        (["-e", ASK, "--param", "x=1"], "the query: no parameter 'x': it has none"),
        (["-e", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"], "--allow-service"),
        (["-e", "DROP ALL"], "DROP is an update"),
        (["--file", "missing.rq"], "missing.rq: cannot be read"),
        ([], "say what to ask"),
        (["plans", "-e", ASK], "say what to ask in one way"),
    ],
)
def test_what_cannot_be_asked(seed_turtle: Path, arguments: list[str], message: str) -> None:
    result = run(seed_turtle, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_without_a_graph(tmp_path: Path) -> None:
    assert "say which graph to ask" in run().stderr
    result = run(tmp_path / "missing.ttl", "plans")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_query_that_is_no_text(seed_turtle: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_bytes(b"ASK {} # caf\xe9")
    assert "mine.rq: is not UTF-8 text" in run(seed_turtle, "--file", tmp_path / "mine.rq").stderr


def test_asking_needs_neither_rdflib_nor_pyshacl(seed_turtle: Path) -> None:
    code = (
        "import sys; from strategraph.cli import main\n"
        f"main(['query', {str(seed_turtle)!r}, 'goals'], standalone_mode=False)\n"
        "from pathlib import Path; from strategraph.querying import guarded\n"  # as the other process does
        f"guarded._answer(guarded.GuardedQuery(Path({str(seed_turtle)!r}), 'ASK {{}}', 'table'))\n"
        "print(sorted({'rdflib', 'pyshacl', 'networkx'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"
