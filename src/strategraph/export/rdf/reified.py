"""RDF 1.2: evidence as reifiers of triple terms, in place of subject, predicate and object.

``<evidence> rdf:reifies <<( s p o )>>`` says in one triple what RDF 1.1 says in four. Everything else stays
as it is, and reading the file (``rdf_files``) gives the 1.1 form back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple
from rdflib import RDF, Graph
from rdflib.term import Node

from strategraph.export.plan_graphs import plan_graphs
from strategraph.export.rdf.blank_nodes import with_stable_names
from strategraph.export.rdf.terms import oxigraph_term
from strategraph.export.rdf.turtle import used_prefixes
from strategraph.export.reading_order import ReadingOrder

_REIFIES = NamedNode(f"{RDF}reifies")
_PARTS = (RDF.subject, RDF.predicate, RDF.object)


def write_turtle(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as Turtle 1.2, in reading order."""
    named = with_stable_names(graph)
    quads = list(_ordered(named))
    pyoxigraph.serialize(quads, file, format=RdfFormat.TURTLE, prefixes=used_prefixes(named))


def write_ntriples(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as N-Triples 1.2, in byte order."""
    quads = _reified(with_stable_names(graph))
    for line in sorted(f"{quad.triple} .\n".encode() for quad in quads):
        file.write(line)


def write_trig(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as TriG 1.2: a named graph for each plan, in reading order."""
    named = with_stable_names(graph)
    quads: list[Quad] = []
    for name, part in plan_graphs(named):
        home = DefaultGraph() if name is None else NamedNode(name)
        quads += [Quad(quad.subject, quad.predicate, quad.object, home) for quad in _ordered(part)]
    pyoxigraph.serialize(quads, file, format=RdfFormat.TRIG, prefixes=used_prefixes(named))


def _ordered(graph: Graph) -> Iterator[Quad]:
    rank = ReadingOrder(graph).rank
    places = {str(oxigraph_term(node)): rank(node) for node in set(graph.subjects())}
    yield from sorted(_reified(graph), key=lambda quad: (places[str(quad.subject)], str(quad)))


def _reified(graph: Graph) -> Iterator[Quad]:
    """Yield the triples, those that name a triple as one with a triple term."""
    whole = {
        node: term for node in set(graph.subjects(RDF.type, RDF.Statement)) if (term := _named(graph, node))
    }
    for subject, predicate, object_ in graph:
        if subject in whole and (predicate in _PARTS or (predicate, object_) == (RDF.type, RDF.Statement)):
            continue
        yield _quad(oxigraph_term(subject), oxigraph_term(predicate), oxigraph_term(object_))
    for node, term in whole.items():
        yield _quad(oxigraph_term(node), _REIFIES, term)


def _named(graph: Graph, node: Node) -> Triple | None:
    """Return the triple that a statement names, None where it does not name exactly one."""
    parts = [list(graph.objects(node, part)) for part in _PARTS]
    if [len(part) for part in parts] != [1, 1, 1]:
        return None
    subject, predicate, object_ = (oxigraph_term(part[0]) for part in parts)
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, object_)


def _quad(subject: object, predicate: object, object_: object) -> Quad:
    return Quad(subject, predicate, object_)  # type: ignore[arg-type]  # terms of a graph are in their places
