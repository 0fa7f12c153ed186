"""What the model weighed: the units of a document with their probabilities, and the features behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.model import Document, Passage, Section, Span
from strategraph.understanding.choices import LEAST, choose
from strategraph.understanding.drafts import SINGLES, Choice, Draft, drafts, levelled
from strategraph.understanding.features import KINDS, view
from strategraph.understanding.hierarchy import parents
from strategraph.understanding.labels import is_foreign
from strategraph.understanding.model import Evidence, Model, weigh
from strategraph.understanding.repetitions import sections
from strategraph.understanding.units import Unit, units

_FEW = 10  # units of a text that is too short to tell its elements by their place
# Below a heading that says "Vision" or "Mission", 9 of 14 units with .3 to .7 were elements.
_DOUBTFUL, _CARRIED = 0.3, 0.64
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
        odds = self.model.probabilities(self.told, index, whole=True).classes
        total = sum(odds) or 1.0
        pairs = [(kind, value / total) for kind, value in zip(KINDS, odds, strict=True)]
        return sorted(pairs, key=lambda pair: -pair[1])


def weighing(document: Document, model: Model) -> Weighing:
    """Return what a model makes of a document."""
    told = weigh(view(document, units(document)), model.words)
    elements: list[float] = []
    classes: dict[int, tuple[float, ...]] = {}
    few = len(told.seen.units) <= _FEW
    for index, unit in enumerate(told.seen.units):
        labelled = _is_labelled(unit, few=few)
        likely = model.probabilities(told, index, whole=labelled)
        probability = likely.element
        if labelled:
            probability = max(probability, _LABELLED)
        elif probability >= _DOUBTFUL and unit.carried is not None and unit.carried.kind in SINGLES:
            probability = max(probability, _CARRIED)
        elements.append(probability)
        if elements[-1] >= LEAST:
            classes[index] = likely.classes
    choices = choose(told.seen, elements, classes)
    found = levelled(drafts(told.seen.units, told.seen.contexts, choices))
    return Weighing(told, model, elements, choices, found)


def _is_labelled(unit: Unit, *, few: bool) -> bool:
    """Whether a unit has the label of a vision or mission before its words, or is numbered in a short text.

    The model knows an element by what stands around it; where hardly anything does, its label says enough.
    """
    label = unit.label
    if label is None or label.bare:
        return False
    return label.kind in SINGLES or (label.form == "numbered" and few)


def _is_foreign(unit: Unit) -> bool:
    return is_foreign(unit.text, unit.language)
