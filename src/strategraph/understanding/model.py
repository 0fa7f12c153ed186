"""The shipped model: word weights and two forests, read from data files of plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.understanding.announcements import announcements, strongest
from strategraph.understanding.features import KINDS, Features, View, class_features, unit_features
from strategraph.understanding.trees import Forest, Tree
from strategraph.understanding.words import OUTCOMES, WordModel, tokens

FILE = "elements.json"


@dataclass(frozen=True, slots=True)
class Model:
    """What decides: ``words`` scores texts, ``elements`` finds those that state one, ``classes`` theirs."""

    words: WordModel
    elements: Forest
    classes: Forest


@dataclass(frozen=True, slots=True)
class Evidence:
    """A view with the scores of its words: what both forests are asked about."""

    seen: View
    scores: Sequence[tuple[float, ...]]
    series: dict[int, tuple[float, ...]]
    announced: Sequence[Mapping[str, Features]]

    def row(self, index: int) -> Features:
        """Return the features by which a unit is found to state an element or not."""
        own, series = self.scores[index], self.series[self.seen.contexts[index].group]
        return {
            **unit_features(self.seen, index),
            **strongest(self.announced[index]),
            "words for none": own[0],
            "words for best class": max(own[1:]),
            "series words for none": series[0],
        }

    def class_row(self, index: int, kind: str, row: Features) -> Features:
        """Return the features by which a unit is found to be of a class; ``row`` are those of the unit."""
        place = OUTCOMES.index(kind)
        own, series = self.scores[index], self.series[self.seen.contexts[index].group]
        return {
            **row,
            **class_features(self.seen, index, kind),
            **self.announced[index][kind],
            "words for class": own[place],
            "words for class against best": own[place] - max(own[1:]),
            "series words for class": series[place],
            "series words for class against best": series[place] - max(series[1:]),
        }


def weigh(seen: View, words: WordModel) -> Evidence:
    """Return a view with the scores of a word model."""
    scores = [words.scores(tokens(seen, index)) for index in range(len(seen.units))]
    return evidence(seen, scores)


def evidence(seen: View, scores: Sequence[tuple[float, ...]]) -> Evidence:
    """Return a view with the scores of its units, summed up for series."""
    series = {group: _means([scores[at] for at in members]) for group, members in seen.members.items()}
    return Evidence(seen, scores, series, announcements(seen))


def _means(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(round(sum(column) / len(rows), 3) for column in zip(*rows, strict=True))


def ordered(features: Features, names: Iterable[str]) -> list[float]:
    """Return the values of features in the order of their names."""
    return [features[name] for name in names]


@cache
def shipped() -> Model:
    """Return the model that is part of the package."""
    with resources.path("data", "models", FILE).open(encoding="utf-8") as file:
        return from_json(json.load(file))


def from_json(data: dict[str, Any]) -> Model:
    """Return the model that :func:`to_json` wrote."""
    words = data["words"]
    return Model(
        WordModel(
            {token: _full(weights) for token, weights in words["weights"].items()},
            tuple(words["bias"]),
            words["scale"],
        ),
        _forest(data["elements"]),
        _forest(data["classes"]),
    )


def _full(weights: dict[str, float]) -> tuple[float, ...]:
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
