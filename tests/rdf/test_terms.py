"""Terms are written as RDF has them or refused in one line, and are found again by what people type."""

from __future__ import annotations

import pytest
from rdflib import RDFS, XSD, BNode, Graph, Literal, URIRef

from strategraph.errors import UnusableInputError
from strategraph.rdf.terms import expansions, label_of, ntriples, short_iri, short_term

BASE = "http://y/"
PREFIXES = {"x": "http://x/", "xs": "http://x/ns#"}


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (URIRef("http://x/é"), "<http://x/é>"),
        (Literal("a\nb"), r'"a\nb"'),
        (Literal("a", lang="pt-BR"), '"a"@pt-br'),
        (Literal("2026", datatype=XSD.gYear), f'"2026"^^<{XSD.gYear}>'),
        (BNode("b1"), "_:b1"),
    ],
)
def test_a_term_in_n_triples(term: URIRef | Literal | BNode, written: str) -> None:
    assert ntriples(term) == written


@pytest.mark.parametrize("iri", ["relative", "http://x/a b", "http://x/<a>"])
def test_what_no_file_can_hold_is_refused_in_one_line(iri: str) -> None:
    with pytest.raises(UnusableInputError, match="cannot be written as RDF") as caught:
        ntriples(URIRef(iri))
    assert "\n" not in str(caught.value)


def test_the_longest_namespace_that_fits_is_taken() -> None:
    assert short_iri("http://x/ns#Goal", PREFIXES, BASE) == "xs:Goal"
    assert short_iri("http://x/ns#Goal.", PREFIXES, BASE) == "<http://x/ns#Goal.>"
    assert short_iri(BASE, PREFIXES, BASE) == f"<{BASE}>"
    assert short_term(Literal("a"), PREFIXES, BASE) == '"a"'


def test_a_short_name_leads_back_to_its_iri() -> None:
    for iri in ("http://x/ns#Goal", "http://x/a", "http://y/plan/z"):
        assert iri in expansions(short_iri(iri, PREFIXES, BASE), PREFIXES, BASE)


def test_of_several_labels_the_first_in_order_is_taken() -> None:
    graph = Graph()
    node = URIRef("http://x/a")
    assert label_of(graph, node, "nameless") == "nameless"
    for label in ("b", "a"):
        graph.add((node, RDFS.label, Literal(label)))
    assert label_of(graph, node) == "a"
