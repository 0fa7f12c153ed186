"""Places the nodes of a picture: the same every time, in near linear time, with room for every label.

A plan stands in the middle. Its parts (goals, vision …) stand left and right of it, each with its own parts
outside it, as in a mind map, and with the concepts that it alone names outermost. A concept that several
parts share stands between them, above or below the plan; one that several plans share, between the plans.
All else (instruments, organisations, sources) stands apart, in rows below.

Nothing here knows RDF. The picture is put together from boxes, so nothing can overlap.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

LINE = 16.0  # the height of a label
_LETTER = 7.0  # a letter is about half as wide as high
_LEADING = 20.0  # between the rows of a column
_GAP = 60.0  # between columns, and between rows of what stands apart
_SHORTEST = 1200.0  # a column this high is not split
_SHAPE = 0.5  # width to height of many columns: some three such stand side by side in a picture


class Role(Enum):
    """What a node is to the picture. Concepts that are shared stand above or below the plan."""

    PLAN = auto()
    ELEMENT = auto()
    CONCEPT_ABOVE = auto()
    CONCEPT_BELOW = auto()
    APART = auto()


CONCEPTS = (Role.CONCEPT_ABOVE, Role.CONCEPT_BELOW)


class Item(NamedTuple):
    """A node to be placed, with the room that it and its label take.

    ``parent`` is the plan or element that an element belongs to, and comes before it. ``near`` are the
    nodes that a concept is linked with. What stands apart is gathered into rows by ``row``.
    """

    key: Hashable
    role: Role
    width: float
    height: float
    parent: Hashable | None = None
    near: Sequence[Hashable] = ()
    row: str = ""


def text_width(text: str) -> float:
    """Return about how wide a label is, in lines of :data:`LINE`: an ideograph as two letters."""
    if text.isascii():
        return _LETTER * len(text)
    return _LETTER * sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def place(items: Sequence[Item]) -> Iterator[tuple[Hashable, float, float]]:
    """Yield where each item stands: x to the right, y upwards, 0, 0 being the average, as Gephi has it."""
    home = _homes(items)
    members: dict[Hashable, list[Item]] = {}
    for item in items:
        members.setdefault(home[item.key], []).append(item)
    parts: dict[Hashable, list[Item]] = {}
    for item in items:
        if home[item.key] == item.key:
            parts.setdefault(item.parent, []).append(item)
    plans = [_plan(item, parts.get(item.key, ()), members) for item in items if item.role is Role.PLAN]
    rest = members.get(None, ())
    shared = _packed(_leaves([item for item in rest if item.role in CONCEPTS]))
    picture = _two_sided(plans, shared)
    rows: dict[str, list[_Box]] = {}
    for item in rest:
        if item.role not in (Role.PLAN, *CONCEPTS):
            rows.setdefault(item.row, []).append(_leaf(item))
    apart = [_lines(row, max(picture.width, _SHORTEST)) for row in rows.values()]
    whole = _column([picture, *apart], gap=_GAP)
    xs, ys = array("d"), array("d")
    for _, x, y in whole.places():
        xs.append(x)
        ys.append(y)
    middle_x, middle_y = (math.fsum(values) / (len(items) or 1) for values in (xs, ys))
    for key, x, y in whole.places():
        yield key, x - middle_x, y - middle_y


def _homes(items: Sequence[Item]) -> dict[Hashable, Hashable | None]:
    """Return what each item is placed with: a part of a plan, a plan, or (None) the picture as a whole.

    A part is an element right under a plan, and its own home. A concept is at home in the one part that
    it is linked with; in the plan, if the parts are several; in the whole, if the plans are. A concept that
    is linked with concepts only goes by what they are linked with.
    """
    plans = {item.key for item in items if item.role is Role.PLAN}
    home: dict[Hashable, Hashable | None] = dict.fromkeys(plans)
    plan_of = {plan: plan for plan in plans}
    for item in items:
        if item.role is Role.ELEMENT and item.parent in plans:
            home[item.key] = item.key
            plan_of[item.key] = item.parent
        elif item.role not in (Role.PLAN, *CONCEPTS):
            home[item.key] = home.get(item.parent)
    touched = {
        item.key: _touched((key if key in plans else home.get(key) for key in item.near), plan_of)
        for item in items
        if item.role in CONCEPTS
    }
    for item in items:
        if item.role in CONCEPTS:
            parts = touched[item.key] or set().union(*(touched.get(key, ()) for key in item.near))
            over = {plan_of[part] for part in parts}
            if len(parts) == 1 or len(over) == 1:
                home[item.key] = next(iter(parts if len(parts) == 1 else over))
            else:
                home[item.key] = None
    return home


def _touched(homes: Iterable[Hashable | None], plan_of: Mapping[Hashable, Hashable | None]) -> set[Hashable]:
    """Return the parts among some homes, but no more than it takes to see that the plans are several."""
    parts: set[Hashable] = set()
    over: set[Hashable] = set()
    for home in homes:
        if home in plan_of:
            parts.add(home)
            over.add(plan_of[home])
            if len(over) > 1:
                break
    return parts


# --------------------------------------------------------------------------------------------------
# Boxes


class _Box(NamedTuple):
    """A part of the picture: how wide and high it is, and what stands in it: a node, or smaller boxes.

    ``offsets`` tell where the middles of these stand from its own: x and y of the first, and so on.
    """

    width: float = 0.0
    height: float = 0.0
    node: Item | None = None
    parts: tuple[_Box, ...] = ()
    offsets: Sequence[float] = ()
    mirrored: bool = False

    @property
    def is_empty(self) -> bool:
        return self.node is None and not self.parts

    def places(self) -> Iterator[tuple[Hashable, float, float]]:
        """Yield the nodes in the box with their places, 0, 0 being its middle."""
        waiting = [(self, 0.0, 0.0, 1.0)]
        while waiting:
            box, x, y, side = waiting.pop()
            if box.mirrored:
                side = -side
            if box.node is not None:
                yield box.node.key, x, y
                continue
            offsets = zip(box.offsets[::2], box.offsets[1::2], strict=True)
            for part, (dx, dy) in zip(box.parts, offsets, strict=True):
                waiting.append((part, x + side * dx, y + dy, side))


def _leaf(item: Item) -> _Box:
    """Return the box of a node."""
    return _Box(item.width, item.height + _LEADING, item)


def _leaves(items: Sequence[Item]) -> list[_Box]:
    """Return the boxes of nodes that are to stand in one column: all as wide as the widest."""
    width = max((item.width for item in items), default=0.0)
    return [_Box(width, item.height + _LEADING, item) for item in items]


def _row(boxes: Iterable[_Box], gap: float = _GAP) -> _Box:
    """Return the boxes side by side, their middles on one line."""
    parts = tuple(box for box in boxes if not box.is_empty)
    if len(parts) == 1:
        return parts[0]
    width = sum(box.width for box in parts) + gap * max(len(parts) - 1, 0)
    offsets = array("d")
    left = -width / 2
    for box in parts:
        offsets.extend((left + box.width / 2, 0.0))
        left += box.width + gap
    return _Box(width, max((box.height for box in parts), default=0.0), parts=parts, offsets=offsets)


def _column(boxes: Iterable[_Box], gap: float = 0.0, *, flush: bool = False) -> _Box:
    """Return the boxes one below the other: their middles in one line or, if ``flush``, their left edges."""
    parts = tuple(box for box in boxes if not box.is_empty)
    if len(parts) == 1:
        return parts[0]
    width = max((box.width for box in parts), default=0.0)
    height = sum(box.height for box in parts) + gap * max(len(parts) - 1, 0)
    offsets = array("d")
    top = height / 2
    for box in parts:
        offsets.extend(((box.width - width) / 2 if flush else 0.0, top - box.height / 2))
        top -= box.height + gap
    return _Box(width, height, parts=parts, offsets=offsets)


def _packed(boxes: Sequence[_Box], gap: float = 0.0) -> _Box:
    """Return the boxes in one column or, where that would be too high for the picture, in several."""
    if not boxes:
        return _Box()
    area = sum(box.width * box.height for box in boxes)
    limit = max(_SHORTEST, math.sqrt(area / _SHAPE))
    columns: list[list[_Box]] = [[]]
    height = 0.0
    for box in boxes:
        if columns[-1] and height + box.height > limit:
            columns.append([])
            height = 0.0
        columns[-1].append(box)
        height += box.height + gap
    return _row(_column(column, gap, flush=True) for column in columns)


def _lines(boxes: Iterable[_Box], width: float) -> _Box:
    """Return the boxes side by side, in as many lines as it takes to stay within a width."""
    lines: list[list[_Box]] = [[]]
    used = 0.0
    for box in boxes:
        if lines[-1] and used + box.width > width:
            lines.append([])
            used = 0.0
        lines[-1].append(box)
        used += box.width + _GAP
    return _column(_row(line) for line in lines)


def _two_sided(boxes: Sequence[_Box], middle: _Box) -> _Box:
    """Return the first boxes on the left, mirrored, and the rest on the right: about as much on each."""
    heights = list(accumulate((box.height for box in boxes), initial=0.0))
    split = min(range(len(heights)), key=lambda count: abs(2 * heights[count] - heights[-1]))
    left, right = _packed(boxes[:split], _GAP), _packed(boxes[split:], _GAP)
    mirrored = left._replace(mirrored=not left.mirrored)
    return _row([mirrored, middle, right], gap=2 * _GAP)


# --------------------------------------------------------------------------------------------------
# Plans and their parts


def _plan(plan: Item, parts: Sequence[Item], members: dict[Hashable, list[Item]]) -> _Box:
    """Return a plan in the middle of its parts, with what they share above and below it."""
    own = members.get(plan.key, ())
    above, below = (
        _packed(_leaves([item for item in own if item.role is role]))
        for role in (Role.CONCEPT_ABOVE, Role.CONCEPT_BELOW)
    )
    centre = _leaf(plan)
    shift = centre.height / 2 + _GAP
    middle = _Box(
        max(box.width for box in (above, centre, below)),
        2 * (shift + max(above.height, below.height)),
        parts=(above, centre, below),
        offsets=(0.0, shift + above.height / 2, 0.0, 0.0, 0.0, -shift - below.height / 2),
    )
    outside = {part.key: _part(part, members[part.key]) for part in parts}
    return _two_sided(_branches(parts, outside), middle)


def _part(part: Item, members: Sequence[Item]) -> _Box:
    """Return what stands outside a part of a plan: the elements under it, and then its concepts."""
    kids: dict[Hashable | None, list[Item]] = {}
    for item in members:
        if item.role is Role.ELEMENT:
            kids.setdefault(item.parent, []).append(item)
    outside: dict[Hashable, _Box] = {}
    for item in reversed(members):  # so that each comes after those under it
        outside[item.key] = _packed(_branches(kids.get(item.key, ()), outside))
    concepts = _packed(_leaves([item for role in CONCEPTS for item in members if item.role is role]))
    return _row([outside[part.key], concepts])


def _branches(items: Sequence[Item], outside: Mapping[Hashable, _Box]) -> list[_Box]:
    """Return for each of some siblings the box of it and of what stands outside it, to the right."""
    return [_row([leaf, outside[item.key]]) for item, leaf in zip(items, _leaves(items), strict=True)]
