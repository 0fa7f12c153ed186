"""A graph's triples, taken in one pass.

A look-up in rdflib costs as much as dozens in a dict; whoever asks several times for each node of a large
graph asks here. A triple costs two references: the terms are the graph's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from strategraph.namespace import SG

STATEMENTS = (SG.Evidence, SG.GivenFact)
"""The classes of statements about triples."""


class Snapshot:
    """What a graph says of its nodes. Statements about triples are left out: :attr:`graph` still has them.

    The methods are those of :class:`rdflib.Graph` that the reading order needs. Blank nodes (ours have none)
    are named by what is said of them, not by chance.
    """

    def __init__(self, graph: Graph) -> None:
        """Take the triples; later changes to the graph are not seen."""
        self._links: dict[Node, list[Node]] = {}
        self._literals: dict[Node, list[Node]] = {}
        self.graph = graph
        if self._take(graph):
            self._links.clear()
            self._literals.clear()
            self.graph = to_canonical_graph(graph)
            self._take(self.graph)

    def _take(self, graph: Graph) -> bool:
        """Take the triples; return whether there are blank nodes among their terms."""
        statements = {statement for class_ in STATEMENTS for statement in graph.subjects(RDF.type, class_)}
        blank = False
        for subject, predicate, object_ in graph:
            if subject not in statements:
                kind = self._literals if isinstance(object_, Literal) else self._links
                kind.setdefault(subject, []).extend((predicate, object_))
            blank = blank or isinstance(subject, BNode) or isinstance(object_, BNode)
        return blank

    def links(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is no literal."""
        return _pairs(self._links.get(subject, ()))

    def literals(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is a literal."""
        return _pairs(self._literals.get(subject, ()))

    def __contains__(self, subject: object) -> bool:
        """Tell whether anything is said of a node."""
        return subject in self._links or subject in self._literals

    def predicate_objects(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple of a subject."""
        yield from self.links(subject)
        yield from self.literals(subject)

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """Yield the objects of a predicate."""
        return (object_ for found, object_ in self.predicate_objects(subject) if found == predicate)

    def value(self, subject: Node, predicate: Node) -> Node | None:
        """Return one object of a predicate, if there is any."""
        return next(self.objects(subject, predicate), None)

    def subjects(self, predicate: URIRef | None = None, object_: Node | None = None) -> Iterator[Node]:
        """Yield the subjects with a predicate and object; without these, all."""
        if predicate is None:
            yield from self._links.keys() | self._literals.keys()
        else:
            yield from (found for found in self.graph.subjects(predicate, object_) if found in self)


def _pairs(terms: list[Node] | tuple[()]) -> Iterator[tuple[Node, Node]]:
    each = iter(terms)
    return zip(each, each, strict=True)


Triples = Graph | Snapshot
"""What can be asked for the triples of a subject."""
