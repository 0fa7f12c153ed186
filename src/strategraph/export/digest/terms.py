"""The ontology's terms as people read them: their labels, what they mean, and the families of classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.knowledge import resources
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

_STRUCTURAL = re.compile(r"has[A-Z]")


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A class or property: its local name, its label, its definition.

    ``family`` is of a class the topmost class above it ("PlanElement" of a goal); ``provenance`` of a
    property how its values are known ("extracted", "computed", "table", "" if the ontology does not say).
    """

    name: str
    label: str
    definition: str
    family: str = ""
    provenance: str = ""


@cache
def terms() -> Mapping[str, OntologyTerm]:
    """Return the terms of our ontology, by local name."""
    graph = load_graph(resources.path("ontology", "strategraph.ttl"))
    found = (subject for subject in graph.subjects(RDFS.label) if str(subject).startswith(str(SG)))
    return MappingProxyType(
        {term.name: term for term in (_term(graph, each) for each in sorted(found, key=str))}
    )


def is_structural(property_: str) -> bool:
    """Tell whether a property of ours leads from the whole to its parts: sg:hasGoal, sg:hasMeasure …

    >>> is_structural("hasGoal"), is_structural("addresses")
    (True, False)
    """
    return _STRUCTURAL.match(property_) is not None


def name_of(term: Node) -> str:
    """Return the local name of a term of ours; of any other its IRI."""
    return str(term).removeprefix(str(SG))


def label_of(name: str) -> str:
    """Return what people call a term; one that the ontology does not have goes by the end of its name.

    >>> label_of("hasGoal"), label_of("http://purl.org/dc/terms/title")
    ('has goal', 'title')
    """
    term = terms().get(name)
    return term.label if term else re.split(r"[/#]", name)[-1]


def _term(graph: Graph, iri: Node) -> OntologyTerm:
    provenance = graph.value(iri, SG.provenance)
    return OntologyTerm(
        name=name_of(iri),
        label=str(graph.value(iri, RDFS.label)),
        definition=str(graph.value(iri, SKOS.definition) or ""),
        family=_family(graph, iri),
        provenance=name_of(provenance) if provenance is not None else "",
    )


def _family(graph: Graph, class_: Node) -> str:
    """Return the name of the topmost class of ours above a class."""
    top = class_
    seen: set[Node] = set()
    while top not in seen:
        seen.add(top)
        above = sorted(
            each
            for each in graph.objects(top, RDFS.subClassOf)
            if isinstance(each, URIRef) and str(each).startswith(str(SG))
        )
        top = above[0] if above else top
    return name_of(top)
