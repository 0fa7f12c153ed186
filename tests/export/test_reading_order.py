"""The reading order, also of graphs that are not as they should be."""

from __future__ import annotations

from rdflib import DCTERMS, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.reading_order import ReadingOrder, children, integer, term_key
from strategraph.rdf.namespace import OA, SG

from .graphs import BASE

PLAN = URIRef(f"{BASE}plan/p")


def iri(name: str) -> URIRef:
    return URIRef(f"{BASE}{name}")


def made(*triples: tuple[Node, Node, Node]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def element(name: str, parent: Node, position: int) -> list[tuple[Node, Node, Node]]:
    return [
        (iri(name), RDF.type, SG.Goal),
        (iri(name), SG.position, Literal(position, datatype=XSD.integer)),
        (parent, SG.hasGoal, iri(name)),
    ]


def test_children_go_by_kind_and_position() -> None:
    graph = made(
        *element("b", PLAN, 10),
        *element("a", PLAN, 2),
        (PLAN, SG.hasVision, iri("v")),
        (PLAN, SG.owner, iri("o")),
    )
    assert children(graph, PLAN) == [iri("v"), iri("a"), iri("b")]


def test_a_circle_and_an_orphan_do_no_harm() -> None:
    graph = made(
        (PLAN, RDF.type, SG.StrategicPlan),
        (PLAN, SG.hasGoal, PLAN),
        *element("a", PLAN, 1),
        *element("b", iri("a"), 1),
        (iri("b"), SG.hasGoal, iri("a")),
        *element("orphan", iri("nowhere"), 1),
    )
    sections = {section.title: section.subjects for section in ReadingOrder(graph).sections}
    assert sections["Plans"] == (PLAN,)
    assert sections["Elements"] == (iri("a"), iri("b"), iri("orphan"))
    assert sections["Other"] == (iri("nowhere"),)


def test_evidence_goes_by_its_place_in_the_source() -> None:
    triples: list[tuple[Node, Node, Node]] = []
    for name, start in (("late", 100), ("early", 20)):
        triples += [
            (iri(name), RDF.type, SG.Evidence),
            (iri(name), DCTERMS.source, iri("source")),
            (iri(name), OA.start, Literal(start, datatype=XSD.integer)),
        ]
    (section,) = ReadingOrder(made(*triples)).sections
    assert section.subjects == (iri("early"), iri("late"))


def test_properties_come_with_the_type_first_and_what_repeats_last() -> None:
    graph = made(
        (PLAN, SG.hasElement, iri("g")),
        (PLAN, RDFS.comment, Literal("x")),
        (PLAN, SG.hasGoal, iri("g")),
        (PLAN, RDFS.label, Literal("x")),
        (PLAN, RDF.type, SG.StrategicPlan),
    )
    predicates = [predicate for predicate, _ in ReadingOrder(graph).properties(PLAN)]
    assert predicates == [RDF.type, RDFS.label, SG.hasGoal, RDFS.comment, SG.hasElement]


def test_the_most_specific_class() -> None:
    graph = made(
        (iri("g"), RDF.type, SG.PlanElement), (iri("g"), RDF.type, SG.Goal), (iri("x"), RDF.type, RDFS.Class)
    )
    assert ReadingOrder(graph).classes == {iri("g"): SG.Goal}


def test_numbers_that_are_none_count_as_nothing() -> None:
    assert integer(Literal("12", datatype=XSD.integer)) == 12
    assert integer(Literal("x", datatype=XSD.integer, normalize=False)) == 0
    assert integer(PLAN) == integer(None) == 0


def test_terms_that_rdflib_cannot_compare_have_an_order() -> None:
    terms = [Literal("1"), Literal("1", lang="en"), Literal(1), Literal("x", datatype=XSD.date), PLAN]
    assert len({term_key(term) for term in terms}) == len(terms)
    backwards = terms[::-1]
    assert sorted(terms, key=term_key) == sorted(backwards, key=term_key)
