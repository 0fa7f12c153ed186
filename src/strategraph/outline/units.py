"""From a document's blocks to units: labelled elements, announcements, headings, plain text.

A block is one unit, or several where the text of a conversion ran together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from strategraph.languages import rules
from strategraph.model import Block, Document, Passage, passage
from strategraph.outline.introductions import announced_kind, introduced_kind, is_foreign, names_several
from strategraph.outline.labels import Label, enumerator, inner_labels, read_end_code, read_label
from strategraph.outline.layout import normal, read_layout
from strategraph.reading.language import begins_with_label
from strategraph.sentences import COLONS, PAUSES, STOPS, count_words

_SHORT_HEADING = 12  # words: a paragraph that announces elements with a colon is no longer than this
_LONGEST_HEADING = 300  # characters: what is longer does not go on as a wrapped heading
_LONGEST_ENTRY = 25  # words of a contents list's entry
_BARE_HEADING = 5  # words: and without one, as the headings of plain text


class Role(Enum):
    """What a unit does in the outline."""

    ELEMENT = "element"
    ANNOUNCEMENT = "announcement"  # a heading of a class of elements; kind says which
    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one block and its role.

    ``whole`` is the unit with its label, ``body`` what follows the label (all of it where there is none).
    ``introduces`` is the class of the list that the unit's last sentence leads to. ``singular`` is whether
    an announcement is of one element ("Measure of success").
    """

    role: Role
    block: Block
    whole: Passage
    body: Passage
    label: Label | None = None
    kind: str | None = None
    introduces: str | None = None
    singular: bool = False

    @property
    def level(self) -> int | None:
        """Return the heading level, or None for what is no heading."""
        return self.block.level if self.block.kind == "heading" else None

    @property
    def depth(self) -> int | None:
        """Return the nesting depth of a list item, or None."""
        return self.block.level if self.block.kind == "item" else None


def units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in reading order.

    Blocks under a heading of somebody else's goals, contents lists and glossaries give plain text only.
    """
    result: list[Unit] = []
    layout = read_layout(document)
    contents = False  # a contents list ends with its last entry, whatever heading comes next
    entries: set[str] = set()
    aside_level: int | None = None  # the level of the heading whose parts are not the plan's elements
    for block in map(layout.settled, document.blocks):
        language = _language(block, document)
        if block.kind == "cell":
            result.append(Unit(Role.CELL, block, block.passage, block.passage))
            continue
        if block.kind == "heading":
            if aside_level is not None and block.level <= aside_level:
                aside_level = None
            if aside_level is None and _is_aside(block.passage.text, language):
                aside_level = block.level
                contents = _is_contents(block.passage.text, language)
        if contents and (not _is_entry(block) or _entry_name(block, language) in entries):
            contents, aside_level = False, None
        elif contents:
            entries.add(_entry_name(block, language))
        if aside_level is not None:
            role = Role.HEADING if block.kind == "heading" else Role.TEXT
            result.append(Unit(role, block, Passage("", ()), Passage("", ())))
            continue
        result.extend(_units_of(block, language, layout.names))
    return tuple(_rejoined(result, document))


def _language(block: Block, document: Document) -> str:
    """Return the language by whose rules a block is read: its own, or its label's ("Goal 2: الوصول")."""
    if block.language is None or begins_with_label(block.passage.text, document.language):
        return document.language
    return block.language


def _rejoined(parts: Sequence[Unit], document: Document) -> Iterator[Unit]:
    """Yield the units, lines of capitals that no blank line parts as one: a heading that was wrapped."""
    text = document.source.text
    held: Unit | None = None
    for unit in parts:
        if held is not None and _goes_on(held, unit):
            start, end = held.whole.span().start, unit.whole.span().end
            between = text[held.whole.span().end : unit.whole.span().start]
            if not between.strip() and between.count("\n") == 1:
                whole = passage(text, [(start, end)])
                held = replace(held, whole=whole, body=whole.cut(held.label.end if held.label else 0))
                continue
        if held is not None:
            yield held
        held = unit
    if held is not None:
        yield held


def _goes_on(first: Unit, second: Unit) -> bool:
    """Whether a line may be the rest of a wrapped heading: capitals after capitals, small after a label."""
    if first.label is not None and first.label.trailing:
        return False
    if second.role not in (Role.TEXT, Role.HEADING) or not second.whole:
        return False
    if len(first.whole.text) > _LONGEST_HEADING:
        return False
    small = first.role is Role.ELEMENT and second.whole.text[0].islower() and bool(first.body)
    ended = first.whole.text.endswith((*STOPS, *PAUSES, *COLONS))
    return (small and not ended) or (_is_capitals(first) and _is_capitals(second))


def _is_capitals(unit: Unit) -> bool:
    return unit.role in _WRAPPED and bool(unit.whole) and unit.whole.text.isupper()


_WRAPPED = (Role.TEXT, Role.HEADING, Role.ELEMENT)


def _is_contents(text: str, language: str) -> bool:
    return text.casefold().strip(" :.") in rules(language).contents_headings


def _is_entry(block: Block) -> bool:
    """Whether a block may be an entry of a contents list: no sentence, and not long."""
    text = block.passage.text
    return count_words(text) <= _LONGEST_ENTRY and not text.endswith((".", "。", *PAUSES, *COLONS))


def _entry_name(block: Block, language: str) -> str:
    """Return what a heading and its entry in the contents have in common: no number, no page."""
    text = re.sub(rf"^{enumerator(language)}", "", block.passage.text)
    return normal(re.sub(r"[\s.…·]+\d{1,3}$", "", text))


def _is_aside(text: str, language: str) -> bool:
    folded = text.casefold().strip(" :.")
    language_rules = rules(language)
    return (
        folded in language_rules.aside_headings
        or folded in language_rules.contents_headings
        or is_foreign(text, language)
    )


def _units_of(block: Block, language: str, names: Mapping[str, str]) -> list[Unit]:
    heading = block.kind == "heading" or block.emphasised
    passage = block.passage
    inner = [] if heading else list(inner_labels(passage.text, language))
    bounds = [0, *(label.start for label in inner), len(passage.text)]
    found: list[Unit] = []
    for (start, end), label in zip(pairwise(bounds), (None, *inner), strict=True):
        whole = passage.cut(start, end)
        if not whole:
            continue
        if label is not None and label.kind:
            body = passage.cut(label.end, end)
            introduces = introduced_kind(whole.text, language)
            found.append(Unit(Role.ELEMENT, block, whole, body, label, label.kind, introduces))
        else:
            found.append(_unit(block, whole, language, heading=heading))
    return [_renamed(unit, names) for unit in found]


def _renamed(unit: Unit, names: Mapping[str, str]) -> Unit:
    """Return a labelled unit or an announcement under the class that the text itself gives its word."""
    if unit.role not in (Role.ELEMENT, Role.ANNOUNCEMENT) or not names:
        return unit
    words = normal(unit.whole.text)
    kind = next((kind for name, kind in names.items() if words.startswith(name)), None)
    return replace(unit, kind=kind) if kind else unit


def _unit(block: Block, whole: Passage, language: str, *, heading: bool) -> Unit:
    text = whole.text
    label = read_label(text, language, heading=heading)
    introduces = introduced_kind(text, language)
    bare = label is not None and label.number is None and label.end >= len(text)
    if label is not None and not (bare and (not heading or names_several(text, language))):
        return Unit(Role.ELEMENT, block, whole, whole.cut(label.end), label, label.kind, introduces)
    coded = read_end_code(text, language)
    if coded is not None:
        return Unit(Role.ELEMENT, block, whole, whole.cut(0, coded.start), coded, coded.kind, introduces)
    words = count_words(text)
    if heading or words <= _BARE_HEADING or (words <= _SHORT_HEADING and text.rstrip().endswith(COLONS)):
        kind = announced_kind(text, language)
        if kind is not None:
            return Unit(Role.ANNOUNCEMENT, block, whole, whole, None, kind, introduces, label is not None)
    role = Role.HEADING if heading else Role.ITEM if block.kind == "item" else Role.TEXT
    return Unit(role, block, whole, whole, None, None, introduces)
