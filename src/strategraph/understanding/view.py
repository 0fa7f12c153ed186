"""A document as the model sees it: its units with their context, and what is counted once for all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.knowledge.languages import rules
from strategraph.knowledge.writing import COLONS, PAUSES, STOPS, count_words
from strategraph.model import Document
from strategraph.understanding.context import Context, contexts
from strategraph.understanding.cues import Cue, cues, hints, normal
from strategraph.understanding.units import Unit

KINDS = (
    "Vision", "Mission", "Value", "Goal", "Priority", "Objective",
    "Outcome", "Output", "Target", "Indicator", "Action",
)  # fmt: skip
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
ADDRESS = re.compile(r"https?:|www\.|@")
_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?![\d.%])")
_TITLES = ("title", "og:title", "url", "permalink", "citation_title", "subject")
_TAIL = 300  # characters at the end of a text in which a count is looked for

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """A document's units with all that their features are made from."""

    units: Sequence[Unit]
    contexts: Sequence[Context]
    cues: Sequence[tuple[Cue, ...]]
    hints: Sequence[Counter[str]]
    words: Sequence[int]
    members: dict[int, list[int]]  # of each series of siblings
    slots: Sequence[dict[str, int]]  # the texts around each unit that may announce it, by name
    verbs: Sequence[bool]
    counts: Sequence[frozenset[int]]
    repeats: Counter[str]
    cued: Counter[str]  # in how many units each class is named
    headed: Counter[str]  # in how many headings
    labelled: Counter[str]  # by how many numbered labels
    hinted: Counter[str]  # by hints in headings
    headings: int  # how many units stand as headings do
    ranks: dict[str, int]  # of the classes, by how often they are named: 0 is the most
    shared: dict[int, Features]  # what the members of a series have in common
    media_type: str
    titled: Sequence[Cue]  # what the title that the source itself gives names


def view(document: Document, units: Sequence[Unit]) -> View:
    """Return the view of a document's units."""
    around = contexts(units)
    found = [cues(unit.text, unit.language) for unit in units]
    hinted = [Counter(hints(unit.text, unit.language)) for unit in units]
    members: dict[int, list[int]] = defaultdict(list)
    for index, context in enumerate(around):
        members[context.group].append(index)
    first = next((index for index, context in enumerate(around) if context.level), -1)
    cued = Counter(cue.kind for each in found for cue in set(each))
    headed = Counter(
        cue.kind for each, context in zip(found, around, strict=True) if context.level for cue in each
    )
    told = {kind: headed[kind] + cued[kind] * 0.1 for kind in KINDS}
    verbs = [_begins_with_verb(unit) for unit in units]
    words = [count_words(unit.text) for unit in units]
    return View(
        units,
        around,
        found,
        hinted,
        words,
        members,
        [_slots(units, around, index, first) for index in range(len(units))],
        verbs,
        [_counts(unit) for unit in units],
        Counter(folded(unit) for unit in units),
        cued,
        headed,
        Counter(unit.label.kind for unit in units if unit.label and unit.label.number and unit.label.kind),
        sum((hint for hint, context in zip(hinted, around, strict=True) if context.level), Counter()),
        sum(1 for context in around if context.level),
        {kind: sum(1 for other in KINDS if told[other] > told[kind]) for kind in KINDS},
        {group: _shared(units, found, words, verbs, series) for group, series in members.items()},
        document.source.media_type,
        _titled(document),
    )


def _titled(document: Document) -> tuple[Cue, ...]:
    """Return the cues of a document's title and address, as its metadata give them."""
    given = " . ".join(value for name, value in document.metadata if name in _TITLES)
    return cues(re.sub(r"[-/_]", " ", given), document.language)


def _shared(
    units: Sequence[Unit],
    found: Sequence[tuple[Cue, ...]],
    words: Sequence[int],
    verbs: Sequence[bool],
    members: Sequence[int],
) -> Features:
    """Return what the members of a series have in common, of each class under its name too."""
    series = [units[at] for at in members]
    lengths = [words[at] for at in members]
    features: Features = {
        "siblings": len(members),
        "series words": mean(lengths),
        "series longest": max(lengths),
        "series shortest": min(lengths),
        "series numbers": mean([bool(unit.number) for unit in series]),
        "series labels": mean([bool(unit.label and unit.label.kind) for unit in series]),
        "series titles": mean([bool(unit.title) for unit in series]),
        "series title and statement": mean([bool(unit.title and unit.statement) for unit in series]),
        "series full stops": mean([ending(unit.text) == 1 for unit in series]),
        "series small first": mean([unit.text[:1].islower() for unit in series]),
        "series years": mean([bool(YEAR.search(unit.text)) for unit in series]),
        "series addresses": mean([bool(ADDRESS.search(unit.text)) for unit in series]),
        "series verbs": mean([verbs[at] for at in members]),
    }
    labelled = Counter(unit.label.kind for unit in series if unit.label)
    carried = Counter(unit.carried.kind for unit in series if unit.carried)
    cued = Counter(kind for at in members for kind in {cue.kind for cue in found[at]})
    for kind in KINDS:
        features[f"labelled {kind}"] = labelled[kind] / len(series)
        features[f"carried {kind}"] = carried[kind] / len(series)
        features[f"cues {kind}"] = cued[kind] / len(series)
    return features


def _slots(units: Sequence[Unit], around: Sequence[Context], index: int, first: int) -> dict[str, int]:
    """Return the positions of the texts that may announce a unit, -1 where there is none."""
    context = around[index]
    above = [*context.headings[:3], *[-1] * (3 - len(context.headings[:3]))]
    intro = _intro(units, above[0], index)
    if intro < 0:
        intro = _intro(units, above[1], above[0])
    return {
        "head": context.head,
        "holder": context.holder,
        "lead": context.lead,
        "heading1": above[0],
        "intro": intro,
        "heading2": above[1],
        "heading3": above[2],
        "row": context.row,
        "top": first if first < index else -1,
    }


def _intro(units: Sequence[Unit], heading: int, before: int) -> int:
    """Return the paragraph right under a heading, where that stands before a position."""
    at = heading + 1
    return at if heading >= 0 and at < before and units[at].kind in ("paragraph", "strong") else -1


def _begins_with_verb(unit: Unit) -> bool:
    commitment = rules(unit.language).commitment
    match = re.match(r"\W*([^\W\d_]+)", (unit.title or unit.statement or unit.whole).text)
    return commitment is not None and match is not None and match[1].casefold() in commitment.verbs


def _counts(unit: Unit) -> frozenset[int]:
    """Return the small numbers that a text gives, in digits or words: it may say how many follow."""
    tail = unit.text[-_TAIL:]
    named = {normal(word): place for place, word in enumerate(rules(unit.language).number_words, start=1)}
    spelt = {named[word] for word in re.findall(r"[^\W\d_]+", tail.casefold()) if word in named}
    return frozenset({int(match) for match in _NUMBER.findall(tail)} | spelt)


def folded(unit: Unit) -> str:
    """Return the beginning of a text as what repeats it begins, too."""
    return normal(unit.text)[:80]


def ending(text: str) -> int:
    """Return how a text ends: 3 with a colon, 2 a semicolon, 1 a full stop, 4 a comma, 0 with none."""
    text = text.rstrip('”"’») ')
    marks = ((COLONS, 3), (PAUSES, 2), (STOPS, 1), ((",", "،", "，"), 4))
    return next((value for ends, value in marks if text.endswith(ends)), 0)


def mean(values: Sequence[float]) -> float:
    """Return the mean of some numbers, 0 of none."""
    return sum(values) / len(values) if values else 0.0
