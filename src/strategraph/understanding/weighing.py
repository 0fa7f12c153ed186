"""What the model weighed, and what it chose: which units state elements, of which class, how probably."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategraph.knowledge.writing import COLONS
from strategraph.model import Document, Passage, Section, Span
from strategraph.understanding.drafts import (
    SINGLES,
    Choice,
    Draft,
    agreed,
    drafts,
    levelled,
    sections,
    without_fields,
)
from strategraph.understanding.hierarchy import parents
from strategraph.understanding.labels import is_foreign
from strategraph.understanding.model import LEAST, Evidence, Model, weigh
from strategraph.understanding.units import Unit, units
from strategraph.understanding.view import KINDS, View, view

_SHARE = 0.5  # of the expected F1, as in theory: in cross-validation .45 finds more, .55 errs less
_NOTHING = 0.2  # the chance of the likeliest unit below which a document is taken to state nothing
_SMALLEST = 1e-4
# Headings above actions, by cross-validation: parents .667 -> .713 (docs/reading-plans.md).
_SEVERAL = 2  # actions below a heading that is a section
_ALONE = 0.2  # the least chance of such a heading to state an element
HEADING = 0.05  # and of one in a row of at least three, most of which have actions below
_ROW, _MOST = 3, 0.8
_SECTION = 0.7  # how many of them state one
_ACTIONS_ACTION = 0.3  # what is left of the chance that such a heading is an action itself


def choose(seen: View, elements: Sequence[float], classes: Mapping[int, Sequence[float]]) -> list[Choice]:
    """Return the choices in reading order.

    ``elements`` are the probabilities that the units state an element, ``classes`` those of each class for
    the units that may. Siblings without a label of their own share a class; of a sentence and its paragraph,
    the likelier is chosen. Sections of what is chosen are chosen after it.
    """
    chances = {
        index: elements[index] * max(_normal(odds))
        for index, odds in classes.items()
        if elements[index] >= LEAST
    }
    if max(chances.values(), default=0.0) < _NOTHING:
        return []
    least = bar(chances.values())
    taken = [
        index
        for index in sorted(chances)
        if chances[index] >= least and not is_foreign(seen.units[index].text, seen.units[index].language)
    ]
    blocks: dict[int, list[int]] = {}
    for index in taken:
        blocks.setdefault(id(seen.units[index].block), []).append(index)
    likely = dict(enumerate(elements))
    taken = [i for i in taken if not _covered(seen, i, blocks[id(seen.units[i].block)], elements)]
    below = _below(seen, taken)
    heads = _heads(seen, below, _odds(seen, taken, classes))
    enclosing = [
        head for head in _sections(seen, heads, below, elements) if head in classes and head not in taken
    ]
    likely.update((head, max(likely[head], _SECTION)) for head in enclosing)
    taken = sorted((*taken, *enclosing))
    doubted = {head: _doubted(classes[head]) for head in heads if head in classes}
    odds = _odds(seen, taken, {**classes, **doubted})
    found = []
    for index in taken:
        ranked = sorted(zip(KINDS, odds[index], strict=True), key=lambda pair: -pair[1])
        found.append(Choice(index, ranked[0][0], likely[index], tuple(ranked), index in enclosing))
    return found


def _odds(
    seen: View, taken: Sequence[int], classes: Mapping[int, Sequence[float]]
) -> dict[int, Sequence[float]]:
    """Return the probabilities of the classes of what is taken: its label's, or those of its series."""
    shared = _shared(seen, taken, classes)
    return {
        index: _normal(classes[index]) if _labelled(seen, index) else shared[seen.contexts[index].group]
        for index in taken
    }


def _below(seen: View, taken: Sequence[int]) -> dict[int, list[int]]:
    """Return what is taken right below each heading."""
    below: dict[int, list[int]] = {}
    for index in taken:
        for heading in seen.contexts[index].headings[:1]:
            below.setdefault(heading, []).append(index)
    return below


def _heads(
    seen: View, below: Mapping[int, Sequence[int]], odds: Mapping[int, Sequence[float]]
) -> tuple[int, ...]:
    """Return the headings without a label above several elements of which at least half are actions."""
    action = KINDS.index("Action")
    return tuple(
        heading
        for heading, items in below.items()
        if not _names_a_class(seen.units[heading])
        and len(items) >= _SEVERAL
        and 2 * sum(odds[index][action] == max(odds[index]) for index in items) >= len(items)
    )


def _sections(
    seen: View, heads: Sequence[int], below: Mapping[int, Sequence[int]], elements: Sequence[float]
) -> Iterator[int]:
    """Yield the headings that name what is taken below them: themes that a plan parts its actions by.

    One that leads on by a colon, or that is printed several times, names none. One of a row of headings
    most of which stand above elements needs no more to be one.
    """
    printed = Counter(seen.units[at].text.casefold() for at, place in enumerate(seen.contexts) if place.level)
    for head in heads:
        text = seen.units[head].text
        if printed[text.casefold()] > 1 or text.rstrip().endswith(COLONS):
            continue
        row = seen.members[seen.contexts[head].group]
        parallel = len(row) >= _ROW and sum(one in below for one in row) >= _MOST * len(row)
        if elements[head] >= (HEADING if parallel else _ALONE):
            yield head


def _doubted(odds: Sequence[float]) -> list[float]:
    """Return the probabilities of a heading's classes where things to do stand below: it is hardly one."""
    return [
        value * _ACTIONS_ACTION if kind == "Action" else value
        for kind, value in zip(KINDS, odds, strict=True)
    ]


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
    return _SHARE * best


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
    return _names_a_class(seen.units[index]) or bool(seen.units[index].carried)


def _names_a_class(unit: Unit) -> bool:
    return unit.label is not None and bool(unit.label.kind)


def _covered(seen: View, index: int, beside: Sequence[int], elements: Sequence[float]) -> bool:
    """Whether a likelier choice of its block covers a unit: a sentence and its paragraph are one element."""
    sentence = seen.units[index].kind == "sentence"
    rivals = [other for other in beside if (seen.units[other].kind == "sentence") != sentence]
    return any(
        elements[other] > elements[index] or (sentence and elements[other] == elements[index])
        for other in rivals
    )


_FEW = 10  # units of a text that is too short to tell its elements by their place
# Below a heading that says "Vision" or "Mission", 9 of 14 units with .3 to .7 were elements.
_DOUBTFUL, _CARRIED = 0.3, 0.64
_NAMED = 0.97  # of 350 elements with a label of their own, 348 were of its class, which the model gave .92
_LABELLED = 0.7  # of seven such units in cross-validation that the model left out, five were elements


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature, its value, and what it adds to the logarithm of the odds."""

    feature: str
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit as the model weighed it.

    ``probability`` is that of stating an element at all, ``classes`` are the classes it may be of with
    theirs, the likeliest first, which sum up to 1. ``heading`` is the nearest above it.
    """

    index: int
    unit: Unit
    heading: Passage | None
    probability: float
    classes: tuple[tuple[str, float], ...]

    @property
    def alternatives(self) -> tuple[tuple[str, float], ...]:
        """Return the probability of each class, that of stating an element included; the likeliest first."""
        return tuple((kind, self.probability * odds) for kind, odds in self.classes)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A document's units, with all that the choice between them was made by.

    ``elements`` are the probabilities of the units to state an element; ``choices`` those that were taken.
    """

    told: Evidence
    model: Model
    elements: Sequence[float]
    choices: Sequence[Choice]
    drafts: Sequence[Draft]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the elements that follow."""
        return sections(self.drafts, parents(self.told.seen.units, self.drafts, self.told.seen.contexts))

    def chosen(self) -> dict[Span, Weighed]:
        """Return what was taken for an element, by the span that supports it."""
        choices = {choice.unit: choice for choice in self.choices}
        return {draft.span: self._weighed(draft.unit, choices[draft.unit].classes) for draft in self.drafts}

    def nearly(self, least: float) -> tuple[Weighed, ...]:
        """Return the units of at least a probability that were not taken; likeliest first."""
        taken = {choice.unit for choice in self.choices}
        found = [
            index
            for index, value in enumerate(self.elements)
            if value >= least and index not in taken and not _is_foreign(self.told.seen.units[index])
        ]
        weighed = [self._weighed(index, self._classes(index)) for index in found]
        return tuple(sorted(weighed, key=lambda one: (-one.probability, one.index)))

    def reasons(self, index: int, kind: str) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """Return why a unit states an element, and why it is of a class: features, the weightiest first."""
        first, second = (
            tuple(Reason(*share) for share in shares) for shares in self.model.reasons(self.told, index, kind)
        )
        return first, second

    def _weighed(self, index: int, classes: Sequence[tuple[str, float]]) -> Weighed:
        headings = self.told.seen.contexts[index].headings
        heading = self.told.seen.units[headings[0]].whole if headings else None
        return Weighed(index, self.told.seen.units[index], heading, self.elements[index], tuple(classes))

    def _classes(self, index: int) -> list[tuple[str, float]]:
        odds = self.model.probabilities(self.told, {index: 0.0})[index].classes
        total = sum(odds) or 1.0
        pairs = [(kind, value / total) for kind, value in zip(KINDS, odds, strict=True)]
        return sorted(pairs, key=lambda pair: -pair[1])


def weighing(document: Document, model: Model) -> Weighing:
    """Return what a model makes of a document."""
    told = weigh(view(document, units(document)), model.words)
    elements: list[float] = []
    classes: dict[int, tuple[float, ...]] = {}
    few = len(told.seen.units) <= _FEW
    labelled = {index for index, unit in enumerate(told.seen.units) if _is_labelled(unit, few=few)}
    headings = {index for index, context in enumerate(told.seen.contexts) if context.level > 0}
    least = {
        index: 0.0 if index in labelled else HEADING if index in headings else LEAST
        for index in range(len(told.seen.units))
    }
    likely = model.probabilities(told, least)
    for index, unit in enumerate(told.seen.units):
        probability = likely[index].element
        if index in labelled:
            probability = max(probability, _LABELLED)
        elif probability >= _DOUBTFUL and unit.carried is not None and unit.carried.kind in SINGLES:
            probability = max(probability, _CARRIED)
        elements.append(probability)
        if likely[index].classes:
            classes[index] = _settled(likely[index].classes, _named(unit))
    choices = choose(told.seen, elements, classes)
    found = without_fields(drafts(told.seen.units, told.seen.contexts, choices), told.seen.units)
    found = levelled(agreed(found))
    return Weighing(told, model, elements, choices, found)


def _is_labelled(unit: Unit, *, few: bool) -> bool:
    """Whether a label says enough: of a vision or mission before its words, a numbered one in a short text.

    Or a numbered one on a line of its own before ("Goal 1"): in the plans learnt from, all of 62 units behind
    one were elements. The model knows an element by what stands around it, where hardly anything may stand.
    """
    label = unit.label
    if label is None:
        carried = unit.carried
        numbered = carried is not None and carried.form == "numbered" and bool(carried.kind)
        return numbered and unit.kind != "sentence"
    return not label.bare and (
        label.kind in SINGLES or (label.form == "numbered" and bool(label.kind) and few)
    )


def _named(unit: Unit) -> str | None:
    """Return the class that a label names: the unit's own, or a numbered one on a line before it."""
    if unit.label is not None:
        return None if unit.label.bare else unit.label.kind
    return unit.carried.kind if unit.carried is not None and unit.carried.form == "numbered" else None


def _settled(classes: tuple[float, ...], named: str | None) -> tuple[float, ...]:
    """Return the probabilities of the classes where a label names one: that is hardly ever another."""
    if named not in KINDS:
        return classes
    rest = sum(value for kind, value in zip(KINDS, classes, strict=True) if kind != named) or 1.0
    return tuple(
        _NAMED if kind == named else value * (1.0 - _NAMED) / rest
        for kind, value in zip(KINDS, classes, strict=True)
    )


def _is_foreign(unit: Unit) -> bool:
    return is_foreign(unit.text, unit.language)
