"""A curator's decisions: applied to words, visible in the graph, and clear where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, URIRef
from tests.curation.builders import document, readings

from strategraph.curation.corrections import correct
from strategraph.curation.quotations import Quotations
from strategraph.errors import UnusableInputError
from strategraph.model import Document, Section, Support
from strategraph.pipeline import Options, Result, build
from strategraph.rdf.namespace import SG

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
GOAL_0 = 'text = "Clean water"\nis = "Goal"\nnumber = "0"'


def found(plan: Document) -> list[Section]:
    """Return what a reader may have found in the text."""
    words = Quotations(plan)

    def section(kind: str, number: str, printed: str, name: str, parent: int | None = None) -> Section:
        whole, title = words.place(printed).passage, words.place(name).passage
        return Section(kind, number, title, None, parent, (Support(whole.span(), "test", 0.8),))

    return [
        section("Goal", "1", "Goal 1: Sea wall", "Sea wall"),
        section(
            "Objective", "1.1", "Objective 1.1 Buy stone from the quarry", "Buy stone from the quarry", 0
        ),
        section("Goal", "9", "Goal 9: Lower emissions", "Lower emissions"),
    ]


def corrected(folder: Path, *corrections: str) -> list[tuple[str, str | None, str, int | None]]:
    plan = document(folder, TEXT)
    decisions = readings(folder, "\n".join(f"[[element]]\n{one}\n" for one in corrections), model=False)
    return [
        (one.kind, one.number, " | ".join(part.text for part in one.passages), one.parent)
        for one in correct(found(plan), plan, decisions)
    ]


def test_this_is_a_goal(tmp_path: Path) -> None:
    statement = "We clean the bay for the people of the harbour."
    assert corrected(tmp_path, f'{GOAL_0}\nstatement = "{statement}"') == [
        ("Goal", "0", f"Clean water | {statement}", None),
        ("Goal", "1", "Sea wall", None),
        ("Objective", "1.1", "Buy stone from the quarry", 1),
        ("Goal", "9", "Lower emissions", None),
    ]


def test_long_words_are_a_statement_and_go_under_what_ranks_higher(tmp_path: Path) -> None:
    words = "Build it by 2027."
    assert corrected(tmp_path, f'text = "{words}"\nis = "Target"')[1] == ("Target", None, words, 0)
    plan = document(tmp_path, "Goal 1\n\n" + "word " * 20)
    decisions = readings(
        tmp_path, f"[[element]]\ntext = '{('word ' * 20).strip()}'\nis = 'Goal'\n", model=False
    )
    (section,) = correct((), plan, decisions)
    assert section.title is None
    assert section.statement is not None


def test_this_is_not(tmp_path: Path) -> None:
    left = corrected(tmp_path, 'text = "Goal 9: Lower emissions"\nis = "nothing"')
    assert [(kind, number) for kind, number, _, _ in left] == [("Goal", "1"), ("Objective", "1.1")]


def test_children_of_what_is_not_go_up(tmp_path: Path) -> None:
    assert corrected(tmp_path, 'text = "Goal 1: Sea wall"\nis = "nothing"')[0] == (
        "Objective", "1.1", "Buy stone from the quarry", None,
    )  # fmt: skip


def test_this_text_is_its_title(tmp_path: Path) -> None:
    first, *_ = corrected(tmp_path, 'text = "Goal 1: Sea wall"\ntitle = "wall"\nis = "Priority"')
    assert first == ("Priority", "1", "wall", None)


def test_another_parent_by_class_and_number(tmp_path: Path) -> None:
    plan = corrected(tmp_path, GOAL_0, 'text = "Buy stone from the quarry"\nparent = "Goal 0"')
    assert plan[2] == ("Objective", "1.1", "Buy stone from the quarry", 0)


def test_another_parent_by_its_name_in_the_file(tmp_path: Path) -> None:
    plan = corrected(
        tmp_path,
        'text = "Buy stone from the quarry"\nparent = "last"',
        'text = "Goal 9: Lower emissions"\nid = "last"',
    )
    assert [(kind, number, parent) for kind, number, _, parent in plan] == [
        ("Goal", "1", None),
        ("Goal", "9", None),
        ("Objective", "1.1", 1),
    ]


def built(folder: Path, *corrections: str) -> Result:
    source, decisions = folder / "plan.txt", folder / "plan.corrections.toml"
    source.write_text(TEXT, encoding="utf-8")
    decisions.write_text("\n".join(f"[[element]]\n{one}\n" for one in corrections), encoding="utf-8")
    return build(source, Options(corrections=decisions))


def test_the_graph_says_whose_decision_it_was(tmp_path: Path) -> None:
    result = built(tmp_path, f'{GOAL_0}\nreason = "the foreword says so"')
    goal = URIRef(f"{result.plan.iri}/goal/0")
    assert str(result.graph.value(goal, DCTERMS.title)) == "Clean water"
    assert result.report.conforms
    notes = [str(note) for note in result.graph.objects(URIRef(result.plan.iri), SKOS.editorialNote)]
    assert notes == ["“Clean water” is a Goal: the foreword says so"]
    given = list(result.graph.subjects(RDF.type, SG.GivenFact))
    assert [str(result.graph.value(fact, SG.givenBy)) for fact in given] == ["curator"]
    assert [result.graph.value(fact, RDF.object) for fact in given] == [goal]
    rules = {
        str(result.graph.value(e, SG.rule))
        for e in result.graph.subjects(RDF.object, goal)
        if (e, RDF.type, SG.Evidence) in result.graph
    }
    assert rules == {"curator"}


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        ('text = "Not there"\nis = "Goal"', r"plan\.readings\.toml:1: .* does not say “Not there”"),
        ('text = "the"\nis = "Goal"', "add line"),
        ('text = "As the Ministry says."', "say is ="),
        ('text = "As the Ministry says."\nis = "nothing"', "nothing was recognised there"),
        (f'{GOAL_0}\nparent = "Goal 7"', "there is no 'Goal 7'"),
        ('text = "Goal 1: Sea wall"\nparent = "Objective 1.1"', "there is no 'Objective 1.1' for"),
        ('text = "Goal 1: Sea wall"\nparent = "Goal 1"', "there is no 'Goal 1' for"),
        ('text = "Goal 1: Sea wall"\nstatement = "Somewhere else"', "does not say “Somewhere else”"),
    ],
)
def test_decisions_that_do_not_fit(tmp_path: Path, correction: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        corrected(tmp_path, correction)
