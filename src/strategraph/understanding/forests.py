"""Boosted trees: sums of small decision trees, evaluated here so that they say the same on every machine."""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

_MANY = 200_000  # paths through trees: fewer take less time one by one than importing numpy does
_AT_ONCE = 256  # rows, so that the arrays of a forest of 300 trees stay below 10 MB


@dataclass(frozen=True, slots=True)
class Tree:
    """A decision tree in arrays: node ``n`` asks whether ``row[features[n]] <= thresholds[n]``.

    ``below`` and ``above`` are the nodes to go to; a negative number is the leaf ``-1 - number``. ``means``
    are the values of nodes and ``leaves`` those of leaves, both as log-odds.
    """

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    below: tuple[int, ...]
    above: tuple[int, ...]
    means: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True)
class Forest:
    """Boosted trees over named features; their sum is a logarithm of odds."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]

    def score(self, row: Sequence[float]) -> float:
        """Return the sum of the trees for the values of the features, in the order of their names."""
        total = 0.0
        for tree in self.trees:
            features, thresholds, below, above = tree.features, tree.thresholds, tree.below, tree.above
            node = 0
            while node >= 0:
                node = below[node] if row[features[node]] <= thresholds[node] else above[node]
            total += tree.leaves[-1 - node]
        return total

    def reasons(self, row: Sequence[float]) -> list[tuple[str, float]]:
        """Return what each feature adds to the log-odds of a row, the most first.

        A feature adds what the mean of a tree's node changes by at each of its questions (Saabas, 2014).
        """
        shares: dict[str, float] = defaultdict(float)
        for tree in self.trees:
            node, before = 0, tree.means[0]
            while node >= 0:
                feature = tree.features[node]
                node = tree.below[node] if row[feature] <= tree.thresholds[node] else tree.above[node]
                after = tree.means[node] if node >= 0 else tree.leaves[-1 - node]
                shares[self.names[feature]] += after - before
                before = after
        return sorted(shares.items(), key=lambda share: (-abs(share[1]), share[0]))

    @cached_property
    def answers(self) -> Answers:
        """Return the nodes in arrays, to ask them of many rows at once."""
        return Answers(self.trees)


class Answers:
    """All questions of a forest at once: each answer of no rules out the leaves below it.

    What is left of a tree's leaves, from left to right, begins with the one where its path ends (QuickScorer;
    Lucchese et al., 2015). Trees have at most 64 leaves.
    """

    def __init__(self, trees: Sequence[Tree]) -> None:
        import numpy as np

        nodes = max(len(tree.features) for tree in trees)
        shape = (len(trees), nodes)
        self.features = np.zeros(shape, dtype=np.intp)
        self.thresholds = np.full(shape, np.inf)
        self.left = np.zeros(shape, dtype=np.uint64)
        self.leaves = np.zeros((len(trees), nodes + 1))
        for number, tree in enumerate(trees):
            self.features[number, : len(tree.features)] = tree.features
            self.thresholds[number, : len(tree.features)] = tree.thresholds
            order: list[float] = []
            self._place(number, tree, 0, order)
            self.leaves[number, : len(order)] = order

    def _place(self, number: int, tree: Tree, node: int, order: list[float]) -> None:
        if node < 0:
            order.append(tree.leaves[-1 - node])
            return
        first = len(order)
        self._place(number, tree, tree.below[node], order)
        self.left[number, node] = (1 << len(order)) - (1 << first)
        self._place(number, tree, tree.above[node], order)

    def scores(self, rows: numpy.ndarray[Any, Any]) -> list[float]:
        """Return the sum of the trees for each row, added up in their order as one by one."""
        import numpy as np

        no = rows[:, self.features] > self.thresholds
        ruled_out = np.bitwise_or.reduce(np.where(no, self.left, np.uint64(0)), axis=2)
        # The least bit that is not set is the one that adding 1 sets.
        _, ends = np.frexp(((ruled_out + np.uint64(1)) & ~ruled_out).astype(float))
        values = self.leaves[np.arange(len(self.leaves)), ends - 1]
        found: list[float] = values.cumsum(axis=1)[:, -1].tolist()
        return found


def scores(forests: Sequence[Forest], rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return what each forest says of each row: a list for each row.

    The extra ``fast`` brings numpy, which answers many rows at once, with the same sums to the last bit;
    where it is missing, or not worth its import, they are answered one by one.
    """
    paths = len(rows) * sum(len(forest.trees) for forest in forests)
    if "numpy" not in sys.modules and (paths < _MANY or find_spec("numpy") is None):
        return [[forest.score(row) for forest in forests] for row in rows]
    import numpy as np

    found: list[list[float]] = []
    for start in range(0, len(rows), _AT_ONCE):
        part = np.array(rows[start : start + _AT_ONCE], dtype=float)
        found += map(list, zip(*(forest.answers.scores(part) for forest in forests), strict=True))
    return found


def probability(score: float) -> float:
    """Return the probability that a logarithm of odds says."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))


def softmax(scores: Sequence[float]) -> tuple[float, ...]:
    """Return the probability of each outcome, of which one comes true, from a score of each."""
    best = max(scores)
    powers = [math.exp(score - best) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)
