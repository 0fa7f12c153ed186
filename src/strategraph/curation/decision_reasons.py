"""Why the model took a text for an element, and of its class: the features that decided, in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from strategraph.curation.quotations import shown
from strategraph.knowledge import resources
from strategraph.model import Span
from strategraph.system.terminal_text import columns
from strategraph.understanding import Reason, Weighed, Weighing

_MOST = 5  # reasons for each decision
_OTHERS = 3  # classes that are named beside the one that was taken
_LEAST = 0.005  # a probability that is shown as 0.00 is not


def reasons(weighing: Weighing, spans: Sequence[Span], kind: str) -> Iterator[str]:
    """Yield, line by line, why the texts at some places are elements of a class.

    ``spans`` are those of an element's evidence. Each feature stands with what it adds to the logarithm of
    the odds, and its value. Nothing is yielded for places where the model found no element, and for classes
    that it does not know (commitments).
    """
    chosen = weighing.chosen()
    for span in spans:
        weighed = chosen.get(span)
        if weighed is None or kind not in dict(weighed.classes):
            continue
        states, is_kind = weighing.reasons(weighed.index, kind)
        tables = [states[:_MOST], is_kind[:_MOST]]
        width = max(columns(phrase(reason.feature)) for table in tables for reason in table)
        yield f"  “{shown(weighed.unit.text)}”"
        yield f"    {weighed.probability:.2f}  states an element"
        yield from (_row(reason, width) for reason in tables[0])
        yield f"    {_of_class(weighed, kind)}"
        yield from (_row(reason, width) for reason in tables[1])


def _of_class(weighed: Weighed, kind: str) -> str:
    odds = dict(weighed.classes)
    others = [(name, value) for name, value in weighed.classes if name != kind and value >= _LEAST]
    beside = ", ".join(f"{name} {value:.2f}" for name, value in others[:_OTHERS])
    return f"{odds[kind]:.2f}  is of the class {kind}" + (f" ({beside})" if beside else "")


def _row(reason: Reason, width: int) -> str:
    name = phrase(reason.feature)
    return f"      {reason.share:+6.2f}  {name}{' ' * (width - columns(name))}  {told(reason)}"


def phrase(feature: str) -> str:
    """Return what a feature is called among people.

    >>> phrase("heading1 says so")
    'nearest heading: how it names this class'
    >>> phrase("own cues: Goal")
    'how often it names this class (Goal)'
    """
    feature, _, kind = feature.partition(": ")
    if kind:
        return f"{phrase(feature)} ({kind})"
    names = _names()
    if feature in names["features"]:
        return str(names["features"][feature])
    place, _, known = feature.partition(" ")
    if place in names["places"] and known:
        return f"{names['places'][place]}: {names['known'].get(known, known)}"
    return feature


def told(reason: Reason) -> str:
    """Return the value of a feature: a word where it stands for one, else a number.

    >>> told(Reason("heading1 ending", 3.0, 0.1)), told(Reason("siblings", 4.0, 0.1))
    ('with a colon', '4')
    """
    values = _names()["values"]
    known = values.get(reason.feature) or values.get(reason.feature.partition(" ")[2]) or {}
    return str(known.get(f"{reason.value:g}", f"{reason.value:.3g}"))


@cache
def _names() -> Mapping[str, Mapping[str, Any]]:
    with resources.path("data", "models", "features.toml").open("rb") as file:
        return tomllib.load(file)
