"""A curator's decisions: applied to words, visible in the graph, and clear where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, URIRef

from strategraph.errors import UnusableInputError
from strategraph.namespace import SG
from strategraph.pipeline import Options, Result, build
from strategraph.readings import load_readings

TEXT = """Harbour Trust Strategic Plan 2025-2028

Clean water

We clean the bay for the people of the harbour.

Goal 1: Sea wall

Build it by 2027.

Objective 1.1
Buy stone from the quarry

Goal 9: Lower emissions

As the Ministry says.
"""


def corrected(folder: Path, *corrections: str) -> Result:
    source, decisions = folder / "plan.txt", folder / "plan.corrections.toml"
    source.write_text(TEXT, encoding="utf-8")
    decisions.write_text("\n".join(f"[[element]]\n{one}\n" for one in corrections), encoding="utf-8")
    return build(source, Options(corrections=decisions))


def kinds(result: Result) -> list[tuple[str, str | None]]:
    return [(e.kind, e.number) for e in result.plan.elements if e.verb is None]


def test_this_is_a_goal(tmp_path: Path) -> None:
    result = corrected(
        tmp_path,
        'text = "Clean water"\nis = "Goal"\nnumber = "0"\nstatement = "We clean the bay for the people of the harbour."',
    )
    assert kinds(result) == [("Goal", "0"), ("Goal", "1"), ("Objective", "1.1"), ("Goal", "9")]
    goal = URIRef(f"{result.plan.iri}/goal/0")
    assert str(result.graph.value(goal, DCTERMS.title)) == "Clean water"
    assert result.report.conforms


def test_this_is_not(tmp_path: Path) -> None:
    result = corrected(
        tmp_path, 'text = "Goal 9: Lower emissions"\nis = "nothing"\nreason = "the Ministry\'s"'
    )
    assert kinds(result) == [("Goal", "1"), ("Objective", "1.1")]
    notes = [str(note) for note in result.graph.objects(URIRef(result.plan.iri), SKOS.editorialNote)]
    assert notes == ["“Goal 9: Lower emissions” is no element of the plan: the Ministry's"]


def test_children_of_what_is_not_go_up(tmp_path: Path) -> None:
    result = corrected(tmp_path, 'text = "Goal 1: Sea wall"\nis = "nothing"')
    objective = next(element for element in result.plan.elements if element.kind == "Objective")
    assert objective.parent == result.plan.iri


def test_this_text_is_its_title(tmp_path: Path) -> None:
    result = corrected(tmp_path, 'text = "Goal 1: Sea wall"\ntitle = "wall"\nis = "Priority"')
    assert ("Priority", "1") in kinds(result)
    assert "wall" in {element.title for element in result.plan.elements}


def test_another_parent(tmp_path: Path) -> None:
    result = corrected(
        tmp_path,
        'text = "Clean water"\nis = "Goal"\nnumber = "0"',
        'text = "Buy stone from the quarry"\nparent = "Goal 0"',
    )
    objective = next(element for element in result.plan.elements if element.kind == "Objective")
    assert objective.parent.endswith("/goal/0")


def test_the_graph_says_whose_decision_it_was(tmp_path: Path) -> None:
    result = corrected(tmp_path, 'text = "Clean water"\nis = "Goal"\nnumber = "0"')
    given = list(result.graph.subjects(RDF.type, SG.GivenFact))
    assert [str(result.graph.value(fact, SG.givenBy)) for fact in given] == ["curator"]
    assert [str(result.graph.value(fact, RDF.object)) for fact in given] == [f"{result.plan.iri}/goal/0"]
    rules = {
        str(result.graph.value(e, SG.rule))
        for e in result.graph.subjects(RDF.object, URIRef(f"{result.plan.iri}/goal/0"))
        if (e, RDF.type, SG.Evidence) in result.graph
    }
    assert rules == {"curator"}


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        ('text = "Not there"\nis = "Goal"', "does not say “Not there”"),
        ('text = "the"\nis = "Goal"', "add line"),
        ('text = "Clean water"\nis = "Aim"', "known are"),
        ('is = "Goal"', "has no text"),
        ('text = "Clean water"\nkind = "Goal"', "unknown key 'kind'"),
        ('text = "Clean water"\nline = "3"', "line is to be a number"),
        ('text = "Clean water"', "say is ="),
        ('text = "Clean water"\nis = "nothing"', "nothing was recognised there"),
        ('text = "Clean water"\nis = "Goal"\nparent = "Goal 7"', "there is no 'Goal 7'"),
        ("text = ", "not TOML"),
    ],
)
def test_decisions_that_do_not_fit(tmp_path: Path, correction: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        corrected(tmp_path, correction)


def test_files_that_are_no_corrections(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot read"):
        load_readings(tmp_path / "missing.toml")
    empty = tmp_path / "empty.toml"
    empty.write_text("[other]\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="other"):
        load_readings(empty)
