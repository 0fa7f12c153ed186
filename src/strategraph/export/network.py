"""The graph as people see it in Gephi: vertices and edges with columns.

Vertices are the nodes of our classes; edges are the triples between them, but for ``sg:hasElement``, which
repeats its subproperties. Literals, types and external IRIs become columns of a vertex, evidence columns of
an edge. ``docs/graphml.md`` tells people so, and ``docs/views.md`` what the views leave out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export import layout
from strategraph.export.labels import local_name, one_line, shortened
from strategraph.export.order import (
    ReadingOrder,
    children,
    integer,
    most_specific_class,
    predicate_key,
    term_key,
)
from strategraph.export.palette import colors
from strategraph.export.periods import Period, year
from strategraph.export.plan_graphs import nodes_by_plan
from strategraph.export.snapshot import Snapshot
from strategraph.export.terms import ntriples
from strategraph.export.views import VIEWS, View
from strategraph.namespace import ELEMENT_CLASSES, INSTRUMENT_CLASSES, OA, SG

_NOT_EDGES = frozenset({RDF.type, SG.hasElement})
_SCHEME_LINKS = (SKOS.inScheme, SKOS.topConceptOf)  # a concept's type says as much

# The classes of what is no node of ours, but can be shown as one.
_LITERAL, _CLASS = RDFS.Literal, RDFS.Class

_ROLES: dict[URIRef, layout.Role] = {
    SG.StrategicPlan: layout.Role.PLAN,
    **dict.fromkeys((*ELEMENT_CLASSES, SG.PlanElement), layout.Role.ELEMENT),
    SG.TargetGroup: layout.Role.CONCEPT_ABOVE,
    SG.Theme: layout.Role.CONCEPT_BELOW,
    _LITERAL: layout.Role.CONCEPT_BELOW,
}
_ROWS: dict[URIRef, str] = {
    **dict.fromkeys((*ELEMENT_CLASSES, SG.PlanElement), "elements"),
    **dict.fromkeys((*INSTRUMENT_CLASSES, SG.Instrument), "instruments"),
    _CLASS: "classes",
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


@dataclass(frozen=True, slots=True)
class Link:
    """An edge by its terms, with the evidence for it: a plan's quotation stands once in it."""

    predicate: Node
    target: Node
    evidence: tuple[Node, ...]

    @property
    def weight(self) -> int:
        """Return how many quotations support the edge, 1 where none need to."""
        return len(self.evidence) or 1


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
        """Take in the nodes; edges are looked up when they are asked for, and an IRI that is none refused.

        ``literals_as_nodes`` makes a vertex of each literal said of a kept node, ``types_as_edges`` one of
        each class.
        """
        self._triples = Snapshot(graph)
        self._order = ReadingOrder(self._triples)
        self._view = view
        self._not_edges = _NOT_EDGES | view.dropped
        every = {
            subject: class_
            for section in self._order.sections
            for subject in section.subjects
            if (class_ := most_specific_class(self._triples, subject))
        }
        self._parents: dict[Node, Node] = {
            child: node for node in reversed(every) for child in children(self._triples, node)
        }
        kept = view.keeps(every, self._plans_of_elements(every))
        #: The class of each node, in reading order.
        self.classes: dict[Node, URIRef] = {node: every[node] for node in kept}
        # What a dropped node says is told of by a kept one above it; a kept node says it itself.
        self._home: dict[Node, Node] = {}
        self._members: dict[Node, list[Node]] = {}
        for node in every:
            if (home := self._nearest_kept(node)) is not None:
                self._home[node] = home
                if home != node:
                    self._members.setdefault(home, []).append(node)
        self._literals = literals_as_nodes
        self._types = types_as_edges
        self._add_terms(kept)
        self._rank = {node: rank for rank, node in enumerate(self.classes)}
        self._predicate_rank: dict[Node, tuple[int, str]] = {}

    def _plans_of_elements(self, classes: Mapping[Node, URIRef]) -> dict[Node, Node]:
        if not self._view.aims:
            return {}
        found = ((node, self._triples.value(node, SG.inPlan)) for node in classes)
        return {node: plan for node, plan in found if plan is not None}

    def _nearest_kept(self, node: Node) -> Node | None:
        seen: set[Node] = set()  # of a broken graph, whose elements hold each other
        found: Node | None = node
        while found is not None and found not in self.classes and found not in seen:
            seen.add(found)
            found = self._parents.get(found)
        return found if found in self.classes else None

    def _add_terms(self, kept: Iterable[Node]) -> None:
        """Add the literals and classes that are to be shown as nodes."""
        literals: dict[Node, None] = {}
        types: dict[Node, None] = {}
        for node in kept:
            if self._literals:
                literals.update(dict.fromkeys(object_ for _, object_ in self._triples.literals(node)))
            if self._types:
                types.update(dict.fromkeys(self._triples.objects(node, RDF.type)))
        for terms, class_ in ((literals, _LITERAL), (types, _CLASS)):
            for term in sorted(terms.keys() - self.classes.keys(), key=term_key):
                self.classes[term] = class_
                self._home[term] = term

    # ----------------------------------------------------------------------------------------------
    # Edges

    def edges(self) -> Iterator[Edge]:
        """Yield the edges, made one by one."""
        names: dict[Node, str] = {}
        for node in self.classes:
            source = vertex_id(node)
            for link in self.links(node):
                if link.predicate not in names:
                    names[link.predicate] = local_name(link.predicate)
                yield Edge(
                    id="e" + _digest(node, link.predicate, link.target),
                    source=source,
                    target=vertex_id(link.target),
                    label=names[link.predicate],
                    predicate=_name(link.predicate),
                    weight=link.weight,
                    evidence=" | ".join(self._quotes(link.evidence)),
                )

    def links(self, node: Node) -> Iterator[Link]:
        """Yield the edges that start from a node, in reading order."""
        found: dict[tuple[Node, Node], list[Node]] = {}
        for member in (node, *self._members.get(node, ())):
            evidence = self._evidence(member)
            for predicate, object_ in self._said(member):
                target = self._home.get(object_)
                # What elements under one kept node say of each other is no edge of it.
                if target is not None and (target != node or member == object_ == node):
                    found.setdefault((predicate, target), []).extend(evidence.get((predicate, object_), ()))
        for predicate, target in sorted(found, key=self._link_key):
            yield Link(predicate, target, tuple(self._distinct(found[predicate, target])))

    def _said(self, member: Node) -> Iterator[tuple[Node, Node]]:
        """Yield predicate and object of the triples of a node that can be edges."""
        for predicate, object_ in self._triples.links(member):
            if predicate not in self._not_edges or (self._types and predicate == RDF.type):
                yield predicate, object_
        if self._literals and member in self.classes:
            yield from self._triples.literals(member)

    def _link_key(self, link: tuple[Node, Node]) -> tuple[tuple[int, str], int]:
        predicate, target = link
        key = self._predicate_rank.get(predicate)
        if key is None:
            key = self._predicate_rank.setdefault(predicate, predicate_key(predicate))
        return key, self._rank[target]

    # ----------------------------------------------------------------------------------------------
    # Evidence

    def _evidence(self, subject: Node) -> dict[tuple[Node | None, Node | None], list[Node]]:
        """Return the evidence for the triples of a subject, by predicate and object."""
        graph = self._triples.graph
        evidence: dict[tuple[Node | None, Node | None], list[Node]] = {}
        for statement in graph.subjects(RDF.subject, subject):
            if (statement, RDF.type, SG.Evidence) in graph:
                triple = graph.value(statement, RDF.predicate), graph.value(statement, RDF.object)
                evidence.setdefault(triple, []).append(statement)
        return evidence

    def _distinct(self, evidence: list[Node]) -> list[Node]:
        """Return evidence in the order of the text; where a view joins edges, one for each place in it."""
        if len(evidence) < 2:
            return evidence
        evidence = sorted(evidence, key=self._place)
        if self._view.classes is None:
            return evidence
        return list({self._place(statement)[:3]: statement for statement in reversed(evidence)}.values())[
            ::-1
        ]

    def _place(self, statement: Node) -> tuple[str, int, int, tuple[str, str, str, str]]:
        graph = self._triples.graph
        return (
            str(graph.value(statement, DCTERMS.source)),
            integer(graph.value(statement, OA.start)),
            integer(graph.value(statement, OA.end)),
            term_key(statement),
        )

    def _quotes(self, evidence: Iterable[Node]) -> Iterator[str]:
        for statement in evidence:
            quotes = self._triples.graph.objects(statement, OA.exact)
            yield from sorted(one_line(str(quote)) for quote in quotes)

    # ----------------------------------------------------------------------------------------------
    # Vertices

    def vertices(self) -> Iterator[Vertex]:
        """Yield the vertices, made one by one, once all have their sizes and places."""
        strength: dict[Node, int] = dict.fromkeys(self.classes, 0)
        for node in self.classes:
            for link in self.links(node):
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
            for link in self.links(node):
                for end, other in ((node, link.target), (link.target, node)):
                    if _ROLES.get(self.classes[end]) in layout.CONCEPTS:
                        near.setdefault(end, []).append(other)
        items: list[layout.Item] = []
        for node, class_ in self.classes.items():
            width, height = room(node)
            parent = self._parents.get(node)
            items.append(
                layout.Item(
                    key=node,
                    role=_ROLES.get(class_, layout.Role.APART),
                    width=width,
                    height=height,
                    parent=parent and self._home.get(parent),
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
        values = [literal for found, literal in self._triples.literals(node) if found == predicate]
        return one_line(str(min(values, key=term_key) if len(values) > 1 else values[0])) if values else ""

    def _external(self, node: Node) -> list[str]:
        """Return the IRIs that a node points at and that the graph does not describe."""
        return sorted(
            {
                one_line(str(object_))
                for predicate, object_ in self._triples.links(node)
                if isinstance(object_, URIRef)
                and predicate not in _NOT_EDGES
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
    text = "\n".join(map(str, terms) if not isinstance(terms[-1], Literal) else map(_name, terms))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
