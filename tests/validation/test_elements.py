"""A commitment is the verb with the whole object that its element's text says."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from strategraph.rdf.namespace import SG
from strategraph.validation.elements import act_is_said_whole
from strategraph.validation.subject import Quotes, Subject

GOAL, ACT = URIRef("https://example.org/goal/1"), URIRef("https://example.org/goal/1/commitment/1")


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
    graph.add((GOAL, SG.statement, Literal(text, lang="en")))
    graph.add((GOAL, SG.hasCommitment, ACT))
    graph.add((ACT, RDF.type, SG.Commitment))
    for act, word in ((ACT, verb), (URIRef(f"{ACT}-2"), "support")):
        graph.add((GOAL, SG.hasCommitment, act))
        graph.add((act, SG.verb, Literal(word)))
        graph.add((act, SG.object, Literal(object_)))
    faults = [fault for fault in act_is_said_whole(Subject(graph, Quotes.of(graph))) if fault.focus == ACT]
    assert (not faults) is whole
