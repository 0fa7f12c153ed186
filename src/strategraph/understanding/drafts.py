"""Drafts of elements: what each chosen unit says, and which say the same in several places."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from strategraph.knowledge.languages import rules
from strategraph.knowledge.writing import COLONS, PAUSES, STOPS, count_words
from strategraph.model import Passage, Section, Span, Support, join
from strategraph.understanding.context import Context
from strategraph.understanding.units import Unit

_SHORTEST_STATEMENT = 8  # words before a colon
_CALIBRATION = 0.9  # power, by cross-validation: the product of both probabilities says less than is right
_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘«„「'", "\"”’»」'"
SINGLES = ("Vision", "Mission")
_FIELD = 3  # statements under one title from which on it names a field: 99 drafts that went cost no recall


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit taken to state an element: its class, the probabilities of both, and of the other classes.

    ``encloses`` says that it is taken for what was taken below it.
    """

    unit: int
    kind: str
    probability: float
    classes: tuple[tuple[str, float], ...]  # class and probability, the likeliest first
    encloses: bool = False


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


# Words of what is a name by itself where no end of a sentence tells. In the gold of the training plans 497 of
# 575 longer ones are statements; of shorter ones most are titles.
_LONGEST_NAME = {"item": 5, "paragraph": 5, "cell": 8}


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
    if statement is None and title is not None and count_words(title.text) > _LONGEST_NAME.get(unit.kind, 99):
        title, statement = None, title
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
        _rule(unit, encloses=choice.encloses),
        _confidence(choice),
        choice.unit,
        row,
    )


def _says_itself(unit: Unit) -> bool:
    """Whether a text stands behind a label of its class: it is no heading for what follows."""
    return unit.label is not None and bool(unit.label.kind) and not unit.label.bare


def _rule(unit: Unit, *, encloses: bool) -> str:
    """Return the name of the rule: the form of what was read, with its label's where it has one."""
    if encloses:
        return f"{unit.kind}:enclosing"
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


def agreed(found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, those of one name in one class: that of the surest.

    What is printed in a list of goals and again above its own chapter is one element, not a goal and an
    action.
    """
    surest: dict[str, Draft] = {}
    for draft in found:
        name = _name(draft)
        if name not in surest or draft.confidence > surest[name].confidence:
            surest[name] = draft
    return [replace(draft, kind=surest[_name(draft)].kind) for draft in found]


def without_fields(found: Sequence[Draft], units: Sequence[Unit]) -> list[Draft]:
    """Return the drafts without those whose title heads other words elsewhere, time and again.

    "Rationale", "Baseline" or "Goal owner" is the name of a field that each element of a plan has.
    """
    said: dict[str, set[str]] = {}
    for draft in found:
        if draft.title is not None and draft.statement is not None:
            said.setdefault(_normal(draft.title), set()).add(_normal(draft.statement))
    return [
        draft
        for draft in found
        if draft.title is None
        or draft.statement is None
        or units[draft.unit].label is not None
        or len(said[_normal(draft.title)]) < _FIELD
    ]


def _name(draft: Draft) -> str:
    passage = draft.title or draft.statement
    return "" if passage is None else _normal(passage)


_MOST = 50  # elements that share a number or text, and drafts of one element, that a draft is held against
_TELLING = 20  # characters: a longer text is hardly two elements' by chance
_ALIKE = 0.5  # share of common words from which two texts under one number are one element


@dataclass(slots=True)
class _Group:
    """The drafts of one element so far: their positions, some of them, their numbers, parents and keys."""

    drafts: list[int] = field(default_factory=list)
    told: list[Draft] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    parents: set[int | None] = field(default_factory=set)
    keys: set[tuple[str, str]] = field(default_factory=set)

    def add(self, index: int, draft: Draft, parent: int | None) -> None:
        self.drafts.append(index)
        self.parents.add(parent)
        if draft.number is not None:
            self.numbers.add(draft.number)
        if len(self.told) < _MOST:
            self.told.append(draft)


def sections(drafts: Sequence[Draft], parents: Sequence[int | None]) -> tuple[Section, ...]:
    """Return one section for each element, with a support for each place that prints it.

    Drafts of one class, number and parent whose texts agree are one, and so are unnumbered drafts of one
    class and text. The fullest text is kept. Parents come before their children.
    """
    homes: list[int] = []  # draft -> section
    groups: list[_Group] = []
    known: dict[tuple[str, str], list[int]] = {}  # sections by class and number, or class and text
    for index, draft in enumerate(drafts):
        parent = None if (enclosing := parents[index]) is None else homes[enclosing]
        candidates = [home for key in _keys(draft) for home in known.get(key, ())[-_MOST:]]
        home = next((home for home in candidates if _repeats(draft, parent, home, groups)), None)
        if home is None:
            home = len(groups)
            groups.append(_Group())
        groups[home].add(index, draft, parent)
        homes.append(home)
        for key in _keys(draft):
            if key not in groups[home].keys:
                groups[home].keys.add(key)
                known.setdefault(key, []).append(home)
    enclosing_homes = [
        next((homes[up] for index in group.drafts if (up := parents[index]) is not None), None)
        for group in groups
    ]
    order = _parents_first(enclosing_homes)
    places = {home: place for place, home in enumerate(order)}
    result = []
    for home in order:
        group, above = groups[home].drafts, enclosing_homes[home]
        best = max(group, key=lambda index: (_length(drafts[index]), -index))
        ordered = [best, *(index for index in group if index != best)]
        title = drafts[best].title or next((drafts[i].title for i in ordered if drafts[i].title), None)
        result.append(
            Section(
                drafts[best].kind,
                drafts[best].number,
                title
                if title is None or drafts[best].statement is None or _adds(title, drafts[best])
                else None,
                drafts[best].statement,
                None if above is None else places[above],
                tuple(Support(drafts[i].span, drafts[i].rule, drafts[i].confidence) for i in ordered),
            )
        )
    return tuple(result)


def _parents_first(above: list[int | None]) -> list[int]:
    """Return the sections in their order, but for those that a later one encloses: that one comes first.

    An outline before the chapters names elements whose goals come with the chapters only. Should two
    enclose each other, one is left without parent.
    """
    order: dict[int, None] = {}
    for home in range(len(above)):
        chain: dict[int, None] = {}
        at: int | None = home
        while at is not None and at not in order and at not in chain:
            chain[at] = None
            at = above[at]
        if at in chain:
            above[next(reversed(chain))] = None
        order.update(dict.fromkeys(reversed(chain)))
    return list(order)


def _keys(draft: Draft) -> list[tuple[str, str]]:
    """Return what a repetition of a draft has in common with it: its number, and each of its texts."""
    texts = [_normal(passage) for passage in (draft.title, draft.statement) if passage]
    numbers = [f"number {draft.number}"] if draft.number is not None else []
    return [(draft.kind, key) for key in (*numbers, *texts)]


def _repeats(draft: Draft, parent: int | None, home: int, groups: Sequence[_Group]) -> bool:
    """Whether a draft is printed again what the drafts of a section are.

    Under two different parents it is not: many rows of many tables have the same measure. A table of all
    measures by goal, though, repeats what stands under the goals' objectives.
    """
    group = groups[home]
    if (
        parent is not None
        and draft.number is None
        and _length(draft) >= _TELLING
        and _within(parent, home, groups)
    ):
        return any(_same_text(draft, other) for other in group.told)
    if parent is not None and parent not in group.parents and None not in group.parents:
        return False
    if draft.row is not None and parent not in group.parents:
        return False
    if draft.number is not None and group.numbers:
        return draft.number in group.numbers and any(_agree(draft, other) for other in group.told)
    return any(_same_text(draft, other) for other in group.told)


def _within(above: int, home: int, groups: Sequence[_Group]) -> bool:
    """Whether a section stands within another, at any depth but directly."""
    seen = {home}
    at = next((parent for parent in groups[home].parents if parent is not None), None)
    while at is not None and at not in seen:
        seen.add(at)
        at = next((parent for parent in groups[at].parents if parent is not None), None)
        if at == above:
            return True
    return False


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two texts under one number are one element's: most of the shorter is in the other."""
    if one.title and other.title and _normal(one.title) == _normal(other.title):
        return True
    first, second = _words(one), _words(other)
    if not first or not second:
        return True
    common = len(first & second)
    return common / min(len(first), len(second)) > _ALIKE


def _same_text(one: Draft, other: Draft) -> bool:
    texts = {_normal(p) for p in (one.title, one.statement) if p}
    others = {_normal(p) for p in (other.title, other.statement) if p}
    return bool(texts & others)


def _adds(title: Passage, draft: Draft) -> bool:
    return draft.title is title or draft.statement is None or _normal(title) != _normal(draft.statement)


def _length(draft: Draft) -> int:
    return sum(len(passage.text) for passage in (draft.title, draft.statement) if passage)


def _words(draft: Draft) -> frozenset[str]:
    return frozenset(
        word for p in (draft.title, draft.statement) if p for word in re.findall(r"\w+", _normal(p))
    )


def _normal(passage: Passage) -> str:
    return unicodedata.normalize("NFKC", passage.text).casefold().strip(" .:;")
