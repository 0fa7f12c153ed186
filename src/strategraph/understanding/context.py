"""The context of units: the headings above each, the sentence that leads to it, the siblings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.sentences import COLONS, PAUSES, STOPS, count_words
from strategraph.understanding.units import Unit

STRONG = 50  # the level of a bold line: below every heading
NAME = 60  # the level of a plain line that stands as a heading does
_SHORT_LINE = 9  # words of such a line


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around one unit; positions of other units, -1 or () where there are none.

    ``headings`` are those above it, the nearest first; ``lead`` the text that directly leads to its list
    or series; ``holder`` the item that holds it as a nested item; ``head`` the head of its table column;
    ``row`` the first cell of its table row; ``group`` the number of its series of siblings, ``place`` its
    place in it; ``level`` is its level as a heading, or 0.
    """

    headings: tuple[int, ...]
    lead: int
    holder: int
    head: int
    row: int
    group: int
    place: int
    level: int


def contexts(units: Sequence[Unit]) -> tuple[Context, ...]:
    """Return the context of each unit."""
    found: list[Context] = []
    stack: list[tuple[int, int]] = []  # (level, position) of the headings above
    items: list[tuple[int, int]] = []  # (depth, position) of the items that may hold the next
    groups: dict[tuple[object, ...], int] = {}
    sizes: dict[int, int] = {}
    lead = -1
    heads: dict[tuple[int, int], int] = {}
    rows: dict[tuple[int, int], int] = {}
    before = -1  # the last unit that is no item, part or cell
    run = 0  # counts lists, so that two lists under one heading are two series
    for index, unit in enumerate(units):
        level = level_of(units, index)
        holder = head = row = -1
        if level:
            while stack and stack[-1][0] >= level:
                stack.pop()
        above = tuple(position for _, position in reversed(stack))
        parent = above[0] if above else -1
        listed = unit.kind in ("item", "part")
        if unit.kind == "item":
            depth = unit.block.level
            while items and items[-1][0] >= depth:
                items.pop()
            holder = items[-1][1] if items else -1
        elif unit.kind == "part":
            holder = -1
        if unit.kind == "cell" and unit.block.table is not None:
            table = unit.block.table
            place = (table, unit.block.column)
            if place not in heads and (unit.block.header or unit.block.row == 0):
                heads[place] = index
            elif place in heads:
                head = heads[place]
            row = rows.setdefault((table, unit.block.row), index)
            row = -1 if row == index else row
            key: tuple[object, ...] = ("cell", table, unit.block.column)
        elif level:
            key = ("heading", parent, level)
        elif listed:
            key = (unit.kind, parent, unit.block.level, holder, run if unit.kind == "item" else unit.block.span.start)
        else:
            key = (unit.kind, parent)
        group = groups.setdefault(key, len(groups))
        sizes[group] = sizes.get(group, 0) + 1
        if unit.kind == "part":
            lead = index - 1 if index and units[index - 1].block is unit.block and units[index - 1].kind != "part" else lead
        found.append(Context(above, lead if listed or unit.kind == "cell" else before if _leads(units, before) else -1, holder, head, row, group, sizes[group] - 1, level))
        if unit.kind == "item":
            items.append((unit.block.level, index))
        elif unit.kind not in ("part", "cell", "sentence"):
            items = []
            lead = before = index
            run += 1
        if level:
            stack.append((level, index))
    return tuple(found)


def _leads(units: Sequence[Unit], position: int) -> bool:
    return position >= 0 and units[position].text.rstrip().endswith(COLONS)


def level_of(units: Sequence[Unit], index: int) -> int:
    """Return the level of a unit as a heading, or 0: headings, bold lines, and short lines before text."""
    unit = units[index]
    if unit.kind == "heading":
        return max(1, min(unit.block.level, STRONG - 1))
    if unit.kind == "strong" and count_words(unit.text) <= 2 * _SHORT_LINE + 6:
        return STRONG
    if unit.kind != "paragraph" or count_words(unit.text) > _SHORT_LINE:
        return 0
    if unit.text.rstrip().endswith((*STOPS, *PAUSES)):
        return 0
    following = units[index + 1] if index + 1 < len(units) else None
    if following is None or following.kind in ("heading", "strong", "cell"):
        return 0
    return NAME if following.kind in ("item", "part") or count_words(following.text) > _SHORT_LINE else 0
