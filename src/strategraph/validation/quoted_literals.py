"""Whether words are quoted: the one test behind every literal that claims to be the text's own.

A quote is raw text. White space, hyphens at line ends, markup and page furniture stand between its words;
letters and digits are what it has in common with what was read from it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_PRINTED = re.compile(r"\d+(?:[.,'’\s\u00a0\u202f]\d+)*")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u0652]+[^\W_]*)*")
# What may stand between two words that were read as neighbours, beside marks: a line end (what is printed
# between two pages, the cells between two of a table) or markup, with all the letters that are in it.
_LEFT_OUT = re.compile(r"[\n\r\f\v\u2028\u2029<>\[\](){}|`*_\\:^]")


@dataclass(frozen=True, slots=True)
class _Stream:
    """The letters and digits of a text, and where each stood in it."""

    text: str
    characters: str
    places: array[int]

    def begins_word(self, at: int) -> bool:
        """Whether a word begins with the character at ``at``, or scripts without spaces let one begin."""
        return at == 0 or at == len(self.places) or self._apart(at - 1, at)

    def _apart(self, left: int, right: int) -> bool:
        if self.places[right] - self.places[left] > 1:
            return True
        at = self.places[right]
        if self.text[at].isupper() and self.text[at + 1 : at + 2].islower():
            return True  # "INTEGRITYWe act": bold words that the page parts by their looks alone
        pair = self.characters[left], self.characters[right]
        return any(_unspaced(one) for one in pair) or pair[0].isdigit() != pair[1].isdigit()


@lru_cache(maxsize=2048)
def _stream(plain: str) -> _Stream:
    characters: list[str] = []
    places = array("L")  # as numbers of their own, they take nine times as much memory
    for place, character in enumerate(plain):
        for part in _letters(character):
            characters.append(part)
            places.append(place)
    return _Stream(plain, "".join(characters), places)


@lru_cache(maxsize=8192)
def _letters(character: str) -> str:
    """Return the letters and digits that a character is made of, folded."""
    if unicodedata.category(character)[0] not in "LNM":
        return ""  # also "№", though letters are what it is made of
    decomposed = unicodedata.normalize("NFKD", character)
    letters = "".join(part for part in decomposed if unicodedata.category(part)[0] in "LN")
    # Of a mark (U+0345), folding would make a letter.
    return "".join(part for part in letters.casefold() if unicodedata.category(part)[0] in "LN")


def _unspaced(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words."""
    return "\u0e00" <= character <= "\u0eff" or "\u3040" <= character <= "\u9fff" or character >= "\U00020000"


def is_quoted(claim: str, quote: str) -> bool:
    """Whether ``claim`` is, word for word and in order, in ``quote``.

    Words may be left out only where a line ends or markup stands between: what a page prints between two
    lines, a link's address. Letters and digits are compared, folded; marks and white space are not.

    >>> is_quoted("wild bees", "Bring **Wild** bees back")
    True
    >>> is_quoted("bring bees", "Bring wild bees back"), is_quoted("tame bees", "Bring wild bees back")
    (False, False)
    >>> is_quoted("digital development", "digital develop-\\nment")
    True
    """
    wanted = [stream for stream in (_stream(word).characters for word in _WORD.findall(claim)) if stream]
    if not wanted:
        marks = iter(quote)  # no word is claimed: the marks stand in their order
        return all(mark in marks for mark in claim if not mark.isspace())
    readings = {quote, html.unescape(quote)}  # an entity is one sign in HTML, and its letters in other texts
    return any(_is_said(wanted, _stream(reading)) for reading in sorted(readings))


def is_written(claim: str, quote: str) -> bool:
    """Whether all signs of ``claim`` but white space, in their case, are in ``quote`` in this order.

    >>> is_written("by -5%", "reduce by -5%"), is_written("Bees!", "Bees."), is_written("BEES", "bees")
    (True, False, False)
    """
    wanted = [sign for sign in unicodedata.normalize("NFKD", claim) if not sign.isspace()]
    return any(
        all(sign in left for sign in wanted)
        for reading in sorted({quote, html.unescape(quote)})
        for left in [iter(unicodedata.normalize("NFKD", reading))]
    )


def is_whole(claim: str, quote: str, heads: Sequence[str] | None = ()) -> bool:
    """Whether ``claim``, if it stands in ``quote``, is cut off at neither end.

    It goes to the end of the quote but for what markup and lines part from it, and begins where a mark,
    a line or one of the ``heads`` stands before it; with None for them, anywhere.

    >>> is_whole("wild bees", "Goal 1 – wild bees"), is_whole("wild bees", "Goal 1 wild bees", ["1"])
    (True, True)
    >>> is_whole("wild bees", "Bring wild bees"), is_whole("Bring wild", "Bring wild bees")
    (False, False)
    """
    wanted, found = _stream(claim).characters, _stream(quote)
    start = found.characters.rfind(wanted)
    end = start + len(wanted)
    if start < 0 or not wanted:
        return True
    if end < len(found.characters) and not _may_be_left_out(found, end, end):
        return False
    before = found.characters[:start]
    if (
        heads is None
        or not before
        or any(before.endswith(head) for head in (_stream(one).characters for one in heads) if head)
    ):
        return True
    between = found.text[found.places[start - 1] + 1 : found.places[start]]
    return any(not sign.isspace() or sign in "\n\t\f\u00a0" for sign in between)


def _is_said(wanted: list[str], found: _Stream) -> bool:
    whole = "".join(wanted)
    start = found.characters.find(whole)
    while start >= 0:
        if found.begins_word(start) and found.begins_word(start + len(whole)):
            return True
        start = found.characters.find(whole, start + 1)
    start = found.characters.find(wanted[0])
    while start >= 0:
        if found.begins_word(start) and _continues(wanted, found, start):
            return True
        start = found.characters.find(wanted[0], start + 1)
    return False


def _continues(wanted: list[str], found: _Stream, start: int) -> bool:
    """Whether all words follow from ``start`` on, with nothing left out but across lines or markup."""
    position: int | None = start + len(wanted[0])
    for word in wanted[1:]:
        assert position is not None
        position = _after(word, found, position)
        if position is None:
            return False
    return position is not None and found.begins_word(position)


def _after(word: str, found: _Stream, position: int) -> int | None:
    """Return where a word ends that follows on ``position``, whole or, split by markup, in two parts."""
    if found.characters.startswith(word, position) and found.begins_word(position + len(word)):
        return position + len(word)
    split = 0
    while split < len(word) and found.characters.startswith(word[: split + 1], position):
        split += 1
    for cut in dict.fromkeys((0, min(split, len(word) - 1))):
        at = found.characters.find(word[cut:], position + cut)
        while at >= 0:
            end = at + len(word) - cut
            if (
                found.begins_word(at)
                and found.begins_word(end)
                and _may_be_left_out(found, position + cut, at)
            ):
                return end
            at = found.characters.find(word[cut:], at + 1)
    return None


def _may_be_left_out(found: _Stream, start: int, end: int) -> bool:
    return _LEFT_OUT.search(found.text, found.places[start - 1], found.places[end]) is not None


def says_year(quote: str, year: str) -> bool:
    """Whether a quote can be the words behind a year: a number of it ends in its digits, or it has none.

    >>> says_year("2024-27", "2027"), says_year("٢٠٢٥", "2025"), says_year("2024", "2031")
    (True, True, False)
    """
    digits = "".join(
        str(unicodedata.digit(character)) if unicodedata.digit(character, -1) >= 0 else " "
        for character in unicodedata.normalize("NFKC", quote)
    )
    numbers = digits.split()
    return not numbers or any(number.endswith(year[-2:]) for number in numbers)


def says_number(quote: str, value: str) -> bool:
    """Whether a quote can be the words behind a decimal: it has its digits, but for noughts, or has none.

    >>> says_number("at least 1.5 million", "1500000"), says_number("half", "50"), says_number("65%", "56")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFKC", quote)
    printed = "".join(str(digit) if (digit := unicodedata.digit(c, -1)) >= 0 else c for c in plain)
    numbers = {re.sub(r"\D", "", number).strip("0") for number in _PRINTED.findall(printed)}
    return not numbers or re.sub(r"\D", "", value).strip("0") in numbers
