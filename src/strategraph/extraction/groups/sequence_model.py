"""A linear-chain model over words: which label each gets, and how sure that is.

The weights are whole thousandths, so that the best labels are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log
from pathlib import Path

from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import LearntWeights

PROSE, STATEMENT = "prose", "statement"
"""The two models: of all groups in running text, and of those that a plan's element is for."""

OUT, BEGIN, INSIDE = 0, 1, 2
LABELS = ("O", "B", "I")
UNIT = 1000
"""How many units of weight make one natural logarithm of the odds."""

Scores = tuple[int, int, int]
NOTHING: Scores = (0, 0, 0)
_NEVER = -(10**9)


_BITS = 40
_HALF, _MASK = 1 << (_BITS - 1), (1 << _BITS) - 1
_PLACE = 2 * _BITS
_PLACES = 2
_HALVES = sum(_HALF << place * _BITS for place in range(2 * _PLACES))
Powers = tuple[float, float, float]
_SPREAD = 1500  # thousandths: a word may be part of several mentions, none of them probable enough
_CERTAIN = 6000  # outside less anything else: a word is outside, whatever its neighbours
_LONGEST = 25  # words of a mention


def packed(scores: Scores, place: int = 0) -> int:
    """Return how far scores lie above that of the first label, as one number, so that many are added at once.

    The scores of two models, one at each ``place``, add up to one number. Sums stay below 2**39.

    >>> unpacked(packed((-5, 7, 0)) + packed((2, -9, 1)))
    (0, 1, 4)
    """
    out, begin, inside = scores
    return ((begin - out << _BITS) + inside - out) << place * _PLACE


def unpacked(total: int, place: int = 0) -> Scores:
    """Return the scores that one number holds for the model at a place; that of the first label is 0."""
    return all_unpacked([total], place)[0]


def all_unpacked(totals: Iterable[int], place: int = 0) -> list[Scores]:
    """Return the scores that each number holds for the model at a place."""
    shift = place * _PLACE
    own = [total + _HALVES >> shift for total in totals]
    return [(0, (one >> _BITS & _MASK) - _HALF, (one & _MASK) - _HALF) for one in own]


@dataclass(frozen=True, eq=False)
class SequenceModel:
    """Weights of attributes for each label, and of each label after each (``transitions[before][after]``)."""

    weights: Mapping[str, Scores]
    transitions: tuple[Scores, Scores, Scores]

    def scores(self, attributes: Iterable[str]) -> Scores:
        """Return what attributes add to each label beyond the first."""
        return unpacked(sum(packed(self.weights.get(attribute, NOTHING)) for attribute in attributes))


def load(path: Path) -> SequenceModel:
    """Return the model in a file: "after" a label, or an attribute, then a weight for each label, by tabs."""
    lines = path.read_text("utf-8").splitlines()
    rows = dict(line.split("\t", 1) for line in lines if line and line[0] != "#")
    first, second, third = (_scores(rows.pop(f"after {label}")) for label in LABELS)
    return SequenceModel(LearntWeights(rows, _scores), (first, second, third))


def _scores(row: str) -> Scores:
    out, begin, inside = map(int, row.split("\t"))
    return out, begin, inside


@cache
def group_model(name: str) -> SequenceModel:
    """Return the model of group mentions, ``PROSE`` or ``STATEMENT``, that strategraph comes with."""
    return load(resources.path("data", "models", f"groups-{name}.tsv"))


class Sureness:
    """How sure the model is of any mention of one stretch of words: its probability among all labellings.

    Forwards and backwards by Rabiner's scaling (1989): every step's weights add up to one, so that products
    neither vanish nor need logarithms.
    """

    def __init__(self, emissions: Sequence[Scores], transitions: tuple[Scores, Scores, Scores]) -> None:
        self._size = len(emissions)
        self._steps = _powers(transitions)
        self._shares: list[Powers] = []
        self._forward = self._forwards(emissions)
        self._backward = self._backwards()
        self._touching = [
            max(0.0, 1.0 - before[OUT] * after[OUT])
            for before, after in zip(self._forward, self._backward, strict=True)
        ]

    def of(self, first: int, last: int) -> float:
        """Return the probability that a mention begins at word ``first`` and ends with ``last``."""
        (*_, begun), (*_, kept) = self._steps[BEGIN], self._steps[INSIDE]
        share, label = self._forward[first][BEGIN], BEGIN
        for index in range(first + 1, last + 1):
            share *= (begun if label == BEGIN else kept) * self._shares[index][INSIDE]
            label = INSIDE
        return min(1.0, share * self._ending(last, label))

    @property
    def touching(self) -> Sequence[float]:
        """How probable it is of each word that it is part of a mention."""
        return self._touching

    def mentions(self, least: float, longest: int) -> Iterator[tuple[int, int, float]]:
        """Yield the (first word, last word, probability) of mentions that are more probable than ``least``.

        None has more than ``longest`` words, and none a word that is less probably part of a mention.
        """
        (*_, begun), (*_, kept) = self._steps[BEGIN], self._steps[INSIDE]
        for first in range(self._size):
            if self._touching[first] < least:
                continue
            share, label = self._forward[first][BEGIN], BEGIN
            for last in range(first, min(self._size, first + longest)):
                if last > first:
                    share *= (begun if label == BEGIN else kept) * self._shares[last][INSIDE]
                    label = INSIDE
                if self._touching[last] < least or share * self._backward[last][label] <= least:
                    break  # of those that begin so and go on, none is more probable
                probability = share * self._ending(last, label)
                if probability > least:
                    yield first, last, min(1.0, probability)

    def _ending(self, last: int, label: int) -> float:
        """Return how a mention's share changes by no word after ``last`` being part of it."""
        after = last + 1
        if after == self._size:
            return 1.0
        steps, shares, rest = self._steps[label], self._shares[after], self._backward[after]
        return steps[OUT] * shares[OUT] * rest[OUT] + steps[BEGIN] * shares[BEGIN] * rest[BEGIN]

    def _forwards(self, emissions: Sequence[Scores]) -> list[Powers]:
        (out_out, out_begin, _), (begin_out, begin_begin, begin_in), (in_out, in_begin, in_in) = self._steps
        table: list[Powers] = []
        out, begin, inside = 0.0, 0.0, 0.0
        for index, scores in enumerate(emissions):
            zero, to_begin, to_inside = scores
            if zero == 0 > to_begin and to_inside < 0:  # as of most words: the greatest is that of outside
                own_out, own_begin, own_inside = 1.0, exp(to_begin / UNIT), exp(to_inside / UNIT)
            else:
                own_out, own_begin, own_inside = _power_of(scores)
            if index:
                new_out = (out * out_out + begin * begin_out + inside * in_out) * own_out
                new_begin = (out * out_begin + begin * begin_begin + inside * in_begin) * own_begin
                new_inside = (begin * begin_in + inside * in_in) * own_inside
            else:
                new_out, new_begin, new_inside = own_out, own_begin, 0.0
            whole = new_out + new_begin + new_inside
            out, begin, inside = new_out / whole, new_begin / whole, new_inside / whole
            table.append((out, begin, inside))
            self._shares.append((own_out / whole, own_begin / whole, own_inside / whole))
        return table

    def _backwards(self) -> list[Powers]:
        (out_out, out_begin, _), (begin_out, begin_begin, begin_in), (in_out, in_begin, in_in) = self._steps
        out, begin, inside = 1.0, 1.0, 1.0
        table: list[Powers] = [(out, begin, inside)]
        for own_out, own_begin, own_inside in self._shares[:0:-1]:
            out, begin, inside = own_out * out, own_begin * begin, own_inside * inside
            out, begin, inside = (
                out_out * out + out_begin * begin,
                begin_out * out + begin_begin * begin + begin_in * inside,
                in_out * out + in_begin * begin + in_in * inside,
            )
            table.append((out, begin, inside))
        return table[::-1] if self._size else []


def _power_of(scores: Scores, top: int | None = None) -> Powers:
    """Return the powers of scores less the greatest, or less ``top``."""
    out, begin, inside = scores
    if top is None:
        top = max(scores)
    return exp((out - top) / UNIT), exp((begin - top) / UNIT), exp((inside - top) / UNIT)


@lru_cache(maxsize=64)
def _powers(transitions: tuple[Scores, Scores, Scores]) -> tuple[Powers, Powers, Powers]:
    """Return what a labelling's weight is multiplied by at each step; nothing is inside after outside."""
    out, begin, inside = (_power_of(scores, 0) for scores in transitions)
    return (out[OUT], out[BEGIN], 0.0), begin, inside


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Words from ``start`` to before ``end`` of a sentence that may hold a mention.

    ``touching`` is how probable it is of each that it is part of one, ``mentions`` are the (first word, last
    word, probability) of those that are probable enough, counted from ``start``.
    """

    start: int
    end: int
    touching: Sequence[float]
    mentions: Sequence[tuple[int, int, float]]


def open_runs(emissions: Sequence[Scores], model: SequenceModel, least: float) -> list[OpenRun]:
    """Return the runs of words that may hold a mention, a word outside on either side.

    ``emissions`` are the scores of each word, that of the first label 0. Words that are all but certainly
    outside part the sentence. Mentions are told that are more probable than ``least``.

    A labelling with a mention, and the same without it, differ by what the mention's words and steps add
    (:func:`_steps`): where no mention adds enough, none is probable enough, and nothing is worked out.
    """
    enter, leave_begin, leave_inside, from_begin, from_inside = _steps(model.transitions)
    enough = UNIT * log(least / (1 - least)) - _SPREAD
    ranges: list[tuple[int, int]] = []
    start, hopeful, begun, within = 0, False, _NEVER, _NEVER
    for index, (_, begin, inside) in enumerate(emissions):
        if begin < -_CERTAIN and inside < -_CERTAIN:
            if hopeful:
                ranges.append((start, index + 1))
            start, hopeful, begun, within = index, False, _NEVER, _NEVER
            continue
        begun += from_begin
        within += from_inside
        within = (begun if begun > within else within) + inside
        begun = begin + enter if index else begin
        if begun + leave_begin > enough or within + leave_inside > enough:
            hopeful = True
    if hopeful or begun > enough or within > enough:
        ranges.append((start, len(emissions)))
    return [_open_run(emissions, start, end, model, least) for start, end in ranges]


@lru_cache(maxsize=64)
def _steps(transitions: tuple[Scores, Scores, Scores]) -> tuple[int, int, int, int, int]:
    """Return the most that a mention's steps add to the weight of a labelling without it.

    They are the step into it, those out of it after its first and after another word, and those within it
    after its first and after another word. No step leads into the first word of all, none out of the last.
    """
    out, begin, inside = transitions
    enter = max(row[BEGIN] - row[OUT] for row in transitions)
    leave_begin, leave_inside = (
        max(row[label] - out[label] for label in (OUT, BEGIN)) for row in (begin, inside)
    )
    return enter, leave_begin, leave_inside, begin[INSIDE] - out[OUT], inside[INSIDE] - out[OUT]


def _open_run(
    emissions: Sequence[Scores], start: int, end: int, model: SequenceModel, least: float
) -> OpenRun:
    sureness = Sureness(emissions[start:end], model.transitions)
    return OpenRun(start, end, sureness.touching, list(sureness.mentions(least, _LONGEST)))


def likely(runs: Iterable[OpenRun], least: float) -> list[tuple[int, int, float]]:
    """Return the (first word, last word, probability) of the mentions that together promise most.

    Of all sets of mentions that do not overlap it is the one in which probabilities, less ``least`` each, add
    up to most: so many mentions are expected to be right in it. ``least`` is not below that of the runs.
    """
    return [
        (first + run.start, last + run.start, probability)
        for run in runs
        if run.mentions
        for first, last, probability in _likely_in(run.mentions, run.end - run.start, least)
    ]


def _likely_in(
    mentions: Iterable[tuple[int, int, float]], size: int, least: float
) -> list[tuple[int, int, float]]:
    ending: dict[int, list[tuple[int, float]]] = {}
    for first, last, probability in mentions:
        if probability <= least:
            continue
        ending.setdefault(last, []).append((first, probability))
    if not ending:
        return []
    best = [0.0]
    chosen: list[tuple[int, float] | None] = [None]
    for last in range(size):
        value, choice = best[-1], None
        for first, probability in ending.get(last, ()):
            if best[first] + probability - least > value:
                value, choice = best[first] + probability - least, (first, probability)
        best.append(value)
        chosen.append(choice)
    found: list[tuple[int, int, float]] = []
    after = size
    while after:
        choice = chosen[after]
        if choice is None:
            after -= 1
        else:
            found.append((choice[0], after - 1, choice[1]))
            after = choice[0]
    return found[::-1]
