"""A network in columns: in the middle what a plan says, at its sides what this names.

Rows of the middle are indented under what they are part of and end at one edge, so that every line runs in
the gaps between the columns, and none behind a box. The boxes at a side stand near what names them.

Nothing here knows RDF. y goes down, and the middle column begins at x = 0.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rdflib import URIRef

from strategraph.export.network import Network
from strategraph.rdf.namespace import ELEMENT_CLASSES, PROVISION_CLASSES, SG, TO_ELEMENTS

INDENT = 30.0
_GAP = 12.0  # between the rows of a column
_CHANNEL, _WIDEST, _LINE = 80.0, 220.0, 1.5  # between columns: the least, the most, and for each line there
_LOWEST = 400.0  # where the left column begins at the latest: a reader starts at the top
ELEMENTS = frozenset({*ELEMENT_CLASSES, SG.PlanElement})
_PROVISIONS = frozenset({*PROVISION_CLASSES, SG.Provision})
_DEEPEST = 8  # beyond it parts are no longer indented


class UnplacedBox(NamedTuple):
    """A box to be placed: its key, the size that its label needs, and how deep it stands under others."""

    key: Hashable
    width: float
    height: float
    depth: int = 0


class PlacedBox(NamedTuple):
    """A box in its place: the middle of it, and its size, which may be wider than was asked for."""

    x: float
    y: float
    width: float
    height: float


def place_sides(
    left: Sequence[UnplacedBox],
    middle: Sequence[UnplacedBox],
    right: Sequence[UnplacedBox],
    links: Iterable[tuple[Hashable, Hashable]],
) -> dict[Hashable, PlacedBox]:
    """Return where each box stands; ``links`` say which boxes of the middle name which at the sides.

    Columns keep the order they come in, but for the right one, in which lines cross less if it is sorted by
    where they come from.
    """
    near: dict[Hashable, list[Hashable]] = {}
    pairs = list(links)
    for one, other in pairs:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    height = max(map(_height, (left, middle, right)))
    ys = _spread(middle, height)
    right_ys = _beside(right, near, ys)
    left_ys = _beside(left, near, ys, keep=True)
    boxes: dict[Hashable, PlacedBox] = {}
    edge = max((INDENT * row.depth + row.width for row in middle), default=0.0)
    for row in middle:
        start = INDENT * row.depth
        boxes[row.key] = PlacedBox((start + edge) / 2, ys[row.key], edge - start, row.height)
    for rows, found, side in ((left, left_ys, -1.0), (right, right_ys, 1.0)):
        width = max((row.width for row in rows), default=0.0)
        lines = sum(len(near.get(row.key, ())) for row in rows)
        gap = min(_CHANNEL + _LINE * lines, _WIDEST) if middle else 0.0
        x = -gap - width / 2 if side < 0 else edge + gap + width / 2
        for row in rows:
            boxes[row.key] = PlacedBox(x, found[row.key], width, row.height)
    return boxes


def course(start: PlacedBox, end: PlacedBox, *, columns: bool = True) -> tuple[float, ...]:
    """Return the six points of a line between two boxes, x and y of each: a straight lead, a curve, a lead.

    It leaves and arrives at edges. In ``columns`` it hangs a part under its whole, and passes what stands
    between two boxes of one column at the left, where nothing stands; else it is upright between boxes
    that stand one above the other.

    >>> course(PlacedBox(0, 0, 10, 10), PlacedBox(100, 50, 10, 10))[:4]
    (5.0, 0, 5.0, 0)
    """
    first, last = start.x - start.width / 2, end.x - end.width / 2
    if abs(start.x - end.x) >= (start.width + end.width) / 2:
        if start.x > end.x:
            return _reversed(course(end, start, columns=columns))
        edge = end.x - end.width / 2
        # A box of the middle that is indented is reached from where its column begins.
        gate = min(edge, 0.0) if columns and edge > 0 > start.x else edge
        right = start.x + start.width / 2
        middle = (right + gate) / 2
        return (right, start.y, right, start.y, middle, start.y, middle, end.y, gate, end.y, edge, end.y)
    if columns and abs(first - last) > INDENT / 4:
        if first > last:
            return _reversed(course(end, start))
        x, bottom = first + 0.4 * INDENT, start.y + start.height / 2
        return (x, bottom, x, bottom, x, end.y, x, end.y, last, end.y, last, end.y)
    if columns:
        x = min(first, last) - 60.0 - max(first, last, 0.0)
        return (first, start.y, first, start.y, x, start.y, x, end.y, last, end.y, last, end.y)
    down = math.copysign(0.5, end.y - start.y)
    here, there = start.y + down * start.height, end.y - down * end.height
    middle = (here + there) / 2
    return (start.x, here, start.x, here, start.x, middle, end.x, middle, end.x, there, end.x, there)


def _reversed(points: tuple[float, ...]) -> tuple[float, ...]:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    return tuple(value for pair in reversed(pairs) for value in pair)


def _height(rows: Sequence[UnplacedBox]) -> float:
    return sum(row.height + _GAP for row in rows)


def _spread(rows: Sequence[UnplacedBox], height: float) -> dict[Hashable, float]:
    """Return the y of rows that stand one below the other and fill a height; parts stay with their whole."""
    tops = sum(row.depth == 0 for row in rows)
    spare = max(height - _height(rows), 0.0) / (tops or 1)
    found: dict[Hashable, float] = {}
    y = 0.0
    for place, row in enumerate(rows):
        if row.depth == 0:
            y += spare / 2 if place == 0 else spare
        found[row.key] = y + row.height / 2
        y += row.height + _GAP
    return found


def _beside(
    rows: Sequence[UnplacedBox],
    near: Mapping[Hashable, Sequence[Hashable]],
    ys: Mapping[Hashable, float],
    *,
    keep: bool = False,
) -> dict[Hashable, float]:
    """Return the y of the rows of a side: as near to what names them as there is room for.

    ``keep`` leaves them in their order.
    """
    middle = (min(ys.values(), default=0.0) + max(ys.values(), default=0.0)) / 2
    wished = {row.key: _mean([ys[key] for key in near.get(row.key, ()) if key in ys], middle) for row in rows}
    if keep:
        wished = {key: min(y, _LOWEST) for key, y in wished.items()}
    ordered = list(rows) if keep else sorted(rows, key=lambda row: wished[row.key])
    # Rows that would overlap are put into one block, which stands where its rows wish on average.
    blocks: list[tuple[float, float, int]] = []  # the sum of the wishes for its top, its height, its rows
    for row in ordered:
        total, height, count = wished[row.key] - row.height / 2, row.height + _GAP, 1
        while blocks and blocks[-1][0] / blocks[-1][2] + blocks[-1][1] > total / count:
            above_total, above_height, above_count = blocks.pop()
            total = above_total + total - count * above_height
            height, count = above_height + height, above_count + count
        blocks.append((total, height, count))
    found: dict[Hashable, float] = {}
    waiting = iter(ordered)
    y = 0.0
    for total, _, count in blocks:
        y = max(total / count, y)  # nothing begins above the middle
        for _ in range(count):
            row = next(waiting)
            found[row.key] = y + row.height / 2
            y += row.height + _GAP
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return math.fsum(values) / len(values) if values else otherwise


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
    structure: frozenset[URIRef] = TO_ELEMENTS | {SG.hasProvision}
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
