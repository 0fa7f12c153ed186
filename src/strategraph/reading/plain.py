"""Plain text: blocks from blank lines and layout.

The reader decides where a block begins and ends and what it looks like; what a label such as "Goal 1:" means
is the outline's business. Post-conditions: blocks are in the order of the text (the cells of a row
may be wrapped side by side); no two share a character; every passage reads the source's own characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from strategraph.knowledge.writing import ends_sentence
from strategraph.model import Block, passage
from strategraph.reading.content import Content, TextLine, lines_of
from strategraph.reading.layout.furniture import PrintedPage, furniture, pages_of
from strategraph.reading.layout.hyphens import Spelling
from strategraph.reading.layout.lines import continues, heading_level, names_part, wrap_width
from strategraph.reading.layout.markers import (
    Depths,
    ListedItem,
    Marker,
    circles_are_bullets,
    dashes_are_bullets,
    find_marker,
    marker_alone,
)
from strategraph.reading.layout.tables import Range, Row, rows_of

_RULER = re.compile(r"\s*([-=_*~·•—–#])(?:\s*\1){2,}\s*$")
_SIGN = re.compile(r"(?<=\S)\s{3,}[←-⇿⬀-⯿▲▼△▽]+\s*$")
_CIRCLE = "◦"  # what the letter "o" stands for where it is a bullet
_UNDERLINE_LEVEL = {"=": 1, "-": 2, "~": 3}


def parse(text: str) -> Content:
    """Return the blocks of a plain text."""
    lines = lines_of(text.replace("\f", "\n"))
    pages = pages_of(text)
    dropped = furniture(lines, pages)
    groups = list(_groups(lines, dropped, pages, rows_of(lines, dropped)))
    width = wrap_width([group.lines for group in groups if not group.row])
    marker = partial(find_marker, circles=circles_are_bullets(lines), dashes=dashes_are_bullets(lines))
    drafts = _rejoined(draft for group in groups for draft in _drafts(group, width, marker))
    return Content(text, tuple(block for block in _blocks(text, drafts, Spelling(text)) if block.passage))


# --------------------------------------------------------------------------------------------------
# Lines to drafts


@dataclass(slots=True)
class _LineGroup:
    """Lines that no blank line parts; or those of a table's ``row``.

    ``page`` is the page of the first line; ``after_break`` is whether a page's end comes before it.
    """

    lines: list[TextLine]
    page: int | None
    after_break: bool
    row: Row | None = None


@dataclass(slots=True)
class _OpenBlock:
    """The lines of a block to be, and what surrounds it."""

    lines: list[TextLine]
    marker: Marker | None
    page: int | None
    opens: bool  # the first of its group: a blank line, page break or ruler is before it
    closes: bool  # likewise after it
    apart: bool = False  # a line of its own numbers it
    after_break: bool = False
    underline: int = 0  # the heading level that a ruler below gives
    row: Row | None = None

    @property
    def text(self) -> str:
        """Return the words, without the marker, with single spaces."""
        after = self.marker.end if self.marker else 0
        return " ".join(" ".join(line.text[max(0, after - line.start) :] for line in self.lines).split())


def _groups(
    lines: Sequence[TextLine], dropped: frozenset[int], pages: Sequence[PrintedPage], rows: Sequence[Row]
) -> Iterator[_LineGroup]:
    """Yield the runs of lines between blank lines, page furniture and the rows of tables, and these."""
    page_of = {number: page.number for page in pages for number in range(page.first, page.last)}
    row_of = {number: row for row in rows for number in row.lines}
    current: list[TextLine] = []
    first = 0
    broken = False  # since the last group there was furniture or a page's end
    for number, line in enumerate(lines):
        row = row_of.get(number)
        new_page = bool(number and page_of.get(number) != page_of.get(number - 1))
        if current and (line.blank or number in dropped or new_page or row):
            yield _LineGroup(current, page_of.get(first), broken)
            current, broken = [], False
        broken |= number in dropped or new_page
        if row:
            if number == row.lines[0]:
                yield _LineGroup([lines[n] for n in row.lines], page_of.get(number), broken, row)
            broken = False
        elif not line.blank and number not in dropped:
            if not current:
                first = number
            current.append(line)
    if current:
        yield _LineGroup(current, page_of.get(first), broken)


def _drafts(
    group: _LineGroup, width: int | None, find: Callable[[TextLine], Marker | None]
) -> Iterator[_OpenBlock]:
    """Yield the blocks of a group: a new one begins wherever a line stands for itself.

    A line that is but a number, or numbers a part of the text, goes with the next line, and sets it apart as
    a blank line would.
    """
    if group.row:
        yield _OpenBlock(group.lines, None, group.page, opens=True, closes=True, row=group.row)
        return
    parts: list[list[TextLine]] = []
    markers: list[Marker | None] = []
    rulers: dict[int, int] = {}  # part before the ruler -> the heading level it gives
    apart: set[int] = set()  # parts whose marker has a line of its own
    cut = True
    for line, following in zip(group.lines, [*group.lines[1:], None], strict=True):
        if apart and len(parts) - 1 in apart and len(parts[-1]) == 1:
            parts[-1].append(line)
            continue
        ruler = _RULER.match(line.text)
        if ruler:
            if parts and len(parts[-1]) == 1 and not cut:
                rulers[len(parts) - 1] = _UNDERLINE_LEVEL.get(ruler[1], 0)
            cut = True
            continue
        named = following if following and not _RULER.match(following.text) else None
        alone = marker_alone(line, named) if named else None
        numbers = bool(alone or (named and names_part(line.text.strip(), named.text.strip())))
        if numbers:
            apart.add(len(parts))
        marker = alone or find(line)
        if cut or numbers or marker or not continues(parts[-1], markers[-1], line, width):
            parts.append([line])
            markers.append(marker)
        else:
            parts[-1].append(line)
        cut = False
    for number, (part, marker) in enumerate(zip(parts, markers, strict=True)):
        yield _OpenBlock(
            part,
            marker,
            group.page,
            opens=number == 0 or number - 1 in rulers or number in apart,
            closes=number == len(parts) - 1 or number in rulers or number in apart,
            apart=number in apart,
            after_break=number == 0 and group.after_break,
            underline=rulers.get(number, 0),
        )


def _rejoined(drafts: Iterable[_OpenBlock]) -> list[_OpenBlock]:
    """Return the drafts with the paragraphs that a page break cut made whole again."""
    whole: list[_OpenBlock] = []
    for draft in drafts:
        last = whole[-1] if whole else None
        goes_on = (
            last is not None
            and draft.after_break
            and not (draft.marker or draft.row or last.row)
            and draft.text[0].islower()
            and not ends_sentence(last.text)
        )
        if last is not None and goes_on:
            last.lines.extend(draft.lines)
            last.closes = draft.closes
        else:
            whole.append(draft)
    return whole


# --------------------------------------------------------------------------------------------------
# Drafts to blocks


def _blocks(text: str, drafts: Sequence[_OpenBlock], spelling: Spelling) -> Iterator[Block]:
    depths = Depths(exact=True)
    numbered = ""  # the marker of the next heading, where the last had its marker on a line of its own
    for number, draft in enumerate(drafts):
        if draft.row:
            depths.close()
            yield from _cells(text, draft.row, draft.page, spelling)
            continue
        following = drafts[number + 1] if number + 1 < len(drafts) else None
        marker = draft.marker
        level = draft.underline
        # A text may begin with its title right above its prose.
        titled = number == 0 and following is not None and len(following.text) > 3 * len(draft.text)
        if not level and draft.opens and (draft.closes or titled) and len(draft.lines) <= 3:
            full = f"{marker.text} {draft.text}" if marker else draft.text
            after = following.text if following else None
            in_list = marker is not None and _in_list(drafts, number)
            level = 0 if in_list else heading_level(full, after, marker)
            if draft.apart and marker:
                level = level or int(marker.text == numbered)
                numbered = _next(marker) if level else numbered
        ranges = [_words(line) for line in draft.lines]
        if level:
            depths.close()
            yield Block("heading", passage(text, spelling.ranges(text, ranges)), level=level, page=draft.page)
        elif marker:
            line = draft.lines[0]
            words = len(line.text[: marker.end - line.start].expandtabs(4))
            ranges = [(max(start, marker.end), end) for start, end in ranges if end > marker.end]
            yield Block(
                "item",
                passage(text, spelling.ranges(text, ranges)),
                level=depths.enter(ListedItem(line.indent, marker.style, words)),
                marker=_CIRCLE if marker.style == "bullet o" else marker.text,
                page=draft.page,
            )
        else:
            depths.close(draft.lines[0].indent)
            yield Block("paragraph", passage(text, spelling.ranges(text, ranges)), page=draft.page)


def _next(marker: Marker) -> str:
    """Return the marker that goes on with the count of one, "" where it does not count in figures."""
    if re.match(r"\(?\d", marker.text) is None:
        return ""
    return re.sub(r"\d+", lambda match: str(int(match[0]) + 1), marker.text, count=1)


def _cells(text: str, row: Row, page: int | None, spelling: Spelling) -> Iterator[Block]:
    for column, ranges in row.cells:
        yield Block(
            "cell",
            passage(text, spelling.ranges(text, ranges)),
            table=row.table,
            row=row.number,
            column=column,
            header=row.header,
            page=page,
        )


def _in_list(drafts: Sequence[_OpenBlock], number: int) -> bool:
    """Whether a neighbour of this draft has a marker of the same style."""
    marker = drafts[number].marker
    neighbours = (*drafts[max(0, number - 1) : number], *drafts[number + 1 : number + 2])
    return any(other.marker and marker and other.marker.style == marker.style for other in neighbours)


def _words(line: TextLine) -> Range:
    """Return the range of a line's words: without a sign far behind them, such as an arrow of where to go."""
    start, end = line.ink
    sign = _SIGN.search(line.text)
    return start, line.start + sign.start() if sign else end
