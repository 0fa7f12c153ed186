"""What the constraints that are code look at and find, and how they read a graph that may be broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from strategraph.rdf.namespace import SG
from strategraph.validation.quotes import Quotes, only


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a graph fails a check: at which node, by which property and value."""

    focus: Node
    path: URIRef | None = None
    value: Node | None = None
    words: str = ""  # what the message has in the place of {words}


@dataclass(frozen=True, slots=True)
class Subject:
    """A graph, its evidence, and the text it was read from if that is at hand.

    ``unread`` is what the reading says that it did not understand, by the name of the constraint.
    """

    graph: Graph
    quotes: Quotes
    text: str | None = None
    unread: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[Subject], Iterator[Fault]]


def named(graph: Graph, kind: URIRef) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples that evidence or given facts name, whole or broken."""
    for fact in graph.subjects(RDF.type, kind):
        for node in graph.objects(fact, RDF.subject):
            for predicate in graph.objects(fact, RDF.predicate):
                yield from ((node, predicate, value) for value in graph.objects(fact, RDF.object))


def facts(graph: Graph, kind: URIRef) -> Iterator[tuple[Node, Node, Node, Node]]:
    """Yield each evidence or given fact that names one triple, with that triple."""
    for fact in graph.subjects(RDF.type, kind):
        node, predicate, value = (
            only(graph, fact, part) for part in (RDF.subject, RDF.predicate, RDF.object)
        )
        if node is not None and predicate is not None and value is not None:
            yield fact, node, predicate, value


def evidence(quotes: Quotes) -> Iterator[tuple[Node, Node, Node, Node]]:
    """Yield each evidence that names one triple, with that triple, in the order of the text."""
    for quote in quotes.all:
        node, predicate, value = quote.triple
        if node is not None and predicate is not None and value is not None:
            yield quote.node, node, predicate, value


def grouped(pairs: Iterator[tuple[Node, Node]]) -> dict[Node, list[Node]]:
    """Return the second parts of pairs by their first, in an order that is the same on every run."""
    found: defaultdict[Node, list[Node]] = defaultdict(list)
    for key, value in sorted(pairs, key=str):
        found[key].append(value)
    return dict(found)


def text_is_understood(subject: Subject) -> Iterator[Fault]:
    """Fail for the source of a graph if the reading says that it understood little of it."""
    return _unread(subject, "text-is-understood")


def language_has_rules(subject: Subject) -> Iterator[Fault]:
    """Fail for the source of a graph if the reading says that it has no rules for its language."""
    return _unread(subject, "language-has-rules")


def _unread(subject: Subject, name: str) -> Iterator[Fault]:
    if words := subject.unread.get(name):
        for source in subject.graph.subjects(RDF.type, SG.SourceDocument):
            yield Fault(source, words=words)
