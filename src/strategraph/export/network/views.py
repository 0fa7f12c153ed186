"""What a network shows of a graph: all of it, or what answers one kind of question.

A view keeps some of the nodes. What it leaves out within a plan is told of by the nearest element or plan
above it that it keeps: what an objective says of a group stands at its goal. ``docs/views.md`` says for each
what it drops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rdflib import SKOS, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export.reading_order import parts
from strategraph.export.snapshot import Snapshot
from strategraph.rdf.namespace import (
    ELEMENT_CLASSES,
    INSTRUMENT_CLASSES,
    PLAN_INSTRUMENT_LINKS,
    PROVISION_CLASSES,
    SG,
)

AIM_CLASSES = (SG.Goal, SG.Priority, SG.Objective)
"""What a plan calls its goals: the first of these that it has."""

_PROSE_CLASSES = (SG.Commitment, SG.Purpose)
_VOCABULARY_LINKS = frozenset({SKOS.broader, SKOS.narrower, SKOS.related})  # no plan says them
_INSTRUMENTS = frozenset({*INSTRUMENT_CLASSES, SG.Instrument})


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A choice of nodes and edges; ``classes`` is None where all nodes are kept.

    Of target groups only those are kept that a plan or an element names; beside goals, those that a goal or
    something under it names. ``linked`` keeps, of these
    classes, what stands at an end of one of some links. ``aims`` adds, for each plan, what it calls its
    goals. ``dropped`` are predicates that are no edges.
    """

    name: str
    description: str
    classes: frozenset[URIRef] | None = None
    aims: bool = False
    dropped: frozenset[URIRef] = frozenset()
    linked: frozenset[URIRef] = frozenset()

    def keeps(self, classes: Mapping[Node, URIRef], triples: Snapshot) -> list[Node]:
        """Return which of some nodes, given with their classes, the view keeps."""
        if self.classes is None:
            return list(classes)
        if self.linked:
            return [node for node in _joined(classes, triples, self.linked) if classes[node] in self.classes]
        aims = _aims(classes, triples) if self.aims else set[Node]()
        named = _named(_with_parts(aims, triples) if self.aims else _speaking(classes), triples)
        return [
            node
            for node, class_ in classes.items()
            if node in aims or (class_ in self.classes and (class_ != SG.TargetGroup or node in named))
        ]


def _joined(classes: Mapping[Node, URIRef], triples: Snapshot, linked: frozenset[URIRef]) -> list[Node]:
    """Return the nodes that stand at an end of one of some links, and who issued these."""
    ends = {
        end
        for node in classes
        for predicate, object_ in triples.links(node)
        if predicate in linked
        for end in (node, object_)
    }
    ends |= {
        object_ for node in ends for predicate, object_ in triples.links(node) if predicate == SG.issuedBy
    }
    return [node for node in classes if node in ends]


def _speaking(classes: Mapping[Node, URIRef]) -> set[Node]:
    """Return the plans and elements; groups that none of them names only come with the vocabulary."""
    says = {SG.StrategicPlan, SG.PlanElement, *ELEMENT_CLASSES}
    return {node for node, class_ in classes.items() if class_ in says}


def _with_parts(nodes: Iterable[Node], triples: Snapshot) -> set[Node]:
    """Return some nodes and all that is under them."""
    found: set[Node] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += (part for part, _ in parts(triples, node))
    return found


def _named(nodes: Iterable[Node], triples: Snapshot) -> set[Node]:
    """Return what some nodes point at."""
    return {object_ for node in nodes for _, object_ in triples.links(node)}


def _aims(classes: Mapping[Node, URIRef], triples: Snapshot) -> set[Node]:
    """Return, for each plan, what it calls its goals."""
    by_plan: dict[Node | None, dict[URIRef, list[Node]]] = {}
    for node, class_ in classes.items():
        if class_ in AIM_CLASSES:
            plan = triples.value(node, SG.inPlan)
            by_plan.setdefault(plan, {}).setdefault(class_, []).append(node)

    def first(found: Mapping[URIRef, Iterable[Node]]) -> Iterable[Node]:
        return next(found[class_] for class_ in AIM_CLASSES if class_ in found)

    return {node for found in by_plan.values() for node in first(found)}


VIEWS: Mapping[str, NetworkView] = MappingProxyType(
    {
        view.name: view
        for view in (
            NetworkView(
                "full",
                "every node and every edge, but for what repeats another",
                dropped=frozenset({SG.inPlan}),
            ),
            NetworkView(
                "plan",
                "plans, their elements, target groups, instruments",
                frozenset({SG.StrategicPlan, *ELEMENT_CLASSES, SG.PlanElement, SG.TargetGroup, *_INSTRUMENTS})
                - {*_PROSE_CLASSES},
                dropped=_VOCABULARY_LINKS | {SG.inPlan},
            ),
            NetworkView(
                "groups",
                "goals and the target groups they address, weighted by quotations",
                frozenset({SG.TargetGroup}),
                aims=True,
                dropped=_VOCABULARY_LINKS | {SG.inPlan},
            ),
            NetworkView(
                "citations",
                "plans and the instruments they name",
                frozenset({SG.StrategicPlan, *_INSTRUMENTS}),
            ),
            NetworkView(
                "mandates",
                "plans, under which resolutions they are; who must do what under these, and who decided them",
                frozenset(
                    {
                        *(SG.StrategicPlan, *_INSTRUMENTS, *PROVISION_CLASSES, SG.Provision),
                        *(SG.Organization, SG.TargetGroup),
                    }
                )
                - {SG.PreambularParagraph},
                dropped=_VOCABULARY_LINKS | {SG.cites, SG.recalls, SG.reaffirms, SG.concerns},
                linked=frozenset({SG.hasProvision, SG.addressee, SG.reportsTo, SG.textOf})
                | (PLAN_INSTRUMENT_LINKS - {SG.cites}),
            ),
        )
    }
)
"""Every view, by name."""


def find_view(name: str) -> NetworkView:
    """Return the view of that name; raises :class:`UnusableInputError` if there is none."""
    if name not in VIEWS:
        raise UnusableInputError(f"unknown view {name!r}: known are {', '.join(VIEWS)}")
    return VIEWS[name]
