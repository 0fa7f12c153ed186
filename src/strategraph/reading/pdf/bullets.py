"""Bullets that are drawn rather than written: small discs, rings and squares before the words of a line.

Browsers and layout programs draw the bullets of lists as shapes, so the text of the page has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strategraph.reading.pdf.characters import is_rtl
from strategraph.reading.pdf.page import Box, Word, around

_BULLET = "•"
_LARGEST = 0.95  # of the size of type: a mark's height
_SMALLEST = 0.15
_FARTHEST = 2.6  # of the size: from a mark to the words behind it
_CLEAR = 0.6  # of the size: nothing stands so near on the mark's other side
_MOST = 300  # marks: a chart has more; no page of lists has
_MOST_WORDS = 5_000  # on a page


def with_bullets(words: Sequence[Word], marks: Sequence[Box]) -> tuple[Word, ...]:
    """Return the words of a page with a bullet for each small shape that stands before a line.

    ``marks`` are the small shapes that are drawn on the page. A bullet comes right before its line's first
    word and looks like it.
    """
    if len(marks) > _MOST or len(words) > _MOST_WORDS:
        return tuple(words)
    bullets: dict[int, Word] = {}
    for mark in marks:
        first = _first_behind(mark, words)
        if first is not None:
            word = words[first]
            place = around([mark, bullets[first].box]) if first in bullets else mark
            bullets[first] = replace(word, text=_BULLET, box=place, glued=False)
    result: list[Word] = []
    for index, word in enumerate(words):
        if index in bullets:
            result.append(bullets[index])
            result.append(replace(word, glued=False))
        else:
            result.append(word)
    return tuple(result)


def _first_behind(mark: Box, words: Sequence[Word]) -> int | None:
    """Return the word that a mark stands before, None if it stands before none or among words."""
    nearest: tuple[float, int] | None = None
    y = mark.middle[1]
    for index, word in enumerate(words):
        if not word.base - word.size < y < word.base + 0.1 * word.size:
            continue
        if mark.holds(word.box.middle) or word.box.holds(mark.middle):
            return None
        rtl = is_rtl(word.text)
        behind = (mark.x0 - word.box.x1 if rtl else word.box.x0 - mark.x1) / word.size
        before = (word.box.x0 - mark.x1 if rtl else mark.x0 - word.box.x1) / word.size
        if -0.1 <= before <= _CLEAR:
            return None
        fits = _SMALLEST <= mark.height / word.size <= _LARGEST
        if fits and 0 <= behind <= _FARTHEST and (nearest is None or behind < nearest[0]):
            nearest = behind, index
    return nearest[1] if nearest else None
