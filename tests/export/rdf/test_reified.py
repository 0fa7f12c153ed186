"""RDF 1.2 says the same as 1.1, and OWL DL keeps what evidence is about."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, Graph, Literal

from strategraph.export import find_format, write
from strategraph.export.rdf.owl import safe
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
FORMATS = {
    "turtle12": pyoxigraph.RdfFormat.TURTLE,
    "ntriples12": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig12": pyoxigraph.RdfFormat.TRIG,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_round_trip_gives_the_same_graph(name: str, tmp_path: Path) -> None:
    graph = load_graph(VALID)
    content = write(graph, name)
    assert content == write(load_graph(VALID), name)
    path = tmp_path / f"valid{find_format(name).suffix}"
    path.write_bytes(content)
    assert set(load_graph(path)) == set(graph)


@pytest.mark.parametrize("name", FORMATS)
def test_each_evidence_reifies_one_triple_and_names_no_parts(name: str) -> None:
    quads = list(pyoxigraph.parse(write(load_graph(VALID), name), format=FORMATS[name]))
    reified = [quad for quad in quads if isinstance(quad.object, pyoxigraph.Triple)]
    graph = load_graph(VALID)
    assert len(reified) == len(set(graph.subjects(RDF.type, RDF.Statement)))
    assert {quad.predicate.value for quad in reified} == {f"{RDF}reifies"}
    parts = {str(part) for part in (RDF.subject, RDF.predicate, RDF.object)}
    assert not any(quad.predicate.value in parts for quad in quads)


def test_a_statement_that_names_no_one_triple_stays_as_it_is() -> None:
    graph = load_graph(VALID)
    broken = next(iter(graph.subjects(RDF.type, SG.Evidence)))
    graph.remove((broken, RDF.object, None))
    again = list(pyoxigraph.parse(write(graph, "ntriples12"), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert any(quad.predicate.value == str(RDF.subject) for quad in again)


def test_owl_keeps_what_evidence_is_about() -> None:
    graph = load_graph(VALID)
    found = safe(graph)
    assert not any(str(p).startswith(str(RDF)) for p in found.predicates() if p != RDF.type)
    assert not any(str(o).startswith(str(RDF)) for o in found.objects(None, RDF.type))
    facts = set(graph.subjects(RDF.type, RDF.Statement))
    for predicate in (SG.aboutSubject, SG.aboutProperty):
        assert set(found.subjects(predicate)) == facts
    assert set(found.subjects(SG.aboutObject)) | set(found.subjects(SG.aboutValue)) == facts
    assert all(isinstance(value, Literal) for value in found.objects(None, SG.aboutValue))
    assert not any(isinstance(value, Literal) for value in found.objects(None, SG.aboutObject))


def test_owl_declares_each_property_and_class() -> None:
    found = Graph().parse(data=write(load_graph(VALID), "owl"), format="turtle")
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for predicate in set(found.predicates()):
        if not str(predicate).startswith((str(RDF), "http://www.w3.org/2000/01/rdf-schema#", str(OWL))):
            assert sum((predicate, RDF.type, kind) in found for kind in kinds) == 1, predicate
    for class_ in set(found.objects(None, RDF.type)):
        assert str(class_).startswith(str(OWL)) or (class_, RDF.type, OWL.Class) in found
