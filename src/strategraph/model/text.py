"""Places in a source, readable text that knows them, and texts cut to a length for people.

Offsets are code points in ``Source.text``. A passage is text cleaned for reading (white space collapsed,
markup left out) that still knows where each of its characters stands in the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

INVISIBLE = frozenset("\u00ad\u200b\ufeff\u2060")
"""Characters that only tell where a line may or may not end."""
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
# Words parted by slashes, and nothing else back to a space: no address, no path.
_BEFORE_SLASH = re.compile(r"(?:^|[\s(])[^\W\d_]+(?:[-'’/][^\W\d_]+)*/$")
_LABEL_LENGTH = 80


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of the source's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """Readable text and the way back to the source.

    ``pieces`` are pairs (position in ``text``, offset in the source), ascending in the first and, but for
    tables read in another order, in the second; from one pair to the next the two run in parallel.

    >>> passage = Passage("a b", ((0, 10), (2, 15)))   # the source has 'a', white space, then 'b' at 15
    >>> passage.span(0, 3)
    Span(start=10, end=16)
    """

    text: str
    pieces: tuple[tuple[int, int], ...]

    def offset(self, position: int) -> int:
        """Return where the character at ``position`` stands in the source."""
        index = bisect_right(self.pieces, (position, float("inf"))) - 1
        start, source = self.pieces[index]
        return source + position - start

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the source span from the character at ``start`` to that before ``end``."""
        last = (len(self.text) if end is None else end) - 1
        return Span(self.offset(start), self.offset(last) + 1)

    def cut(self, start: int = 0, end: int | None = None) -> Passage:
        """Return the passage between two positions, without white space at its edges."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return EMPTY
        first = bisect_right(self.pieces, (start, float("inf")))
        inner = self.pieces[first : bisect_left(self.pieces, (end,), first)]
        moved = ((position - start, offset) for position, offset in inner)
        return Passage(self.text[start:end], ((0, self.offset(start)), *moved))

    def __bool__(self) -> bool:
        return bool(self.text)


EMPTY = Passage("", ())


def passage(source: str, ranges: Iterable[tuple[int, int]], *, joiner: str = "") -> Passage:
    """Return the readable passage made of some ranges of a source's text.

    Runs of white space (no-break spaces and line ends among them) become one space, but a line's end behind
    a slash between words none; soft hyphens and zero-width characters are left out. ``joiner`` is put between
    ranges that do not touch and maps to the end of the range before it.

    >>> passage("**Goal**  one", [(2, 6), (8, 13)]).text
    'Goal one'
    """
    text: list[str] = []
    pieces: list[tuple[int, int]] = []
    previous = -2  # source offset of the last character taken

    def put(character: str, offset: int) -> None:
        nonlocal previous
        if offset != previous + 1:
            pieces.append((len(text), offset))
        text.append(character)
        previous = offset

    for number, (start, end) in enumerate(ranges):
        if joiner and number and text and not text[-1].isspace() and start < end:
            put(joiner, max(previous, 0))
            previous = -2
        for offset in range(start, end):
            character = source[offset]
            if character.isspace():
                if text and text[-1] != " " and not _is_slash_broken(text, source, offset):
                    put(" ", offset)
            elif character not in INVISIBLE:
                put(character, offset)
    return Passage("".join(text), tuple(pieces)).cut() if text else EMPTY


def _is_slash_broken(text: list[str], source: str, offset: int) -> bool:
    """Whether a line ends at ``offset`` behind a slash that parts words, as in "and/or"."""
    if text[-1] != "/":
        return False
    while source[offset].isspace() and source[offset] != "\n" and offset:
        offset -= 1  # back to the slash, of which the white space before the line's end is no part
    start = offset if source[offset] == "\n" else offset + 1
    return bool(_LINE_END.match(source, start) and _BEFORE_SLASH.search("".join(text[-80:])))


def join(first: Passage, second: Passage) -> Passage:
    """Return two passages as one, a line end between them; ``second`` comes after ``first`` in the source.

    The line end keeps sentences apart where the first has no end mark.

    >>> join(Passage("a", ((0, 0),)), Passage("b", ((0, 9),))).span()
    Span(start=0, end=10)
    """
    at = len(first.text) + 1
    gap = (len(first.text), first.offset(len(first.text) - 1) + 1)
    moved = tuple((position + at, offset) for position, offset in second.pieces)
    return Passage(f"{first.text}\n{second.text}", (*first.pieces, gap, *moved))


def beginning(text: str, length: int) -> str:
    """Return a text, its spaces collapsed, cut to a length; no letter is parted from its accents.

    >>> beginning("a  label", 5)
    'a la…'
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    end = length - 1
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def whole_words(text: str, length: int = _LABEL_LENGTH) -> str:
    """Return a text of at most ``length`` characters, cut at a word where it was longer.

    >>> whole_words("word " * 40)[-10:]
    'word word…'
    """
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.–-") + "…"
