"""Tables without a grid: rows of short texts that stand in columns, perhaps with rules between the rows.

Two columns of prose look alike at first. They differ in what their lines begin with: in prose most lines go
on with a sentence, in a table the lines that open a row do not, and they stand on one baseline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategraph.reading.pdf.lines import Line, joined, rows_of
from strategraph.reading.pdf.page import Box, around, runs
from strategraph.reading.pdf.tables import Cell, Table

_NARROWEST = 0.18  # of the size: the gap between two columns of cells that are as wide as can be
_FARTHEST = 4.0  # of the size: a row further down is not of the table
_LARGER = 1.1  # times the type above
_CUT = 0.35  # of the size: the extra space that parts rows
_FEWEST_ROWS = 3
# Of rows that stand alike: what is no table from any of them is none (a caption may be first).
_FIRST_ROWS = 6
_FULLEST_AMONG = 4  # rows
_MOST_COLUMNS = 30
_LOW_STARTS = 0.25  # share of the texts that open rows and begin with a small letter
_LABEL = 60  # characters: in a table of two columns, one has short texts
_LONGEST_CELL = 700


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines on one baseline, from left to right."""

    lines: tuple[Line, ...]
    box: Box
    size: float


def aligned_tables(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[Table], list[Line]]:
    """Return the tables that stand among lines, and the lines that are in none."""
    rows = _rows(lines)
    level = [rule for rule in rules if rule.width > rule.height]
    tables: list[Table] = []
    left: list[Line] = []
    start = tried = 0
    while start < len(rows):
        end, gaps = _reach(rows, start)
        alike = end - start > 1 and len(gaps) < _MOST_COLUMNS
        table = _table(rows[start:end], gaps, level) if alike else None
        if table is not None:
            tables.append(table)
            start, tried = end, 0
        elif alike and tried == _FIRST_ROWS:
            left += [line for row in rows[start:end] for line in row.lines]
            start, tried = end, 0
        else:
            left += rows[start].lines
            start, tried = start + 1, tried + 1 if alike else 0
    return tables, left


def _rows(lines: Sequence[Line]) -> list[_Row]:
    return [
        _Row(tuple(row), around([line.box for line in row]), max(line.size for line in row))
        for row in rows_of(lines)
    ]


def _reach(rows: Sequence[_Row], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return where the rows end that keep clear of the gaps of the first ones, and the gaps left.

    The gaps are those of the fullest of the first rows: others may have empty cells.
    """
    fullest = max(rows[start : start + _FULLEST_AMONG], key=lambda row: len(row.lines))
    gaps = [(a.box.x1, b.box.x0) for a, b in pairwise(fullest.lines)]
    end = start + 1
    first = _narrowed(gaps, rows[start]) if len(rows[start].lines) > 1 else None
    if not gaps or first is None:
        return end, gaps if len(rows[start].lines) > 1 else []
    gaps = first
    while end < len(rows):
        row = rows[end]
        if row.box.top - rows[end - 1].box.bottom > _FARTHEST * row.size:
            break
        if len(row.lines) == 1 and row.size > _LARGER * rows[end - 1].size:
            break  # a heading
        narrowed = _narrowed(gaps, row)
        if narrowed is None:
            break
        gaps = narrowed
        end += 1
    return end, gaps


def _narrowed(gaps: Sequence[tuple[float, float]], row: _Row) -> list[tuple[float, float]] | None:
    """Return what a row leaves of the gaps, None if it closes one."""
    result: list[tuple[float, float]] = []
    for gap in gaps:
        left, right = gap
        for box in (line.box for line in row.lines):
            if box.x0 >= gap[1] or box.x1 <= gap[0]:
                continue
            if box.x0 < gap[0] and box.x1 > gap[1]:
                return None
            # what begins nearer to the left column than it ends to the right one is of the left one
            if box.x0 - gap[0] < gap[1] - box.x1:
                left = max(left, box.x1)
            else:
                right = min(right, box.x0)
        if right - left < _NARROWEST * row.size:
            return None
        result.append((left, right))
    return result


def _table(rows: Sequence[_Row], gaps: Sequence[tuple[float, float]], rules: Sequence[Box]) -> Table | None:
    """Return the table that rows make, None if they read as columns of prose."""
    edges = [(left + right) / 2 for left, right in gaps]
    groups = _grouped(rows, rules)
    ruled = len(groups) == 2 and _parted(groups[0][-1], groups[1][0], rules)
    if len(groups) < _FEWEST_ROWS and not ruled:
        if not _all_open(rows):
            return None
        groups = [[row] for row in rows]
    first = [line.size for row in groups[0] for line in row.lines]
    rest = [line.size for group in groups[1:] for row in group for line in row.lines]
    if any(max(sizes) > _LARGER * min(sizes) for sizes in (first, rest)):
        return None  # there are headings among them
    openings = [group[0] for group in groups]
    shared = sum(len(row.lines) > 1 for row in openings)
    low = sum(line.text[0].islower() for row in openings for line in row.lines)
    if shared * 3 < len(groups) * 2 or low > _LOW_STARTS * sum(len(row.lines) for row in openings):
        return None
    cells = _cells(groups, edges)
    texts = [[_text(cell) for cell in cells if cell.column == column] for column in range(len(edges) + 1)]
    if any(sorted(map(len, column))[len(column) // 2] > _LONGEST_CELL for column in texts if column):
        return None
    if len(texts) == 2 and (low or not any(_are_labels(column) for column in texts)):
        return None
    left, page = min(row.box.x0 for row in rows), rows[0].lines[0].page
    return Table(tuple(cells), (left, *edges), page, around([row.box for row in rows]), page)


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell.lines)


def _are_labels(texts: Sequence[str]) -> bool:
    """Whether texts are names, dates or figures; none goes on like a sentence."""
    return all(len(text) <= _LABEL and text[-1] not in ".,;" for text in texts)


def _all_open(rows: Sequence[_Row]) -> bool:
    """Whether each line is a row of its own: all have several texts, hardly any goes on with a sentence."""
    starts = [line.text[0] for row in rows for line in row.lines]
    shared = len(rows) >= _FEWEST_ROWS and all(len(row.lines) > 1 for row in rows)
    return shared and sum(s.islower() for s in starts) * 8 <= len(starts)


def _grouped(rows: Sequence[_Row], rules: Sequence[Box]) -> list[list[_Row]]:
    """Return the rows of lines in rows of the table: rules or wider spaces part them."""
    usual = min(below.box.top - above.box.bottom for above, below in pairwise(rows))

    def goes_on(above: _Row, below: _Row) -> bool:
        step = below.box.top - above.box.bottom
        return not _parted(above, below, rules) and step <= usual + _CUT * below.size

    return runs(rows, goes_on)


def _parted(above: _Row, below: _Row, rules: Sequence[Box]) -> bool:
    """Whether a rule is drawn between two rows."""
    return any(
        above.box.middle[1] < rule.middle[1] < below.box.middle[1]
        and rule.x0 < below.box.x1
        and rule.x1 > below.box.x0
        for rule in rules
    )


def _cells(groups: Sequence[Sequence[_Row]], edges: Sequence[float]) -> list[Cell]:
    strong = [all(line.bold or line.italic for row in group for line in row.lines) for group in groups]
    head = strong[0] and not all(strong)
    cells: list[Cell] = []
    for number, group in enumerate(groups):
        columns: dict[int, list[Line]] = {}
        for row in group:
            parts: dict[int, list[Line]] = {}
            for line in row.lines:
                parts.setdefault(bisect_right(edges, line.box.middle[0]), []).append(line)
            for column, own in parts.items():
                columns.setdefault(column, []).append(joined(own))
        cells += [Cell(number, c, tuple(own), head and number == 0) for c, own in sorted(columns.items())]
    return cells
