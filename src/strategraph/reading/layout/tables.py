"""Tables of lines without type: words that stand in columns, with wide gaps between them.

Letterheads, contents lists and signatures stand in columns, too. So two columns count as a table only if
something tells their head from the rows below; three or more say it themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from strategraph.knowledge.writing import any_of
from strategraph.reading.content import TextLine
from strategraph.reading.layout.markers import BULLETS

_WORDS = re.compile(r"\S+(?:[ \xa0]\S+)*")  # words with single spaces: two are a gap
# Alone before a gap, these are the marker of the text behind it.
_MARKER = re.compile(rf"[{BULLETS}o]|\d{{1,3}}[.)]|\(?[a-z]{{1,4}}\)")
_MARKER_GAP = 8  # characters from a marker to its text, at most
# "85%", "$ 2.5 million", "30 per year"; but not "2.1 Locks and dams"
_FIGURE = re.compile(r"[<>≤≥~±+−–-]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?\d(?![\d.]*\s+[A-Z][a-z])")
_PAGES = re.compile(rf"(?:{any_of('page')}|{any_of('page_heads')}|[ivxlc]+|\d+)", re.IGNORECASE)
_CAPTION = re.compile(rf"\s*(?i:{any_of('table')})\s+[\dA-Z]")
_RULER = re.compile(
    r"\s*(?:([-=_─━])\1{2,}+[\s+|]*+)+$"
)  # possessive: there is one way only to take it apart
_TAB = 10_000  # tabs lead to the same place, however long the words between them are
_FEWEST_SPACES = 3  # the usual gap between columns: justified prose has gaps of two
_MOST_BLANK = 3  # lines between two rows
_MOST_BETWEEN = 2  # lines that are no row, between two parts of one table
_LONGEST_HEAD = 3  # lines
_MOST_COLUMNS = 30
_LONGEST_NAME = 5  # words in a column's head
_STRAY = 4  # characters between a column and a cell that is set off from it

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its table, its place there, whether it is the head, and the numbers of its lines.

    ``cells`` are pairs of a column and the ranges of the source that stand in it, line by line.
    """

    table: int
    number: int
    header: bool
    lines: tuple[int, ...]
    cells: tuple[tuple[int, tuple[Range, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words on a line that no gap parts: where they stand on the page and in the source."""

    left: int
    right: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of a table; ``group`` counts the blank lines and rulers before it."""

    number: int
    group: int
    pieces: tuple[_Piece, ...]

    def columns(self, lefts: Sequence[int]) -> list[int]:
        """Return the column of each piece, given where the columns begin."""
        return [max(0, bisect_right(lefts, piece.right) - 1) for piece in self.pieces]


@dataclass(slots=True)
class _AlignedGrid:
    """The lines of a table to be, and the columns they fill: pairs of a first and a last place."""

    printed: list[_Printed] = field(default_factory=list)
    columns: list[list[int]] = field(default_factory=list)
    lefts: set[int] = field(default_factory=set)  # where pieces begin
    rights: set[int] = field(default_factory=set)  # and end

    def takes(self, pieces: Sequence[_Piece]) -> bool:
        """Whether pieces stand in the columns.

        None reaches into two, no two wide apart share one, and a new one begins only while there is a head.
        """
        places = [self._under(piece) for piece in pieces]
        if any(len(place) > 1 for place in places):
            return False
        for (before, place), (piece, other) in pairwise(zip(pieces, places, strict=True)):
            if place and place == other and piece.left - before.right > _FEWEST_SPACES:
                return False
        if len(self.printed) < _LONGEST_HEAD:
            return len(pieces) > 1 or all(places)
        partial = len(pieces) < len(self.columns)
        aligned = len(pieces) < 2 or pieces[1].left in self.lefts or pieces[1].right in self.rights
        return all(places) and (aligned or not partial)

    def _under(self, piece: _Piece) -> list[list[int]]:
        return [column for column in self.columns if column[0] <= piece.right and piece.left <= column[1]]

    def add(self, number: int, group: int, pieces: Sequence[_Piece]) -> None:
        """Add a line, and widen the columns to its pieces."""
        self.printed.append(_Printed(number, group, tuple(pieces)))
        self.lefts.update(piece.left for piece in pieces)
        self.rights.update(piece.right for piece in pieces)
        for piece in pieces:
            under = self._under(piece)
            if under:
                under[0][:] = min(under[0][0], piece.left), max(under[0][1], piece.right)
            else:
                self.columns.append([piece.left, piece.right])
        self.columns.sort()

    def goes_on_with(self, pieces: Sequence[_Piece]) -> bool:
        """Whether a line behind other text is a row of this table: its first cells begin where others do."""
        return (
            len(pieces) >= min(3, len(self.columns))
            and len({column[0] for piece in pieces for column in self._under(piece)}) == len(pieces)
            and self.takes(pieces)
            and all(piece.left in self.lefts for piece in pieces[:2])
        )

    def bounds(self) -> list[int]:
        """Return where the columns begin; a stray cell beside a column, never on one line with it, is its."""
        together = {
            pair
            for line in self.printed
            for pair in pairwise(line.columns([column[0] for column in self.columns]))
        }
        found = [self.columns[0][0]]
        for number, (before, column) in enumerate(pairwise(self.columns), 1):
            if (number - 1, number) in together or column[0] - before[1] > _STRAY:
                found.append(column[0])
        return found


def rows_of(lines: Sequence[TextLine], dropped: frozenset[int]) -> tuple[Row, ...]:
    """Return the rows of all tables, in order; ``dropped`` are the lines that are no part of the text."""
    found: list[Row] = []
    table = number = 0
    while number < len(lines):
        grid, behind = _grow(_AlignedGrid(), lines, dropped, number, 0)
        if not _is_table(grid, lines, dropped):
            number = max(behind, number + 1)
            continue
        while (further := _resumed(grid, lines, dropped, behind)) is not None:
            grid, behind = _grow(grid, lines, dropped, further, grid.printed[-1].group + 1)
        found += _rows(grid, table)
        table += 1
        number = behind
    return tuple(found)


def _pieces(line: TextLine) -> list[_Piece]:
    """Return the pieces of a line, a marker with the text behind it; none if they are too many."""
    found: list[_Piece] = []
    for match in _WORDS.finditer(line.text):
        if len(found) == _MOST_COLUMNS:
            return []
        lead = line.text[: match.start()]
        left = lead.count("\t") * _TAB + len(lead) - lead.rfind("\t") - 1
        piece = _Piece(
            left, left + len(match[0]) - 1, line.start + match.start(), line.start + match.end(), match[0]
        )
        if found and left - found[-1].left <= _MARKER_GAP and _MARKER.fullmatch(found[-1].text):
            marker = found.pop()
            text = line.text[marker.start - line.start : match.end()]
            piece = replace(piece, left=marker.left, start=marker.start, text=text)
        found.append(piece)
    return found


def _grow(
    grid: _AlignedGrid, lines: Sequence[TextLine], dropped: frozenset[int], first: int, group: int
) -> tuple[_AlignedGrid, int]:
    """Add to the grid the lines from ``first`` on that fit; return it and the first line that does not."""
    blank = 0
    for number in range(first, len(lines)):
        line = lines[number]
        if line.blank or number in dropped or (grid.printed and _RULER.match(line.text)):
            blank += 1
            if blank > _MOST_BLANK or not grid.printed:
                return grid, number
            continue
        pieces = _pieces(line)
        alone = len(pieces) == 1 and bool(grid.printed) and not blank and _goes_on(grid, pieces[0])
        if len(pieces) < 2 and not alone:
            return grid, number
        # A narrower line apart from the rest, such as a section's heading, is no head.
        heading = blank > 0 and len(grid.printed) == 1 and len(grid.printed[0].pieces) < len(pieces)
        if heading or (grid.printed and not grid.takes(pieces)):
            return grid, number
        group += blank > 0 and bool(grid.printed)
        blank = 0
        grid.add(number, group, pieces)
    return grid, len(lines)


def _goes_on(grid: _AlignedGrid, piece: _Piece) -> bool:
    """Whether words alone on a line go on with a cell above: in the first column only in lower case."""
    return piece.left > grid.columns[0][1] or piece.text[0].islower()


def _resumed(
    grid: _AlignedGrid, lines: Sequence[TextLine], dropped: frozenset[int], behind: int
) -> int | None:
    """Return the line at which a table goes on behind a few lines that are no rows, or None."""
    between = 0
    for number in range(behind, min(len(lines), behind + 2 * _MOST_BETWEEN + 2)):
        if lines[number].blank or number in dropped or _RULER.match(lines[number].text):
            continue
        pieces = _pieces(lines[number])
        if [piece.text for piece in pieces] == [piece.text for piece in grid.printed[0].pieces]:
            return None  # the same head again: another table
        if grid.goes_on_with(pieces):
            return number
        between += 1
        if between > _MOST_BETWEEN:
            return None
    return None


def _is_table(grid: _AlignedGrid, lines: Sequence[TextLine], dropped: frozenset[int]) -> bool:
    """Whether the columns are those of a table."""
    lefts = grid.bounds() if grid.printed else []
    full = [line for line in grid.printed if len(set(line.columns(lefts))) > 1]
    if len(full) < 2 or len(lefts) < 2:
        return False
    gaps = [after.left - before.right - 1 for line in full for before, after in pairwise(line.pieces)]
    if median(gaps) < _FEWEST_SPACES:
        return False
    if len(lefts) > 2:
        return sum(len(set(line.columns(lefts))) > 2 for line in full) > 1
    head, *body = full
    if head is not grid.printed[0] or len(body) < 2 or _PAGES.fullmatch(head.pieces[-1].text):
        return False
    if _is_captioned(lines, dropped, head.number):
        return True
    if not _may_head(head):
        return False
    if _has_figures(grid.printed, lefts):
        return True
    names = all(
        piece.text[0].isupper() and piece.text[-1] not in ".,;:" and len(piece.text.split()) <= _LONGEST_NAME
        for piece in head.pieces
    )
    return names and head.group < body[0].group and len(body) > 2


def _may_head(line: _Printed) -> bool:
    """Whether a line may be a head: "Goal 1" is a row like that of "Goal 2" below it."""
    return not any(character.isdigit() for character in line.pieces[0].text)


def _is_captioned(lines: Sequence[TextLine], dropped: frozenset[int], first: int) -> bool:
    """Whether the line above says that this is a table: "Table 4.1: …"."""
    above = range(first - 1, max(-1, first - 2 - _MOST_BLANK), -1)
    written = next((n for n in above if not lines[n].blank and n not in dropped), None)
    return written is not None and is_caption(lines[written].text)


def is_caption(text: str) -> bool:
    """Whether a line names a table by its number: "Table 4.1: …"."""
    return _CAPTION.match(text) is not None


def _has_figures(printed: Sequence[_Printed], lefts: Sequence[int]) -> bool:
    """Whether there is a column of figures, its first cell excepted."""
    for column in range(1, len(lefts)):
        cells = [
            piece.text
            for line in printed
            for piece, place in zip(line.pieces, line.columns(lefts), strict=True)
            if place == column
        ]
        figures = [_FIGURE.match(cell) is not None for cell in cells[1:]]
        if (
            cells
            and not _FIGURE.match(cells[0])
            and len(figures) > 1
            and sum(figures) * 10 >= len(figures) * 6
        ):
            return True
    return False


def _rows(grid: _AlignedGrid, table: int) -> Iterator[Row]:
    """Yield the rows of a table: lines that go on with the cells above them belong to the same row."""
    lefts = grid.bounds()
    groups = [list(group) for _, group in groupby(grid.printed, key=lambda line: line.group)]
    head = _is_head(groups, lefts)
    by_group = _one_row_each(groups, lefts)
    rows: list[list[_Printed]] = []
    for position, group in enumerate(groups):
        for line in group:
            goes_on = line is not group[0] and (
                by_group or (head and position == 0) or not _begins(line, lefts)
            )
            if goes_on:
                rows[-1].append(line)
            else:
                rows.append([line])
    headed = head or (_may_head(grid.printed[0]) and _has_figures(grid.printed, lefts))
    for number, row in enumerate(rows):
        cells: dict[int, list[Range]] = {}
        for line in row:
            for piece, column in zip(line.pieces, line.columns(lefts), strict=True):
                cells.setdefault(column, []).append((piece.start, piece.end))
        yield Row(
            table,
            number,
            headed and number == 0,
            tuple(line.number for line in row),
            tuple((column, tuple(ranges)) for column, ranges in sorted(cells.items())),
        )


def _is_head(groups: Sequence[Sequence[_Printed]], lefts: Sequence[int]) -> bool:
    """Whether the first group of lines is a head: below its first line stands only what did not fit there."""
    first = groups[0]
    width = len(set(first[0].columns(lefts)))
    return (
        len(groups) > 1
        and len(first) <= _LONGEST_HEAD
        and _may_head(first[0])
        and all(len(set(line.columns(lefts))) < width for line in first[1:])
        and not any(_FIGURE.match(piece.text) for piece in first[0].pieces)
    )


def _one_row_each(groups: Sequence[Sequence[_Printed]], lefts: Sequence[int]) -> bool:
    """Whether blank lines part the rows, however many lines these have."""
    return len(groups) > 2 and all(
        group[0].columns(lefts)[0] == 0
        and sum(len(set(line.columns(lefts))) == len(lefts) for line in group) < 2
        for group in groups
    )


def _begins(line: _Printed, lefts: Sequence[int]) -> bool:
    """Whether a line begins a row: not in lower case, in the first column or with enough cells."""
    columns = set(line.columns(lefts))
    if line.pieces[0].text[0].islower():
        return False
    return 0 in columns or len(columns) >= max(2, (len(lefts) + 1) // 2)
