"""The graph as people see it in Gephi: vertices and edges with columns.

Vertices are the nodes of our classes; edges are the triples between them, but for ``sg:hasElement``, which
repeats its subproperties. Literals, types and external IRIs become columns of a vertex, evidence columns of
an edge. ``docs/graphml.md`` tells people so.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from strategraph.export import layout
from strategraph.export.order import ReadingOrder, children, most_specific_class, term_key
from strategraph.export.palette import colors
from strategraph.export.plan_graphs import nodes_by_plan
from strategraph.namespace import ELEMENT_CLASSES, INSTRUMENT_CLASSES, OA, SG

LABEL_LENGTH = 80

_STATEMENTS = (SG.Evidence, SG.GivenFact)  # about triples: they are told of by the edges
_NOT_EDGES = (RDF.type, SG.hasElement)
_SCHEME_LINKS = (SKOS.inScheme, SKOS.topConceptOf)  # a concept's type says as much

_ROLES: dict[URIRef, layout.Role] = {
    SG.StrategicPlan: layout.Role.PLAN,
    **dict.fromkeys((*ELEMENT_CLASSES, SG.PlanElement), layout.Role.ELEMENT),
    SG.TargetGroup: layout.Role.CONCEPT_ABOVE,
    SG.Theme: layout.Role.CONCEPT_BELOW,
}
# Gephi stretches sizes to this range when it opens a file, and positions by the same factor, unless they
# fill it already: so they do, and stay as they are.
_SMALLEST, _LARGEST = 4.0, 100.0


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node of the graph; ``""`` is a value that it does not have.

    ``plan`` are the IRIs of the plans that it belongs to, ``same_as`` those of other vocabularies that it
    points at, both joined by ``;``.
    """

    id: str
    label: str
    type: str
    uri: str
    plan: str
    number: str
    statement: str
    same_as: str
    color: str
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A triple between two vertices; ``weight`` is how many quotations support it, 1 where none need to."""

    id: str
    source: str
    target: str
    label: str
    predicate: str
    weight: int
    evidence: str


class Network:
    """The vertices and edges of a graph, in reading order."""

    def __init__(self, graph: Graph) -> None:
        """Take in the vertices; edges are looked up when they are asked for."""
        self._graph = graph
        self._order = ReadingOrder(graph)
        self._classes: dict[Node, URIRef] = {
            subject: class_
            for section in self._order.sections
            for subject in section.subjects
            if (class_ := most_specific_class(graph, subject)) and class_ not in _STATEMENTS
        }
        self.vertices: tuple[Vertex, ...] = tuple(self._vertices())

    def edges(self) -> Iterator[Edge]:
        """Yield the edges, made one by one."""
        for subject in self._classes:
            for predicate, object_, evidence in self._links(subject):
                yield Edge(
                    id="e" + _digest(subject, predicate, object_),
                    source=_vertex_id(subject),
                    target=_vertex_id(object_),
                    label=local_name(predicate),
                    predicate=str(predicate),
                    weight=max(len(evidence), 1),
                    evidence=" | ".join(self._quotes(evidence)),
                )

    def _links(self, subject: Node) -> Iterator[tuple[Node, Node, list[Node]]]:
        """Yield predicate and object of each triple from a vertex to a vertex, with its evidence."""
        evidence: dict[tuple[Node | None, Node | None], list[Node]] = {}
        for statement in self._graph.subjects(RDF.subject, subject):
            if (statement, RDF.type, SG.Evidence) in self._graph:
                triple = self._graph.value(statement, RDF.predicate), self._graph.value(statement, RDF.object)
                evidence.setdefault(triple, []).append(statement)
        for predicate, objects in self._order.properties(subject):
            if predicate not in _NOT_EDGES:
                for object_ in objects:
                    if object_ in self._classes:
                        yield predicate, object_, evidence.get((predicate, object_), [])

    def _quotes(self, evidence: list[Node]) -> Iterator[str]:
        for statement in sorted(evidence, key=self._order.rank):
            yield from sorted(one_line(str(quote)) for quote in self._graph.objects(statement, OA.exact))

    def _vertices(self) -> Iterator[Vertex]:
        strength: dict[Node, int] = dict.fromkeys(self._classes, 0)
        near: dict[Node, list[Hashable]] = {}
        for subject in self._classes:
            for _, object_, evidence in self._links(subject):
                for node, other in ((subject, object_), (object_, subject)):
                    strength[node] += max(len(evidence), 1)
                    if _ROLES.get(self._classes[node]) in layout.CONCEPTS:
                        near.setdefault(node, []).append(other)
        labels = {node: self._label(node) for node in self._classes}
        sizes = _sizes(strength)
        parents = {child: node for node in reversed(self._classes) for child in children(self._graph, node)}
        places = layout.place(
            [
                layout.Item(
                    key=node,
                    role=_ROLES.get(class_, layout.Role.APART),
                    label=labels[node],
                    size=sizes[node],
                    parent=parents.get(node),
                    near=tuple(near.get(node, ())),
                    row=_row(class_),
                )
                for node, class_ in self._classes.items()
            ]
        )
        plans: dict[Node, list[str]] = {}
        for plan, nodes in nodes_by_plan(self._graph).items():
            for node in nodes & self._classes.keys():
                plans.setdefault(node, []).append(str(plan))
        for node, class_ in self._classes.items():
            x, y = places[node]
            yield Vertex(
                id=_vertex_id(node),
                label=labels[node],
                type=local_name(class_),
                uri=str(node) if isinstance(node, URIRef) else f"_:{node}",
                plan=";".join(plans.get(node, ())),
                number=self._text(node, SG.number),
                statement=self._text(node, SG.statement),
                same_as=";".join(self._external(node)),
                color=colors()[local_name(class_)],
                size=sizes[node],
                x=round(x, 1) + 0.0,  # no -0.0
                y=round(y, 1) + 0.0,
            )

    def _label(self, node: Node) -> str:
        """Return a label that fits; for a node without one, the end of its IRI."""
        text = " ".join(self._text(node, RDFS.label).split()) or local_name(node)
        if len(text) <= LABEL_LENGTH:
            return text
        end = LABEL_LENGTH - 1
        while end > 1 and unicodedata.combining(text[end]):
            end -= 1
        return text[:end].rstrip() + "…"

    def _text(self, node: Node, predicate: URIRef) -> str:
        """Return what a literal says on one line: the first in order, where there are several."""
        values = sorted(self._graph.objects(node, predicate), key=term_key)
        return one_line(str(values[0])) if values else ""

    def _external(self, node: Node) -> list[str]:
        """Return the IRIs that a node points at and that the graph does not describe."""
        return sorted(
            {
                str(object_)
                for predicate, object_ in self._graph.predicate_objects(node)
                if isinstance(object_, URIRef)
                and predicate not in (*_NOT_EDGES, *_SCHEME_LINKS)
                and (object_, None, None) not in self._graph
            }
        )


def one_line(text: str) -> str:
    """Return the text without control characters: a space for a tab or line end, nothing for the others.

    What XML cannot hold goes as well; all else stays as it is.

    >>> one_line("a\\n\\x07b")
    'a b'
    """
    return _NOT_IN_XML.sub("", _SPACES.sub(" ", text))


_SPACES = re.compile(r"\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_NOT_IN_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def local_name(iri: Node) -> str:
    """Return the last part of an IRI, or all of it if that is empty.

    >>> local_name(URIRef("https://example.org/ns#Goal"))
    'Goal'
    """
    return re.split(r"[/#]", str(iri))[-1] or str(iri)


def _sizes(strength: Mapping[Node, int]) -> dict[Node, float]:
    """Return a size for each node, by how much hangs on it."""
    least = min(strength.values(), default=0)
    spread = max(strength.values(), default=0) - least
    return {
        node: round(_SMALLEST + (_LARGEST - _SMALLEST) * (value - least) / (spread or 1), 1)
        for node, value in strength.items()
    }


def _row(class_: URIRef) -> str:
    if class_ in (*INSTRUMENT_CLASSES, SG.Instrument):
        return "instruments"
    return "elements" if _ROLES.get(class_) is layout.Role.ELEMENT else "names"


def _vertex_id(node: Node) -> str:
    return "n" + _digest(node)


def _digest(*terms: Node) -> str:
    return hashlib.sha256("\n".join(map(str, terms)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
