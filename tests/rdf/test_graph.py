"""The graph of a plan: evidence for all that the text says, and the same facts without it."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph

from strategraph.model import Document, Plan
from strategraph.model.identifiers import Namer
from strategraph.pipeline import Options, build
from strategraph.rdf.graph import to_graph
from strategraph.rdf.namespace import EXTRACTED, OA, SG

TEXT = """Harbour Trust Strategic Plan 2025-2028

Goal 1: Clean water
We will clean the bay for young people by 2027.

Goal 2: Safe piers
"""
PARTS = (RDF.subject, RDF.predicate, RDF.object)
OF_EVIDENCE = {SG.Evidence, SG.GivenFact}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Document]:
    path = tmp_path_factory.mktemp("plan") / "plan.txt"
    path.write_text(TEXT, "utf-8")
    result = build(path, Options())
    return result.plan, result.document


def graph_of(read: tuple[Plan, Document], *, evidence: bool = True) -> Graph:
    return to_graph(*read, namer=Namer(), evidence=evidence)


def test_each_evidence_quotes_the_text_for_a_triple_of_the_graph(read: tuple[Plan, Document]) -> None:
    graph = graph_of(read)
    statements = list(graph.subjects(RDF.type, SG.Evidence))
    assert statements
    for one in statements:
        start, end = (int(str(graph.value(one, place))) for place in (OA.start, OA.end))
        assert TEXT[start:end] == str(graph.value(one, OA.exact))
        subject, predicate, object_ = (graph.value(one, part) for part in PARTS)
        assert predicate in EXTRACTED
        assert (subject, predicate, object_) in graph


def test_a_light_graph_has_the_same_facts(read: tuple[Plan, Document]) -> None:
    whole, light = graph_of(read), graph_of(read, evidence=False)
    assert not set(light.objects(None, RDF.type)) & OF_EVIDENCE
    assert {one for one in light if one[1] in EXTRACTED} <= set(whole)
    facts = {
        one for one in whole if one[1] in EXTRACTED and not set(whole.objects(one[0], RDF.type)) & OF_EVIDENCE
    }
    assert facts <= set(light)


def test_the_same_plan_makes_the_same_triples(read: tuple[Plan, Document]) -> None:
    assert set(graph_of(read)) == set(graph_of(read))
