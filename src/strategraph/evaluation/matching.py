"""Pairing: texts compared as sequences of words, two lists one to one, predicted elements with gold ones."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from strategraph.evaluation.gold import ELEMENT_TYPES, Gold, GoldElement
from strategraph.model import Element, Plan

_WORD = re.compile(r"[^\W_]+")
Words = tuple[str, ...]
_ENOUGH = 6  # so many words of a text name its place; markup may stand between later ones
SAME_TEXT = 0.8  # the F1 of two texts' words from which they are the same element's
Parents = dict[str, str | None]  # from an element to the nearest annotated one around it, None at the top


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


class SourceLines:
    """The lines of a source's text."""

    def __init__(self, text: str) -> None:
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._words: list[str] = []
        self._offsets: list[int] = []
        for match in _WORD.finditer(text):
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


@dataclass(frozen=True, slots=True)
class Alignment:
    """The elements that count, and the one-to-one match between them.

    ``pairs`` are the hits; ``missed`` and ``invented`` are what is in one of the two only. ``gold_ids``
    leads from the IRI of each prediction that is a hit to its gold id; ``waived`` are the gold ids and
    predicted IRIs that are neither hit nor miss: both kinds of parents have all others.
    """

    pairs: tuple[tuple[GoldElement, Element], ...]
    missed: tuple[GoldElement, ...]
    invented: tuple[Element, ...]
    gold_ids: dict[str, str]
    waived: frozenset[str]
    gold_parents: Parents
    parents: Parents


def align(plan: Plan, gold: Gold) -> Alignment:
    """Return the match between the elements of ``plan`` and those of ``gold``.

    Commitments, purposes and types that the gold does not annotate are no part of it. Required gold
    elements have the first choice of the predictions; optional ones take from what is left, of whatever
    type: of what need not be there, no wrong type is a false hit. What stands below an optional element
    counts like any other, under what encloses that element.
    """
    kinds = frozenset(ELEMENT_TYPES) - gold.not_annotated
    wanted = _gold_sides([e for e in gold.elements if e.type in kinds], _gold_around(gold, kinds))
    found = _plan_sides([e for e in plan.elements if e.kind in kinds], _plan_around(plan, kinds))
    required = [side for side in wanted if side.name not in gold.optional]
    hits = _match(required, found)
    taken = {right.name for _, right in hits}
    rest = [side for side in found if side.name not in taken]
    free = _match([side for side in wanted if side.name in gold.optional], rest, of_one_type=False)
    waived = gold.optional | {right.name for _, right in free}

    by_id = {e.id: e for e in gold.elements}
    by_iri = {e.iri: e for e in plan.elements}
    hit = {left.name for left, _ in hits}
    return Alignment(
        pairs=tuple((by_id[left.name], by_iri[right.name]) for left, right in hits),
        missed=tuple(by_id[side.name] for side in required if side.name not in hit),
        invented=tuple(by_iri[side.name] for side in rest if side.name not in waived),
        gold_ids={right.name: left.name for left, right in hits},
        waived=waived,
        gold_parents=_gold_around(gold, kinds, waived),
        parents=_plan_around(plan, kinds, waived),
    )


def _gold_around(gold: Gold, kinds: Set[str], waived: Set[str] = frozenset()) -> Parents:
    return _enclosing([(e.id, e.parent, e.type in kinds and e.id not in waived) for e in gold.elements])


def _plan_around(plan: Plan, kinds: Set[str], waived: Set[str] = frozenset()) -> Parents:
    return _enclosing([(e.iri, e.parent, e.kind in kinds and e.iri not in waived) for e in plan.elements])


def _enclosing(elements: list[tuple[str, str | None, bool]]) -> Parents:
    """Map each (name, parent, counts) that counts to the nearest one around it that counts."""
    around = {name: (parent, counts) for name, parent, counts in elements}

    def climb(name: str | None) -> str | None:
        while name in around and not around[name][1]:
            name = around[name][0]
        return name if name in around else None

    return {name: climb(parent) for name, parent, counts in elements if counts}


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared of an element, on either side; ``bag`` are the words of title and statement."""

    name: str
    kind: str
    number: Words
    title: Words
    bag: Counter[str]
    around: Counter[str] | None  # the bag of the element around it


def _gold_sides(elements: Sequence[GoldElement], parents: Parents) -> list[_Side]:
    bags = {e.id: _bag(e.title, e.statement) for e in elements}
    return [
        _Side(e.id, e.type, words(e.number), words(e.title), bags[e.id], bags.get(parents[e.id] or ""))
        for e in elements
    ]


def _plan_sides(elements: Sequence[Element], parents: Parents) -> list[_Side]:
    bags = {e.iri: _bag(e.title, e.statement) for e in elements}
    return [
        _Side(e.iri, e.kind, words(e.number), words(e.title), bags[e.iri], bags.get(parents[e.iri] or ""))
        for e in elements
    ]


def _bag(title: str | None, statement: str | None) -> Counter[str]:
    return Counter(words(title) + words(statement))


def _match(
    wanted: Sequence[_Side], found: Sequence[_Side], *, of_one_type: bool = True
) -> list[tuple[_Side, _Side]]:
    """Return the best pairs of elements that may be the same, in the order of ``wanted``."""
    candidates = []
    for left, expected in enumerate(wanted):
        for right, side in enumerate(found):
            likeness = _likeness(expected, side)
            if likeness is not None and (expected.kind == side.kind or not of_one_type):
                candidates.append(Candidate(left, right, likeness))
    return [(wanted[left], found[right]) for left, right in best_pairs(candidates).items()]


def _likeness(one: _Side, other: _Side) -> tuple[float, ...] | None:
    """Return how like two elements are, in text, then number, then parent; None for unlike ones."""
    text = overlap(one.bag, other.bag)
    same_number = one.number == other.number
    # A title and number identify an element whose statement was cut elsewhere; a number alone does so
    # only where there are no texts at all.
    named = bool(one.title) or bool(one.number and not one.bag and not other.bag)
    if text < SAME_TEXT and not (named and one.title == other.title and same_number):
        return None
    if one.around is None or other.around is None:
        around = float(one.around is other.around)
    else:
        around = overlap(one.around, other.around)
    return (text, float(same_number), around)
