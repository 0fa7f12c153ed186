"""Boosted trees: sums of small decision trees, evaluated here so that they say the same on every machine."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees over named features; their sum is a logarithm of odds."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability of yes for the values of the features, in the order of their names."""
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, self.score(row)))))

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


def softmax(forests: Sequence[Forest], row: Sequence[float]) -> tuple[float, ...]:
    """Return the probability of each outcome for a row, by one forest for each; they sum up to 1."""
    scores = [forest.score(row) for forest in forests]
    best = max(scores)
    powers = [math.exp(score - best) for score in scores]
    return tuple(power / sum(powers) for power in powers)
