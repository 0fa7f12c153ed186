"""A network in columns: plan and instruments, the plan's elements as an outline, and the groups they name."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from strategraph.export.network import Network
from strategraph.export.sides import Box, Row, place_sides
from strategraph.namespace import ELEMENT_CLASSES, HAS, SG

ELEMENTS = frozenset({*ELEMENT_CLASSES, SG.PlanElement})
_DEEPEST = 8  # beyond it parts are no longer indented


def place_network(network: Network, sizes: Sequence[tuple[float, float]]) -> dict[int, Box]:
    """Return the box of each node, by its rank, given the width and height that its label needs.

    In the middle stand elements or, where there are none, plans; right what only is named, left the rest.
    """
    classes = network.classes
    ranks = range(len(classes))
    has_elements = any(class_ in ELEMENTS for class_ in classes)
    inner = ELEMENTS if has_elements else frozenset({SG.StrategicPlan})
    middle = [rank for rank in ranks if classes[rank] in inner]
    right = [rank for rank in ranks if classes[rank] == SG.TargetGroup]
    left = [rank for rank in ranks if classes[rank] not in inner and classes[rank] != SG.TargetGroup]
    depths = _depths(network, set(middle))
    links = [(rank, link.target) for rank in ranks for link in network.links(rank)]

    def rows(column: Sequence[int]) -> list[Row]:
        return [Row(rank, *sizes[rank], depth=depths.get(rank, 0)) for rank in column]

    return {
        rank: box
        for rank, box in place_sides(rows(left), rows(middle), rows(right), links).items()
        if isinstance(rank, int)
    }


def _depths(network: Network, middle: set[int]) -> dict[int, int]:
    """Return how deep each element stands under others of the picture."""
    depths: dict[int, int] = {}
    structure: frozenset[URIRef] = frozenset(HAS.values())
    for rank in sorted(middle):  # wholes before their parts
        for link in network.links(rank):
            if link.predicate in structure and link.target in middle and link.target not in depths:
                depths[link.target] = min(depths.get(rank, 0) + 1, _DEEPEST)
    return depths
