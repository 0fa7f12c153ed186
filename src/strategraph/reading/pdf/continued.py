"""Tables that go on over pages are one table; a row that a page's end cuts in two is one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strategraph.reading.pdf.flow import Paragraph
from strategraph.reading.pdf.tables import Cell, Table

_SAME_COLUMN = 12.0  # points by which the columns of a table may shift from page to page


def whole_tables(parts: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the parts with each table put together that goes on from page to page."""
    result: list[Paragraph | Table] = []
    for part in parts:
        last = result[-1] if result else None
        if isinstance(part, Table) and isinstance(last, Table) and _goes_on(last, part):
            result[-1] = _together(last, part)
        else:
            result.append(part)
    return [_compact(part) if isinstance(part, Table) else part for part in result]


def _compact(table: Table) -> Table:
    """Return a table without its empty rows and columns: those were only drawn (double lines, shading)."""
    rows = {row: number for number, row in enumerate(sorted({cell.row for cell in table.cells}))}
    columns = {column: number for number, column in enumerate(sorted({cell.column for cell in table.cells}))}
    cells = tuple(replace(cell, row=rows[cell.row], column=columns[cell.column]) for cell in table.cells)
    return replace(table, cells=cells)


def _goes_on(last: Table, table: Table) -> bool:
    """Whether a table goes on with the last one on the page before, or with its head in the column before."""
    if len(table.edges) != len(last.edges) or table.page - last.last_page not in (0, 1):
        return False
    shift = 0.0
    if table.page == last.last_page:
        if len({cell.row for cell in last.cells}) > 1:
            return False
        shift = table.edges[0] - last.edges[0]
    return all(abs(a + shift - b) <= _SAME_COLUMN for a, b in zip(last.edges, table.edges, strict=True))


def _together(last: Table, table: Table) -> Table:
    first = min(cell.row for cell in last.cells)
    head = [cell for cell in last.cells if cell.row == first]
    rows = sorted({cell.row for cell in table.cells})
    cells = list(table.cells)
    if _words(head) == _words([cell for cell in cells if cell.row == rows[0]]):
        cells = [cell for cell in cells if cell.row != rows[0]]  # the head is printed again
        rows = rows[1:]
    if not cells:
        return replace(last, last_page=table.page)
    final = max(cell.row for cell in last.cells)
    before = list(last.cells)
    opening = [cell for cell in cells if cell.row == rows[0]]
    shift = final + 1 - rows[0]
    if final > first and _is_cut(opening):
        before = _completed(before, final, opening)
        cells = [cell for cell in cells if cell.row != rows[0]]
        shift -= 1
    moved = [replace(cell, row=cell.row + shift, header=False) for cell in cells]
    return replace(last, cells=(*before, *moved), last_page=table.page)


def _words(cells: Sequence[Cell]) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in cells]


def _is_cut(opening: Sequence[Cell]) -> bool:
    """Whether a page's first row goes on with the row before: its first cell is empty or mid-sentence."""
    first = opening[0]
    low = any(cell.lines[0].text[0].islower() for cell in opening)
    return low and (first.column > 0 or first.lines[0].text[0].islower())


def _completed(cells: Sequence[Cell], row: int, rest: Sequence[Cell]) -> list[Cell]:
    """Return the cells with the lines of the rest added to the cells of a row."""
    more = {cell.column: cell.lines for cell in rest}
    result = [
        replace(cell, lines=(*cell.lines, *more.pop(cell.column, ()))) if cell.row == row else cell
        for cell in cells
    ]
    result += [Cell(row, column, lines) for column, lines in more.items()]
    return sorted(result, key=lambda cell: (cell.row, cell.column))
