"""Formats of triples: Turtle and TriG for people, N-Triples and N-Quads, JSON-LD, RDF 1.2, Turtle for OWL.

pyoxigraph writes and checks every term; only names are shortened and arranged here.

RDF 1.2: evidence as reifiers of triple terms, in place of subject, predicate and object.

``<evidence> rdf:reifies <<( s p o )>>`` says in one triple what RDF 1.1 says in four. Everything else stays
as it is, and reading the file (:mod:`strategraph.rdf.loading`) gives the 1.1 form back.

Data that OWL 2 DL tools keep whole: Turtle with every term declared and evidence in properties of ours.

OWL DL reserves the RDF vocabulary, so its tools drop ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``,
and with them what evidence is about. Here these are ``sg:aboutSubject``, ``sg:aboutProperty``, and
``sg:aboutObject`` or, of literals, ``sg:aboutValue``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.reading_order import ReadingOrder
from strategraph.export.snapshot import plan_graphs, with_stable_names
from strategraph.knowledge import resources
from strategraph.model.identifiers import CONCEPT_BASE
from strategraph.rdf.namespace import PREFIXES, SG
from strategraph.rdf.terms import ntriples, oxigraph_term

# Prefixes that only reports of validations have.
_OF_REPORTS = {"sh": str(SH), "sgsh": "https://w3id.org/strategraph/shapes#"}
_INDENT = "    "
_WIDTH = 100

# Local names that stand in Turtle as they are, in every tool.
_PLAIN_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
# What can follow @base: resolving it must give back exactly the same IRI (no dot segments, no query).
_PLAIN_PATH = re.compile(r"(?![^/]*:)(?!\.{1,2}(?:/|$))(?!.*/\.{1,2}(?:/|$))[^/?#][^?#]*")
_TYPE, _STRING = RDF.type, XSD.string  # rdflib makes them anew, slowly, each time it is asked
# Literals that Turtle writes without quotes.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_REIFIES = NamedNode(f"{RDF}reifies")
_PARTS = (RDF.subject, RDF.predicate, RDF.object)
_BUILT_IN = (str(RDF), str(RDFS), str(OWL))
_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_ABOUT: Mapping[Node, URIRef] = MappingProxyType(
    {RDF.subject: SG.aboutSubject, RDF.predicate: SG.aboutProperty, RDF.object: SG.aboutObject}
)


def write_turtle(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as Turtle."""
    graph = with_stable_names(graph)
    names = _TermNames.of(graph)
    file.write(names.header().encode())
    for block in _blocks(graph, names):
        file.write(block.encode())


def write_trig(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as TriG: a named graph for each plan."""
    graph = with_stable_names(graph)
    names = _TermNames.of(graph)
    file.write(names.header().encode())
    for name, part in plan_graphs(graph):
        if name is None:
            file.writelines(block.encode() for block in _blocks(part, names))
        else:
            file.write(f"\n{names.short(name)} {{\n".encode())
            file.writelines(_indented(block).encode() for block in _blocks(part, names))
            file.write(b"}\n")


class _TermNames:
    """Shortens the terms of one document."""

    def __init__(self, prefixes: Mapping[str, str], base: str | None) -> None:
        self.prefixes = dict(sorted(prefixes.items()))
        self.base = base
        self._prefix_of = {namespace: prefix for prefix, namespace in self.prefixes.items()}
        self._shortened: dict[URIRef, str] = {}  # most IRIs come many times

    @classmethod
    def of(cls, graph: Graph) -> _TermNames:
        """Return names with the usual prefixes, those of our vocabularies, and a base for the plan's IRIs."""
        schemes = {
            scheme: f"{CONCEPT_BASE}{scheme}/"
            for subject in graph.subjects(unique=True)
            if str(subject).startswith(CONCEPT_BASE)
            and _PLAIN_NAME.fullmatch(scheme := str(subject).removeprefix(CONCEPT_BASE).partition("/")[0])
        }
        plans = sorted(str(plan) for plan in graph.subjects(_TYPE, SG.StrategicPlan))
        texts = sorted(str(text) for text in graph.objects(None, SG.textOf))
        named = [(iri, "/plan/") for iri in plans] + [(iri, "/instrument/") for iri in texts]
        base = next((iri[: iri.index(part) + 1] for iri, part in named if part in iri), None)
        return cls(_used(graph, {**schemes, **PREFIXES, **_OF_REPORTS}), base)

    def header(self) -> str:
        """Return the declarations that lead the document."""
        base = [f"@base <{self.base}> .\n"] if self.base else []
        return "".join(base + [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in self.prefixes.items()])

    def short(self, term: Node) -> str:
        """Return the term as Turtle writes it shortest."""
        if type(term) is URIRef:  # isinstance() takes long for terms, which are of an abstract class
            known = self._shortened.get(term)
            if known is None:
                known = self._shortened[term] = self._short_iri(term)
            return known
        if type(term) is Literal and term.datatype is not None:
            bare = _BARE.get(term.datatype)
            if bare and bare.fullmatch(term):
                return str(term)
            if term.datatype != _STRING:
                return f"{ntriples(Literal(str(term)))}^^{self._short_iri(term.datatype)}"
        return ntriples(term)

    def _short_iri(self, iri: URIRef) -> str:
        checked = ntriples(iri)
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefix_of.get(iri[:cut])
        if prefix is not None and _PLAIN_NAME.fullmatch(iri[cut:]):
            return f"{prefix}:{iri[cut:]}"
        if self.base and iri.startswith(self.base) and _PLAIN_PATH.fullmatch(iri[len(self.base) :]):
            return f"<{iri[len(self.base) :]}>"
        return checked


def used_prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes that the graph's terms are shortened by."""
    return _TermNames.of(graph).prefixes


def _used(graph: Graph, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that shorten some term of the graph: no document declares others."""
    predicates = set(graph.predicates(unique=True))
    predicates.discard(_TYPE)  # as a predicate, it is written "a"
    named = {term for subject, _, object_ in graph for term in (subject, object_)} | predicates
    found: set[str] = set()
    for term in named:
        if type(term) is URIRef:
            found.add(_namespace(term))
        elif type(term) is Literal and term.datatype is not None and term.datatype != _STRING:
            bare = _BARE.get(term.datatype)
            if not (bare and bare.fullmatch(term)):
                found.add(_namespace(term.datatype))
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in found}


def _namespace(iri: URIRef) -> str:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return str(iri[:cut]) if _PLAIN_NAME.fullmatch(iri[cut:]) else ""


def _blocks(graph: Graph, names: _TermNames) -> Iterator[str]:
    """Yield a heading for each section of the graph, and a block of lines for each subject."""
    order = ReadingOrder(graph)
    for section in order.sections:
        yield f"\n# {section.title}\n"
        for subject in section.subjects:
            lines = [_property(predicate, objects, names) for predicate, objects in order.properties(subject)]
            # The type, always first, stands beside the subject.
            joint = " " if lines[0].startswith("a ") else f"\n{_INDENT}"
            yield f"\n{names.short(subject)}{joint}" + f" ;\n{_INDENT}".join(lines) + " .\n"


def _property(predicate: Node, objects: list[Node], names: _TermNames) -> str:
    """Return a predicate with its objects: on one line if they are few and short, else each on its own."""
    name = "a" if predicate == _TYPE else names.short(predicate)
    texts = [names.short(object_) for object_ in objects]
    line = f"{name} {', '.join(texts)}"
    if len(texts) == 1 or len(line) <= _WIDTH:
        return line
    return f"{name}\n{_INDENT * 2}" + f",\n{_INDENT * 2}".join(texts)


def _indented(block: str) -> str:
    # A literal holds no line end as it is, so every line of a block can be moved.
    return re.sub(r"(?m)^(?=.)", _INDENT, block)


def write_ntriples(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as canonical N-Triples, in byte order."""
    _write_sorted(_statements(with_stable_names(graph)), file)


def write_nquads(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as canonical N-Quads, in byte order: a named graph for each plan."""
    _write_sorted(
        (
            f"{statement} {ntriples(name)}" if name is not None else statement
            for name, part in plan_graphs(with_stable_names(graph))
            for statement in _statements(part)
        ),
        file,
    )


def _statements(graph: Graph) -> Iterable[str]:
    return (" ".join(map(ntriples, triple)) for triple in graph)


def _write_sorted(statements: Iterable[str], file: BinaryIO) -> None:
    for line in sorted(f"{statement} .\n".encode() for statement in statements):
        file.write(line)


def write_turtle12(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as Turtle 1.2, in reading order."""
    named = with_stable_names(graph)
    quads = list(_ordered(named))
    pyoxigraph.serialize(quads, file, format=RdfFormat.TURTLE, prefixes=used_prefixes(named))


def write_ntriples12(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as N-Triples 1.2, in byte order."""
    quads = _reified(with_stable_names(graph))
    for line in sorted(f"{quad.triple} .\n".encode() for quad in quads):
        file.write(line)


def write_trig12(graph: Graph, file: BinaryIO) -> None:
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


def write_owl(graph: Graph, file: BinaryIO) -> None:
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
