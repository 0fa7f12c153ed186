"""A commitment is the verb with the whole object that its element's text says."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from tests.validation.builders import GOAL, PLAN, updated

from strategraph.rdf.namespace import SG
from strategraph.validation import validate
from strategraph.validation.elements import act_is_said_whole
from strategraph.validation.shapes import SGSH
from strategraph.validation.subject import Quotes, Subject

STATED, ACT = URIRef("https://example.org/goal/1"), URIRef("https://example.org/goal/1/commitment/1")


@pytest.mark.parametrize(
    ("text", "verb", "object_", "whole"),
    [
        ("We will promote clean  ponds.", "promote", "clean ponds", True),
        ("To PROMOTE clean ponds and to support the young", "promote", "clean ponds", True),
        ("We will promote clean ponds", "promote", "clean ponds", True),
        ("We will promote and support clean ponds, always", "promote", "clean ponds", True),
        ("We will promote clean ponds.", "promote", "clean", False),
        ("We repromote clean ponds.", "promote", "clean ponds", False),
        ("We will promote meadows and clean ponds.", "promote", "clean ponds", False),
    ],
)
def test_the_object_is_whole_where_its_clause_ends(
    text: str, verb: str, object_: str, *, whole: bool
) -> None:
    graph = Graph()
    graph.add((STATED, SG.statement, Literal(text, lang="en")))
    graph.add((STATED, SG.hasCommitment, ACT))
    graph.add((ACT, RDF.type, SG.Commitment))
    for act, word in ((ACT, verb), (URIRef(f"{ACT}-2"), "support")):
        graph.add((STATED, SG.hasCommitment, act))
        graph.add((act, SG.verb, Literal(word)))
        graph.add((act, SG.object, Literal(object_)))
    faults = [fault for fault in act_is_said_whole(Subject(graph, Quotes.of(graph))) if fault.focus == ACT]
    assert (not faults) is whole


def test_an_element_of_two_plans_does_not_hang_under_both() -> None:
    graph = updated("INSERT DATA { plan:other a sg:StrategicPlan . <goal/1> sg:inPlan plan:other }")
    wrong = [r for r in validate(graph).results if r.shape == SGSH["element-hangs-under-its-plan"]]
    assert [(r.focus, r.value) for r in wrong] == [
        (GOAL, URIRef("https://w3id.org/strategraph/id/plan/other"))
    ]


@pytest.mark.parametrize(
    ("numbers", "wrong"), [("12", []), ("21", ["2"]), ("34", []), ("13", []), ("22", ["2", "2"])]
)
def test_a_list_that_begins_anew_has_its_own_numbers(numbers: str, wrong: list[str]) -> None:
    """Real plans number the actions under each of their headings from 1, though the headings are no elements."""
    more = "".join(
        f'<> sg:hasElement <goal/{at}> . <goal/{at}> a sg:Goal ; sg:position {at} ; sg:number "{number}" .'
        for at, number in enumerate(numbers, start=3)
    )
    graph = updated(f"INSERT DATA {{ {more} }}".replace("<>", f"<{PLAN}>"))
    found = [r for r in validate(graph).results if r.shape == SGSH["siblings-differ-in-number"]]
    assert [str(r.value) for r in found] == wrong
