"""The graph as people see it in Gephi: vertices and edges with columns.

Vertices are the nodes of our classes; edges are the triples between them, but for ``sg:hasElement``, which
repeats its subproperties. Literals, types and external IRIs become columns of a vertex, evidence columns of
an edge. ``docs/graphml.md`` tells people so, and ``docs/views.md`` what the views leave out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import NamedTuple

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export import layout
from strategraph.export.labels import local_name, one_line, shortened
from strategraph.export.order import term_key
from strategraph.export.palette import colors
from strategraph.export.periods import Period, year
from strategraph.export.plan_graphs import nodes_by_plan
from strategraph.export.projection import CLASS, LITERAL, NOT_EDGES, Link, Projection
from strategraph.export.terms import ntriples
from strategraph.export.views import VIEWS, View
from strategraph.namespace import ELEMENT_CLASSES, INSTRUMENT_CLASSES, SG

_SCHEME_LINKS = (SKOS.inScheme, SKOS.topConceptOf)  # a concept's type says as much

_ROLES: dict[URIRef, layout.Role] = {
    SG.StrategicPlan: layout.Role.PLAN,
    **dict.fromkeys((*ELEMENT_CLASSES, SG.PlanElement), layout.Role.ELEMENT),
    SG.TargetGroup: layout.Role.CONCEPT_ABOVE,
    SG.Theme: layout.Role.CONCEPT_BELOW,
    LITERAL: layout.Role.CONCEPT_BELOW,
}
_ROWS: dict[URIRef, str] = {
    **dict.fromkeys((*ELEMENT_CLASSES, SG.PlanElement), "elements"),
    **dict.fromkeys((*INSTRUMENT_CLASSES, SG.Instrument), "instruments"),
    CLASS: "classes",
}
# Gephi stretches sizes to this range when it opens a file, and positions by the same factor, unless they
# fill it already: so they do, and stay as they are.
_SMALLEST, _LARGEST = 4.0, 100.0


class Vertex(NamedTuple):
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


class Edge(NamedTuple):
    """A triple between two vertices; ``weight`` is how many quotations support it, 1 where none need to."""

    id: str
    source: str
    target: str
    label: str
    predicate: str
    weight: int
    evidence: str


class Network:
    """The vertices and edges of a graph in a view, in reading order."""

    def __init__(
        self,
        graph: Graph,
        view: View = VIEWS["full"],
        *,
        literals_as_nodes: bool = False,
        types_as_edges: bool = False,
    ) -> None:
        """Take in nodes and links; vertices and edges are made when they are asked for.

        ``literals_as_nodes`` makes a vertex of each literal said of a kept node, ``types_as_edges`` one of
        each class.
        """
        self._projection = Projection(graph, view, literals=literals_as_nodes, types=types_as_edges)
        self._triples = self._projection.triples
        #: The class of each node, in reading order.
        self.classes: Mapping[Node, URIRef] = self._projection.classes

    def links(self, node: Node) -> Iterator[Link]:
        """Yield the edges that start from a node, by their terms."""
        return self._projection.links(node)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges, made one by one; raises :class:`UnusableInputError` for an IRI that is none."""
        ids = {node: vertex_id(node) for node in self.classes}
        predicates: dict[Node, tuple[str, str]] = {}
        for node, source in ids.items():
            links = list(self._projection.links(node))
            words = self._projection.words(node, links)
            for link in links:
                predicate, target, _ = link
                if predicate not in predicates:
                    predicates[predicate] = _name(predicate), local_name(predicate)
                iri, label = predicates[predicate]
                yield Edge(
                    "e" + _digest(node, predicate, target),
                    source,
                    ids[target],
                    label,
                    iri,
                    link.weight,
                    words.get(link, ""),
                )

    def vertices(self) -> Iterator[Vertex]:
        """Yield the vertices, made one by one, once all have their sizes and places.

        Raises :class:`UnusableInputError` for an IRI that is none.
        """
        strength: dict[Node, int] = dict.fromkeys(self.classes, 0)
        for node in self.classes:
            for link in self._projection.links(node):
                strength[node] += link.weight
                strength[link.target] += link.weight
        sizes = _sizes(strength)

        def room(node: Node) -> tuple[float, float]:
            width = layout.text_width(self.label(node))
            return max(2 * sizes[node], width), max(2 * sizes[node], layout.LINE)

        places = self.places(room)
        plans = self.plans()
        color = colors()
        for node, class_ in self.classes.items():
            x, y = places[node]
            type_ = local_name(class_)
            yield Vertex(
                id=vertex_id(node),
                label=self.label(node),
                type=type_,
                uri=_name(node),
                plan=";".join(plans.get(node, ())),
                number=self._text(node, SG.number),
                statement=self.statement(node),
                same_as=";".join(self._external(node)),
                color=color[type_],
                size=sizes[node],
                x=round(x, 1) + 0.0,  # no -0.0
                y=round(y, 1) + 0.0,
            )

    def places(self, room: Callable[[Node], tuple[float, float]]) -> Mapping[Hashable, tuple[float, float]]:
        """Return where each node stands, given the width and height of the room it takes."""
        near: dict[Node, list[Hashable]] = {}
        for node in self.classes:
            for link in self._projection.links(node):
                for end, other in ((node, link.target), (link.target, node)):
                    if _ROLES.get(self.classes[end]) in layout.CONCEPTS:
                        near.setdefault(end, []).append(other)
        items: list[layout.Item] = []
        for node, class_ in self.classes.items():
            width, height = room(node)
            items.append(
                layout.Item(
                    key=node,
                    role=_ROLES.get(class_, layout.Role.APART),
                    width=width,
                    height=height,
                    parent=self._projection.parent(node),
                    near=tuple(near.get(node, ())),
                    row=_ROWS.get(class_, "names"),
                )
            )
        return layout.place(items)

    def plans(self) -> dict[Node, list[str]]:
        """Return for each node the IRIs of the plans that it belongs to."""
        plans: dict[Node, list[str]] = {}
        for plan, nodes in nodes_by_plan(self._triples):
            name = str(plan)
            for node in nodes:
                if node in self.classes:
                    plans.setdefault(node, []).append(name)
        return plans

    def periods(self) -> dict[str, Period]:
        """Return the years of each plan that says any, by its IRI."""
        found = {}
        for plan in self._triples.subjects(RDF.type, SG.StrategicPlan):
            start, end = (year(self._triples.value(plan, term)) for term in (SG.startYear, SG.endYear))
            if start is not None or end is not None:
                found[str(plan)] = Period(start, end)
        return found

    def plans_shown(self) -> list[Node]:
        """Return the plans that something in the network belongs to."""
        plans = {plan for plans in self.plans().values() for plan in plans}
        return [URIRef(plan) for plan in sorted(plans)]

    def statement(self, node: Node) -> str:
        """Return the full text of a node, on one line."""
        return one_line(str(node)) if isinstance(node, Literal) else self._text(node, SG.statement)

    def label(self, node: Node) -> str:
        """Return a label that fits; for a node without one, the end of its IRI."""
        text = str(node) if isinstance(node, Literal) else self._text(node, RDFS.label)
        return shortened(one_line(text)) or local_name(node)

    def _text(self, node: Node, predicate: URIRef) -> str:
        """Return what a literal says on one line: the first in order, where there are several."""
        wanted = self._triples.predicates.get(predicate)
        values = [literal for found, literal in self._triples.literals(node) if found is wanted]
        return one_line(str(min(values, key=term_key) if len(values) > 1 else values[0])) if values else ""

    def _external(self, node: Node) -> list[str]:
        """Return the IRIs that a node points at and that the graph does not describe."""
        return sorted(
            {
                one_line(str(object_))
                for predicate, object_ in self._triples.links(node)
                if isinstance(object_, URIRef)
                and predicate not in NOT_EDGES
                and predicate not in _SCHEME_LINKS
                and object_ not in self._triples
            }
        )


def _sizes(strength: Mapping[Node, int]) -> dict[Node, float]:
    """Return a size for each node, by how much hangs on it."""
    least = min(strength.values(), default=0)
    spread = max(strength.values(), default=0) - least
    return {
        node: round(_SMALLEST + (_LARGEST - _SMALLEST) * (value - least) / (spread or 1), 1)
        for node, value in strength.items()
    }


def _name(node: Node) -> str:
    """Return a node's IRI; a literal and a blank node as N-Triples writes them."""
    text = ntriples(node)  # which refuses an IRI that is none
    return text[1:-1] if isinstance(node, URIRef) else text


def vertex_id(node: Node) -> str:
    """Return a node's id: the same in every file."""
    return "n" + _digest(node)


def _digest(*terms: Node) -> str:
    texts = map(ntriples if isinstance(terms[-1], Literal) else str, terms)
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
