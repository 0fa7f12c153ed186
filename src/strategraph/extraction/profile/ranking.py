"""Ranking candidates: a forest gives each a probability, and below a threshold none of them is the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.understanding.trees import Forest, Tree

FILE = "profile.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """What tells the best of some candidates; below ``threshold`` the best is none."""

    forest: Forest
    threshold: float

    def best(self, rows: Sequence[Mapping[str, float]]) -> tuple[int, float] | None:
        """Return the position of the most probable row and its probability, or None below the threshold."""
        names = self.forest.names
        scores = [self.forest.probability([row[name] for name in names]) for row in rows]
        if not scores:
            return None
        best = max(range(len(scores)), key=lambda index: (round(scores[index], 9), -index))
        return (best, scores[best]) if scores[best] >= self.threshold else None


@dataclass(frozen=True, slots=True)
class Rankers:
    """The three rankers of a profile."""

    title: Ranker
    owner: Ranker
    period: Ranker


@cache
def shipped() -> Rankers:
    """Return the rankers that are part of the package."""
    with resources.path("data", "models", FILE).open(encoding="utf-8") as file:
        return from_json(json.load(file))


def from_json(data: Mapping[str, Any]) -> Rankers:
    """Return the rankers that :func:`to_json` wrote."""
    return Rankers(*(_ranker(data[name]) for name in ("title", "owner", "period")))


def _ranker(data: Mapping[str, Any]) -> Ranker:
    trees = tuple(Tree(*(tuple(part) for part in tree)) for tree in data["trees"])
    return Ranker(Forest(tuple(data["names"]), trees), data["threshold"])


def to_json(rankers: Rankers) -> dict[str, Any]:
    """Return rankers as JSON holds them."""
    return {name: _json(getattr(rankers, name)) for name in ("title", "owner", "period")}


def _json(ranker: Ranker) -> dict[str, Any]:
    trees = [
        [
            list(part)
            for part in (tree.features, tree.thresholds, tree.below, tree.above, tree.means, tree.leaves)
        ]
        for tree in ranker.forest.trees
    ]
    return {"threshold": ranker.threshold, "names": list(ranker.forest.names), "trees": trees}
