"""Tables: from tags where the PDF has them, else from the lines that are drawn around the cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from strategraph.reading.pdf.lines import Line, joined, lines_of
from strategraph.reading.pdf.page import Box, Page, Word, around, runs

_TOUCH = 3.0  # points: rules nearer than this meet
_SAME = 4.0  # points: rules nearer than this are one
_MOST_RULES = 3_000
_MOST_COLUMNS, _MOST_ROWS = 60, 300  # graph paper has more; no table has
_HAIR = 0.2  # points: the edge of an area is not so wide
_INSET = 12.0  # points: boxes around the lines of a cell stand no further from its sides
_OVERHANG = 12.0  # points: a level rule that goes on so far beyond the last upright one bounds a column
_SPACE = 0.5  # of the size: what parts two cells is wider than a space
_SLACK = 1.0  # points that a text may reach over the edge of its column


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its row and column from 0, its lines, and whether it heads its column."""

    row: int
    column: int
    lines: tuple[Line, ...]
    header: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its cells, row by row, where its columns begin, its page, and its place there.

    One that goes on over several pages has the place of its first part. Rows and columns may be empty.
    """

    cells: tuple[Cell, ...]
    edges: tuple[float, ...]
    page: int
    frame: Box
    last_page: int

    @property
    def lines(self) -> list[Line]:
        """Return the lines of all cells."""
        return [line for cell in self.cells for line in cell.lines]

    @cached_property
    def box(self) -> Box:
        """Return the place of the table."""
        return around([self.frame, *(line.box for line in self.lines)])


def find_tables(page: Page, lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """Return the tables among the lines of a page, and the lines that are in none.

    A single row counts only if it is a head, or at the page's top, where it may be the end of a table on the
    page before.
    """
    words = [word for line in lines for word in line.words]
    tables: list[Table] = []
    taken: set[int] = set()

    def free() -> list[Word]:
        return [word for word in words if id(word) not in taken]

    for grid in _grids(page.rules):
        inside = [word for word in free() if grid.frame.holds(word.box.middle, 1)]
        single = len(grid.ys) == 2
        is_head = all(word.bold for word in inside if word.letters)
        if single and not is_head and any(line.box.bottom < grid.frame.top for line in lines):
            continue
        table = grid.table(inside, page, fewest_rows=1 if single else 2)
        if table is not None:
            tables.append(table)
            taken |= {id(word) for word in inside}
    for table, inside in _tagged(page, free()):
        tables.append(table)
        taken |= {id(word) for word in inside}
    if not taken:
        return [], list(lines)
    left = [[word for word in line.words if id(word) not in taken] for line in lines]
    return tables, [Line(tuple(own), page.number) for own in left if own]


def _tagged(page: Page, words: Iterable[Word]) -> list[tuple[Table, list[Word]]]:
    """Return the tables that tags tell, each with its words."""
    places: dict[int, dict[tuple[int, int], list[Word]]] = defaultdict(lambda: defaultdict(list))
    heads: set[tuple[int, int, int]] = set()
    for word in words:
        cell = page.tag(word).cell
        if cell is not None:
            number, row, column, head = cell
            places[number][row, column].append(word)
            if head:
                heads.add((number, row, column))
    found: list[tuple[Table, list[Word]]] = []
    for number, cells in sorted(places.items()):
        columns: dict[int, list[Word]] = defaultdict(list)
        for (_, column), inside in cells.items():
            columns[column] += inside
        edges = [around([word.box for word in inside]) for _, inside in sorted(columns.items())]
        # Tags that do not agree with what is seen are not to be trusted.
        apart = all(one.x0 < other.x0 and one.x1 < other.x1 for one, other in pairwise(edges))
        if len(columns) < 2 or not apart:
            continue
        first = min(row for row, _ in cells)
        made = tuple(
            # the head of a row is no head of a column
            Cell(row, column, _lines(inside, page.number), (number, row, column) in heads and row == first)
            for (row, column), inside in sorted(cells.items())
        )
        own = [word for inside in cells.values() for word in inside]
        frame = around([word.box for word in own])
        found.append((Table(made, tuple(edge.x0 for edge in edges), page.number, frame, page.number), own))
    return found


def _lines(words: Sequence[Word], page: int) -> tuple[Line, ...]:
    """Return the lines of a cell; on one baseline no gap parts them."""
    rows: list[list[Line]] = []
    for line in lines_of(words, page):
        if rows and abs(rows[-1][0].base - line.base) < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(joined(row) for row in rows)


@dataclass(frozen=True)
class _RuledGrid:
    """Rules that meet: where the columns and rows part, and the rules themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Box, ...]
    level: tuple[Box, ...]

    @property
    def frame(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def table(self, words: Sequence[Word], page: Page, *, fewest_rows: int) -> Table | None:
        """Return the table whose cells these words fill; None if they fill too few."""
        cells: dict[tuple[int, int], list[Word]] = defaultdict(list)
        rows: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            row = bisect_right(self.ys, word.box.middle[1]) - 1
            rows[min(max(row, 0), len(self.ys) - 2)].append(word)
        for row, own in rows.items():
            kept = self._kept(row, own)
            for word in own:
                column = min(max(bisect_right(self.xs, word.box.middle[0]) - 1, 0), len(self.xs) - 2)
                place = (row, max(c for c in kept if c <= column)) if kept else self._first(row, column)
                cells[place].append(word)
        if len({row for row, _ in cells}) < fewest_rows or len({column for _, column in cells}) < 2:
            return None
        body = self._body(cells, page)
        first = min(rows)
        below = {column for row, column in cells if row > first}
        for column in sorted(column for row, column in cells if row == first):
            # what is drawn within a head may part nothing below it
            idle = column not in below and not any(
                self._parts_columns(row, column) for row in rows if row > first
            )
            if idle and column - 1 in below and (first, column - 1) not in cells:
                cells[first, column - 1] = cells.pop((first, column))
        return Table(
            tuple(
                Cell(row, column, _lines(inside, page.number), row < body)
                for (row, column), inside in sorted(cells.items())
            ),
            self.xs[:-1],
            page.number,
            self.frame,
            page.number,
        )

    def _body(self, cells: Mapping[tuple[int, int], Sequence[Word]], page: Page) -> int:
        """Return the first row that is not of the table's head; 0 if it has none."""
        first = min(row for row, _ in cells)
        tags = [page.tag(word).cell for (row, _), own in cells.items() if row == first for word in own]
        tagged = all(cell is not None and cell[3] for cell in tags)
        strong = {
            row: all(
                w.bold or w.italic for (r, _), own in cells.items() if r == row for w in own if w.letters
            )
            for row in {row for row, _ in cells}
        }
        if not tagged and not (strong[first] and not all(strong.values())):
            return 0
        # the head is as high as its highest cell
        body = first + 1
        while body < len(self.ys) - 1 and any(
            self._first(body, column)[0] == first for row, column in cells if row == first
        ):
            body += 1
        return body

    def _kept(self, row: int, words: Sequence[Word]) -> list[int]:
        """Return the columns that the words of a row keep to without upright rules; none where it has rules.

        Tables are often ruled between their rows, and upright in their heads only.
        """
        inner = range(1, len(self.xs) - 1)
        if any(self._parts_columns(row, column) for column in inner):
            return []
        lines = lines_of(words, 0)
        kept = [
            0,
            *(column for column in inner if not any(_crosses(line, self.xs[column]) for line in lines)),
        ]
        edges = [self.xs[column] for column in kept]
        return kept if len({bisect_right(edges, line.box.middle[0]) for line in lines}) > 1 else []

    def _first(self, row: int, column: int) -> tuple[int, int]:
        """Return the first place of the cell that a place belongs to: no rule parts merged places."""
        while column and not self._parts_columns(row, column):
            column -= 1
        while row and not self._parts_rows(row, column):
            row -= 1
        return row, column

    def _parts_columns(self, row: int, column: int) -> bool:
        y = (self.ys[row] + self.ys[row + 1]) / 2
        return any(rule.top <= y <= rule.bottom for rule in self._upright_at[column])

    def _parts_rows(self, row: int, column: int) -> bool:
        x = (self.xs[column] + self.xs[column + 1]) / 2
        return any(rule.x0 <= x <= rule.x1 for rule in self._level_at[row])

    @cached_property
    def _upright_at(self) -> list[list[Box]]:
        return [[rule for rule in self.upright if abs(rule.middle[0] - x) <= _SAME] for x in self.xs]

    @cached_property
    def _level_at(self) -> list[list[Box]]:
        return [[rule for rule in self.level if abs(rule.middle[1] - y) <= _SAME] for y in self.ys]


def _crosses(line: Line, x: float) -> bool:
    """Whether a line has a word, or nothing but a space between two, where two columns part."""
    left, right = (
        max((word.box.x1 for word in line.words if word.box.middle[0] < x), default=x - line.size),
        min((word.box.x0 for word in line.words if word.box.middle[0] >= x), default=x + line.size),
    )
    return left > x + _SLACK or right < x - _SLACK or right - left < _SPACE * line.size


def _grids(rules: Sequence[Box]) -> list[_RuledGrid]:
    """Return the grids that rules make, from the top of the page down."""
    if len(rules) > _MOST_RULES:
        return []
    found: list[_RuledGrid] = []
    for group in _meeting(rules):
        upright = [rule for rule in group if rule.height > rule.width]
        level = [rule for rule in group if rule.height <= rule.width]
        upright, level = _without_insets(upright, level)
        if len(level) < 2 or not upright:
            continue
        xs = _positions([rule.middle[0] for rule in upright])
        ys = _positions([rule.middle[1] for rule in level])
        # tables are often open at their sides
        left, right = min(rule.x0 for rule in level), max(rule.x1 for rule in level)
        xs = [left] * (left < xs[0] - _OVERHANG) + xs + [right] * (right > xs[-1] + _OVERHANG)
        top, bottom = min(rule.top for rule in upright), max(rule.bottom for rule in upright)
        ys = [top] * (top < ys[0] - _OVERHANG) + ys + [bottom] * (bottom > ys[-1] + _OVERHANG)
        if 3 <= len(xs) <= _MOST_COLUMNS and 2 <= len(ys) <= _MOST_ROWS:
            found.append(_RuledGrid(tuple(xs), tuple(ys), tuple(upright), tuple(level)))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _without_insets(upright: Sequence[Box], level: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Return the rules without those of boxes around the lines within a cell, a little away from its sides.

    Word writes one around each line of a shaded paragraph; they part neither rows nor columns. Beside each of
    their sides stands a side of the cell, which is longer, or drawn and not just where an area ends.
    """

    def outer(rule: Box, side: Box) -> bool:
        return side.height > rule.height + _TOUCH or side.width > rule.width + _HAIR

    near = _Near(upright)
    sides = [
        rule for rule in upright if not any(outer(rule, side) for side in near.beside(rule, rule.middle[0]))
    ]
    near = _Near(sides)
    return sides, [
        rule
        for rule in level
        if not all(
            any((side.middle[0] - x) * sign > 0 for side in near.beside(rule, x))
            for x, sign in ((rule.x0, -1), (rule.x1, 1))
        )
    ]


class _Near:
    """Upright rules, found by where they stand."""

    def __init__(self, rules: Sequence[Box]) -> None:
        self._rules = sorted(dict.fromkeys(rules), key=lambda rule: rule.middle[0])
        self._xs = [rule.middle[0] for rule in self._rules]

    def beside(self, box: Box, x: float) -> Iterator[Box]:
        """Yield the rules that stand a little to the left or right of a place and reach as far as a box."""
        for left, right in ((x - _INSET, x - _TOUCH), (x + _TOUCH, x + _INSET)):
            for rule in self._rules[bisect_right(self._xs, left) : bisect_right(self._xs, right)]:
                if rule.top <= box.top + 1 and rule.bottom >= box.bottom - 1:
                    yield rule


def _positions(values: Iterable[float]) -> list[float]:
    """Return positions, those that are nearly one as one."""
    near = runs(sorted(values), lambda before, value: value - before <= _SAME)
    return [sum(group) / len(group) for group in near]


def _meeting(rules: Sequence[Box]) -> list[list[Box]]:
    """Return the rules in groups of those that meet."""
    ordered = sorted(rules, key=lambda rule: (rule.top, rule.x0))
    home = list(range(len(ordered)))

    def root(index: int) -> int:
        while home[index] != index:
            home[index] = home[home[index]]
            index = home[index]
        return index

    open_rules: list[int] = []
    for index, rule in enumerate(ordered):
        open_rules = [other for other in open_rules if ordered[other].bottom + _TOUCH >= rule.top]
        for other in open_rules:
            if ordered[other].x0 - _TOUCH <= rule.x1 and rule.x0 - _TOUCH <= ordered[other].x1:
                home[root(index)] = root(other)
        open_rules.append(index)
    groups: dict[int, list[Box]] = defaultdict(list)
    for index, rule in enumerate(ordered):
        groups[root(index)].append(rule)
    return list(groups.values())
