"""Reads a graph from a file in any of the usual RDF formats.

pyoxigraph parses (some ten times faster than rdflib, and without fetching remote JSON-LD contexts);
the triples end up in an rdflib graph, which is what the stages after this one work with.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.rdf.parsing import parse

if TYPE_CHECKING:
    import pyoxigraph

_Triple = tuple[Node, Node, Node]


def load_graph(*paths: str | Path) -> Graph:
    """Return the graph in a file, or the union of those in several files or in the graphs of a dataset.

    The suffix says the format; without one that is known, the content does. Prefixes are kept, literals
    keep the form they are written in, and blank nodes are named in the order in which they come, so that the
    same files give the same graph. Raises :class:`UnusableInputError` if a file cannot be read, does
    not parse, or holds no triple.
    """
    graph = Graph(bind_namespaces="none")
    numbers = count()
    for path in map(Path, paths):
        held = parse(path, numbers)
        add_quads(graph, held.quads, path)
        for prefix, namespace in sorted(held.prefixes.items()):
            graph.bind(prefix, namespace, replace=True)
    return graph


def add_quads(graph: Graph, quads: Iterable[pyoxigraph.Quad], path: Path) -> None:
    """Add the triples of pyoxigraph's quads to a graph; ``path`` is where they are from, for the message.

    Raises :class:`UnusableInputError` for what only RDF 1.2 has: a triple within a triple, a base direction.
    """
    with _no_traceback_for_ill_typed_literals():
        graph.addN((s, p, o, graph) for s, p, o in _triples(quads, path))


@contextmanager
def _no_traceback_for_ill_typed_literals() -> Iterator[None]:
    """Keep rdflib from printing a traceback for ``"x"^^xsd:integer``: it is data, for the shapes to judge."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _triples(quads: Iterable[pyoxigraph.Quad], path: Path) -> Iterator[_Triple]:
    """Yield the triples as rdflib terms, made once each: most terms of a graph come many times."""
    import pyoxigraph

    terms: dict[object, Node] = {}

    def convert(term: object) -> Node:
        node = terms.get(term)
        if node is None:
            if isinstance(term, pyoxigraph.NamedNode):
                node = URIRef(term.value)
            elif isinstance(term, pyoxigraph.Literal):
                if term.direction:
                    raise _beyond_us(path, "a base direction")
                node = _literal(term)
            elif isinstance(term, pyoxigraph.BlankNode):
                node = BNode(term.value)
            else:
                raise _beyond_us(path, "a triple within a triple")
            terms[term] = node
        return node

    for quad in quads:
        yield convert(quad.subject), convert(quad.predicate), convert(quad.object)


def _beyond_us(path: Path, what: str) -> UnusableInputError:
    return UnusableInputError(f"{path}: does not parse: {what} (RDF 1.2), which no tool here can use")


def _literal(term: pyoxigraph.Literal) -> Literal:
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)
