"""The shipped model: word weights and forests, read from a data file of plain text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import LearntWeights
from strategraph.understanding.announcements import announcements, strongest
from strategraph.understanding.features import class_features, unit_features
from strategraph.understanding.forests import Forest, Tree, probability, scores, softmax
from strategraph.understanding.view import KINDS, Features, View
from strategraph.understanding.wording import OUTCOMES, WordModel, tokens, wordings

FILE = "elements.json"
_UNLIKELY = 0.03  # to state an element: both answers together would hardly be chosen
LEAST = 0.1  # of the probability to state an element: what is below is never chosen
_OUTCOMES = 0.4  # the weight of the forest for each outcome; with .5 macro F1 was .617, with .4 .624
_AT_ONCE = 200  # units, so that memory does not grow with the document
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

    def probabilities(self, told: Evidence, least: Mapping[int, float]) -> dict[int, Probabilities]:
        """Return how likely each of some units states an element, and each class where that is likely enough.

        ``least`` has the units, by their indexes, and what is enough for each.
        """
        found: dict[int, Probabilities] = {}
        for some in _parts(tuple(least), _AT_ONCE):
            found.update(self._probabilities(told, {index: least[index] for index in some}))
        return found

    def _probabilities(
        self, told: Evidence, least: Mapping[int, float]
    ) -> Iterator[tuple[int, Probabilities]]:
        rows = {index: told.row(index) for index in least}
        firsts = _answers((self.elements,), rows.values())
        likely = {index: probability(one) for index, (one,) in zip(rows, firsts, strict=True)}
        asked = [index for index in rows if likely[index] >= _UNLIKELY or not least[index]]
        of_classes = {index: [told.of_class(index, kind) for kind in KINDS] for index in asked}
        wholes = (outcome_row(rows[index], of_classes[index]) for index in asked)
        outcomes = dict(zip(asked, map(softmax, _answers(self.outcomes, wholes)), strict=True))
        elements = {index: _weighted(likely[index], 1.0 - outcomes[index][0]) for index in asked}
        weighed = [index for index in asked if elements[index] >= least[index]]
        mine = ({**rows[index], **each} for index in weighed for each in of_classes[index])
        odds = (probability(one) for (one,) in _answers((self.classes,), mine))
        for index in rows:
            if index not in elements:
                yield index, Probabilities((1.0 - _OUTCOMES) * likely[index], ())
            elif elements[index] < least[index]:
                yield index, Probabilities(elements[index], ())
        for index in weighed:
            kinds = outcomes[index][1:]
            total = sum(kinds) or 1.0
            classes = tuple(_weighted(next(odds), other / total) for other in kinds)
            yield index, Probabilities(elements[index], classes)

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


def _parts(indexes: Sequence[int], length: int) -> Iterator[Sequence[int]]:
    return (indexes[start : start + length] for start in range(0, len(indexes), length))


def _answers(forests: Sequence[Forest], rows: Iterable[Features]) -> list[list[float]]:
    """Return what forests that ask for the same features say of each row."""
    return scores(forests, [ordered(row, forests[0].names) for row in rows])


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
