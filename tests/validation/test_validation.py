"""Validation: each constraint fails on its own fixture and on no other, and nothing passes unchecked."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import SH, XSD, Literal
from tests.validation.builders import FIXTURES, FOLDER, GOAL, TEXT, VALID, broken, failing

from strategraph.cli import main
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG
from strategraph.validation import validate
from strategraph.validation.__main__ import page
from strategraph.validation.checks import CHECKS
from strategraph.validation.shapes import SGSH, load_shapes

UNSAID = {
    "Succession",
    "Supporting",
    "what-replaces-is-plan",
    "what-supports-is-element",
}  # of the valid graph
UNREAD = {"text-is-understood", "language-has-rules"}  # no graph shows what was not read
# The valid graph is that of a plan; test_resolutions builds graphs with these.
RESOLUTIONS = {
    "CitedDocument",
    "CitesDocument",
    "HasProvision",
    "InstrumentRelation",
    "InstrumentTime",
    "Provision",
    "TextOf",
    "provision-is-provision",
}


# --------------------------------------------------------------------------------------------------
# The constraints


def test_the_valid_graph_has_no_results() -> None:
    report = validate(load_graph(VALID), text=TEXT)
    assert report.results == ()
    assert report.conforms
    assert report.exit_code(strict=True) == 0


def test_the_valid_graph_is_checked_by_every_shape_it_can_be() -> None:
    report = validate(load_graph(VALID))
    idle = {shape.removeprefix(str(SGSH)) for shape, count in report.checked.items() if not count}
    unused = ("Action", "Indicator", "Outcome", "Output", "Priority", "Target", "Value")
    assert idle == {f"Has{kind}" for kind in unused} | {"Responsible", *RESOLUTIONS, *UNSAID}


def test_every_constraint_has_its_fixture_and_every_fixture_its_constraint() -> None:
    constraints = {constraint.label for constraint in load_shapes().constraints()}
    assert set(FIXTURES) == constraints - UNREAD
    assert len(constraints) >= 30


@pytest.mark.parametrize("name", FIXTURES)
def test_each_fixture_fails_its_constraint_and_those_it_names(name: str) -> None:
    """Some lies cannot be told alone: a year that the quote does not have is also in the evidence's name."""
    first, *lines = FIXTURES[name].read_text(encoding="utf-8").splitlines()
    others = {line.removeprefix("# with ") for line in lines if line.startswith("# with ")}
    report = failing(validate(broken(name), text=TEXT))
    assert report[name] == first.removeprefix("# ")
    assert set(report) == {name, *others}


@pytest.mark.parametrize("statement", ["", " ", " a", "a ", "a\n", "a\nb", "a  b", "a\u00a0b", "a\tb"])
def test_statements_have_single_spaces_and_no_others(statement: str) -> None:
    graph = load_graph(VALID)
    for wrong, text in ((True, statement), (False, "a b c, d")):
        graph.set((GOAL, SG.statement, Literal(text, lang="en")))
        assert ("statement-is-clean" in failing(validate(graph))) is wrong


def test_other_processors_come_to_the_same_results() -> None:
    names = (
        "goal-has-target-group",
        "has-goal-leads-to-goal",
        "period-is-in-order",
        "evidence-ends-after-start",
        "number-is-clean",
        "node-has-one-label",
        "revision-base-is-no-revision",
        "element-has-one-kind",
    )
    graph = broken(*names)
    _, plain, _ = pyshacl.validate(graph, shacl_graph=load_shapes().graph)
    theirs = {
        tuple(plain.value(result, part) for part in (SH.sourceShape, SH.focusNode, SH.value))
        for result in plain.objects(None, SH.result)
    }
    ours = {(r.shape, r.focus, r.value) for r in validate(graph).results if r.shape not in CHECKS}
    assert theirs == ours
    assert {shape for shape, _, _ in ours} >= {SGSH[name] for name in names}


def test_the_page_of_shapes_is_up_to_date() -> None:
    file = Path(__file__).parents[2] / "docs" / "shapes.md"
    assert file.read_text(encoding="utf-8") == page()


# --------------------------------------------------------------------------------------------------
# The report


def test_validation_leaves_the_graph_as_it_is() -> None:
    graph = broken("goal-has-target-group")
    before = set(graph)
    validate(graph, text=TEXT)
    assert set(graph) == before


# --------------------------------------------------------------------------------------------------
# The command


@pytest.mark.parametrize(
    ("fixture", "arguments", "status", "verdict"),
    [
        (None, [], 0, "conforms: no violations"),
        (None, ["--strict"], 0, "conforms: no violations"),
        ("plan-has-vision", [], 0, "conforms: no violations, 1 warning"),
        ("plan-has-vision", ["--strict"], 1, "conforms: no violations, 1 warning"),
        ("plan-is-adopted", ["--strict"], 0, "conforms: no violations, no warnings, 1 info"),
        ("plan-has-source", [], 1, "does not conform: 1 violation"),
    ],
)
def test_the_command(
    tmp_path: Path, fixture: str | None, arguments: list[str], status: int, verdict: str
) -> None:
    file = VALID
    if fixture:
        file = tmp_path / "graph.nt"
        broken(fixture).serialize(file, format="nt", encoding="utf-8")
    outcome = CliRunner().invoke(main, ["validate", str(file), *arguments])
    assert (outcome.exit_code, outcome.stderr) == (status, "")
    assert outcome.stdout.startswith(verdict)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.ttl"], "none.ttl: no such file"),
        ([str(VALID), "--shapes", "none.ttl"], "shapes file none.ttl: no such file"),
        ([str(FOLDER / "valid.txt")], "does not parse"),
        ([str(VALID), "--shapes", str(VALID)], "no active shape with a target"),
    ],
)
def test_the_command_cannot(arguments: list[str], message: str) -> None:
    outcome = CliRunner().invoke(main, ["validate", *arguments])
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("strategraph: error: ")
    assert message in outcome.stderr
    assert outcome.stderr.count("\n") == 1


def test_a_number_that_is_none_is_found_without_a_warning_of_rdflib() -> None:
    graph = load_graph(VALID)
    evidence = next(graph.subjects(SG.confidence, None))
    graph.set((evidence, SG.confidence, Literal("much", datatype=XSD.decimal)))
    assert not validate(graph).conforms
