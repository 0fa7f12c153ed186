"""Where a document has the words of a quotation, and whether measures that are said stand in them.

It has them exactly, or nowhere. Only what typesetting changes is overlooked: runs of white space, the form of
quotation marks, dashes and ligatures, and a hyphen that a line's end has put into a word. A quotation may go
on from one block into the next. It begins and ends with a word. Of measures that are proposed or decided,
numbers, years and the unit stand in the words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from strategraph.curation.entries import MeasureEntry
from strategraph.errors import UnusableInputError
from strategraph.extraction.measures import deadlines, measures
from strategraph.extraction.quantities import plain_decimal, printed_numbers, quantities
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.measure_words import MeasureWords, is_unit_said, measure_words
from strategraph.model import Document, MeasureMention, Passage, Span, Support, passage
from strategraph.model.text import beginning

_MARKS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_LONGEST_SHOWN = 80  # characters of words in a message
_SHOWN = 9  # places that a message lists
_SHORT_RANGE = re.compile(r"(?<!\d)(\d\d)\d\d\D{1,3}(\d\d)(?!\d)")
_CUT_WORD = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])")
_COUNT = "1"
_CURRENCY = re.compile(r"[A-Z]{3}")
_YEAR = re.compile(r"[0-9]{4}")
_UNPLACED = -1  # the section of a measure whose section is not known yet


class UnplacedError(UnusableInputError):
    """Words that a document does not have, or has in several places where nothing picks one."""


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Words of a document, and the number of the block that they begin in."""

    block: int
    passage: Passage

    @property
    def start(self) -> int:
        """Return where the words begin in the source."""
        return self.passage.offset(0)


class Quotations:
    """A document's words, to be quoted. Blocks count from 0, lines of the source's text from 1."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._head = document.metadata
        self._line_ends = [match.start() for match in re.finditer("\n", document.source.text)]
        self._blocks = [number for number, block in enumerate(document.blocks) if block.passage]
        self._starts: list[int] = []
        text: list[str] = []
        pieces: list[tuple[int, int]] = []
        at = end = 0
        for number in self._blocks:
            part = document.blocks[number].passage
            if text:  # as join() has it, a line end between two blocks
                pieces.append((at - 1, end))
            self._starts.append(at)
            text.append(part.text)
            pieces += [(position + at, offset) for position, offset in part.pieces]
            at += len(part.text) + 1
            end = part.offset(len(part.text) - 1) + 1
        self._passage = Passage("\n".join(text), tuple(pieces))
        self._normal, self._at = _normalised(self._passage.text)

    def place(
        self, words: str, *, block: int | None = None, line: int | None = None, after: int | None = None
    ) -> QuotedPlace:
        """Return the one place where the document has these words.

        Of several, the first that begins in the ``block`` or on the ``line`` is taken, or the first that
        begins at or after the offset ``after`` of the source. Raises :class:`UnplacedError` if there is none
        on the line, or there are several and nothing picks one.
        """
        name = self._source.name
        found = list(self._places(words))
        if not found:
            raise UnplacedError(f"{name} does not say “{shown(words)}”")
        if line is not None:
            on_line = next((place for place in found if self._line(place) == line), None)
            if on_line is None:
                raise UnplacedError(f"{name} does not say “{shown(words)}” on line {line}")
            return on_line
        picked = [place for place in found if place.block == block]
        if not picked and after is not None:
            picked = [place for place in found if place.start >= after]
        if not picked and len(found) > 1:
            lines = ", ".join(str(self._line(place)) for place in found[:_SHOWN])
            more = ", …" if len(found) > _SHOWN else ""
            raise UnplacedError(
                f"{name} says “{shown(words)}” on lines {lines}{more}; add line = … or block = … to pick one"
            )
        return (picked or found)[0]

    def _line(self, place: QuotedPlace) -> int:
        return bisect_right(self._line_ends, place.start - 1) + 1

    def in_head(self, words: str) -> Passage | None:
        """Return where the source has words that its head (front matter, a page's title) says, if it does."""
        if not any(has_words(value, words) for _, value in self._head):
            return None
        text = self._source.text
        normal, at = _normalised(text)
        found = next(_matches(words, normal, at), None)
        if found is None:
            return None
        return passage(text, [(at[found[0]], at[found[1] - 1] + 1)])

    def within(self, words: str, passage: Passage) -> tuple[Passage, ...]:
        """Return every place where a passage has these words."""
        normal, at = _normalised(passage.text)
        return tuple(
            part
            for start, end in _matches(words, normal, at)
            if (part := passage.cut(at[start], at[end - 1] + 1))
        )

    def _places(self, words: str) -> Iterator[QuotedPlace]:
        """Yield the places that have these words, in reading order."""
        for start, end in _matches(words, self._normal, self._at):
            first, last = self._at[start], self._at[end - 1] + 1
            passage = self._passage.cut(first, last)
            if _is_whole(passage):
                yield QuotedPlace(self._blocks[bisect_right(self._starts, first) - 1], passage)


def _is_whole(passage: Passage) -> bool:
    """Whether a passage's end stands behind its beginning: not so where a page is read in another order."""
    return passage.offset(0) <= passage.offset(len(passage.text) - 1)


def shown(words: str) -> str:
    """Return words for a message: on one line, and not too many."""
    return beginning(words, _LONGEST_SHOWN)


def same_words(one: str, other: str) -> bool:
    """Whether two texts are equal but for what typesetting changes."""
    return plain(one) == plain(other)


def plain(words: str) -> str:
    """Return words as they are compared: without what typesetting changes.

    >>> plain("“Safe”  piers")
    '"Safe" piers'
    """
    return _normalised(words)[0].strip()


def has_words(text: str, words: str) -> bool:
    """Whether a text has these words, whole and in a row."""
    normal, at = _normalised(text)
    return any(True for _ in _matches(words, normal, at))


def plain_digits(text: str) -> str:
    """Return a text with the digits of every script as those of ASCII.

    >>> plain_digits("٢٠٢٥–２０２９")
    '2025–2029'
    """
    return "".join(str(unicodedata.decimal(one, one)) for one in text)


def years_in(text: str) -> Iterator[str]:
    """Yield the years that a text has, the second of "2024-27" among them."""
    plain = plain_digits(text)
    yield from re.findall(r"(?<!\d)\d{4}(?!\d)", plain)
    for century, year in _SHORT_RANGE.findall(plain):
        yield f"{century}{year}"


def _matches(words: str, normal: str, at: list[int]) -> Iterator[tuple[int, int]]:
    wanted = plain(words)
    if not wanted:
        return
    start = normal.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if _is_edge(normal, at, start) and _is_edge(normal, at, end):
            yield start, end
            start = normal.find(wanted, end)
        else:
            start = normal.find(wanted, start + 1)


def _is_edge(normal: str, at: list[int], position: int) -> bool:
    """Whether a word may begin or end at a position.

    Scripts without upper and lower case write particles onto words, or put no spaces between them.
    """
    if position in (0, len(normal)):
        return True
    before, after = normal[position - 1], normal[position]
    if at[position - 1] == at[position] or unicodedata.category(after).startswith("M"):
        return False  # in the middle of a character
    if before.isdigit() and after.isdigit():
        return False
    if before.isalpha() and after.isalpha():
        return "Lo" in (unicodedata.category(before), unicodedata.category(after))
    return True


def _normalised(text: str) -> tuple[str, list[int]]:
    """Return a text as quotations are compared, and where each of its characters stands in ``text``."""
    characters: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        if character.isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                at.append(position)
            continue
        for part in unicodedata.normalize("NFKD", character.translate(_MARKS)):
            if unicodedata.category(part) != "Cf" and not part.isspace():
                characters.append(part.translate(_MARKS))
                at.append(position)
    normal = "".join(characters)
    gone = {index for match in _CUT_WORD.finditer(normal) for index in range(*match.span())}
    gone |= {
        index
        for index, character in enumerate(normal[1:-1], start=1)
        if character == " " and _is_wide(normal[index - 1]) and _is_wide(normal[index + 1])
    }
    if not gone:
        return normal, at
    kept = [index for index in range(len(normal)) if index not in gone]
    return "".join(normal[index] for index in kept), [at[index] for index in kept]


def _is_wide(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words (Chinese, Japanese)."""
    return unicodedata.east_asian_width(character) in ("W", "F")


@dataclass(frozen=True, slots=True)
class PlacedMeasure:
    """A measure whose section is the one that has the words at ``home``."""

    home: Span
    mention: MeasureMention


def borne_out(entry: MeasureEntry, words: str, support: Support, language: str) -> MeasureMention:
    """Return the measure that the words of an entry set, in no section yet.

    Raises :class:`UnplacedError` for a number, unit or year that the words do not say.
    """
    table = measure_words(language) or measure_words(FALLBACK)
    assert table is not None
    assert entry.value is not None  # what the file's reader has made sure of
    numbers = set(_numbers(words, table))
    for what, number in (("value", entry.value), ("baseline", entry.baseline)):
        if number is not None and number not in numbers:
            raise UnplacedError(f"“{shown(words)}” does not say the {what} {number:f}")
    read = next((one for one in measures(words, table) if one.value == entry.value), None)
    unit = entry.unit or (read.unit if read else _COUNT)
    if not is_unit_said(unit, words):
        raise UnplacedError(f"“{shown(words)}” does not say the unit {shown(unit)!r}")
    if entry.budget and not _CURRENCY.fullmatch(unit):
        raise UnplacedError(f"“{shown(words)}” is no budget: {shown(unit)!r} is no currency")
    if entry.baseline_year is not None and str(entry.baseline_year) not in years_in(words):
        raise UnplacedError(f"“{shown(words)}” does not say the year {entry.baseline_year}")
    dues = {*years_in(words), *(one.value for one in deadlines(words, table))}
    if entry.due is not None and entry.due not in dues:
        raise UnplacedError(f"“{shown(words)}” does not say that it is due {shown(entry.due)}")
    return MeasureMention(
        _UNPLACED,
        plain_decimal(entry.value),
        unit,
        entry.comparator or (read.comparator if read else "equal"),
        support,
        None if entry.baseline is None else plain_decimal(entry.baseline),
        entry.baseline_year,
        entry.due,
        entry.budget,
    )


def _numbers(words: str, table: MeasureWords) -> Iterator[Decimal]:
    yield from printed_numbers(words, table)
    yield from (one.value for one in quantities(words, table))
    for one in measures(words, table):
        yield one.value
