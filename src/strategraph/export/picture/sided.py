"""A network in columns: plan and instruments, the elements or provisions as an outline, whom these name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rdflib import URIRef

from strategraph.export.network.assembly import Network
from strategraph.export.picture.sides import PlacedBox, UnplacedBox, place_sides
from strategraph.rdf.namespace import ELEMENT_CLASSES, HAS, PROVISION_CLASSES, SG

ELEMENTS = frozenset({*ELEMENT_CLASSES, SG.PlanElement})
_PROVISIONS = frozenset({*PROVISION_CLASSES, SG.Provision})
_DEEPEST = 8  # beyond it parts are no longer indented


def place_network(
    network: Network, sizes: Sequence[tuple[float, float]], only: Collection[int] | None = None
) -> dict[int, PlacedBox]:
    """Return the box of each node, by its rank, given the width and height that its label needs.

    In the middle stand elements and provisions and, where there are none or it names groups itself, the plan;
    right what only is named (groups, whom provisions address), left the rest. ``only`` leaves out all other
    nodes.
    """
    classes = network.classes
    ranks = [rank for rank in range(len(classes)) if only is None or rank in only]
    outline = _outlined(network)
    shown = frozenset(ranks)
    inner = [rank for rank in outline if rank in shown]
    named = {
        link.target
        for rank in outline
        for link in network.links(rank)
        if classes[rank] in _PROVISIONS and classes[link.target] == SG.Organization
    }
    right = [rank for rank in ranks if classes[rank] == SG.TargetGroup or rank in named]
    left = [rank for rank in ranks if rank not in outline and rank not in frozenset(right)]
    links = [(rank, link.target) for rank in ranks for link in network.links(rank)]

    def rows(column: Sequence[int]) -> list[UnplacedBox]:
        return [UnplacedBox(rank, *sizes[rank], depth=outline.get(rank, 0)) for rank in column]

    return {
        rank: box
        for rank, box in place_sides(rows(left), rows(inner), rows(right), links).items()
        if isinstance(rank, int)
    }


def pages(network: Network, most: int) -> Iterator[frozenset[int]]:
    """Yield the nodes of each page of a picture that has at most so many rows in its middle.

    Beside these stand what they name and what names them, on every page anew.
    """
    middle = list(_outlined(network))
    near: dict[int, set[int]] = {}
    for rank in range(len(network.classes)):
        for link in network.links(rank):
            near.setdefault(rank, set()).add(link.target)
            near.setdefault(link.target, set()).add(rank)
    inner = frozenset(middle)
    rest = frozenset(range(len(network.classes))) - inner
    if len(middle) <= most:
        yield inner | rest
        return
    for start in range(0, len(middle), most):
        rows = frozenset(middle[start : start + most])
        yield rows | (rest & {other for rank in rows for other in near.get(rank, ())})


def _middle(network: Network) -> frozenset[int]:
    classes = network.classes
    elements = {rank for rank, class_ in enumerate(classes) if class_ in ELEMENTS or class_ in _PROVISIONS}
    plans = {rank for rank, class_ in enumerate(classes) if class_ == SG.StrategicPlan}
    naming = any(classes[link.target] == SG.TargetGroup for plan in plans for link in network.links(plan))
    return frozenset(elements | plans if naming or not elements else elements)


def _outlined(network: Network) -> dict[int, int]:
    """Return the nodes of the middle as an outline, parts after their whole, each with its depth."""
    middle = _middle(network)
    structure: frozenset[URIRef] = frozenset({*HAS.values(), SG.hasProvision})
    parts: dict[int, list[int]] = {}
    placed: set[int] = set()
    for rank in sorted(middle):
        for link in network.links(rank):
            if link.predicate in structure and link.target in middle - placed - {rank}:
                placed.add(link.target)
                parts.setdefault(rank, []).append(link.target)
    depths: dict[int, int] = {}
    # What hangs together in a circle has no top; it comes last.
    for top in (*sorted(middle - placed), *sorted(middle)):
        waiting = [(top, 0)]
        while waiting:
            rank, depth = waiting.pop()
            if rank not in depths:
                depths[rank] = min(depth, _DEEPEST)
                waiting += [(part, depth + 1) for part in sorted(parts.get(rank, ()), reverse=True)]
    return depths
