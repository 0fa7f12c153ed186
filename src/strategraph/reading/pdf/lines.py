"""From words to lines: words on one baseline, as far as no gap parts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from strategraph.knowledge.writing import is_rtl, is_wide
from strategraph.reading.content import TextLine
from strategraph.reading.layout.markers import find_marker
from strategraph.reading.pdf.page import Box, Word, around, runs, spelled

_SAME_BASE = 0.25  # of the size: baselines that differ by no more are one
_GAP = 1.1  # of the size: a wider gap may part columns; where it does not, the parts are joined again
_MARKER_GAP = 5.0  # of the size: what follows a bullet or number after a tab
_SMALL = 0.85  # of the size: raised or lowered characters are smaller than their neighbours
_THIN_GAP = 0.18  # of the size: the gap between cells that nearly touch
_OTHER_GAP = 0.04  # of the size: gaps that differ by more are no spaces of one line
_EXACT = 0.6  # points: what begins so near below each other is aligned
_NEAR_ROWS = 7.0  # of the size
_FEWEST_LETTERS = 4  # words of one letter in a text that is set with space between its letters
_LETTER_GAP = 0.12  # of the size: what a space between words adds to the space between letters, at least
_BULLETS = "•–—-"
_NOTE_MARK = re.compile(r"[\d,*†‡§]{1,7}")
_TOUCH = 0.1  # of the size: numbers that are no further apart are one
_TOUCH_RTL = 0.2  # of the size: likewise words of right-to-left scripts
_NUMBER = re.compile(r"(?P<end>[.:,،؛;]+)(?P<number>\d[\d.,/-]*)")
_OPENING_NUMBER = re.compile(r"(?P<end>[.:,،؛;)-]+)(?P<number>\d[\d.,/-]*)")
_HYPHENED = re.compile(r"\d[\d.,/]*(?:-\d[\d.,/]*)+")
_PERIOD = re.compile(r"(\d{4})([-–—])(\d{4})")
_POWER = re.compile(r"(?:\b|[×x·])10$")
_UNITS = re.compile(r"(?:[kcm]?m|CO|[A-Z]|[A-Z][a-z]?)$")


@dataclass(frozen=True)
class Line:
    """Words on one baseline, in reading order; at least one."""

    words: tuple[Word, ...]
    page: int

    @cached_property
    def box(self) -> Box:
        """Return the place of the line."""
        return around([word.box for word in self.words])

    @cached_property
    def text(self) -> str:
        """Return the words with spaces between them."""
        return spelled(self.words)

    @cached_property
    def base(self) -> float:
        """Return the baseline of most of the line."""
        return Counter(word.base for word in self.words).most_common(1)[0][0]

    @cached_property
    def size(self) -> float:
        """Return the size of most letters."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += max(1, word.letters)
        return max(sizes.items(), key=lambda entry: (entry[1], entry[0]))[0]

    @cached_property
    def bold(self) -> bool:
        """Whether all letters are bold."""
        return all(word.bold for word in self.words if word.letters) and any(w.letters for w in self.words)

    @cached_property
    def italic(self) -> bool:
        """Whether all letters are italic."""
        return all(word.italic for word in self.words if word.letters) and any(w.letters for w in self.words)


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Return the lines that words make, from top to bottom and left to right."""
    rows = [_parts(row) for row in _rows(_without_marks(list(words)))]
    starts: dict[int, list[float]] = defaultdict(list)
    for parts in rows:
        for part in parts[1:]:
            starts[round(part[0].box.x0 / _EXACT)].append(part[0].base)
    for bases in starts.values():
        bases.sort()
    lines = [
        Line(tuple(_unspaced(piece)), page)
        for parts in rows
        for part in parts
        for piece in _at_starts(part, starts)
    ]
    return sorted(lines, key=lambda line: (line.base, line.box.x0))


def _at_starts(words: list[Word], starts: Mapping[int, Sequence[float]]) -> list[list[Word]]:
    """Return the words of a part of a line, cut where one stands exactly below others that begin parts.

    ``starts`` are the baselines of those by their places. So cells part that are hardly a space apart.
    """
    if is_rtl("".join(word.text for word in words)):
        return [words]
    gaps = sorted(after.box.x0 - before.box.x1 for before, after in pairwise(words))
    pieces = [words[:1]]
    for before, word in pairwise(words):
        gap = word.box.x0 - before.box.x1
        # the spaces of one line are alike
        other = len(gaps) < 3 or abs(gap - gaps[len(gaps) // 2]) > _OTHER_GAP * word.size
        parted = other and gap >= _THIN_GAP * word.size and not word.glued and _is_below(word, starts)
        if parted and not _is_marker(pieces[-1], rtl=False):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _is_below(word: Word, starts: Mapping[int, Sequence[float]]) -> bool:
    """Whether something begins exactly above or below a word, a few rows away at most."""
    place, reach = round(word.box.x0 / _EXACT), _NEAR_ROWS * word.size
    for near in (place - 1, place, place + 1):
        bases = starts.get(near, ())
        index = bisect_left(bases, word.base - reach)
        if index < len(bases) and bases[index] <= word.base + reach:
            return True
    return False


def _unspaced(words: list[Word]) -> list[Word]:
    """Return the words of a part of a line, those whose letters are set apart ("G O A L S") put together."""
    single = sum(len(word.text) == 1 for word in words)
    if single < _FEWEST_LETTERS or single * 3 < len(words) * 2 or is_wide(words[0].text[0]):
        return words
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    result = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap <= usual + _LETTER_GAP * word.size and word.text not in _BULLETS:
            last = result[-1]
            result[-1] = replace(last, text=last.text + word.text, box=around([last.box, word.box]))
        else:
            result.append(word)
    return result


def joined(parts: Sequence[Line]) -> Line:
    """Return the line that parts on one baseline make."""
    words = [word for part in parts for word in part.words]
    return Line(tuple(_in_reading_order(words)), parts[0].page)


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return lines in groups of one baseline, from the top down, each from left to right."""
    in_order = sorted(lines, key=lambda line: (line.base, line.box.x0))
    rows = runs(in_order, lambda before, line: line.base - before.base <= _SAME_BASE * line.size)
    return [sorted(row, key=lambda line: line.box.x0) for row in rows]


def _without_marks(words: list[Word]) -> list[Word]:
    """Return the words without the marks of footnotes; raised or lowered letters join their word."""
    kept: list[Word] = []
    for position, word in enumerate(words):
        before = kept[-1] if kept else None
        if before is not None and _hangs_on(word, before, after=True):
            raised = word.base < before.base
            if not (raised and _NOTE_MARK.fullmatch(word.text) and _takes_note(before.text)):
                kept[-1] = replace(before, text=before.text + word.text, box=around([before.box, word.box]))
            continue
        following = words[position + 1] if position + 1 < len(words) else None
        leads = following is not None and _hangs_on(word, following, after=False)
        kept.append(replace(word, base=following.base) if leads and following is not None else word)
    return kept


def _hangs_on(word: Word, other: Word, *, after: bool) -> bool:
    """Whether a word is raised or lowered beside another: the number of a note, the 2 of CO2."""
    if word.size > other.size * _SMALL or abs(word.base - other.base) < 0.08 * other.size:
        return False
    gap = word.box.x0 - other.box.x1 if after else other.box.x0 - word.box.x1
    overlaps = word.box.top < other.box.bottom and word.box.bottom > other.box.top
    return overlaps and abs(word.base - other.base) < 0.7 * other.size and -1 < gap < 0.4 * other.size


def _takes_note(text: str) -> bool:
    """Whether a number raised behind this is a note's, no power or index: not in km2, CO2, 10 to the 6."""
    return not _UNITS.search(text) and not _POWER.search(text)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words by baseline."""
    return runs(
        sorted(words, key=lambda word: (word.base, word.box.x0)),
        lambda before, word: word.base - before.base <= _SAME_BASE * min(word.size, before.size),
    )


def _parts(row: list[Word]) -> list[list[Word]]:
    """Return a row's words in reading order, cut where a wide gap parts them."""
    rtl = is_rtl("".join(word.text for word in row))
    ordered = sorted(row, key=lambda word: -word.box.x1 if rtl else word.box.x0)
    parts: list[list[Word]] = []
    for word in ordered:
        last = parts[-1] if parts else None
        if last is not None:
            reached = around([w.box for w in last])
            gap = reached.x0 - word.box.x1 if rtl else word.box.x0 - reached.x1
            size = min(last[-1].size, word.size)
            if gap <= _GAP * size or (gap <= _MARKER_GAP * size and _is_marker(last, rtl=rtl)):
                last.append(word)
                continue
        parts.append([word])
    if len(parts) == 2 and _is_note_mark(*parts):
        parts = [parts[0] + parts[1]]
    return [_in_reading_order(part) for part in parts]


def _is_note_mark(first: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether the first part of a row is the number of the note or entry that is the rest of it."""
    near = rest[0].box.x0 - first[-1].box.x1 <= _MARKER_GAP * rest[0].size
    lone = len(first) == 1 and _NOTE_MARK.fullmatch(first[0].text) is not None
    return lone and near and sum(any(c.isalpha() for c in word.text) for word in rest) > 1


def _is_marker(words: Sequence[Word], *, rtl: bool) -> bool:
    """Whether words are nothing but the marker of a list item: "•", "1.", "(a)"."""
    text = " ".join(_as_read(word.text, opens=True) if rtl else word.text for word in words)
    return len(text) <= 6 and find_marker(TextLine(0, f"{text}  x")) is not None


def _in_reading_order(words: Sequence[Word]) -> list[Word]:
    """Return the words of a line as they are read, in right-to-left scripts too."""
    ordered = sorted(words, key=lambda word: word.box.x0)
    if not is_rtl("".join(word.text for word in words)):
        return ordered
    result: list[Word] = []
    run: list[Word] = []  # numbers and Latin words, which keep their order within the line
    for word in reversed(ordered):
        if is_rtl(word.text) or not (run or any(character.isalnum() for character in word.text)):
            result += _left_to_right(run, opens=not result)
            run = []
            result.append(replace(word, glued=_touches(word, result[-1:])))
        else:
            run.append(word)
    return result + _left_to_right(run, opens=not result)


def _touches(word: Word, before: Sequence[Word]) -> bool:
    """Whether a word goes on with the one before it, on its right, and was only drawn apart."""
    if not before or (before[-1].text[-1:].isdigit() or before[-1].text[:1].isdigit()):
        return bool(before) and word.glued and not word.text[0].isalnum()
    return before[-1].box.x0 - word.box.x1 < _TOUCH_RTL * word.size


def _left_to_right(run: Sequence[Word], *, opens: bool) -> list[Word]:
    """Return words that were met from the right in the order from the left, joined where they touch.

    ``opens`` is whether the line begins with them.
    """
    words: list[Word] = []
    for word in reversed(run):
        if words and word.box.x0 - words[-1].box.x1 < _TOUCH * word.size:
            box = around([words[-1].box, word.box])
            words[-1] = replace(words[-1], text=words[-1].text + word.text, box=box)
        else:
            words.append(replace(word, glued=False))
    if len(words) == 3 and _falls("".join(word.text for word in words)):
        words.reverse()
    if not any(character.isalpha() for word in words for character in word.text):
        # what stands behind the numbers is drawn to their left
        while len(words) > 1 and not any(character.isalnum() for character in words[0].text):
            words.append(words.pop(0))
    return [replace(word, text=_as_read(word.text, opens=opens)) for word in words]


def _as_read(number: str, *, opens: bool) -> str:
    """Return a number of a right-to-left line as it is read.

    What ends it is drawn to its left, and so is what stands behind a hyphen, unless a line opens with it.

    >>> [_as_read(text, opens=False) for text in (".2028", ":1.1", "2028-2025", "2-1-1", "12/2024", "-5")]
    ['2028.', '1.1:', '2025-2028', '1-1-2', '12/2024', '-5']
    >>> _as_read("-1", opens=True), _as_read("2-1", opens=True)
    ('1-', '2-1')
    """
    match = (_OPENING_NUMBER if opens else _NUMBER).fullmatch(number)
    if match:
        number = match["number"] + match["end"]
    if _PERIOD.fullmatch(number):
        return _PERIOD.sub(r"\3\2\1", number) if _falls(number) else number
    return "-".join(reversed(number.split("-"))) if _HYPHENED.fullmatch(number) and not opens else number


def _falls(text: str) -> bool:
    """Whether a text is a period whose first year is the later one."""
    match = _PERIOD.fullmatch(text)
    return match is not None and int(match[1]) > int(match[3])
