"""A graph's triples, taken in one pass.

A look-up in rdflib costs as much as dozens in a dict; whoever asks several times for each node of a large
graph asks here. A triple costs two references: the terms are the graph's own, and each node and predicate
is one object throughout, so that comparing them is quick.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.rdf.blank_nodes import with_stable_names
from strategraph.rdf.namespace import SG

STATEMENTS = (SG.Evidence, SG.GivenFact)
"""The classes of statements about triples."""


class Snapshot:
    """What a graph says of its nodes. Statements about triples are left out: :attr:`graph` still has them.

    The methods are those of :class:`rdflib.Graph` that the reading order needs. Blank nodes (ours have none)
    are named by what is said of them, not by chance.
    """

    def __init__(self, graph: Graph, *, statements: bool = False) -> None:
        """Take the triples, with ``statements`` also those of statements; later changes are not seen."""
        self.graph = graph
        self._links: dict[Node, list[Node]] = {}
        self._literals: dict[Node, list[Node]] = {}
        self.predicates: dict[Node, Node] = {}
        self._terms: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        if self._take(graph, statements):
            self._links, self._literals, self.predicates = {}, {}, {}
            self._terms, self._members = {}, {}
            self.graph = with_stable_names(graph)
            self._take(self.graph, statements)

    def _take(self, graph: Graph, with_statements: bool) -> bool:
        """Take the triples; return whether there are blank nodes among their terms."""
        left_out: set[Node] = set()
        if not with_statements:
            left_out.update(*(graph.subjects(RDF.type, class_) for class_ in STATEMENTS))
        terms, predicates, members = self._terms, self.predicates, self._members
        type_ = predicates.setdefault(RDF.type, RDF.type)
        for subject, predicate, object_ in graph:
            if left_out and subject in left_out:
                continue
            # rdflib's terms are of an abstract class, for which isinstance() takes as long as all the rest.
            is_literal = type(object_) is Literal
            predicate = predicates.setdefault(predicate, predicate)  # noqa: PLW2901
            kind = self._literals if is_literal else self._links
            said = kind.get(subject)
            if said is None:
                said = kind[terms.setdefault(subject, subject)] = []
            if not is_literal:
                object_ = terms.setdefault(object_, object_)  # noqa: PLW2901
                if predicate is type_:
                    members.setdefault(object_, []).append(terms[subject])
            said += (predicate, object_)
        return any(isinstance(term, BNode) for term in terms)

    def links(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is no literal."""
        return _pairs(self._links.get(subject, ()))

    def targets(self, subject: Node) -> list[Node]:
        """Return the object of each triple whose object is no literal."""
        return list(self._links.get(subject, ())[1::2])

    def literals(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple whose object is a literal."""
        return _pairs(self._literals.get(subject, ()))

    def forget_links(self) -> None:
        """Give back the memory of the links; what is asked afterwards is answered from literals alone."""
        self._links = {}
        self._terms = {}
        self._members = {}

    def __contains__(self, subject: object) -> bool:
        """Tell whether anything is said of a node."""
        return subject in self._links or subject in self._literals

    def predicate_objects(self, subject: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of each triple of a subject."""
        yield from self.links(subject)
        yield from self.literals(subject)

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """Yield the objects of a predicate."""
        wanted = self.predicates.get(predicate)
        return (object_ for found, object_ in self.predicate_objects(subject) if found is wanted)

    def value(self, subject: Node, predicate: Node) -> Node | None:
        """Return one object of a predicate, if there is any."""
        return next(self.objects(subject, predicate), None)

    def subjects(self, predicate: URIRef | None = None, object_: Node | None = None) -> Iterator[Node]:
        """Yield the subjects with a predicate and object; without these, all."""
        if predicate is None:
            yield from self._links.keys() | self._literals.keys()
        elif predicate == RDF.type and object_ is not None:
            yield from self._members.get(object_, ())
        elif predicate in self.predicates:
            found = self.graph.subjects(predicate, object_)
            yield from (self._terms[subject] for subject in found if subject in self)


def _pairs(terms: list[Node] | tuple[()]) -> Iterator[tuple[Node, Node]]:
    each = iter(terms)
    return zip(each, each, strict=True)


Triples = Graph | Snapshot
"""What can be asked for the triples of a subject."""
