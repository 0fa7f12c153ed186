"""Escapes from a plan never reach a terminal, whatever the command; to programs they go as they are."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")
CLI = Path(__file__).parents[2] / "src" / "strategraph" / "cli"
EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnp.exe\u2066"
DRIVES = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph whose title, goal and IRIs have escapes in them, as a plan's text may."""
    folder = tmp_path_factory.mktemp("escapes")
    words = EVIL.encode("unicode_escape").decode().replace("\\x", "\\u00")
    path = folder / "x.ttl"
    path.write_text(
        "@prefix sg: <https://w3id.org/strategraph/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f'<https://w3id.org/strategraph/id/plan/x> a sg:StrategicPlan ; dcterms:title "Plan {words}" ;\n'
        f'  rdfs:label "Plan {words}" ; sg:hasGoal <https://w3id.org/strategraph/id/plan/x/goal/1> .\n'
        '<https://w3id.org/strategraph/id/plan/x/goal/1> a sg:Goal, sg:PlanElement ; sg:number "1" ;\n'
        f'  rdfs:label "Goal {words}"@en ; sg:statement "Goal {words}"@en ;\n'
        "  sg:inPlan <https://w3id.org/strategraph/id/plan/x> .\n",
        encoding="utf-8",
    )
    return path


def on_a_terminal(*words: object) -> str:
    """Return all that a command sends to a terminal that is its standard output and error."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "strategraph", *map(str, words)], stdout=theirs, stderr=theirs, close_fds=True
    ) as process:
        os.close(theirs)
        sent = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:
                break
            if not part:
                break
            sent += part
        process.wait()
    os.close(ours)
    return sent.decode("utf-8")


ANY = "SELECT * { ?s ?p ?o }"
COMMANDS = {
    **{f"query as {name}": ("query", "{graph}", "-e", ANY, "-f", name) for name in ("table", "csv", "tsv", "json", "xml")},
    **{f"construct as {name}": ("query", "{graph}", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "-f", name)
       for name in ("table", "turtle", "ntriples", "jsonld", "xml")},
    "explain": ("explain", "{graph}", "goal/1"),
    "explain of nothing": ("explain", "{graph}", EVIL),
    "validate": ("validate", "{graph}"),
    "describe": ("describe", "{graph}"),
    **{f"export as {name}": ("export", "{graph}", "-f", name) for name in ("turtle", "graphml", "jsonld", "trig")},
    "a word too many": ("validate", "{graph}", EVIL),
    "an unknown command": (EVIL,),
    "an unknown option": ("validate", f"--{EVIL}"),
    "a missing file": ("validate", EVIL),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_no_escape_reaches_a_terminal(name: str, graph: Path) -> None:
    sent = on_a_terminal(*(word.replace("{graph}", str(graph)) for word in COMMANDS[name]))
    assert sent.strip()
    assert DRIVES.findall(sent) == []


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_programs_get_what_there_is(form: str, graph: Path) -> None:
    command = [sys.executable, "-m", "strategraph", "query", str(graph), "-e", ANY, "-f", form]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert ("\x1b]0" in said) or ("\\u001b]0" in said.lower())


def test_a_table_is_for_people_wherever_it_goes(graph: Path) -> None:
    command = [sys.executable, "-m", "strategraph", "query", str(graph), "-e", ANY]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert "\\x1b" in said
    assert DRIVES.findall(said) == []


def test_everything_printed_goes_through_one_place() -> None:
    for path in CLI.glob("*.py"):
        if path.name == "terminal.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in (
                    "click.echo",
                    "click.secho",
                    "print",
                    "sys.stdout.write",
                    "sys.stderr.write",
                ), path
