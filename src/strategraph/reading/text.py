"""Plain text: blocks from blank lines and layout.

The reader decides where a block begins and ends and what it looks like; what a label such as "Goal 1:" means
is the outline's business. Post-conditions: blocks are in the order of the text (the cells of a row
may be wrapped side by side); no two share a character; every passage reads the source's own characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategraph.model import Block, passage
from strategraph.reading.content import Content, Line, lines_of
from strategraph.reading.furniture import Page, furniture, pages_of
from strategraph.reading.hyphens import Spelling
from strategraph.reading.markers import RANKS, Marker, find_marker, is_bare_label, opens_with_label
from strategraph.reading.text_tables import Row, rows_of

# A line that ends in one of these does not stop there.
_JOINING_END = re.compile(r"(?:[,/(]|[^\W\d_]-|\b(?:a|an|and|by|for|from|in|of|on|or|the|to|with|&))$")
_SENTENCE_END = re.compile(r"""[.!?;:…。；：؟][”"’')\]]*$""")
_RULER = re.compile(r"\s*([-=_*~·•—–#])(?:\s*\1){2,}\s*$")
_UNDERLINE_LEVEL = {"=": 1, "-": 2, "~": 3}

_NARROWEST_WRAP = 45  # shorter "full" lines are lists of names rather than wrapped prose
_WIDEST_WRAP = 140
_SHORT = 0.6  # of the width: a line that ends before it was ended on purpose


def parse(text: str) -> Content:
    """Return the blocks of a plain text."""
    lines = lines_of(text.replace("\f", "\n"))
    pages = pages_of(text)
    dropped = furniture(lines, pages)
    groups = list(_groups(lines, dropped, pages, rows_of(lines, dropped)))
    width = _wrap_width(groups)
    drafts = list(_rejoined([draft for group in groups for draft in _drafts(group, width)]))
    return Content(text, tuple(block for block in _blocks(text, drafts, Spelling(text)) if block.passage))


# --------------------------------------------------------------------------------------------------
# Lines to drafts


@dataclass(slots=True)
class _Group:
    """Lines that no blank line parts; or those of a table's ``row``.

    ``page`` is the page of the first line; ``after_break`` is whether a page's end comes before it.
    """

    lines: list[Line]
    page: int | None
    after_break: bool
    row: Row | None = None


@dataclass(slots=True)
class _Draft:
    """The lines of a block to be, and what surrounds it."""

    lines: list[Line]
    marker: Marker | None
    page: int | None
    opens: bool  # the first of its group: a blank line, page break or ruler is before it
    closes: bool  # likewise after it
    after_break: bool = False
    underline: int = 0  # the heading level that a ruler below gives
    row: Row | None = None

    @property
    def text(self) -> str:
        """Return the words, without the marker, with single spaces."""
        words = " ".join(" ".join(line.text for line in self.lines).split())
        return words[len(self.marker.text) :].lstrip() if self.marker else words


def _groups(
    lines: Sequence[Line], dropped: frozenset[int], pages: Sequence[Page], rows: Sequence[Row]
) -> Iterator[_Group]:
    """Yield the runs of lines between blank lines, page furniture and the rows of tables, and these."""
    page_of = {number: page.number for page in pages for number in range(page.first, page.last)}
    row_of = {number: row for row in rows for number in row.lines}
    current: list[Line] = []
    first = 0
    broken = False  # since the last group there was furniture or a page's end
    for number, line in enumerate(lines):
        row = row_of.get(number)
        new_page = bool(number and page_of.get(number) != page_of.get(number - 1))
        if current and (line.blank or number in dropped or new_page or row):
            yield _Group(current, page_of.get(first), broken)
            current, broken = [], False
        broken |= number in dropped or new_page
        if row:
            if number == row.lines[0]:
                yield _Group([lines[n] for n in row.lines], page_of.get(number), broken, row)
            broken = False
        elif not line.blank and number not in dropped:
            if not current:
                first = number
            current.append(line)
    if current:
        yield _Group(current, page_of.get(first), broken)


def _wrap_width(groups: Sequence[_Group]) -> int | None:
    """Return the width at which the text's prose was wrapped, or None if its lines are whole.

    Wrapped prose has most of its inner lines filled up to a common width; a text whose lines are
    paragraphs, labels or list entries has not.
    """
    runs = [group.lines for group in groups if len(group.lines) > 1 and not group.row]
    lengths = sorted(len(line.text.rstrip()) for run in runs for line in run)
    if not lengths:
        return None
    width = lengths[(len(lengths) - 1) * 95 // 100]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    # Lines that end early were ended on purpose, in wrapped prose and elsewhere: they tell nothing.
    pairs = [
        (line, following)
        for run in runs
        for line, following in pairwise(run)
        if len(line.text.rstrip()) >= width * _SHORT and not _parted(line, following)
    ]
    full = sum(_is_full(line, following, width) for line, following in pairs)
    return width if pairs and full * 2 >= len(pairs) else None


def _parted(line: Line, following: Line) -> bool:
    """Whether a label or marker tells that the following line begins something new."""
    return (
        find_marker(following) is not None
        or opens_with_label(following.text.strip())
        or is_bare_label(line.text.strip())
    )


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    word = following.text.split(maxsplit=1)[0]
    # Proportional type makes the lines of a PDF's text ragged: allow a tenth.
    return len(line.text.rstrip()) + 1 + len(word) > width * 0.9


def _drafts(group: _Group, width: int | None) -> Iterator[_Draft]:
    """Yield the blocks of a group: a new one begins wherever a line stands for itself."""
    if group.row:
        yield _Draft(group.lines, None, group.page, opens=True, closes=True, row=group.row)
        return
    parts: list[list[Line]] = []
    markers: list[Marker | None] = []
    rulers: dict[int, int] = {}  # part before the ruler -> the heading level it gives
    cut = True
    for line in group.lines:
        ruler = _RULER.match(line.text)
        if ruler:
            if parts and len(parts[-1]) == 1 and not cut:
                rulers[len(parts) - 1] = _UNDERLINE_LEVEL.get(ruler[1], 0)
            cut = True
            continue
        marker = find_marker(line)
        if cut or marker or not _continues(parts[-1], markers[-1], line, width):
            parts.append([line])
            markers.append(marker)
        else:
            parts[-1].append(line)
        cut = False
    for number, (part, marker) in enumerate(zip(parts, markers, strict=True)):
        yield _Draft(
            part,
            marker,
            group.page,
            opens=number == 0 or number - 1 in rulers,
            closes=number == len(parts) - 1 or number in rulers,
            after_break=number == 0 and group.after_break,
            underline=rulers.get(number, 0),
        )


def _continues(part: Sequence[Line], marker: Marker | None, line: Line, width: int | None) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph of the lines before it."""
    above, here = part[-1].text.rstrip(), line.text.strip()
    if opens_with_label(here):
        return False
    if len(part) == 1 and is_bare_label(above.strip()):
        return False
    if _JOINING_END.search(above):
        return True
    if width is not None and _is_full(part[-1], line, width):
        return True
    if marker and line.indent > part[0].indent and not _SENTENCE_END.search(above):
        return True
    if width is not None and len(above) < width * _SHORT:
        return False
    if width is not None and len(part) > 1:
        return True  # ragged prose: a line of a paragraph may end early, but not this early
    return here[0].islower() and not _SENTENCE_END.search(above)


def _rejoined(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Yield the drafts with the paragraphs that a page break cut made whole again."""
    last: _Draft | None = None
    for draft in drafts:
        cut_in_two = (
            last is not None
            and draft.after_break
            and not (draft.marker or draft.row or last.row)
            and draft.text[0].islower()
            and not _SENTENCE_END.search(last.text)
        )
        if last is not None and cut_in_two:
            last.lines.extend(draft.lines)
            last.closes = draft.closes
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


# --------------------------------------------------------------------------------------------------
# Drafts to blocks


def _blocks(text: str, drafts: Sequence[_Draft], spelling: Spelling) -> Iterator[Block]:
    from strategraph.reading.headings import heading_level

    stack: list[tuple[int, str]] = []  # (indent, marker's style) of the list items that are open
    for number, draft in enumerate(drafts):
        if draft.row:
            stack.clear()
            yield from _cells(text, draft.row, draft.page, spelling)
            continue
        following = drafts[number + 1] if number + 1 < len(drafts) else None
        marker = draft.marker
        level = draft.underline
        # A text may begin with its title right above its prose.
        titled = number == 0 and following is not None and len(following.text) > 3 * len(draft.text)
        if not level and draft.opens and (draft.closes or titled) and len(draft.lines) <= 2:
            full = " ".join(" ".join(line.text for line in draft.lines).split())
            after = following.text if following else None
            in_list = marker is not None and _in_list(drafts, number)
            level = 0 if in_list else heading_level(full, after, marker)
        ranges = [line.ink for line in draft.lines]
        if level:
            stack.clear()
            yield Block("heading", passage(text, spelling.ranges(text, ranges)), level=level, page=draft.page)
        elif marker:
            _descend(stack, draft.lines[0].indent, marker.style)
            ranges[0] = (marker.end, ranges[0][1])
            yield Block(
                "item",
                passage(text, spelling.ranges(text, ranges)),
                level=len(stack),
                marker=marker.text,
                page=draft.page,
            )
        else:
            if draft.lines[0].indent == 0:
                stack.clear()
            yield Block("paragraph", passage(text, spelling.ranges(text, ranges)), page=draft.page)


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


def _in_list(drafts: Sequence[_Draft], number: int) -> bool:
    """Whether a neighbour of this draft has a marker of the same style."""
    marker = drafts[number].marker
    neighbours = (*drafts[max(0, number - 1) : number], *drafts[number + 1 : number + 2])
    return any(other.marker and marker and other.marker.style == marker.style for other in neighbours)


def _descend(stack: list[tuple[int, str]], indent: int, style: str) -> None:
    """Bring the stack of open list items to an item with this indent and style of marker."""
    while stack and stack[-1][0] > indent:
        stack.pop()
    # At one depth of indentation "1." is within "A." and "-" within "1.", but not the other way round.
    while stack and stack[-1][0] == indent and stack[-1][1] != style and _rank(stack[-1][1]) >= _rank(style):
        stack.pop()
    if not stack or stack[-1] != (indent, style):
        stack.append((indent, style))


def _rank(style: str) -> int:
    return RANKS.index(style.partition(" ")[0])
