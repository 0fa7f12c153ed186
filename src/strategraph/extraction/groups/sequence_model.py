"""A linear-chain model over words: which label each gets, and how sure that is.

The weights are whole thousandths, so that the best labels are the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from strategraph.knowledge import resources

PROSE, STATEMENT = "prose", "statement"
"""The two models: of all groups in running text, and of those that a plan's element is for."""

OUT, BEGIN, INSIDE = 0, 1, 2
LABELS = ("O", "B", "I")
UNIT = 1000
"""How many units of weight make one natural logarithm of the odds."""

Scores = tuple[int, int, int]
Sums = tuple[float, float, float]
NOTHING: Scores = (0, 0, 0)
_NEVER = -(10**9)


@dataclass(frozen=True, eq=False)
class SequenceModel:
    """Weights of attributes for each label, and of each label after each (``transitions[before][after]``)."""

    weights: Mapping[str, Scores]
    transitions: tuple[Scores, Scores, Scores]

    def scores(self, attributes: Iterable[str]) -> Scores:
        """Return what attributes add to each label."""
        out = begin = inside = 0
        weights = self.weights
        for attribute in attributes:
            found = weights.get(attribute)
            if found is not None:
                out += found[0]
                begin += found[1]
                inside += found[2]
        return out, begin, inside


class _Written(Mapping[str, Scores]):
    """Weights as a file has them; each is read when it is first asked for, as a text asks for few of all."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines
        self._read: dict[str, Scores] = {}

    def __getitem__(self, name: str) -> Scores:
        found = self._read.get(name)
        if found is None:
            out, begin, inside = self._lines[name].split("\t")
            found = self._read[name] = (int(out), int(begin), int(inside))
        return found

    def get(self, name: str, default: Scores | None = None) -> Scores | None:  # type: ignore[override]
        """Return the weights of an attribute, if the file has it."""
        return self[name] if name in self._lines else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def load(path: Path) -> SequenceModel:
    """Return the model in a file: "transition", or an attribute, then a weight for each label, by tabs."""
    lines = path.read_text("utf-8").splitlines()
    written = _Written(dict(line.split("\t", 1) for line in lines if line[:1] not in ("", "#")))
    first, second, third = (written[f"after {label}"] for label in LABELS)
    return SequenceModel(written, (first, second, third))


@cache
def group_model(name: str) -> SequenceModel:
    """Return the model of group mentions, ``PROSE`` or ``STATEMENT``, that strategraph comes with."""
    return load(resources.path("data", "models", f"groups-{name}.tsv"))


class Sureness:
    """How sure the model is of any mention of one sentence: its probability among all labellings."""

    def __init__(self, emissions: Sequence[Scores], transitions: Sequence[Scores]) -> None:
        self._emissions = emissions
        self._transitions = transitions
        self._forward = self._forwards()
        self._backward = self._backwards()
        self._total = _sum_of(*self._forward[-1]) if emissions else 0.0

    def of(self, first: int, last: int) -> float:
        """Return the probability that a mention begins at word ``first`` and ends with ``last``."""
        score = self._forward[first][BEGIN]
        for index in range(first + 1, last + 1):
            before = BEGIN if index == first + 1 else INSIDE
            score += (self._transitions[before][INSIDE] + self._emissions[index][INSIDE]) / UNIT
        label = BEGIN if first == last else INSIDE
        if last + 1 == len(self._emissions):
            rest = 0.0
        else:
            after, backward = self._emissions[last + 1], self._backward[last + 1]
            rest = _sum_of(
                (self._transitions[label][OUT] + after[OUT]) / UNIT + backward[OUT],
                (self._transitions[label][BEGIN] + after[BEGIN]) / UNIT + backward[BEGIN],
                -math.inf,
            )
        return min(1.0, math.exp(score + rest - self._total))

    def touching(self, index: int) -> float:
        """Return the probability that the word at ``index`` is part of a mention."""
        outside = self._forward[index][OUT] + self._backward[index][OUT] - self._total
        return max(0.0, 1.0 - math.exp(min(0.0, outside)))

    def _forwards(self) -> list[Sums]:
        if not self._emissions:
            return []
        (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = self._steps()
        first = self._emissions[0]
        out, begin, inside = first[OUT] / UNIT, first[BEGIN] / UNIT, -math.inf
        table = [(out, begin, inside)]
        for scores in self._emissions[1:]:
            out, begin, inside = (
                _sum_of(out + oo, begin + bo, inside + io) + scores[OUT] / UNIT,
                _sum_of(out + ob, begin + bb, inside + ib) + scores[BEGIN] / UNIT,
                _sum_of(out + oi, begin + bi, inside + ii) + scores[INSIDE] / UNIT,
            )
            table.append((out, begin, inside))
        return table

    def _backwards(self) -> list[Sums]:
        (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = self._steps()
        out = begin = inside = 0.0
        table = [(out, begin, inside)]
        for scores in reversed(self._emissions[1:]):
            out += scores[OUT] / UNIT
            begin += scores[BEGIN] / UNIT
            inside += scores[INSIDE] / UNIT
            out, begin, inside = (
                _sum_of(oo + out, ob + begin, oi + inside),
                _sum_of(bo + out, bb + begin, bi + inside),
                _sum_of(io + out, ib + begin, ii + inside),
            )
            table.append((out, begin, inside))
        return table[::-1]

    def _steps(self) -> list[Sums]:
        """Return what each label after each adds; none is inside what has not begun."""
        return [
            (row[OUT] / UNIT, row[BEGIN] / UNIT, -math.inf if before == OUT else row[INSIDE] / UNIT)
            for before, row in enumerate(self._transitions)
        ]


def _sum_of(first: float, second: float, third: float) -> float:
    """Return the logarithm of the sum of three numbers that are given by their logarithms."""
    top = max(first, second, third)
    if top == -math.inf:
        return top
    exp = math.exp
    return top + math.log(exp(first - top) + exp(second - top) + exp(third - top))
