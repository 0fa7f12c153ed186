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
        self._total = _log_sum(self._forward[-1]) if emissions else 0.0

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
            rest = _log_sum(
                [
                    (self._transitions[label][after] + self._emissions[last + 1][after]) / UNIT
                    + self._backward[last + 1][after]
                    for after in (OUT, BEGIN)
                ]
            )
        return min(1.0, math.exp(score + rest - self._total))

    def touching(self, index: int) -> float:
        """Return the probability that the word at ``index`` is part of a mention."""
        outside = self._forward[index][OUT] + self._backward[index][OUT] - self._total
        return max(0.0, 1.0 - math.exp(min(0.0, outside)))

    def _forwards(self) -> list[list[float]]:
        table: list[list[float]] = []
        for index, scores in enumerate(self._emissions):
            if index == 0:
                row = [scores[OUT] / UNIT, scores[BEGIN] / UNIT, -math.inf]
            else:
                row = [
                    _log_sum([table[-1][b] + self._step(b, after) for b in range(3)]) + scores[after] / UNIT
                    for after in range(3)
                ]
            table.append(row)
        return table

    def _backwards(self) -> list[list[float]]:
        table: list[list[float]] = [[0.0, 0.0, 0.0]]
        for scores in reversed(self._emissions[1:]):
            after = [scores[label] / UNIT + table[-1][label] for label in range(3)]
            table.append([_log_sum([self._step(b, a) + after[a] for a in range(3)]) for b in range(3)])
        return table[::-1]

    def _step(self, before: int, after: int) -> float:
        if before == OUT and after == INSIDE:
            return -math.inf
        return self._transitions[before][after] / UNIT


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    if top == -math.inf:
        return top
    return top + math.log(sum(math.exp(value - top) for value in values))
