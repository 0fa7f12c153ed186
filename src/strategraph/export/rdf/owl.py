"""Data that OWL 2 DL tools keep whole: Turtle with every term declared and evidence in properties of ours.

OWL DL reserves the RDF vocabulary, so its tools drop ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``,
and with them what evidence is about. Here these are ``sg:aboutSubject``, ``sg:aboutProperty``, and
``sg:aboutObject`` or, of literals, ``sg:aboutValue``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import BinaryIO

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.rdf.turtle import write as write_turtle
from strategraph.knowledge import resources
from strategraph.rdf.namespace import SG

_BUILT_IN = (str(RDF), str(RDFS), str(OWL))
_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_ABOUT: Mapping[Node, URIRef] = MappingProxyType(
    {RDF.subject: SG.aboutSubject, RDF.predicate: SG.aboutProperty, RDF.object: SG.aboutObject}
)


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as Turtle that is OWL 2 DL but for datatypes such as xsd:gYear, which OWL lacks."""
    write_turtle(safe(graph), file)


def safe(graph: Graph) -> Graph:
    """Return the graph in terms that OWL 2 DL leaves to data, each declared."""
    found = Graph(bind_namespaces="none")
    for subject, predicate, object_ in graph:
        if predicate == RDF.type and str(object_).startswith(str(RDF)):
            continue  # rdf:Statement is not for OWL DL
        name = _ABOUT.get(predicate, predicate)
        if name == SG.aboutObject and isinstance(object_, Literal):
            name = SG.aboutValue
        found.add((subject, name, object_))
        if predicate == RDF.type:
            found.add((object_, RDF.type, OWL.Class))
            found.add((subject, RDF.type, OWL.NamedIndividual))
    kinds = _kinds()
    for predicate in set(found.predicates()):
        if not str(predicate).startswith(_BUILT_IN):
            found.add((predicate, RDF.type, kinds.get(predicate, OWL.AnnotationProperty)))
    return found


@cache
def _kinds() -> Mapping[Node, URIRef]:
    """Return what kind of property each of ours is, by the ontology."""
    ontology = Graph().parse(resources.path("ontology", "strategraph.ttl"), format="turtle")
    return {term: kind for kind in _KINDS for term in ontology.subjects(RDF.type, kind)}
