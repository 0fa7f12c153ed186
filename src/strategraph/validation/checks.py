"""The constraints that are code: what SHACL Core cannot say and SPARQL is too slow for.

Their names, severities and messages stand in the shape files with all others; here is only how each is
decided. A check yields the places where the graph fails it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import DCTERMS, RDF, Graph, URIRef
from rdflib.term import Node

from strategraph.namespace import ELEMENT_CLASSES, EXTRACTED, OA, SG
from strategraph.validation.quotes import Quotes
from strategraph.validation.shapes import SGSH
from strategraph.validation.terms import is_invented


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a graph fails a check: at which node, by which property and value."""

    focus: Node
    path: URIRef | None = None
    value: Node | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the checks look at: a graph, its evidence, and the text it was read from if that is at hand."""

    graph: Graph
    quotes: Quotes
    text: str | None = None


Check = Callable[[Subject], Iterator[Fault]]


def term_is_known(subject: Subject) -> Iterator[Fault]:
    """Fail where a class or property in our namespace is no term of the ontology."""
    graph = subject.graph
    for predicate in set(graph.predicates()):
        if is_invented(predicate):
            yield from (Fault(node, value=predicate) for node in set(graph.subjects(predicate)))
    for class_ in set(graph.objects(None, RDF.type)):
        if is_invented(class_):
            yield from (Fault(node, RDF.type, class_) for node in graph.subjects(RDF.type, class_))


def text_has_checksum(subject: Subject) -> Iterator[Fault]:
    """Fail where a source's text is not the one given."""
    if subject.text is None:
        return
    checksum = hashlib.sha256(subject.text.encode("utf-8", "surrogatepass")).hexdigest()
    for source in subject.graph.subjects(RDF.type, SG.SourceDocument):
        values = list(subject.graph.objects(source, SG.textSha256))
        if len(values) == 1 and str(values[0]).lower() != checksum:
            yield Fault(source, SG.textSha256, values[0])


def element_hangs_under_its_plan(subject: Subject) -> Iterator[Fault]:
    """Fail where the way up from an element does not lead to its plan.

    An element without parent or with several, and one whose plan is none, have constraints of their own.
    """
    graph = subject.graph
    parents: defaultdict[Node, set[Node]] = defaultdict(set)
    for parent, child in graph.subject_objects(SG.hasElement):
        parents[child].add(parent)
    plans = set(graph.subjects(RDF.type, SG.StrategicPlan))
    for element, plan in graph.subject_objects(SG.inPlan):
        seen: set[Node] = set()
        node = element
        while len(parents[node]) == 1 and node not in seen and node not in plans:
            seen.add(node)
            (node,) = parents[node]
        if plan in plans and (node in seen or (node in plans and node != plan)):
            yield Fault(element, SG.inPlan, plan)


def siblings_differ_in_position(subject: Subject) -> Iterator[Fault]:
    """Fail where two elements of one kind and parent have the same position."""
    return _repeated(subject.graph, SG.position)


def siblings_differ_in_number(subject: Subject) -> Iterator[Fault]:
    """Fail where two elements of one kind and parent have the same printed number."""
    return _repeated(subject.graph, SG.number)


def extracted_triple_has_evidence(subject: Subject) -> Iterator[Fault]:
    """Fail where an extracted triple has neither evidence nor a given fact; a light graph has none at all."""
    graph = subject.graph
    if not subject.quotes.all:
        return
    given = {triple for fact in graph.subjects(RDF.type, SG.GivenFact) for triple in _named(graph, fact)}
    plans = set(graph.subjects(RDF.type, SG.StrategicPlan))
    for predicate in EXTRACTED:
        for node, value in graph.subject_objects(predicate):
            if predicate == DCTERMS.title and node not in plans:
                continue  # an element's title is part of the words behind its sg:has…
            triple = (node, predicate, value)
            if not subject.quotes.supports(triple) and triple not in given:
                yield Fault(node, predicate, value)


def fact_is_in_graph(subject: Subject) -> Iterator[Fault]:
    """Fail where evidence or a given fact names a triple that the graph does not have."""
    graph = subject.graph
    for kind in (SG.Evidence, SG.GivenFact):
        for fact in graph.subjects(RDF.type, kind):
            triples = list(_named(graph, fact))
            if len(triples) == 1 and triples[0] not in graph:
                _, predicate, value = triples[0]
                yield Fault(fact, predicate if isinstance(predicate, URIRef) else None, value)


def quote_is_as_long_as_its_span(subject: Subject) -> Iterator[Fault]:
    """Fail where the quoted words are longer or shorter than from start to end."""
    for quote in subject.quotes.all:
        if quote.start is None or quote.end is None or quote.exact is None or quote.start >= quote.end:
            continue  # these have constraints of their own
        if len(quote.exact) != quote.end - quote.start:
            yield Fault(quote.node, OA.exact)


def quote_stands_in_text(subject: Subject) -> Iterator[Fault]:
    """Fail where the text given does not have the quoted words at their place."""
    if subject.text is None:
        return
    for quote in subject.quotes.all:
        if quote.start is None or quote.exact is None or quote.start < 0:
            continue
        if not subject.text.startswith(quote.exact, quote.start):
            yield Fault(quote.node, OA.exact)


def graph_has_evidence(subject: Subject) -> Iterator[Fault]:
    """Fail for each plan of a graph without any evidence."""
    if not subject.quotes.all:
        yield from map(Fault, subject.graph.subjects(RDF.type, SG.StrategicPlan))
        yield from map(Fault, sorted(set(subject.graph.objects(None, SG.textOf)), key=str))


def _named(graph: Graph, fact: Node) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the triples that a fact names: one, unless it is broken."""
    return (
        (node, predicate, value)
        for node in graph.objects(fact, RDF.subject)
        for predicate in graph.objects(fact, RDF.predicate)
        for value in graph.objects(fact, RDF.object)
    )


def _repeated(graph: Graph, predicate: URIRef) -> Iterator[Fault]:
    """Yield the elements, but for the first, that share a value with a sibling of their kind."""
    found: defaultdict[tuple[Node, Node, Node], list[Node]] = defaultdict(list)
    for kind in ELEMENT_CLASSES:
        for element in graph.subjects(RDF.type, kind):
            for parent in graph.subjects(SG.hasElement, element):
                for value in graph.objects(element, predicate):
                    found[parent, kind, value].append(element)
    for (_, _, value), elements in found.items():
        yield from (Fault(element, predicate, value) for element in sorted(elements, key=str)[1:])


CHECKS: Mapping[Node, Check] = MappingProxyType(
    {
        SGSH[check.__name__.replace("_", "-")]: check
        for check in (
            term_is_known,
            text_has_checksum,
            element_hangs_under_its_plan,
            siblings_differ_in_position,
            siblings_differ_in_number,
            extracted_triple_has_evidence,
            fact_is_in_graph,
            quote_is_as_long_as_its_span,
            quote_stands_in_text,
            graph_has_evidence,
        )
    }
)
"""The checks by the IRI that the shape files give them."""
