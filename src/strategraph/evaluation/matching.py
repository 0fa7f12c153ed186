"""Pairing two lists one to one, comparing texts as sequences of words, and finding words in a source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things, by their position in their lists, that may be paired; the higher rank is the better."""

    left: int
    right: int
    rank: tuple[float, ...]


def best_pairs(candidates: Iterable[Candidate]) -> dict[int, int]:
    """Return a pairing, left to right, in which nothing is used twice and no pair more would fit.

    The best candidates are taken first, ties in the order of the lists; what is then left over is
    paired by rearranging pairs where that makes room.

    >>> best_pairs([Candidate(0, 0, (0.9,)), Candidate(0, 1, (0.8,)), Candidate(1, 0, (0.8,))])
    {0: 1, 1: 0}
    """
    ordered = sorted(candidates, key=lambda c: (tuple(-value for value in c.rank), c.left, c.right))
    partners: dict[int, list[int]] = {}
    right_of: dict[int, int] = {}
    left_of: dict[int, int] = {}
    for candidate in ordered:
        partners.setdefault(candidate.left, []).append(candidate.right)
        if candidate.left not in right_of and candidate.right not in left_of:
            right_of[candidate.left] = candidate.right
            left_of[candidate.right] = candidate.left
    for left in sorted(partners):
        if left not in right_of:
            _make_room(left, partners, right_of, left_of)
    return dict(sorted(right_of.items()))


def _make_room(
    start: int, partners: dict[int, list[int]], right_of: dict[int, int], left_of: dict[int, int]
) -> None:
    """Pair ``start`` along the shortest chain of pairs that can be moved, if there is one."""
    reached_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        left = queue.popleft()
        for right in partners[left]:
            if right in reached_from:
                continue
            reached_from[right] = left
            if right in left_of:
                queue.append(left_of[right])
                continue
            free: int | None = right
            while free is not None:  # each one on the chain hands its partner to the one before it
                mover = reached_from[free]
                given_up = right_of.get(mover)
                right_of[mover], left_of[free] = free, mover
                free = given_up
            return


_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


def words(text: str | None) -> Words:
    """Return the words of ``text``; none for None.

    >>> words("Women  and Girls, <all> “peoples”")
    ('women', 'and', 'girls', 'all', 'peoples')
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the F1 of two bags of words, from 0.0 (nothing shared, or nothing there) to 1.0.

    >>> overlap(Counter("abcd"), Counter("abce"))
    0.75
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def contains(one: Words, other: Words) -> bool:
    """Whether one of the two, neither empty, has the other's words in a row.

    >>> contains(words("all women and girls"), words("women and girls"))
    True
    >>> contains(words("women and girls"), words("women girls"))
    False
    """
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


_RUN = re.compile(r"[^\W_]+")
_ENOUGH = 6  # so many words of a text name its place; markup may stand between later ones


class SourceLines:
    """The lines of a source's text."""

    def __init__(self, text: str) -> None:
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._words: list[str] = []
        self._offsets: list[int] = []
        for match in _RUN.finditer(text):
            for word in words(match[0]):  # NFKC may make several words of one run ("½")
                self._words.append(word)
                self._offsets.append(match.start())
        self._first: dict[str, list[int]] = {}
        for index, word in enumerate(self._words):
            self._first.setdefault(word, []).append(index)

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line with the character at ``offset``."""
        return bisect_right(self._line_starts, offset)

    def find(self, text: str, *, after: int = 0) -> int | None:
        """Return the offset at or after ``after`` where the first words of ``text`` stand, else None."""
        wanted = list(words(text)[:_ENOUGH])
        if not wanted:
            return None
        for index in self._first.get(wanted[0], ()):
            if self._offsets[index] >= after and self._words[index : index + len(wanted)] == wanted:
                return self._offsets[index]
        return None

    def line_of(self, text: str, *, inside: str = "") -> int | None:
        """Return the line on which ``text`` begins, looked for from where ``inside`` begins."""
        start = self.find(inside) or 0
        offset = self.find(text, after=start)
        return None if offset is None else self.line(offset)
