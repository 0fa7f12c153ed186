"""Drafts of elements: what each chosen unit says, before parents and repetitions are settled."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from strategraph.knowledge.languages import rules
from strategraph.knowledge.sentences import COLONS, PAUSES, STOPS, count_words
from strategraph.model import Passage, Span, join
from strategraph.understanding.context import Context
from strategraph.understanding.units import Unit

_SHORTEST_STATEMENT = 8  # words before a colon
_CALIBRATION = 0.6  # power, by cross-validation: the product of both probabilities says less than is right
_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘«„「'", "\"”’»」'"
SINGLES = ("Vision", "Mission")


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit taken to state an element: its class, the probabilities of both, and of the other classes."""

    unit: int
    kind: str
    probability: float
    classes: tuple[tuple[str, float], ...]  # class and probability, the likeliest first


@dataclass(frozen=True, slots=True)
class Draft:
    """One printed occurrence of an element.

    ``unit`` is the position of its unit, ``row`` that of its table row, None outside tables.
    """

    kind: str
    number: str | None
    title: Passage | None
    statement: Passage | None
    span: Span
    rule: str
    confidence: float
    unit: int
    row: int | None = None


def drafts(units: Sequence[Unit], contexts: Sequence[Context], choices: Sequence[Choice]) -> list[Draft]:
    """Return one draft for each choice, in reading order.

    A title is joined by the paragraph right after it, unless that is an element of its own.
    """
    chosen = {choice.unit: choice for choice in choices}
    return [_draft(units, contexts, choice, chosen) for choice in choices]


def _draft(
    units: Sequence[Unit], contexts: Sequence[Context], choice: Choice, chosen: Mapping[int, Choice]
) -> Draft:
    unit = units[choice.unit]
    title, statement = unit.title, unit.statement
    if statement is None and title is not None and choice.kind in SINGLES and _says_itself(unit):
        title, statement = None, title  # a vision has no name but what it says
    if statement is None or (title is not None and contexts[choice.unit].level and _is_open(statement)):
        following = _following(units, contexts, choice.unit, chosen)
        if following is not None:
            statement = following if statement is None else join(statement, following)
    if statement is not None and choice.kind in SINGLES:
        statement = unquoted(statement)
    own = unit.whole.span()
    ends = [own.end, *(passage.span().end for passage in (title, statement) if passage)]
    row = unit.block.row if unit.kind == "cell" else None
    return Draft(
        choice.kind,
        unit.number,
        title,
        statement,
        Span(own.start, max(ends)),
        _rule(unit),
        _confidence(choice),
        choice.unit,
        row,
    )


def _says_itself(unit: Unit) -> bool:
    """Whether a text stands behind a label of its class: it is no heading for what follows."""
    return unit.label is not None and bool(unit.label.kind) and not unit.label.bare


def _rule(unit: Unit) -> str:
    """Return the name of the rule: the form of what was read, with its label's where it has one."""
    if _says_itself(unit):
        return f"{unit.kind}:labelled"
    return f"{unit.kind}:announced" if unit.carried is not None else f"{unit.kind}:learnt"


def _confidence(choice: Choice) -> float:
    """Return how often choices as likely as this one are right."""
    return min(0.99, max(0.01, round(math.pow(choice.probability * choice.classes[0][1], _CALIBRATION), 2)))


def _following(
    units: Sequence[Unit], contexts: Sequence[Context], index: int, chosen: Mapping[int, Choice]
) -> Passage | None:
    """Return the paragraph right after a title, past a heading such as "Rationale", or None.

    A few words that only lead to a list ("Focus in 2024–2027:") are no statement.
    """
    if units[index].kind not in ("heading", "strong", "paragraph"):
        return None
    for at in range(index + 1, min(index + 3, len(units))):
        unit = units[at]
        if at in chosen:
            return None
        if (
            unit.kind == "heading"
            and unit.text.casefold().strip(" :：.") in rules(unit.language).statement_headings
        ):
            continue
        if unit.kind != "paragraph" or contexts[at].level:
            return None
        leads = unit.text.endswith(COLONS) and count_words(unit.text) < _SHORTEST_STATEMENT
        return None if leads else unit.whole
    return None


def _is_open(statement: Passage) -> bool:
    """Whether a statement stops without an end mark, as a heading does."""
    return not statement.text.rstrip('”"’») ').endswith((*STOPS, *PAUSES, *COLONS))


def unquoted(passage: Passage) -> Passage:
    """Return a statement without the quotation marks around the whole of it."""
    text = passage.text
    if text[0] in _OPEN_QUOTES and text.rstrip(" .")[-1] in _CLOSE_QUOTES and len(text) > 2:
        inner = passage.cut(1, len(text.rstrip(" .")) - 1)
        if not any(mark in inner.text for mark in _OPEN_QUOTES[:2]):
            return inner
    return passage


def levelled(found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, goals that another goal's number encloses as objectives.

    Where one word labels two levels, the upper are goals and the lower objectives ("目标1", "目标1.1").
    """
    goals = {draft.number for draft in found if draft.kind == "Goal"}
    return [
        replace(draft, kind="Objective")
        if draft.kind == "Goal" and (draft.number or "").rpartition(".")[0] in goals - {""}
        else draft
        for draft in found
    ]
