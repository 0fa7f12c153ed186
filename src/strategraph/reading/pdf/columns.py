"""Reading order: a page is cut at its gutters, again and again, until what is left is one column.

A gutter is an upright strip that no line crosses for a good part of the page. The strip with the longest
such part is cut first: what is above it, its left side, its right side, what is below it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategraph.reading.pdf.aligned import aligned_tables
from strategraph.reading.pdf.lines import Line, joined, rows_of
from strategraph.reading.pdf.page import Box, around
from strategraph.reading.pdf.tables import Table

Item = Line | Table

_FEWEST_LINES = 3  # on each side of a gutter
_NARROWEST = 0.8  # of the size of type: a gutter's width
_FAR_APART = 2.0  # of the size: the gap between two short texts side by side; more stand nearer
_FEWEST_LETTERS = 4
_SLACK = 1.0  # points that a line may reach into a gutter
_HEADING = 1.15  # times the usual type
_MOST_HEADINGS = 30  # on one side of a gutter
_ROOM = 0.3  # of the size: what is left free above and below a heading, at least
_NEAR = 3.0  # of the size: and at most
_NEXT_LINE = 1.6  # of the size: the step to the next line of a text
_DEEPEST = 12
_AS_LONG = 0.95  # of the longest stretch: what is as long counts as equally long
_FEWEST_PROSE = 8  # full lines on each side by which columns of prose are told from those of a table
_FULL = 0.6  # of a column's width: what is wider is a full line; likewise a rule over the page's width
_THICKEST = 3.0  # points: a rule's height


@dataclass(frozen=True, slots=True)
class Column:
    """Lines and tables that follow each other from top to bottom, and how far the column reaches."""

    items: tuple[Item, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class _Gutter:
    x: float
    width: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def columns(items: Sequence[Item], rules: Sequence[Box] = (), *, rtl: bool = False) -> list[Column]:
    """Return the columns of a page in reading order, tables without a grid put together on the way.

    ``rules`` are the lines drawn on the page, ``rtl`` is whether it is read from right to left.
    """
    return [
        Column(tuple(_whole_lines(part)), around([item.box for item in part]))
        for part in _cut(list(items), rules, rtl, 0)
    ]


def _whole_lines(items: Sequence[Item]) -> list[Item]:
    """Return the items of a column from the top down, with the parts of each line put together."""
    lines = [joined(row) for row in rows_of(item for item in items if isinstance(item, Line))]
    tables = [item for item in items if isinstance(item, Table)]
    return sorted([*lines, *tables], key=lambda item: item.base if isinstance(item, Line) else item.box.top)


def _cut(items: list[Item], rules: Sequence[Box], rtl: bool, depth: int) -> list[list[Item]]:
    if not items:
        return []
    gutter = _best_gutter(items, rules) if depth < _DEEPEST else None
    if gutter is None or not _parts_prose(gutter, items):
        tables, lines = aligned_tables([item for item in items if isinstance(item, Line)], rules)
        items = [*(item for item in items if isinstance(item, Table)), *tables, *lines]
        if tables and depth < _DEEPEST:
            gutter = _best_gutter(items, rules)
    if gutter is None:
        beside = _side_by_side(items) if depth < _DEEPEST else None
        return (
            [items]
            if beside is None
            else [part for own in beside for part in _cut(own, rules, rtl, depth + 1)]
        )
    gutter = _below_crossing(gutter, items)
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


def _side_by_side(items: Sequence[Item]) -> list[list[Item]] | None:
    """Return what is above, the few lines of each of some short texts side by side, what is below; or None.

    Each text begins with a capital on the row of the first, and goes on below itself.
    """
    lines = [item for item in items if isinstance(item, Line)]
    rows = rows_of(lines)
    for number, row in enumerate(rows):
        gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(row)]
        apart = len(gaps) > 1 or (bool(gaps) and gaps[0] >= _FAR_APART * row[0].size)
        if not apart or not all(_opens(line) for line in row):
            continue
        edges = [(before.box.x1 + after.box.x0) / 2 for before, after in pairwise(row)]
        end = number + 1
        while end < len(rows) and _is_below(rows[end], rows[end - 1], edges):
            end += 1
        top, bottom = row[0].base, rows[end - 1][0].base
        columns: list[list[Item]] = [[] for _ in row]
        above: list[Item] = []
        below: list[Item] = []
        for item in items:
            base = item.base if isinstance(item, Line) else item.box.bottom
            if base < top - row[0].size / 2:
                above.append(item)
            elif base > bottom + row[0].size / 2:
                below.append(item)
            else:
                columns[bisect_right(edges, item.box.middle[0])].append(item)
        return [above, *columns, below]
    return None


def _opens(line: Line) -> bool:
    """Whether a line is the first of a text: it begins with a capital and has words."""
    return line.text[0].isupper() and sum(map(str.isalpha, line.text)) >= _FEWEST_LETTERS


def _is_below(row: Sequence[Line], above: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether a row follows another closely and keeps to its columns."""
    follows = row[0].base - above[0].base < _NEXT_LINE * row[0].size
    return follows and not any(line.box.x0 < x < line.box.x1 for line in row for x in edges)


def _below_crossing(gutter: _Gutter, items: Sequence[Item]) -> _Gutter:
    """Return a gutter that begins below the last, short line of a text that crosses it.

    That line looks like the line above it, follows it closely, and has nothing beside it.
    """
    lines = [item for item in items if isinstance(item, Line)]
    crossing = [line for line in lines if line.box.middle[1] < gutter.top]
    if not crossing:
        return gutter
    above = max(crossing, key=lambda line: line.base)
    beside = sorted(
        (item for item in items if gutter.top <= item.box.middle[1] <= gutter.bottom),
        key=lambda item: item.box.top,
    )
    first = beside[0]
    follows = (
        isinstance(first, Line)
        and (first.size, first.bold) == (above.size, above.bold)
        and abs(first.box.x0 - above.box.x0) < first.size
        and first.base - above.base < _NEXT_LINE * first.size
        and all(item.box.top >= first.box.bottom - 0.2 * first.size for item in beside[1:])
    )
    return replace(gutter, top=first.box.bottom) if follows else gutter


def _parts_prose(gutter: _Gutter, items: Sequence[Item]) -> bool:
    """Whether there is running text on both sides of a gutter: many lines that fill their side."""
    beside = [item for item in items if gutter.top <= item.box.middle[1] <= gutter.bottom]
    for side in (True, False):
        boxes = [item.box for item in beside if (item.box.middle[0] > gutter.x) is side]
        width = around(boxes).width if boxes else 0
        wide = sum(box.width >= _FULL * width for box in boxes)
        if wide < _FEWEST_PROSE or wide * 3 < len(boxes):
            return False
    return True


def _best_gutter(items: Sequence[Item], rules: Sequence[Box]) -> _Gutter | None:
    """Return the gutter with the longest stretch that nothing crosses; the widest of equally long ones."""
    whole = around([item.box for item in items]).width
    barriers = [rule for rule in rules if rule.height <= _THICKEST and rule.width >= _FULL * whole]
    found = [gutter for x in _candidates(items) for gutter in _stretches(items, barriers, x)]
    if not found:
        return None
    longest = max(gutter.height for gutter in found)
    return max((g for g in found if g.height >= _AS_LONG * longest), key=lambda g: (g.width, -g.x))


def _candidates(items: Sequence[Item]) -> list[float]:
    """Return places in the gaps between neighbours on a row: the middle of each gap once, and its edges.

    A line above or below may reach further into a gap than those beside it.
    """
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
    edges: list[float] = []
    for left, right in sorted(found, key=lambda gap: gap[1] - gap[0]):
        if not any(left <= x <= right for x in xs):
            xs.append((left + right) / 2)
            edges += [left + 2 * _SLACK, right - 2 * _SLACK]
    return xs + edges


def _size(item: Item) -> float:
    return item.size if isinstance(item, Line) else 10.0


def _heading_both(side: Sequence[Item], other: Sequence[Item]) -> list[Box]:
    """Return the places of lines in larger type that head both sides: the other side leaves room for them."""
    sizes = sorted(item.size for item in [*side, *other] if isinstance(item, Line))
    usual = sizes[len(sizes) // 2] if sizes else 0
    large = [item for item in side if isinstance(item, Line) and item.size >= _HEADING * usual]
    if len(large) > _MOST_HEADINGS:
        return []
    found: list[Box] = []
    for item in large:
        top, bottom = item.box.top - _ROOM * item.size, item.box.bottom + _ROOM * item.size
        above = max((o.box.bottom for o in other if o.box.bottom <= top), default=None)
        below = min((o.box.top for o in other if o.box.top >= bottom), default=None)
        if above is None or below is None or any(o.box.top < bottom and o.box.bottom > top for o in other):
            continue
        if max(top - above, below - bottom) <= _NEAR * item.size:
            found.append(item.box)
    return found


def _stretches(items: Sequence[Item], barriers: Sequence[Box], x: float) -> list[_Gutter]:
    """Return the stretches of an upright line that nothing crosses and that have enough on both sides.

    ``barriers`` are rules over the page's width.
    """
    boxes = [*(item.box for item in items), *barriers]
    left = [i for i in items if i.box.x1 <= x + _SLACK]
    right = [i for i in items if i.box.x0 >= x - _SLACK]
    crossing = sorted(
        [
            *(box for box in boxes if box.x0 < x - _SLACK and box.x1 > x + _SLACK),
            *_heading_both(left, right),
            *_heading_both(right, left),
        ],
        key=lambda box: box.top,
    )
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
        width = boxes[1].x0 - boxes[0].x1
        found.append(_Gutter(x, width, min(b.top for b in boxes) - 0.1, max(b.bottom for b in boxes) + 0.1))
    return found
