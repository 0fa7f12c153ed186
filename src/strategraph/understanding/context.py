"""The context of units: the headings above each, the sentence that leads to it, the siblings beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from strategraph.knowledge.writing import COLONS, PAUSES, STOPS, count_words
from strategraph.understanding.units import Unit

STRONG = 50  # the level of a bold line: below every heading
NAME = 60  # the level of a plain line that stands as a heading does
_SHORT_LINE = 9  # words of such a line
_LONG_LINE = 30  # words of a line of a list without marks


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
    walk = _Walk(units)
    return tuple(walk.step(index) for index in range(len(units)))


@dataclass(slots=True)
class _Walk:
    """Where a walk through units is: under which headings, in which items and tables, after what."""

    units: Sequence[Unit]
    headings: list[tuple[int, int]] = field(default_factory=list)  # (level, position), outermost first
    items: list[tuple[int, int]] = field(default_factory=list)  # (depth, position)
    groups: dict[tuple[object, ...], int] = field(default_factory=dict)
    sizes: Counter[int] = field(default_factory=Counter)
    heads: dict[tuple[int, int], int] = field(default_factory=dict)  # of table columns
    rows: dict[tuple[int, int], int] = field(default_factory=dict)
    before: int = -1  # the last unit that is no item, part, sentence or cell
    lead: int = -1  # what leads to the list or table that is being read
    led: int = -1  # what leads to the list without marks that is being read
    run: int = 0  # counts lists, so that two lists under one heading are two series

    def step(self, index: int) -> Context:
        """Return the context of the next unit."""
        unit, level = self.units[index], level_of(self.units, index)
        while level and self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        above = tuple(position for _, position in reversed(self.headings))
        holder = self._holder(unit) if unit.kind == "item" else -1
        head, row = self._cell(unit, index)
        if unit.kind == "part":
            self._lead_of_part(index)
        listed = unit.kind in ("item", "part", "cell")
        lead = self.lead if listed else self._lead_of_line(unit, level)
        if unit.kind != "sentence":
            self.led = lead if unit.kind == "paragraph" else -1
        group = self.groups.setdefault(self._series(unit, level, above, holder), len(self.groups))
        place = self.sizes[group]
        self.sizes[group] += 1
        self._move(unit, index, level)
        return Context(above, lead, holder, head, row, group, place, level)

    def _lead_of_line(self, unit: Unit, level: int) -> int:
        """Return what leads to a paragraph: that before it, or before the list without marks it is in."""
        if _leads(self.units, self.before):
            return self.before
        if self.led < 0 or level or unit.kind != "paragraph" or not _goes_on(self.units[self.before], unit):
            return -1
        return self.led

    def _holder(self, unit: Unit) -> int:
        while self.items and self.items[-1][0] >= unit.block.level:
            self.items.pop()
        return self.items[-1][1] if self.items else -1

    def _cell(self, unit: Unit, index: int) -> tuple[int, int]:
        """Return the head of a cell's column and the first cell of its row."""
        block = unit.block
        if unit.kind != "cell" or block.table is None:
            return -1, -1
        place = (block.table, block.column)
        head = self.heads.get(place, -1)
        if head < 0 and (block.header or block.row == 0):
            self.heads[place] = index
        row = self.rows.setdefault((block.table, block.row), index)
        return head, -1 if row == index else row

    def _series(self, unit: Unit, level: int, above: tuple[int, ...], holder: int) -> tuple[object, ...]:
        """Return what siblings have in common: the place of a list, heading level or column."""
        parent, block = above[0] if above else -1, unit.block
        if unit.kind == "cell" and block.table is not None:
            return "cell", block.table, block.column
        if level:
            return "heading", parent, level
        if unit.kind == "item":
            return "item", parent, block.level, holder, self.run
        if unit.kind == "part":
            return "part", parent, block.level, holder, block.span.start
        return unit.kind, parent, self.led if unit.kind == "paragraph" else -1

    def _lead_of_part(self, index: int) -> None:
        before = self.units[index - 1] if index else None
        if before is not None and before.block is self.units[index].block and before.kind != "part":
            self.lead = index - 1

    def _move(self, unit: Unit, index: int, level: int) -> None:
        if unit.kind == "item":
            self.items.append((unit.block.level, index))
        elif unit.kind not in ("part", "cell", "sentence"):
            self.items = []
            self.lead = self.before = index
            self.run += 1
        if level:
            self.headings.append((level, index))


def _goes_on(before: Unit, unit: Unit) -> bool:
    """Whether a list without marks goes on: by a semicolon or comma, or by another line without full stop."""
    if before.text.rstrip().endswith((*PAUSES, ",")):
        return True
    return not any(
        one.text.rstrip().endswith(STOPS) or count_words(one.text) > _LONG_LINE for one in (before, unit)
    )


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
    if unit.label is not None and unit.label.bare and unit.label.kind:
        return NAME
    if unit.text.rstrip().endswith((*STOPS, *PAUSES)):
        return 0
    following = units[index + 1] if index + 1 < len(units) else None
    if following is None or following.kind in ("heading", "strong", "cell"):
        return 0
    return NAME if following.kind in ("item", "part") or count_words(following.text) > _SHORT_LINE else 0
