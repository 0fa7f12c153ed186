"""Where the facts of a graph are quoted from in a source that is read again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, Graph, Literal
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.model import Source, Span
from strategraph.rdf.namespace import OA, SG


@dataclass(frozen=True, slots=True)
class Quoted:
    """A fact of a graph with the place of the words behind it, and the rule that read them."""

    predicate: Node
    object: Node
    span: Span
    rule: str


def quoted(graph: Graph, source: Source) -> tuple[Quoted, ...]:
    """Return the facts that a graph quotes from a source, in the order of the text.

    Raises :class:`UnusableInputError` if the graph was not made from the source's text.
    """
    checksum = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    documents = set(graph.subjects(SG.textSha256, Literal(checksum)))
    if not documents:
        raise UnusableInputError(f"{source.name}: the graph was not made from this, or it was read otherwise")
    found = [
        Quoted(predicate, object_, Span(start.value, end.value), str(graph.value(node, SG.rule)))
        for node in graph.subjects(RDF.type, SG.Evidence)
        if graph.value(node, DCTERMS.source) in documents
        and (predicate := graph.value(node, RDF.predicate)) is not None
        and (object_ := graph.value(node, RDF.object)) is not None
        and isinstance(start := graph.value(node, OA.start), Literal)
        and isinstance(end := graph.value(node, OA.end), Literal)
        and isinstance(start.value, int)
        and isinstance(end.value, int)
        and 0 <= start.value <= end.value
    ]
    return tuple(sorted(found, key=lambda one: (one.span, str(one.predicate), str(one.object))))
