"""Contents lists: lines that lead to a page's number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from strategraph.reading.content import TextLine
from strategraph.reading.layout.furniture import contents
from strategraph.reading.pdf.lines import Line, rows_of

_WIDE = 1.5  # of the size: the space between an entry and its page


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page without those of contents lists."""
    rows = rows_of(lines)
    out = contents([TextLine(0, _spelled(row)) for row in rows])
    return [line for number, row in enumerate(rows) if number not in out for line in row]


def _spelled(row: Sequence[Line]) -> str:
    """Return the text of lines on one baseline, with wide gaps as several spaces."""
    words = [word for line in row for word in line.words]
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.box.x0 - before.box.x1
        text += f"{'' if word.glued else ' ' if gap < _WIDE * word.size else '    '}{word.text}"
    return text
