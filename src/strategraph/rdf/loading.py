"""Reads RDF files in any of the usual formats: as pyoxigraph's quads, or as an rdflib graph.

pyoxigraph parses (some ten times faster than rdflib, and without fetching remote JSON-LD contexts). The
stages after a build work with rdflib's graphs; commands that have no need of them are spared its start-up
time: here rdflib is imported where it is used.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.system.files import read_given

if TYPE_CHECKING:
    import pyoxigraph
    from pyoxigraph import Quad
    from rdflib import Graph, Literal
    from rdflib.term import Node

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

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):/+(?P<rest>.+)")
# Writers of RDF/XML declare entities for the beginnings of IRIs.
_ENTITY = re.compile(rb"<!ENTITY\s[^\"'>]*[\"']([^\"']*)")
_LONGEST_ENTITY = 300
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# What the parsers follow by calling themselves, or copy at each level: JSON's objects, XML's elements,
# triples within triples. Measured: 10,000 objects end the stack, 100,000 elements take minutes.
_NESTING = {
    "JSON_LD": (re.compile(rb'(?P<open>\{(?=\s*["}]))|(?P<close>\})'), 1_000),
    "RDF_XML": (
        re.compile(rb"<[A-Za-z_][^<>/]*(?:/(?!>)[^<>/]*)*(?:/>|(?P<open>>))|(?P<close></[A-Za-z_])"),
        1_000,
    ),
}
_TRIPLES_IN_TRIPLES = re.compile(rb"(?P<open><<\()|(?P<close>\)>>)"), 100

# Turtle and N-Triples are TriG, too: two guesses cover all that is neither JSON nor XML.
_GUESSES_FOR_TEXT = ("TRIG", "N_QUADS")


def is_report(path: Path) -> bool:
    """Whether a file is what a build found out about a graph, by its name, and no graph of a plan.

    >>> is_report(Path("out/x.report.ttl")), is_report(Path("out/x.ttl"))
    (True, False)
    """
    return path.name.endswith(".report.ttl")


def without_reports(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are no reports: so ``out/*.ttl`` names the graphs that builds wrote.

    Raises :class:`UnusableInputError` if there are only reports.
    """
    given = list(paths)
    graphs = [path for path in given if not is_report(path)]
    if given and not graphs:
        raise UnusableInputError(f"{given[0]}: is the report of a validation, not a graph of a plan")
    return graphs


@dataclass(frozen=True, slots=True)
class RdfFile:
    """What an RDF file holds; blank nodes are named in the order in which they come."""

    quads: list[Quad]
    prefixes: dict[str, str]
    base: str | None


def parse(path: Path, numbers: Iterator[int] | None = None) -> RdfFile:
    """Return what the file holds, in the format that its suffix or, without a known one, its content says.

    ``numbers`` name the blank nodes: files read with the same numbers share none. Raises
    :class:`UnusableInputError` if the file cannot be read, does not parse, or holds no triple.
    """
    import pyoxigraph

    content = _read(path).removeprefix(b"\xef\xbb\xbf")
    if any(_grows(entity) for entity in _ENTITY.findall(content)):
        raise UnusableInputError(f"{path}: its entities stand for more than names; write them out")
    known = FORMATS.get(path.suffix.lower())
    failure: SyntaxError | None = None
    for name in (known,) if known else _guesses(content):
        _refuse_deep(content, name, path)
        parser = pyoxigraph.parse(content, format=getattr(pyoxigraph.RdfFormat, name))
        try:
            unfolded = list(_without_triple_terms(parser))
            quads = _with_stable_names(unfolded, count() if numbers is None else numbers)
        except SyntaxError as error:
            failure = failure or error
            continue
        if not quads:
            raise UnusableInputError(f"{path}: no triple in it")
        return RdfFile(quads, parser.prefixes, parser.base_iri)
    raise UnusableInputError(f"{path}: {_complaint(failure)}") from failure


def _read(path: Path) -> bytes:
    try:
        return read_given(path)
    except FileNotFoundError as error:
        raise UnusableInputError(_missing(path)) from error
    except IsADirectoryError as error:
        raise UnusableInputError(f"{path}: a folder, not a graph file") from error
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _missing(path: Path) -> str:
    """Say that there is no such file, and of an address, which a path has lost a stroke of, what can be read.

    >>> _missing(Path("out/x.ttl"))
    'out/x.ttl: no such file'
    """
    address = _ADDRESS.fullmatch(path.as_posix())
    if address is None:
        return f"{path}: no such file"
    return (
        f"{address['scheme']}://{address['rest']}: is no file of this machine; graphs are read from files "
        "and folders here, and `query` asks a store at its http:// or https:// address: copy it here first"
    )


def _refuse_deep(content: bytes, format_: str, path: Path) -> None:
    """Raise :class:`UnusableInputError` for what is nested deeper than the parsers' stack reaches.

    Brackets are counted in strings, too: no text has hundreds that are never closed.
    """
    nesting, deepest = _NESTING.get(format_, _TRIPLES_IN_TRIPLES)
    depth = 0
    for match in nesting.finditer(content):
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth = max(0, depth - 1)
        if depth > deepest:
            raise UnusableInputError(f"{path}: does not parse: it is nested more than {deepest:,} deep")


def _grows(entity: bytes) -> bool:
    """Whether an entity stands for others or for much text, so that a small file would be a huge graph."""
    return b"&" in entity or len(entity) > _LONGEST_ENTITY


def _guesses(content: bytes) -> tuple[str, ...]:
    start = content.lstrip()
    if start.startswith((b"{", b"[{", b"[\n", b"[\r")):
        return ("JSON_LD", *_GUESSES_FOR_TEXT)
    if start.startswith((b"<?xml", b"<rdf:RDF")):
        return ("RDF_XML",)
    return _GUESSES_FOR_TEXT


def _without_triple_terms(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads in RDF 1.1: what reifies a triple as a statement with the three parts of it."""
    from pyoxigraph import NamedNode, Quad, Triple

    for quad in quads:
        term = quad.object
        if not isinstance(term, Triple) or quad.predicate.value != f"{_RDF}reifies":
            yield quad  # a triple term that nothing reifies is refused where the graph is made
        else:
            yield Quad(quad.subject, NamedNode(f"{_RDF}type"), NamedNode(f"{_RDF}Statement"), quad.graph_name)
            for name, part in zip(("subject", "predicate", "object"), term, strict=True):
                yield Quad(quad.subject, NamedNode(f"{_RDF}{name}"), part, quad.graph_name)


def _with_stable_names(quads: list[Quad], numbers: Iterator[int]) -> list[Quad]:
    """Return the quads with their blank nodes, which parsers name at random, counted through."""
    from pyoxigraph import BlankNode, Quad

    names: dict[BlankNode, BlankNode] = {}

    def stable(term: object) -> object:
        if not isinstance(term, BlankNode):
            return term
        if term not in names:
            names[term] = BlankNode(f"b{next(numbers)}")
        return names[term]

    if not any(isinstance(term, BlankNode) for quad in quads for term in quad):
        return quads
    return [Quad(*map(stable, quad)) for quad in quads]  # type: ignore[arg-type]  # each term keeps its kind


def _complaint(error: SyntaxError | None) -> str:
    message = " ".join(str(error.msg if error else "").split())
    if "LoadDocumentCallback" in message:
        return "its JSON-LD context is on another host, and nothing is fetched; put the context into the file"
    reason = re.sub(r"^Parser error at [^:]*: ", "", message)
    place = f"line {error.lineno}: " if error and error.lineno else ""
    return f"does not parse: {place}{reason}"


def load_graph(*paths: str | Path) -> Graph:
    """Return the graph in a file, or the union of those in several files or in the graphs of a dataset.

    The suffix says the format; without one that is known, the content does. Prefixes are kept, literals
    keep the form they are written in, and blank nodes are named in the order in which they come, so that the
    same files give the same graph. Raises :class:`UnusableInputError` if a file cannot be read, does
    not parse, or holds no triple.
    """
    from rdflib import Graph

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


def _triples(quads: Iterable[pyoxigraph.Quad], path: Path) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples as rdflib terms, made once each: most terms of a graph come many times."""
    import pyoxigraph
    from rdflib import BNode, URIRef

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
    from rdflib import Literal, URIRef

    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)
