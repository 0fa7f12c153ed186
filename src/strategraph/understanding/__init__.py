"""Understanding: which passages of a document state which elements of the plan, and what encloses what.

Document ─units→ Units ─view→ View ─model→ probabilities
         ─choose→ Choices ─drafts→ Drafts ─parents, sections→ Sections
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from strategraph.model import Document, Section
from strategraph.understanding.choices import choose
from strategraph.understanding.drafts import SINGLES, Choice, drafts, levelled
from strategraph.understanding.features import KINDS, View, view
from strategraph.understanding.hierarchy import parents
from strategraph.understanding.model import Evidence, Model, ordered, shipped, weigh
from strategraph.understanding.repetitions import sections
from strategraph.understanding.units import Unit, units

__all__ = ["understand"]

_FEW = 10  # units of a text that is too short to tell its elements by their place

_LABELLED = 0.7  # of seven such units in cross-validation that the model left out, five were elements


def understand(document: Document, model: Model | None = None) -> tuple[Section, ...]:
    """Return the elements that a document states, in reading order, parents before children.

    Nothing is invented: a document that states no elements has none. Each section's supports are spans
    of the source, one for each place that prints the element, the fullest first.
    """
    model = model or shipped()
    parts = units(document)
    if not parts:
        return ()
    told = weigh(view(document, parts), model.words)
    return assemble(told.seen, *probabilities(told, model), model.threshold)


def probabilities(told: Evidence, model: Model) -> tuple[list[float], dict[int, list[float]]]:
    """Return the probability of each unit to state an element and, for those that may, that of each class."""
    elements: list[float] = []
    classes: dict[int, list[float]] = {}
    few = len(told.seen.units) <= _FEW
    for index in range(len(told.seen.units)):
        row = told.row(index)
        probability = model.elements.probability(ordered(row, model.elements.names))
        elements.append(
            max(probability, _LABELLED) if _is_labelled(told.seen.units[index], few=few) else probability
        )
        if elements[-1] >= model.threshold:
            classes[index] = [
                model.classes.probability(ordered(told.class_row(index, kind, row), model.classes.names))
                for kind in KINDS
            ]
    return elements, classes


def _is_labelled(unit: Unit, *, few: bool) -> bool:
    """Whether a unit has the label of a vision or mission before its words, or is numbered in a short text.

    The model knows an element by what stands around it; where hardly anything does, its label says enough.
    """
    label = unit.label
    if label is None or label.bare:
        return False
    return label.kind in SINGLES or (label.form == "numbered" and few)


def assemble(
    seen: View, elements: Sequence[float], classes: Mapping[int, Sequence[float]], threshold: float
) -> tuple[Section, ...]:
    """Return the sections that follow from probabilities."""
    choices: list[Choice] = choose(seen, elements, classes, threshold)
    found = levelled(drafts(seen.units, seen.contexts, choices))
    return sections(found, parents(found, seen.contexts))
