"""The graph of a build says what rdflib's own graph says, whatever it is asked."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic

from strategraph.rdf.indexed import IndexedGraph
from strategraph.rdf.namespace import SG

NODES = [URIRef("urn:a"), URIRef("urn:b"), BNode("c")]
PREDICATES = [URIRef("urn:p"), URIRef("urn:q"), RDF.type]
VALUES = [*NODES, Literal("urn:a"), Literal("x", lang="en"), Literal("x", lang="EN"), Literal(1), SG.Goal]

triples = st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(VALUES))


def both(said: list[tuple[object, object, object]]) -> tuple[IndexedGraph, Graph]:
    """Return the same triples in our graph and in rdflib's."""
    ours, plain = IndexedGraph(), Graph()
    for triple in said:
        ours.add(triple)
        plain.add(triple)  # type: ignore[arg-type]
    return ours, plain


@given(st.lists(triples, max_size=12), st.lists(triples, max_size=3))
def test_every_question_has_the_answer_of_rdflib(
    said: list[tuple[object, object, object]], taken: list[tuple[object, object, object]]
) -> None:
    ours, plain = both(said)
    for triple in taken:
        ours.remove(triple)  # type: ignore[arg-type]
        plain.remove(triple)  # type: ignore[arg-type]
    assert len(ours) == len(plain)
    assert set(ours) == set(plain)
    for s, p, o in product([None, *NODES], [None, *PREDICATES], [None, *VALUES]):
        assert set(ours.triples((s, p, o))) == set(plain.triples((s, p, o)))
        assert ((s, p, o) in ours) == ((s, p, o) in plain)
        assert Counter(ours.objects(s, p)) == Counter(plain.objects(s, p))
        assert Counter(ours.subjects(p, o)) == Counter(plain.subjects(p, o))
        assert set(ours.subjects(p, o, unique=True)) == set(plain.subjects(p, o, unique=True))
        assert set(ours.predicates(s, o)) == set(plain.predicates(s, o))
    assert Counter(ours.predicates(unique=True)) == Counter(plain.predicates(unique=True))


def test_paths_lists_and_queries_are_answered() -> None:
    a, b, p = NODES[0], NODES[1], PREDICATES[0]
    ours, plain = both([(a, p, b), (b, p, Literal("x")), (a, RDF.type, SG.Goal)])
    assert set(ours.objects(a, p / p)) == {Literal("x")}
    assert (a, p / p, Literal("x")) in ours
    assert (a, p / p, None) in ours
    assert set(ours.objects([a, b], p)) == set(plain.objects([a, b], p))
    assert set(ours.subjects(p, [b, Literal("x")])) == {a, b}
    asked = "SELECT ?o { <urn:a> <urn:p>+ ?o }"
    assert set(ours.query(asked)) == set(plain.query(asked))
    assert to_isomorphic(ours + Graph()) == to_isomorphic(plain)


def test_what_is_no_term_is_nowhere() -> None:
    ours, _ = both([(NODES[0], PREDICATES[0], Literal("x"))])
    assert not list(ours.objects("urn:a", "urn:p"))
    assert ("urn:a", "urn:p", "x") not in ours


def test_an_iri_is_one_object_wherever_it_stands() -> None:
    ours, _ = both([(URIRef("urn:a"), PREDICATES[0], URIRef("urn:b")), (URIRef("urn:b"), RDF.type, SG.Goal)])
    (target,) = ours.objects(URIRef("urn:a"), PREDICATES[0])
    assert target is next(ours.subjects(RDF.type, SG.Goal))


def test_prefixes_can_be_bound() -> None:
    ours, _ = both([(NODES[0], RDF.type, SG.Goal)])
    ours.bind("sg", SG)
    assert "a sg:Goal" in ours.serialize(format="turtle")
