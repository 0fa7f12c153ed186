"""Reads a graph from a file in any of the usual RDF formats.

pyoxigraph parses (some ten times faster than rdflib, and without fetching remote JSON-LD contexts);
the triples end up in an rdflib graph, which is what the stages after this one work with.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    import pyoxigraph

_Triple = tuple[Node, Node, Node]

FORMATS = {
    ".ttl": "TURTLE",
    ".nt": "N_TRIPLES",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
    ".trig": "TRIG",
    ".nq": "N_QUADS",
    ".rdf": "RDF_XML",
    ".owl": "RDF_XML",
    ".xml": "RDF_XML",
}
"""From a file's suffix to the name of its format in pyoxigraph."""

# Turtle and N-Triples are TriG, too: two guesses cover all that is neither JSON nor XML.
_GUESSES_FOR_TEXT = ("TRIG", "N_QUADS")


def load_graph(*paths: str | Path) -> Graph:
    """Return the graph in a file, or the union of those in several files or in the graphs of a dataset.

    The suffix says the format; without one that is known, the content does. Prefixes are kept, literals
    keep the form they are written in, and blank nodes are named in the order in which they come, so that the
    same files give the same graph. Raises :class:`UnusableInputError` if a file cannot be read, does
    not parse, or holds no triple.
    """
    graph = Graph(bind_namespaces="none")
    blank = (BNode(f"b{number}") for number in count())
    for path in map(Path, paths):
        triples, prefixes = _parse(path, blank)
        if not triples:
            raise UnusableInputError(f"{path}: no triple in it")
        graph.addN((s, p, o, graph) for s, p, o in triples)
        for prefix, namespace in sorted(prefixes.items()):
            graph.bind(prefix, namespace, replace=True)
    return graph


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableInputError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise UnusableInputError(f"{path}: a folder, not a graph file") from error
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror})") from error


def _guesses(content: bytes) -> tuple[str, ...]:
    start = content.lstrip()
    if start.startswith((b"{", b"[{", b"[\n", b"[\r")):
        return ("JSON_LD", *_GUESSES_FOR_TEXT)
    if start.startswith((b"<?xml", b"<rdf:RDF")):
        return ("RDF_XML",)
    return _GUESSES_FOR_TEXT


def _parse(path: Path, blank: Iterator[BNode]) -> tuple[list[_Triple], dict[str, str]]:
    import pyoxigraph

    content = _read(path).removeprefix(b"\xef\xbb\xbf")
    known = FORMATS.get(path.suffix.lower())
    failure: SyntaxError | None = None
    for name in (known,) if known else _guesses(content):
        try:
            parser = pyoxigraph.parse(content, format=getattr(pyoxigraph.RdfFormat, name))
            with _no_traceback_for_ill_typed_literals():
                return list(_triples(parser, blank)), parser.prefixes
        except SyntaxError as error:
            failure = failure or error
    raise UnusableInputError(f"{path}: {_complaint(failure)}") from failure


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


def _triples(quads: Iterable[pyoxigraph.Quad], blank: Iterator[BNode]) -> Iterator[_Triple]:
    """Yield the triples as rdflib terms, made once each: most terms of a graph come many times."""
    import pyoxigraph

    terms: dict[object, Node] = {}

    def convert(term: object) -> Node:
        node = terms.get(term)
        if node is None:
            if isinstance(term, pyoxigraph.NamedNode):
                node = URIRef(term.value)
            elif isinstance(term, pyoxigraph.Literal):
                node = _literal(term)
            elif isinstance(term, pyoxigraph.BlankNode):
                node = next(blank)
            else:
                raise SyntaxError("a triple within a triple (RDF 1.2), which no tool here can use")
            terms[term] = node
        return node

    for quad in quads:
        yield convert(quad.subject), convert(quad.predicate), convert(quad.object)


def _literal(term: pyoxigraph.Literal) -> Literal:
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)


def _complaint(error: SyntaxError | None) -> str:
    message = " ".join(str(error.msg if error else "").split())
    if "LoadDocumentCallback" in message:
        return "its JSON-LD context is on another host, and nothing is fetched; put the context into the file"
    reason = re.sub(r"^Parser error at [^:]*: ", "", message)
    place = f"line {error.lineno}: " if error and error.lineno else ""
    return f"does not parse: {place}{reason}"
