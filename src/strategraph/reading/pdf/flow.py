"""From columns of lines to paragraphs, list items and headings-to-be, across columns and pages; tables, too.

Tables that go on over pages are one table; a row that a page's end cuts in two is one row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from strategraph.knowledge.writing import count_words, ends_sentence, is_rtl, is_wide
from strategraph.reading.content import TextLine, commonest
from strategraph.reading.layout.markers import Marker, find_marker, is_bare_label, opens_with_label
from strategraph.reading.pdf.columns import Column
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.tables import Cell, Table

_SAME_SIZE = 0.07  # share by which the type of one paragraph's lines may differ
_LOOSE = 1.25  # times the usual leading: a wider step begins a paragraph
_INDENT = 0.8  # of the size
_DEEPEST_INDENT = 4.0  # of the size: a first line is no further in
_SAME_INDENT = 1.5  # points
_FEWEST_INDENTS = 3  # first lines that show a column's paragraphs to be indented
_NEAR_EDGE = 0.1  # of a column's width
_FEWEST_WRAPPED = 3  # lines that go on with a sentence, by whose step the leading is known
_WIDE_GAP = 0.2  # of a column's width
_FEWEST_FULL = 3  # lines of a column that tell how far its lines reach
_FEWEST_SET_IN = 4  # words of a quotation that stands between the halves of a sentence: a heading has fewer
_AFTER_MARKER = 0.5  # of the size: more than the space between words


@dataclass(slots=True)
class Paragraph:
    """Lines that read as one text: a paragraph, a list item (with its marker), or a heading."""

    lines: list[Line]
    marker: Marker | None = None
    indent: float = 0  # from the left edge of its column
    ends_open: bool = False  # the last of its column: the next column may go on with it
    begins_column: bool = False
    full: bool = False  # its last line reaches the right edge of its column

    @property
    def first(self) -> Line:
        """Return the first line."""
        return self.lines[0]

    @property
    def size(self) -> float:
        """Return the size of type."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all is in italics."""
        return all(line.italic for line in self.lines)

    @property
    def text(self) -> str:
        """Return the words of all lines."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Flow:
    """A document's paragraphs and tables in reading order, its footnotes, and the size of its type."""

    body: float
    parts: list[Paragraph | Table] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


def leadings(columns: Sequence[Column]) -> dict[float, float]:
    """Return the usual step from baseline to baseline for each size of type."""
    steps: dict[float, Counter[float]] = {}
    wrapped: dict[float, Counter[float]] = {}
    for column in columns:
        lines = [item for item in column.items if isinstance(item, Line)]
        sides = _Sides(lines)
        for above, below in pairwise(lines):
            step = below.base - above.base
            if above.size == below.size and 0.8 * above.size < step < 2.6 * above.size:
                steps.setdefault(above.size, Counter())[round(step, 0)] += 1
                if sides.is_full(above) and below.text[0].islower():
                    wrapped.setdefault(above.size, Counter())[round(step, 0)] += 1
    # the smallest of the common ones: among one-line paragraphs the step between them is the commonest
    usual = {
        size: min(step for step, count in counter.items() if count * 10 >= max(counter.values()))
        for size, counter in steps.items()
    }
    for size, counter in wrapped.items():
        step = commonest(counter)
        if counter[step] >= _FEWEST_WRAPPED:
            usual[size] = step
    return usual


def paragraphs(column: Column, leading: dict[float, float]) -> list[Paragraph | Table]:
    """Return the paragraphs and tables of a column."""
    sides = _Sides([item for item in column.items if isinstance(item, Line)])
    parts: list[Paragraph | Table] = []
    for number, item in enumerate(column.items):
        if isinstance(item, Table):
            parts.append(item)
            continue
        marker = _marker(item)
        last = parts[-1] if parts else None
        if isinstance(last, Paragraph) and not _begins(item, marker, last, sides, leading):
            last.lines.append(item)
        else:
            indent = sides.start(item) - sides.left
            parts.append(Paragraph([item], marker, indent, begins_column=number == 0))
    if parts and isinstance(parts[-1], Paragraph):
        parts[-1].ends_open = True
        # the longest of a few lines tells no edge
        parts[-1].full = len(column.items) >= _FEWEST_FULL and not sides.ended_early(parts[-1].lines[-1])
    return parts


def _marker(line: Line) -> Marker | None:
    """Return the marker that a line begins with; a lone letter is one only before a gap."""
    text = line.text
    if len(line.words) > 1 and line.words[1].box.x0 - line.words[0].box.x1 >= _AFTER_MARKER * line.size:
        text = text.replace(" ", "  ", 1)
    return find_marker(TextLine(0, text))


class _Sides:
    """How far the lines of a column reach, and where each begins and ends, in the direction it is read."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._rtl = is_rtl("".join(line.text for line in lines))
        self.left = min((self.start(line) for line in lines), default=0.0)
        self.right = max((self.end(line) for line in lines), default=0.0)
        self._indent = self._first_line_indent(lines)

    def start(self, line: Line) -> float:
        """Return where a line begins; it grows in the direction of reading."""
        return -line.box.x1 if self._rtl else line.box.x0

    def end(self, line: Line) -> float:
        """Return where a line ends."""
        return -line.box.x0 if self._rtl else line.box.x1

    def is_indented(self, line: Line, above: Line) -> bool:
        """Whether a line begins further in than the one above, and both are not centred."""
        centred = abs(line.box.middle[0] - above.box.middle[0]) < line.size
        return self.start(line) > self.start(above) + _INDENT * line.size and not centred

    def opens(self, line: Line) -> bool:
        """Whether a line stands where the paragraphs of the column begin, further in than they go on."""
        return self._indent is not None and abs(self.start(line) - self._indent) < _SAME_INDENT

    def _first_line_indent(self, lines: Sequence[Line]) -> float | None:
        """Return where paragraphs begin in a column that shows them by an indented first line."""
        places: Counter[float] = Counter()
        for above, below in pairwise(lines):
            further = self.start(above) - self.start(below)
            near = abs(self.start(below) - self.left) < _SAME_INDENT
            follows = below.base - above.base < 2 * below.size and above.size == below.size
            if near and follows and _INDENT * above.size < further < _DEEPEST_INDENT * above.size:
                places[round(self.start(above))] += not self.ended_early(above)
        place = commonest(places)
        return place if places[place] >= _FEWEST_INDENTS else None

    def is_full(self, line: Line) -> bool:
        """Whether a line reaches the column's edge."""
        return self.end(line) >= self.right - _NEAR_EDGE * (self.right - self.left)

    def ended_early(self, line: Line) -> bool:
        """Whether a line ends so far from the column's edge that it was ended on purpose."""
        return self.end(line) < self.right - _WIDE_GAP * (self.right - self.start(line))


def _begins(
    line: Line, marker: Marker | None, current: Paragraph, sides: _Sides, leading: dict[float, float]
) -> bool:
    """Whether a line begins a new paragraph rather than going on with the current one."""
    above = current.lines[-1]
    if not _is_like(above, line):
        return True
    if line.bold != above.bold and (above.bold == current.bold):
        return True
    step = line.base - above.base
    usual = leading.get(line.size, 1.2 * line.size)
    if step > _LOOSE * usual and step > 1.15 * line.size:
        return True
    if marker is not None and _starts_item(line, marker, current, sides):
        return True
    if line.text[0].islower():
        return False
    if opens_with_label(line.text) or is_bare_label(above.text):
        return True
    hanging = current.marker is not None
    if not hanging and (sides.opens(line) or (len(current.lines) > 1 and sides.is_indented(line, above))):
        return True
    if hanging and sides.start(line) < sides.start(current.first) - _INDENT * line.size:
        return True
    # a script without spaces breaks its lines anywhere
    first_word = line.size if is_wide(line.text[0]) else line.words[0].box.width
    width = sides.right - sides.start(above)
    fits = sides.end(above) + first_word + 0.3 * line.size < sides.right - 0.02 * width
    return fits and (ends_sentence(above.text) or sides.ended_early(above))


def _starts_item(line: Line, marker: Marker, current: Paragraph, sides: _Sides) -> bool:
    """Whether a marker at a line's beginning is one: a sentence may wrap before "5." or a dash."""
    if marker.style.startswith("bullet") and marker.text not in ("-", "–", "—"):
        return True
    start = sides.start(line)
    if current.marker is not None:
        # the text of the item before hangs to the right of its marker
        return start <= sides.start(current.first) + 0.5 * line.size or marker.style != current.marker.style
    return ends_sentence(current.lines[-1].text) or start > sides.start(current.lines[-1]) + 2


def rejoined(parts: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the parts with the paragraphs made whole that a column's or page's end cut, or a quotation set
    in among them; that comes behind.
    """
    result: list[Paragraph | Table] = []
    for part in parts:
        last = result[-1] if result else None
        before = result[-2] if len(result) > 1 else None
        if not isinstance(part, Paragraph) or not isinstance(last, Paragraph):
            result.append(part)
        elif _goes_on(last, part):
            _append(last, part)
        elif isinstance(before, Paragraph) and _is_set_in(before, last, part):
            _append(before, part)
        else:
            result.append(part)
    return result


def _append(paragraph: Paragraph, rest: Paragraph) -> None:
    """Add the rest of a paragraph to it."""
    paragraph.lines += rest.lines
    paragraph.ends_open, paragraph.full = rest.ends_open, rest.full


def _is_set_in(before: Paragraph, between: Paragraph, after: Paragraph) -> bool:
    """Whether a text in other type stands between the halves of a sentence."""
    halves = not ends_sentence(before.text) and after.text[0].islower() and after.marker is None
    alike = _is_like(before, after) and before.bold == after.bold
    heading = between.size > before.size and count_words(between.text) < _FEWEST_SET_IN
    return halves and alike and not heading and not _is_like(before, between)


def _is_like(one: Paragraph | Line, other: Paragraph | Line) -> bool:
    """Whether two are set in type of about one size."""
    return abs(one.size - other.size) <= _SAME_SIZE * one.size


def _goes_on(last: Paragraph, part: Paragraph) -> bool:
    """Whether a column's first paragraph goes on with the last of the column before."""
    if not (last.ends_open and part.begins_column) or part.marker is not None:
        return False
    if not _is_like(last, part) or last.bold != part.bold:
        return False
    if ends_sentence(last.text):
        return False
    flows = last.full and not part.bold and not opens_with_label(part.text)
    return part.text[0].islower() or last.text[-1] in "-\u00ad," or flows


_SAME_COLUMN = 12.0  # points by which the columns of a table may shift from page to page


def whole_tables(parts: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the parts with each table put together that goes on from page to page."""
    result: list[Paragraph | Table] = []
    for part in parts:
        last = result[-1] if result else None
        if isinstance(part, Table) and isinstance(last, Table) and _table_goes_on(last, part):
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


def _table_goes_on(last: Table, table: Table) -> bool:
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
    head = {cell.column: _words(cell) for cell in last.cells if cell.row == first}
    rows = sorted({cell.row for cell in table.cells})
    cells = list(table.cells)
    # what is left of a head that is printed again: some of it may have gone with what heads the pages
    if all(_words(cell) in head.get(cell.column, "") for cell in cells if cell.row == rows[0]):
        cells = [cell for cell in cells if cell.row != rows[0]]
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


def _words(cell: Cell) -> str:
    return " ".join(line.text for line in cell.lines)


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
