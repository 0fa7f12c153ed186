"""The shipped model: word weights and forests, read from a data file of plain text.

Boosted trees: sums of small decision trees, evaluated here so that they say the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import LearntWeights
from strategraph.understanding.announcements import announcements, strongest
from strategraph.understanding.features import class_features, unit_features
from strategraph.understanding.view import KINDS, Features, View
from strategraph.understanding.wording import OUTCOMES, WordModel, tokens, wordings


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


FILE = "elements.json"
_UNLIKELY = 0.03  # to state an element: both answers together would hardly be chosen
LEAST = 0.1  # of the probability to state an element: what is below is never chosen
_OUTCOMES = 0.4  # the weight of the forest for each outcome; with .5 macro F1 was .617, with .4 .624
_ALIKE = ("class",)  # the features of a class that are the same in all texts


@dataclass(frozen=True, slots=True)
class Model:
    """What decides: ``words`` scores texts, ``elements`` finds those that state one, ``classes`` theirs.

    ``outcomes`` decides both anew, with a forest for none and for each class: it errs elsewhere than the
    other two, which see all classes alike.
    """

    words: WordModel
    elements: Forest
    classes: Forest
    outcomes: tuple[Forest, ...]

    def probabilities(self, told: Evidence, index: int, *, least: float = LEAST) -> Probabilities:
        """Return how likely a unit states an element, and each class where that is at least ``least``."""
        row = told.row(index)
        likely = self.elements.probability(ordered(row, self.elements.names))
        if likely < _UNLIKELY and least:
            return Probabilities((1.0 - _OUTCOMES) * likely, ())
        of_classes = [told.of_class(index, kind) for kind in KINDS]
        whole_row = ordered(outcome_row(row, of_classes), self.outcomes[0].names)
        none, *kinds = softmax(self.outcomes, whole_row)
        element = _weighted(likely, 1.0 - none)
        if element < least:
            return Probabilities(element, ())
        odds = [self.classes.probability(ordered({**row, **mine}, self.classes.names)) for mine in of_classes]
        total = sum(kinds) or 1.0
        return Probabilities(
            element, tuple(_weighted(one, other / total) for one, other in zip(odds, kinds, strict=True))
        )

    def reasons(self, told: Evidence, index: int, kind: str) -> tuple[Shares, Shares]:
        """Return what each feature adds to the log-odds that a unit states an element, and is of a class.

        Of both answers, by their weights; the weightiest first.
        """
        row = told.row(index)
        whole = told.outcome_row(index, row)
        none, mine = (
            dict(forest.reasons(ordered(whole, forest.names)))
            for forest in (self.outcomes[0], self.outcomes[OUTCOMES.index(kind)])
        )
        either = {name: mine.get(name, 0.0) - none.get(name, 0.0) for name in (*mine, *none)}
        class_row = {**row, **told.of_class(index, kind)}
        first = dict(self.elements.reasons(ordered(row, self.elements.names)))
        second = dict(self.classes.reasons(ordered(class_row, self.classes.names)))
        return _mean_shares(first, either, kind, whole), _mean_shares(second, mine, kind, whole)


def _weighted(one: float, other: float) -> float:
    return (1.0 - _OUTCOMES) * one + _OUTCOMES * other


Shares = tuple[tuple[str, float, float], ...]
"""Features, their values and what they add."""


def _mean_shares(first: Mapping[str, float], second: Mapping[str, float], kind: str, row: Features) -> Shares:
    shares: dict[str, float] = defaultdict(float)
    for name, share in first.items():
        shares[name] += _weighted(share, 0.0)
    for name, share in second.items():
        shares[name.removesuffix(f": {kind}")] += _weighted(0.0, share)
    values = {name: row.get(name, row.get(f"{name}: {kind}", 0.0)) for name in shares}
    ranked = sorted(shares.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple((name, values[name], share) for name, share in ranked)


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely a unit states an element, and each of :data:`KINDS` if so; none where it hardly does."""

    element: float
    classes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A view with the scores of its words: what both forests are asked about."""

    seen: View
    scores: Sequence[tuple[float, ...]]
    series: dict[int, tuple[float, ...]]
    announced: Sequence[Mapping[str, Features]]
    worded: Sequence[Features]

    def row(self, index: int) -> Features:
        """Return the features by which a unit is found to state an element or not."""
        own, series = self.scores[index], self.series[self.seen.contexts[index].group]
        return {
            **unit_features(self.seen, index),
            **strongest(self.announced[index]),
            **self.worded[index],
            "words for none": own[0],
            "words for best class": max(own[1:]),
            "series words for none": series[0],
        }

    def of_class(self, index: int, kind: str) -> Features:
        """Return the features of a unit together with a class."""
        place = OUTCOMES.index(kind)
        own, series = self.scores[index], self.series[self.seen.contexts[index].group]
        return {
            **class_features(self.seen, index, kind),
            **self.announced[index][kind],
            "words for class": own[place],
            "words for class against best": own[place] - max(own[1:]),
            "series words for class": series[place],
            "series words for class against best": series[place] - max(series[1:]),
        }

    def outcome_row(self, index: int, row: Features) -> Features:
        """Return the features of a unit and of all classes; ``row`` are those of the unit."""
        return outcome_row(row, [self.of_class(index, kind) for kind in KINDS])


def outcome_row(row: Features, of_classes: Sequence[Features]) -> Features:
    """Return the features of a unit and those of all :data:`KINDS`, under their names too."""
    found = dict(row)
    for kind, mine in zip(KINDS, of_classes, strict=True):
        found.update((f"{name}: {kind}", value) for name, value in mine.items() if name not in _ALIKE)
    return found


def weigh(seen: View, words: WordModel) -> Evidence:
    """Return a view with the scores of a word model."""
    scores = [words.scores(tokens(seen, index)) for index in range(len(seen.units))]
    return evidence(seen, scores)


def evidence(seen: View, scores: Sequence[tuple[float, ...]]) -> Evidence:
    """Return a view with the scores of its units, summed up for series."""
    series = {group: _means([scores[at] for at in members]) for group, members in seen.members.items()}
    return Evidence(seen, scores, series, announcements(seen), wordings(seen))


def _means(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(round(sum(column) / len(rows), 3) for column in zip(*rows, strict=True))


def ordered(features: Features, names: Iterable[str]) -> list[float]:
    """Return the values of features in the order of their names."""
    return [features[name] for name in names]


@cache
def shipped() -> Model:
    """Return the model that is part of the package."""
    return from_text(resources.path("data", "models", FILE).read_text(encoding="utf-8"))


# Between these, the file has the weights of a word on each line.
_WEIGHTS, _BEHIND = '"weights":{\n', "\n}},\n"


def from_text(text: str) -> Model:
    """Return the model that :func:`to_json` gave, from its file.

    The weights of a word, most of the file, are parsed when a text asks for them: of 20,000 it asks for few.
    """
    before, _, weights = text.partition(_WEIGHTS)
    rows, _, behind = weights.partition(_BEHIND)
    data = json.loads("".join([before, _WEIGHTS, _BEHIND, behind]))
    words = data["words"]
    return Model(
        WordModel(
            LearntWeights(dict(map(_row, filter(None, rows.split("\n")))), _full),
            tuple(words["bias"]),
            words["scale"],
        ),
        _forest(data["elements"]),
        _forest(data["classes"]),
        tuple(
            _forest({"names": data["outcomes"]["names"], "trees": trees})
            for trees in data["outcomes"]["trees"]
        ),
    )


def _row(line: str) -> tuple[str, str]:
    """Return a word, and its weights as they are written."""
    name, _, weights = line.rstrip(",").partition('":')
    return name[1:], weights


@lru_cache(maxsize=2**13)
def _full(row: str) -> tuple[float, ...]:
    weights: dict[str, float] = json.loads(row)
    return tuple(weights.get(outcome, 0.0) for outcome in OUTCOMES)


def _forest(data: dict[str, Any]) -> Forest:
    return Forest(
        tuple(data["names"]),
        tuple(Tree(*(tuple(part) for part in tree)) for tree in data["trees"]),
    )


def to_json(model: Model) -> dict[str, Any]:
    """Return a model as JSON holds it; weights of nought are left out."""
    return {
        "kinds": list(KINDS),
        "words": {
            "scale": model.words.scale,
            "bias": list(model.words.bias),
            "weights": {
                token: {outcome: value for outcome, value in zip(OUTCOMES, weights, strict=True) if value}
                for token, weights in sorted(model.words.weights.items())
            },
        },
        "elements": _forest_json(model.elements),
        "classes": _forest_json(model.classes),
        "outcomes": {
            "names": list(model.outcomes[0].names),
            "trees": [_forest_json(forest)["trees"] for forest in model.outcomes],
        },
    }


def _forest_json(forest: Forest) -> dict[str, Any]:
    return {
        "names": list(forest.names),
        "trees": [
            [
                list(tree.features),
                list(tree.thresholds),
                list(tree.below),
                list(tree.above),
                list(tree.means),
                list(tree.leaves),
            ]
            for tree in forest.trees
        ],
    }
