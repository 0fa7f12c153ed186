"""From columns of lines to paragraphs, list items and headings-to-be, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from strategraph.reading.content import Line as TextLine
from strategraph.reading.markers import Marker, find_marker, is_bare_label, opens_with_label
from strategraph.reading.pdf.columns import Column
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.scripts import is_wide
from strategraph.reading.pdf.tables import Table

_SENTENCE_END = re.compile(r"""[.!?;:…。；：؟][”"’')\]]*$""")
_SAME_SIZE = 0.07  # share by which the type of one paragraph's lines may differ
_LOOSE = 1.25  # times the usual leading: a wider step begins a paragraph
_INDENT = 0.8  # of the size
_WIDE_GAP = 0.2  # of a column's width


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
    for column in columns:
        lines = [item for item in column.items if isinstance(item, Line)]
        for above, below in pairwise(lines):
            step = below.base - above.base
            if above.size == below.size and 0.8 * above.size < step < 2.6 * above.size:
                steps.setdefault(above.size, Counter())[round(step, 0)] += 1
    # the smallest of the common ones: among one-line paragraphs the step between them is the commonest
    return {
        size: min(step for step, count in counter.items() if count * 10 >= max(counter.values()))
        for size, counter in steps.items()
    }


def paragraphs(column: Column, leading: dict[float, float]) -> Iterator[Paragraph | Table]:
    """Yield the paragraphs and tables of a column."""
    lines = [item for item in column.items if isinstance(item, Line)]
    left = min((line.box.x0 for line in lines), default=0)
    right = max((line.box.x1 for line in lines), default=0)
    current: Paragraph | None = None
    for number, item in enumerate(column.items):
        if isinstance(item, Table):
            if current is not None:
                yield current
                current = None
            yield item
            continue
        marker = find_marker(TextLine(0, item.text))
        if current is not None and not _begins(item, marker, current, right, leading):
            current.lines.append(item)
            continue
        if current is not None:
            yield current
        current = Paragraph([item], marker, item.box.x0 - left, begins_column=number == 0)
    if current is not None:
        current.ends_open = True
        current.full = not _ended_early(current.lines[-1], right)
        yield current


def _begins(
    line: Line, marker: Marker | None, current: Paragraph, right: float, leading: dict[float, float]
) -> bool:
    """Whether a line begins a new paragraph rather than going on with the current one."""
    above = current.lines[-1]
    if abs(line.size - above.size) > _SAME_SIZE * above.size:
        return True
    if line.bold != above.bold and (above.bold == current.bold):
        return True
    step = line.base - above.base
    usual = leading.get(line.size, 1.2 * line.size)
    if step > _LOOSE * usual and step > 1.15 * line.size:
        return True
    if marker is not None and _starts_item(line, marker, current):
        return True
    if line.text[0].islower():
        return False
    if opens_with_label(line.text) or is_bare_label(above.text):
        return True
    hanging = current.marker is not None
    if not hanging and line.box.x0 > current.first.box.x0 + _INDENT * line.size and len(current.lines) > 1:
        return line.box.x0 > above.box.x0 + _INDENT * line.size
    if hanging and line.box.x0 < current.first.box.x0 - _INDENT * line.size:
        return True
    # a script without spaces breaks its lines anywhere
    first_word = line.size if is_wide(line.text[0]) else line.words[0].box.width
    fits = above.box.x1 + first_word + 0.3 * line.size < right - 0.02 * (right - above.box.x0)
    return fits and (bool(_SENTENCE_END.search(above.text)) or _ended_early(above, right))


def _ended_early(line: Line, right: float) -> bool:
    """Whether a line ends so far from the right edge that it was ended on purpose."""
    return line.box.x1 < right - _WIDE_GAP * (right - line.box.x0)


def _starts_item(line: Line, marker: Marker, current: Paragraph) -> bool:
    """Whether a marker at a line's beginning is one: a sentence may wrap before "5." or a dash."""
    if marker.style.startswith("bullet") and marker.text not in ("-", "–", "—"):
        return True
    if current.marker is not None:
        # the text of the item before hangs to the right of its marker
        return line.box.x0 <= current.first.box.x0 + 0.5 * line.size or marker.style != current.marker.style
    return bool(_SENTENCE_END.search(current.lines[-1].text)) or line.box.x0 > current.lines[-1].box.x0 + 2


def rejoined(parts: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return the parts with the paragraphs that a column's or page's end cut made whole again."""
    result: list[Paragraph | Table] = []
    for part in parts:
        last = result[-1] if result else None
        if isinstance(part, Paragraph) and isinstance(last, Paragraph) and _goes_on(last, part):
            last.lines += part.lines
            last.ends_open, last.full = part.ends_open, part.full
        else:
            result.append(part)
    return result


def _goes_on(last: Paragraph, part: Paragraph) -> bool:
    """Whether a column's first paragraph goes on with the last of the column before."""
    if not (last.ends_open and part.begins_column) or part.marker is not None:
        return False
    if abs(last.size - part.size) > _SAME_SIZE * last.size or last.bold != part.bold:
        return False
    if _SENTENCE_END.search(last.text):
        return False
    flows = last.full and not part.bold and not opens_with_label(part.text)
    return part.text[0].islower() or last.text[-1] in "-\u00ad," or flows
