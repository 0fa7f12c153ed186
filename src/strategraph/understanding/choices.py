"""Choices: which units state elements, and of which class, by the model's probabilities."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from strategraph.understanding.drafts import Choice
from strategraph.understanding.features import KINDS, View
from strategraph.understanding.labels import is_foreign

LEAST = 0.1  # of the probability to state an element: what is below is never chosen
_SHARE = 0.37  # of the expected F1; in theory a half, in cross-validation a little less
_LOWEST, _HIGHEST = 0.1, 0.33  # chances between which the bar lies
_NOTHING = 0.2  # the chance of the likeliest unit below which a document is taken to state nothing
_SMALLEST = 1e-4


def choose(seen: View, elements: Sequence[float], classes: Mapping[int, Sequence[float]]) -> list[Choice]:
    """Return the choices in reading order.

    ``elements`` are the probabilities that the units state an element, ``classes`` those of each class for
    the units that may. Siblings without a label of their own share a class; of a sentence and its paragraph,
    the likelier is chosen.
    """
    chances = {index: elements[index] * max(_normal(odds)) for index, odds in classes.items()}
    if max(chances.values(), default=0.0) < _NOTHING:
        return []
    least = bar(chances.values())
    taken = [
        index
        for index in sorted(chances)
        if chances[index] >= least and not is_foreign(seen.units[index].text, seen.units[index].language)
    ]
    shared = _shared(seen, taken, classes)
    blocks: dict[int, list[int]] = {}
    for index in taken:
        blocks.setdefault(id(seen.units[index].block), []).append(index)
    found = []
    for index in taken:
        if _covered(seen, index, blocks[id(seen.units[index].block)], elements):
            continue
        odds = _normal(classes[index]) if _labelled(seen, index) else shared[seen.contexts[index].group]
        ranked = sorted(zip(KINDS, odds, strict=True), key=lambda pair: -pair[1])
        found.append(Choice(index, ranked[0][0], elements[index], tuple(ranked)))
    return found


def bar(chances: Iterable[float]) -> float:
    """Return the chance to be right from which on units are chosen, for one document.

    What raises the expected F1 is at least half as likely as the F1 that is reached (Lipton, Elkan and
    Naryanaswamy, Optimal Thresholding of Classifiers to Maximize F1 Measure, 2014): where little is certain
    more is taken.
    """
    ranked = sorted(chances, reverse=True)
    total, right, best = sum(ranked), 0.0, 0.0
    for number, chance in enumerate(ranked, start=1):
        right += chance
        best = max(best, 2 * right / (number + total))
    return min(_HIGHEST, max(_LOWEST, _SHARE * best))


def _shared(
    seen: View, taken: Sequence[int], classes: Mapping[int, Sequence[float]]
) -> dict[int, list[float]]:
    """Return the probabilities of the classes for each series: the geometric mean of its members'."""
    groups: dict[int, list[list[float]]] = {}
    for index in taken:
        groups.setdefault(seen.contexts[index].group, []).append(_normal(classes[index]))
    return {
        group: _normal(
            [
                math.exp(sum(math.log(max(_SMALLEST, row[k])) for row in rows) / len(rows))
                for k in range(len(KINDS))
            ]
        )
        for group, rows in groups.items()
    }


def _normal(values: Sequence[float]) -> list[float]:
    total = sum(values) or 1.0
    return [value / total for value in values]


def _labelled(seen: View, index: int) -> bool:
    unit = seen.units[index]
    return bool((unit.label and unit.label.kind) or unit.carried)


def _covered(seen: View, index: int, beside: Sequence[int], elements: Sequence[float]) -> bool:
    """Whether a likelier choice of its block covers a unit: a sentence and its paragraph are one element."""
    sentence = seen.units[index].kind == "sentence"
    rivals = [other for other in beside if (seen.units[other].kind == "sentence") != sentence]
    return any(
        elements[other] > elements[index] or (sentence and elements[other] == elements[index])
        for other in rivals
    )
