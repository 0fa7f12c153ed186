"""Ranking candidates: a forest scores each, and beside them stands that none of them is the answer.

The scores are the logarithms of odds against none of them, whose score is 0; so the probabilities of all
candidates of a document and of none are one together (the multinomial logit of McFadden, 1974).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.understanding.forests import Forest, Tree, scores

FILE = "profile.json"
FIELDS = ("title", "owner", "period")
LEAST = 3  # publishers that use a word that is kept
_USAGE = ("rarest word", "commonest word", "mean use", "known words")
_COMPARED = 25  # of the most probable rows, for agreement
_FULLER = 0.3  # of a row's probability is enough for a fuller form of it: docs/plan-fields.md


@dataclass(frozen=True, slots=True)
class Ranker:
    """What tells the best of some candidates; below ``threshold`` the best is none."""

    forest: Forest
    threshold: float

    def best(
        self, rows: Sequence[Mapping[str, float]], agree: Callable[[int, int], bool] | None = None
    ) -> tuple[int, float] | None:
        """Return the position of the most probable row and its probability, or None below the threshold.

        Where ``agree`` says which rows (by their positions) are one answer in other words, a row is as
        probable as all that agree with it together.
        """
        said = self._probabilities(rows)
        ranked = sorted(range(len(said)), key=lambda index: (-said[index], index))
        if not ranked:
            return None
        if agree is not None:
            first = ranked[:_COMPARED]
            together = {one: math.fsum(said[other] for other in first if agree(one, other)) for one in first}
            best = max(first, key=lambda index: (round(together[index], 9), said[index], -index))
            probability = together[best]
        else:
            best, probability = ranked[0], said[ranked[0]]
        return (best, probability) if probability >= self.threshold else None

    def fullest(self, rows: Sequence[Mapping[str, float]], best: int, fuller: Callable[[int], bool]) -> int:
        """Return the most probable row that is a fuller form of the best one and not much less probable.

        Where there is none, it is the best row itself.
        """
        said = self._probabilities(rows)
        least = _FULLER * said[best]
        forms = [at for at, value in enumerate(said) if at != best and value >= least and fuller(at)]
        return max(forms, key=lambda at: (said[at], -at), default=best)

    def _probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        names = self.forest.names
        said = scores((self.forest,), [[row[name] for name in names] for row in rows])
        logits = [round(score, 9) for (score,) in said]
        most = max(0.0, *logits) if logits else 0.0
        odds = [math.exp(logit - most) for logit in logits]
        every = math.fsum((*odds, math.exp(-most)))
        return [odd / every for odd in odds]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many of ``publishers`` use each word: a name is of words that few others use."""

    publishers: int
    words: Mapping[str, int]

    def features(self, words: Sequence[str], own: Set[str] = frozenset()) -> dict[str, float]:
        """Return how widely the words of a name are used; -1 where it has none but digits.

        ``own`` are the words of the document's publisher, where that is one of those counted: its own use
        tells nothing. What fewer than three others use counts as used by none.
        """
        used = [self.words.get(word, 0) - (word in own) for word in words if not word.isdigit()]
        if not used:
            return dict.fromkeys(_USAGE, -1.0)
        most = math.log1p(self.publishers) or 1.0
        shares = [math.log1p(number if number >= LEAST else 0) / most for number in used]
        values = (
            min(shares), max(shares), math.fsum(shares) / len(shares),
            sum(number >= LEAST for number in used) / len(used),
        )  # fmt: skip
        return {name: round(value, 3) for name, value in zip(_USAGE, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Rankers:
    """The three rankers of a profile, and what an owner is told from other names by."""

    title: Ranker
    owner: Ranker
    period: Ranker
    usage: Usage


@cache
def shipped() -> Rankers:
    """Return the rankers that are part of the package."""
    with resources.path("data", "models", FILE).open(encoding="utf-8") as file:
        return from_json(json.load(file))


def from_json(data: Mapping[str, Any]) -> Rankers:
    """Return the rankers that :func:`to_json` wrote."""
    usage = Usage(data["usage"]["publishers"], data["usage"]["words"])
    title, owner, period = (_ranker(data[name]) for name in FIELDS)
    return Rankers(title, owner, period, usage)


def _ranker(data: Mapping[str, Any]) -> Ranker:
    trees = tuple(Tree(*(tuple(part) for part in tree)) for tree in data["trees"])
    return Ranker(Forest(tuple(data["names"]), trees), data["threshold"])


def to_json(rankers: Rankers) -> dict[str, Any]:
    """Return rankers as JSON holds them."""
    usage = {"publishers": rankers.usage.publishers, "words": dict(sorted(rankers.usage.words.items()))}
    return {**{name: _json(getattr(rankers, name)) for name in FIELDS}, "usage": usage}


def _json(ranker: Ranker) -> dict[str, Any]:
    trees = [
        [
            list(part)
            for part in (tree.features, tree.thresholds, tree.below, tree.above, tree.means, tree.leaves)
        ]
        for tree in ranker.forest.trees
    ]
    return {"threshold": ranker.threshold, "names": list(ranker.forest.names), "trees": trees}
