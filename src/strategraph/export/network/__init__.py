"""The graph as people see it in Gephi: vertices and edges with columns.

Vertices are the nodes of our classes; edges are the triples between them, but for ``sg:hasElement`` and
``sg:inPlan``, which repeat ``sg:hasGoal`` and its like. Literals, types and external IRIs become columns of a
vertex, evidence columns of an edge. ``docs/graphml.md`` tells people so, and ``docs/views.md`` what the views
leave out of it.
"""

from __future__ import annotations

import hashlib
import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rdflib import RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export.appearance import LABEL_LENGTH, colors, local_name, one_line, visible
from strategraph.export.network import layout
from strategraph.export.network.projection import (
    CLASS,
    LITERAL,
    MEASURE_COLUMNS,
    NODE_COLUMNS,
    NetworkColumn,
    ProjectedEdge,
    Projection,
    measured,
)
from strategraph.export.network.views import VIEWS, NetworkView
from strategraph.export.reading_order import term_key
from strategraph.export.snapshot import Snapshot, nodes_by_plan
from strategraph.model.text import beginning
from strategraph.rdf.namespace import ELEMENT_CLASSES, INSTRUMENT_CLASSES, PROVISION_CLASSES, SG
from strategraph.rdf.terms import ntriples

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
    **dict.fromkeys((*PROVISION_CLASSES, SG.Provision), "provisions"),
    CLASS: "classes",
}
# Gephi stretches sizes to this range when it opens a file, and positions by the same factor, unless they
# fill it already: so they do, and stay as they are.
_SMALLEST, _LARGEST = 4.0, 100.0


class Vertex(NamedTuple):
    """A node of the graph; ``""`` is a value that it does not have.

    ``plan`` are the IRIs of the plans that it belongs to, ``same_as`` those of other vocabularies that it
    points at, both joined by ``;``. The last four are there where measures are asked for
    (:class:`~strategraph.export.network.projection.NodeMeasures`).
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
    ties: int | str = ""
    partners: int | str = ""
    betweenness: float | str = ""
    community: int | str = ""


class Edge(NamedTuple):
    """A triple between two vertices; ``quotations`` is how many quotations support it, 1 where none need to.

    ``weight`` is 1 + log2 of it: pictures draw edges as wide as they weigh, and a group that is named 40
    times would hide the rest.
    """

    id: str
    source: str
    target: str
    label: str
    predicate: str
    weight: float
    quotations: int
    evidence: str


class PlanCaption(NamedTuple):
    """What is told of a plan that the nodes belong to: its label and its years."""

    label: str
    period: Period


class Network:
    """The vertices and edges of a graph in a view, in reading order."""

    def __init__(
        self,
        graph: Graph,
        view: NetworkView = VIEWS["full"],
        *,
        literals_as_nodes: bool = False,
        types_as_edges: bool = False,
        measures: bool = False,
    ) -> None:
        """Take in nodes and links; vertices and edges are made when they are asked for.

        ``literals_as_nodes`` makes a vertex of each literal said of a kept node, ``types_as_edges`` one of
        each class; ``measures`` adds what the shape of the network tells.
        """
        self._measured = measures
        self._triples = Snapshot(graph)
        self._projection = Projection(self._triples, view, literals=literals_as_nodes, types=types_as_edges)
        #: The nodes in reading order, and the class of each. A node goes by its rank, its place here.
        self.nodes: tuple[Node, ...] = self._projection.nodes
        self.classes: tuple[URIRef, ...] = self._projection.classes
        #: The plans that the nodes belong to, by IRI.
        self.plans: dict[str, PlanCaption] = {}
        self._plans_of = self._take_plans()
        self._triples.forget_links()

    @property
    def node_columns(self) -> tuple[NetworkColumn, ...]:
        """Return the columns of its vertices."""
        return (*NODE_COLUMNS, *MEASURE_COLUMNS) if self._measured else NODE_COLUMNS

    def _take_plans(self) -> list[Sequence[str]]:
        """Return for each node the IRIs of the plans that it belongs to."""
        ranks = {node: rank for rank, node in enumerate(self.nodes)}
        found: list[Sequence[str]] = [()] * len(self.nodes)
        shared: dict[int, list[str]] = {}
        for plan, nodes in nodes_by_plan(self._triples):
            name = str(plan)
            alone = (name,)  # one for all that are only this plan's
            members = [rank for node in nodes if (rank := ranks.get(node)) is not None]
            for rank in members:
                if rank in shared:
                    shared[rank].append(name)
                elif found[rank]:
                    found[rank] = shared[rank] = [*found[rank], name]
                else:
                    found[rank] = alone
            if members:
                start, end = (year(self._triples.value(plan, term)) for term in (SG.startYear, SG.endYear))
                self.plans[name] = PlanCaption(self._label(plan), Period(start, end))
        return found

    def _same_as(self, rank: int) -> str:
        """Return the IRIs that a node points at and that the graph does not describe."""
        terms = self._projection.external.get(rank, ())
        return ";".join(sorted({one_line(str(term)) for term in terms if isinstance(term, URIRef)}))

    def links(self, rank: int) -> Iterator[ProjectedEdge]:
        """Yield the edges that start from a node, by their terms, in reading order."""
        return self._projection.links(rank)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges, made one by one; raises :class:`UnusableInputError` for an IRI that is none."""
        ids = [_id("n", node) for node in self.nodes]
        said = [_said(node) for node in self.nodes]
        predicates: dict[Node, tuple[str, str, str]] = {}
        for rank in range(len(self.nodes)):
            links = list(self._projection.links(rank))
            words = self._projection.words(rank, links)
            for link in links:
                if link.predicate not in predicates:
                    names = _name(link.predicate), local_name(link.predicate), str(link.predicate)
                    predicates[link.predicate] = names
                iri, label, predicate = predicates[link.predicate]
                yield Edge(
                    _hashed("e", f"{said[rank]}\n{predicate}\n{said[link.target]}"),
                    ids[rank],
                    ids[link.target],
                    label,
                    iri,
                    link.weight,
                    link.counted,
                    words.get(link, "") if words else "",
                )

    def vertices(self) -> Iterator[Vertex]:
        """Yield the vertices, made one by one, once all have their sizes and places.

        Raises :class:`UnusableInputError` for an IRI that is none.
        """
        sizes = self._sizes()

        def room(rank: int) -> tuple[float, float]:
            width = layout.text_width(self.label(rank))
            return max(2 * sizes[rank], width), max(2 * sizes[rank], layout.LINE)

        xs, ys = self.places(room)
        color = colors()
        told = measured(self._projection) if self._measured else None
        for rank, (node, class_) in enumerate(zip(self.nodes, self.classes, strict=True)):
            type_ = local_name(class_)
            yield Vertex(
                id=_id("n", node),
                label=self.label(rank),
                type=type_,
                uri=_name(node),
                plan=";".join(self._plans_of[rank]),
                number=self._text(node, SG.number),
                statement=self.statement(rank),
                same_as=self._same_as(rank),
                color=color[type_],
                size=sizes[rank],
                x=round(xs[rank], 1) + 0.0,  # no -0.0
                y=round(ys[rank], 1) + 0.0,
                **(told[rank]._asdict() if told else {}),
            )

    def _sizes(self) -> array[float]:
        """Return a size for each node: its area grows with the weights of its edges."""
        strength = array("d", [0.0]) * len(self.nodes)
        for rank in range(len(self.nodes)):
            for target, weight in self._projection.ends(rank):
                strength[rank] += weight
                strength[target] += weight
        least = min(strength, default=0.0)
        spread = (max(strength, default=0.0) - least) or 1.0
        scale = _LARGEST - _SMALLEST
        return array(
            "d", (round(_SMALLEST + scale * math.sqrt((value - least) / spread), 1) for value in strength)
        )

    def places(self, room: Callable[[int], tuple[float, float]]) -> tuple[array[float], array[float]]:
        """Return the x and the y of each node, given the width and height of the room it takes."""
        roles = [_ROLES.get(class_, layout.Role.APART) for class_ in self.classes]
        near = {rank: array("I") for rank, role in enumerate(roles) if role in layout.CONCEPTS}
        for rank in range(len(self.nodes)):
            for target, _ in self._projection.ends(rank):
                if rank in near:
                    near[rank].append(target)
                if target in near:
                    near[target].append(rank)
        items = [
            layout.Item(
                rank,
                roles[rank],
                *room(rank),
                parent=parent if parent >= 0 else None,
                near=near.get(rank, ()),
                row=_ROWS.get(self.classes[rank], "names"),
            )
            for rank, parent in enumerate(self._projection.parents)
        ]
        xs, ys = (array("d", [0.0]) * len(items) for _ in "xy")
        for key, x, y in layout.place(items):
            assert isinstance(key, int)
            xs[key], ys[key] = x, y
        return xs, ys

    def label(self, rank: int) -> str:
        """Return a label that fits; for a node without one, the end of its IRI, or all of a literal."""
        return self._label(self.nodes[rank])

    def _label(self, node: Node) -> str:
        text = str(node) if isinstance(node, Literal) else self._text(node, RDFS.label)
        return beginning(one_line(text), LABEL_LENGTH) or beginning(
            local_name(node) if isinstance(node, URIRef) else _name(node), LABEL_LENGTH
        )

    def statement(self, rank: int) -> str:
        """Return the full text of a node, on one line."""
        node = self.nodes[rank]
        return one_line(str(node)) if isinstance(node, Literal) else self._text(node, SG.statement)

    def due(self, rank: int) -> str:
        """Return by when a node is due, in the words or as the date that the graph has; "" if it has none."""
        return self._text(self.nodes[rank], SG.due)

    def _text(self, node: Node, predicate: URIRef) -> str:
        """Return what a literal says on one line: the first in order, where there are several."""
        wanted = self._triples.predicates.get(predicate)
        values = [literal for found, literal in self._triples.literals(node) if found is wanted]
        if len(values) > 1:
            values.sort(key=term_key)
        return one_line(str(values[0])) if values else ""


def _name(node: Node) -> str:
    """Return a node's IRI; a literal and a blank node as N-Triples writes them."""
    text = ntriples(node)  # which refuses an IRI that is none
    return text[1:-1] if isinstance(node, URIRef) else visible(text)


def _said(node: Node) -> str:
    """Return what is told of a node in ids: all of a literal, of others the IRI or name."""
    return ntriples(node) if isinstance(node, Literal) else str(node)


def _id(letter: str, node: Node) -> str:
    """Return the id of a node: the same in every file."""
    return _hashed(letter, _said(node))


def _hashed(letter: str, text: str) -> str:
    return letter + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Period(NamedTuple):
    """The years from a start to an end, both included; None is a year that is not known."""

    start: int | None
    end: int | None


def year(term: Node | None) -> int | None:
    """Return the year that a literal of ``xsd:gYear`` says, if it says one.

    >>> from rdflib import Literal
    >>> year(Literal("2024"))
    2024
    """
    found = re.match(r"-?\d{4,}", str(term or ""))
    return int(found.group()) if found else None


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return the periods in order, those that overlap or touch made into one.

    >>> merged([Period(2024, 2027), Period(2020, 2023), Period(2030, None)])
    [Period(start=2020, end=2027), Period(start=2030, end=None)]
    """
    joined: list[Period] = []
    for period in sorted(periods, key=lambda period: (_first(period), _last(period))):
        if joined and _first(period) <= _last(joined[-1]) + 1:
            last = max(joined[-1], period, key=_last)
            joined[-1] = Period(joined[-1].start, last.end)
        else:
            joined.append(period)
    return joined


def _first(period: Period) -> float:
    return float("-inf") if period.start is None else period.start


def _last(period: Period) -> float:
    return float("inf") if period.end is None else period.end
