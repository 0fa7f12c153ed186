"""Terms in text, in one pass whatever their number; patterns of long lists of names.

Text and terms are compared in a normal form (NFKC, casefold, hyphens as spaces, one kind of apostrophe,
runs of white space as one), and every hit is given back as the exact range of the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from strategraph.knowledge import writing
from strategraph.model import INVISIBLE

T = TypeVar("T")

_MARKS = "\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
_INVISIBLE = f"{''.join(sorted(INVISIBLE))}\u200c-\u200f"  # with joiners and marks of direction
_HYPHENS = "-\u2010\u2011\u2012\u2013"
# What does not go over to the normal form as it stands, one lower-case character for one.
_IRREGULAR = re.compile(
    rf"(?P<joint>(?<=\w)[{_HYPHENS}]"  # "small-scale", and as in "small- and medium-sized"
    rf"(?:\s+(?=\w)|(?=\w)|\s+(?={writing.any_of('joining')}\b)))"
    r"|(?P<slash>\s*/\s*)"
    r"|(?P<space>\s{2,}|[^\S ])"
    rf"|(?P<other>[^\x00-\x7f{_INVISIBLE}{_MARKS}]?[{_INVISIBLE}{_MARKS}]+|[a-zA-Z][{_MARKS}]+|[^\x00-\x7f])"
)
# Where such can be at all: the scan for these is several times faster, and most of a text is none of them.
_SUSPECT = re.compile(r"[^!-,.0-~]*[^ !-,.0-~][^!-,.0-~]*| {2,}")
# The same where no spaces run on, as mostly: it begins with a class of characters, which is scanned for fast.
_ODD = re.compile(r"[^ !-,.0-~][^!-,.0-~]*")
_BEFORE = 2  # characters before a suspect that decide about it: a letter before its marks, a space before "/"
# Characters after a suspect that decide about it: "and" and its end.
_AHEAD = 1 + max(map(len, writing.words("joining")))
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u2032\uff07", "'''''")
_IGNORED = re.compile(f"[{_INVISIBLE}]")
# Arabic writes "and", "for", "with" and "as" on to the next word; with "for" the article loses its alif.
_CLITICS = re.compile(rf"(?<!\w)(?:{writing.clitics()})\Z")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# Scripts that put no space between words: there a term may begin and end anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TRIES = 4  # how often a pattern is compiled anew for further names, before it gets all of them


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in its normal form; ``origin[i]`` is where its character ``i`` begins in the original.

    ``origin`` has one entry more than ``text`` has characters: the end of the original. It is None
    where nothing moved.
    """

    text: str
    origin: tuple[int, ...] | None

    def range(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the original range behind ``text[start:end]``; None where it would cut a character."""
        if self.origin is None:
            return start, end
        begin, stop = self.origin[start], self.origin[end]
        if (start and self.origin[start - 1] == begin) or self.origin[end - 1] == stop:
            return None
        return begin, stop


def normalise(text: str) -> Normal:
    """Return the normal form of ``text`` with the way back.

    >>> normalise("Small- and medium-sized").text
    'small and medium sized'
    """
    parts: list[str] = []
    irregular: list[tuple[int, int, str]] = []
    last = 0
    for match in _irregular(text):
        start, end = match.span()
        kind, raw = match.lastgroup, match.group()
        new = "/" if kind == "slash" else _character(raw) if kind == "other" else " "
        irregular.append((start, end, new))
        parts += (text[last:start].lower(), new)
        last = end
    parts.append(text[last:].lower())
    if all(len(new) == end - start for start, end, new in irregular):
        return Normal("".join(parts), None)
    origin: list[int] = []
    last = 0
    for start, end, new in irregular:
        origin.extend(range(last, start))
        origin.extend([start] * len(new))
        last = end
    origin.extend(range(last, len(text) + 1))
    return Normal("".join(parts), tuple(origin))


def _irregular(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for suspect in (_SUSPECT if "  " in text else _ODD).finditer(text):
        start = max(suspect.start() - _BEFORE, end)
        for match in _IRREGULAR.finditer(text, start, suspect.end() + _AHEAD):
            if match.start() >= suspect.end():
                break
            end = match.end()
            yield match


@lru_cache(maxsize=4096)
def _character(raw: str) -> str:
    """Return the normal form of one character with the marks on it."""
    return unicodedata.normalize("NFKC", _IGNORED.sub("", raw).translate(_APOSTROPHES)).casefold()


def is_abbreviation(term: str) -> bool:
    """Whether a term is written in capitals that tell it from a word, so that its case counts.

    >>> [is_abbreviation(term) for term in ("LDCs", "PwDs", "IT", "Internet", "UN Member States")]
    [True, True, True, False, False]
    """
    if " " in term or term.islower():
        return False
    capitals = sum(map(str.isupper, term))
    return capitals >= 2 and capitals >= sum(map(str.islower, term))


class Hit(NamedTuple, Generic[T]):
    """A term in a text: the range of its words and what the term stands for."""

    start: int
    end: int
    value: T


class Gazetteer(Generic[T]):
    """A set of terms, each with a value, to be found in texts.

    ``terms`` are (term, value) pairs; of equal terms the first wins. Abbreviations match in their own
    case only, all other terms in any.
    """

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        self._values: dict[str, list[tuple[str | None, T]]] = {}
        for term, value in _with_forms(terms):
            normal = normalise(term.strip()).text
            exact = term.strip() if is_abbreviation(term) else None
            same = self._values.setdefault(normal, []) if normal else []
            if all(known != exact for known, _ in same):
                same.append((exact, value))
        self._patterns = sorted(self._values)
        self._automaton = AhoCorasick(
            self._patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def __len__(self) -> int:
        return sum(len(values) for values in self._values.values())

    def get(self, term: str) -> T | None:
        """Return what a term stands for, None where it is not in the set."""
        for exact, value in self._values.get(normalise(term).text, ()):
            if exact is None or exact == term:
                return value
        return None

    def find(self, text: str) -> Iterator[Hit[T]]:
        """Yield the terms in ``text`` from left to right, the longest where several begin, no overlaps."""
        if not self._patterns:
            return
        normal = normalise(text)
        words = normal.text
        found = [
            (start, -stop, pattern)
            for pattern, start, stop in self._automaton.find_matches_as_indexes(words, overlapping=True)
            if not _goes_on(words[stop : stop + 1]) and not (start and _goes_on(words[start - 1]))
        ]  # most are part of a longer word: cheap to see
        found.sort()
        end = 0
        for start, before, pattern in found:
            if start < end:
                continue
            stop = -before
            place = normal.range(start, stop)
            if place is None or not _stands_alone(text, *place):
                continue
            for exact, value in self._values[self._patterns[pattern]]:
                if exact is None or unicodedata.normalize("NFKC", text[slice(*place)]) == exact:
                    yield Hit(*place, value)
                    end = stop
                    break


def _with_forms(terms: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """Yield terms, and those with the Arabic article also as they are written after "for"."""
    for term, value in terms:
        yield term, value
        for article, after_for in writing.articles():
            if term.strip().startswith(article):
                yield after_for + term.strip().removeprefix(article), value


def _goes_on(next_: str) -> bool:
    """Whether a word goes on with a character of a normal form, if there is one there."""
    return next_.isalnum() and next_.isascii()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a range is bounded by word ends; "people" in "people-centred" is not."""
    return not (_continues(text, start, -1) or _continues(text, end, 1))


def _continues(text: str, edge: int, step: int) -> bool:
    """Whether the word at an edge goes on in the direction of ``step``."""
    inside, outside = (edge, edge - 1) if step < 0 else (edge - 1, edge)
    if not 0 <= outside < len(text) or text[outside] == " " or _UNSPACED.match(text[inside]):
        return False
    if step < 0 and _ARABIC.match(text[inside]) and _CLITICS.search(text[max(0, edge - 3) : edge]):
        return False
    next_ = text[outside]
    if next_ in _HYPHENS:
        beyond = outside + step
        return 0 <= beyond < len(text) and text[beyond].isalnum()
    return (next_.isalnum() or next_ == "_") and (text[inside].isalnum() or text[inside] == "_")


class GrowingPattern:
    """A pattern that has, of a list of names, those that the texts had so far.

    A thousand names cost more to compile than a short text to search, and a name that a text does not have
    cannot match in it. ``make`` compiles the pattern of some names; ``everything`` are all of them.
    """

    def __init__(
        self, make: Callable[[frozenset[str]], re.Pattern[str]], everything: Callable[[], frozenset[str]]
    ) -> None:
        self._make = make
        self._everything = everything
        self._names: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        self._tries = 0

    def holding(self, names: frozenset[str]) -> re.Pattern[str]:
        """Return the pattern, with these names of the list at least; it matches in their text as the whole.

        >>> either = lambda names: re.compile("|".join(sorted(names)) or "(?!)")
        >>> GrowingPattern(either, lambda: frozenset({"FAO", "ITU"})).holding(frozenset({"ITU"})).pattern
        'ITU'
        """
        if self._pattern is None or not names <= self._names:
            self._tries += 1
            self._names = self._everything() if self._tries > _TRIES else self._names | names
            self._pattern = self._make(self._names)
        return self._pattern
