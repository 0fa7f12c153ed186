"""Reading order: a page is cut at its gutters, again and again, until what is left is one column.

A gutter is an upright strip that no line crosses for a good part of the page. The strip with the longest
such part is cut first: what is above it, its left side, its right side, what is below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.reading.pdf.aligned import aligned_tables
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.page import Box, around
from strategraph.reading.pdf.tables import Table

Item = Line | Table

_FEWEST_LINES = 3  # on each side of a gutter
_NARROWEST = 0.8  # of the size of type: a gutter's width
_SLACK = 1.0  # points that a line may reach into a gutter
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables that follow each other from top to bottom, and how far the column reaches."""

    items: tuple[Item, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class _Gutter:
    x: float
    top: float
    bottom: float


def columns(items: Sequence[Item], rules: Sequence[Box] = (), *, rtl: bool = False) -> list[Column]:
    """Return the columns of a page in reading order, tables without a grid put together on the way.

    ``rules`` are the lines drawn on the page, ``rtl`` is whether it is read from right to left.
    """
    return [
        Column(
            tuple(sorted(part, key=lambda item: (item.box.top, item.box.x0))), around([i.box for i in part])
        )
        for part in _cut(list(items), rules, rtl, 0)
    ]


def _cut(items: list[Item], rules: Sequence[Box], rtl: bool, depth: int) -> list[list[Item]]:
    if not items:
        return []
    tables, lines = aligned_tables([item for item in items if isinstance(item, Line)], rules)
    items = [*(item for item in items if isinstance(item, Table)), *tables, *lines]
    gutter = _best_gutter(items) if depth < _DEEPEST else None
    if gutter is None:
        return [items]
    above: list[Item] = []
    sides: tuple[list[Item], list[Item]] = ([], [])
    below: list[Item] = []
    for item in items:
        middle = item.box.middle[1]
        if middle < gutter.top:
            above.append(item)
        elif middle > gutter.bottom:
            below.append(item)
        else:
            sides[item.box.middle[0] > gutter.x].append(item)
    parts = [above, *(reversed(sides) if rtl else sides), below]
    return [column for part in parts for column in _cut(part, rules, rtl, depth + 1)]


def _best_gutter(items: Sequence[Item]) -> _Gutter | None:
    """Return the gutter with the longest stretch that nothing crosses, or None."""
    best: _Gutter | None = None
    for x in _candidates(items):
        for gutter in _stretches(items, x):
            if best is None or gutter.bottom - gutter.top > best.bottom - best.top + 1:
                best = gutter
    return best


def _candidates(items: Sequence[Item]) -> list[float]:
    """Return the middles of the gaps between neighbours on a row, each gap once."""
    found: list[tuple[float, float]] = []
    ordered = sorted(items, key=lambda item: item.box.x0)
    for index, item in enumerate(ordered):
        nearest: Box | None = None
        for other in ordered[index + 1 :]:
            if (
                other.box.x0 < item.box.x1
                or other.box.top > item.box.bottom
                or other.box.bottom < item.box.top
            ):
                continue
            nearest = other.box
            break
        if nearest is not None and nearest.x0 - item.box.x1 >= _NARROWEST * _size(item):
            found.append((item.box.x1, nearest.x0))
    xs: list[float] = []
    for left, right in sorted(found, key=lambda gap: gap[1] - gap[0]):
        if not any(left <= x <= right for x in xs):
            xs.append((left + right) / 2)
    return xs


def _size(item: Item) -> float:
    return item.size if isinstance(item, Line) else 10.0


def _stretches(items: Sequence[Item], x: float) -> list[_Gutter]:
    """Return the stretches of an upright line that nothing crosses and that have enough on both sides."""
    crossing = sorted(
        (i.box for i in items if i.box.x0 < x - _SLACK and i.box.x1 > x + _SLACK), key=lambda box: box.top
    )
    left = [i for i in items if i.box.x1 <= x + _SLACK]
    right = [i for i in items if i.box.x0 >= x - _SLACK]
    bounds = [float("-inf")]
    for box in crossing:
        bounds += [box.top, box.bottom]
    bounds.append(float("inf"))
    found: list[_Gutter] = []
    for top, bottom in zip(bounds[::2], bounds[1::2], strict=True):
        beside = [[i for i in side if top <= i.box.middle[1] <= bottom] for side in (left, right)]
        if min(len({round(i.box.bottom) for i in side}) for side in beside) < _FEWEST_LINES:
            continue
        boxes = [around([i.box for i in side]) for side in beside]
        # only where both sides go on is there anything to part
        start, end = max(box.top for box in boxes), min(box.bottom for box in boxes)
        if end <= start:
            continue
        found.append(_Gutter(x, min(b.top for b in boxes) - 0.1, max(b.bottom for b in boxes) + 0.1))
    return found
