"""Choices: which units state elements, and of which class, by the model's probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from strategraph.understanding.drafts import Choice
from strategraph.understanding.features import KINDS, View
from strategraph.understanding.labels import is_foreign

_LEAST = 1e-4


def choose(
    seen: View, elements: Sequence[float], classes: Mapping[int, Sequence[float]], threshold: float
) -> list[Choice]:
    """Return the choices in reading order.

    ``elements`` are the probabilities that the units state an element, ``classes`` those of each class for
    the units that may. Siblings without a label of their own share a class; of a sentence and its paragraph,
    the likelier is chosen.
    """
    taken = [
        index
        for index, value in enumerate(elements)
        if value >= threshold and not is_foreign(seen.units[index].text, seen.units[index].language)
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
                math.exp(sum(math.log(max(_LEAST, row[k])) for row in rows) / len(rows))
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
