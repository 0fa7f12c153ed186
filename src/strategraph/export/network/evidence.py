"""The evidence in a graph: which statements support a triple, and the words they quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, RDF, Graph
from rdflib.term import Node

from strategraph.export.labels import one_line
from strategraph.export.reading_order import integer, term_key
from strategraph.rdf.namespace import OA, SG

Place = tuple[str, int, int, tuple[str, str, str, str]]


class EvidenceLookup:
    """Looks evidence up, subject by subject: a large graph has more of it than can be kept."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph to look in."""
        self._graph = graph
        #: Whether there is any evidence.
        self.any = next(graph.subjects(RDF.type, SG.Evidence), None) is not None

    def of(self, subject: Node) -> dict[tuple[Node | None, Node | None], list[Node]]:
        """Return the evidence for the triples of a subject, by predicate and object."""
        found: dict[tuple[Node | None, Node | None], list[Node]] = {}
        if self.any:
            graph = self._graph
            for statement in graph.subjects(RDF.subject, subject):
                if (statement, RDF.type, SG.Evidence) in graph:
                    triple = graph.value(statement, RDF.predicate), graph.value(statement, RDF.object)
                    found.setdefault(triple, []).append(statement)
        return found

    def distinct(self, evidence: Iterable[Node]) -> list[Node]:
        """Return one statement for each place that some quote."""
        return list({self._place(statement)[:3]: statement for statement in evidence}.values())

    def words(self, evidence: Iterable[Node]) -> Iterator[str]:
        """Yield what statements quote, in the order of the text."""
        for statement in sorted(evidence, key=self._place):
            quotes = self._graph.objects(statement, OA.exact)
            yield from sorted(one_line(str(quote)) for quote in quotes)

    def _place(self, statement: Node) -> Place:
        return (
            str(self._graph.value(statement, DCTERMS.source)),
            integer(self._graph.value(statement, OA.start)),
            integer(self._graph.value(statement, OA.end)),
            term_key(statement),
        )
