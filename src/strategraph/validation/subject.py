"""What the constraints that are code look at and find: a graph, and as far as it can be read its evidence.

A graph under validation may be broken in any way, so whatever is missing, double or ill-typed is None here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.rdf.namespace import OA, SG

Triple = tuple[Node | None, Node | None, Node | None]


@dataclass(frozen=True, slots=True)
class Quote:
    """One evidence: the triple it names, the words, and where they stand."""

    node: Node
    triple: Triple
    exact: str | None
    start: int | None
    end: int | None
    line: int | None

    @property
    def place(self) -> tuple[int, int, str]:
        """Return what quotes are sorted by: the order of the text, of two at one place the longer first."""
        return self.start or 0, -(self.end or 0), str(self.node)


@dataclass(frozen=True, slots=True)
class Quotes:
    """All evidence of a graph, in the order of the text, and ways to find it."""

    all: tuple[Quote, ...]
    _by_node: Mapping[Node, Quote]
    _by_triple: Mapping[Triple, Quote]
    _by_subject: Mapping[Node | None, tuple[Quote, ...]]
    _by_object: Mapping[Node | None, Quote]

    @classmethod
    def of(cls, graph: Graph) -> Quotes:
        """Read the evidence of a graph."""
        quotes = sorted(
            (_quote(graph, node) for node in graph.subjects(RDF.type, SG.Evidence)),
            key=lambda quote: quote.place,
        )
        by_subject: defaultdict[Node | None, list[Quote]] = defaultdict(list)
        for quote in quotes:
            by_subject[quote.triple[0]].append(quote)
        # The first evidence in the text speaks for a triple; later ones do not replace it.
        last_first = quotes[::-1]
        return cls(
            all=tuple(quotes),
            _by_node=MappingProxyType({quote.node: quote for quote in quotes}),
            _by_triple=MappingProxyType({quote.triple: quote for quote in last_first}),
            _by_subject=MappingProxyType({node: tuple(found) for node, found in by_subject.items()}),
            _by_object=MappingProxyType({quote.triple[2]: quote for quote in last_first}),
        )

    def supports(self, triple: Triple) -> bool:
        """Whether some evidence names the triple."""
        return triple in self._by_triple

    def behind(self, focus: Node, path: Node | None = None, value: Node | None = None) -> Quote | None:
        """Return the words behind a finding about a node: the most particular that there are.

        The node's own if it is evidence; else those of the very triple, those of the node's values of that
        property, those that state the node itself, those of anything about it.
        """
        about = self._by_subject.get(focus, ())
        return (
            self._by_node.get(focus)
            or self._by_triple.get((focus, path, value))
            or next((quote for quote in about if quote.triple[1] == path), None)
            or self._by_object.get(focus)
            or next(iter(about), None)
        )


def _quote(graph: Graph, node: Node) -> Quote:
    return Quote(
        node=node,
        triple=(
            only(graph, node, RDF.subject),
            only(graph, node, RDF.predicate),
            only(graph, node, RDF.object),
        ),
        exact=literal(graph, node, OA.exact),
        start=integer(graph, node, OA.start),
        end=integer(graph, node, OA.end),
        line=integer(graph, node, SG.line),
    )


def only(graph: Graph, node: Node, predicate: Node) -> Node | None:
    """Return the value of a property that has exactly one; others have constraints of their own."""
    values = list(graph.objects(node, predicate))
    return values[0] if len(values) == 1 else None


def integer(graph: Graph, node: Node, predicate: Node) -> int | None:
    """Return the whole number that is the only value of a property."""
    term = only(graph, node, predicate)
    value = term.value if isinstance(term, Literal) else None
    return value if isinstance(value, int) else None


def literal(graph: Graph, node: Node, predicate: Node) -> str | None:
    """Return the words of the literal that is the only value of a property."""
    term = only(graph, node, predicate)
    return str(term) if isinstance(term, Literal) else None


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
