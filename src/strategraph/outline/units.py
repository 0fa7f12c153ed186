"""From a document's blocks to units: labelled elements, announcements, headings, plain text.

A block is one unit, or several where the text of a conversion ran together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from strategraph.languages import rules
from strategraph.model import Block, Document, Passage
from strategraph.outline.introductions import announced_kind, introduced_kind, is_foreign
from strategraph.outline.labels import Label, inner_labels, read_label

_SHORT_HEADING = 12  # words: a paragraph that announces elements is no longer than this


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
    ``introduces`` is the class of the list that the unit's last sentence leads to.
    """

    role: Role
    block: Block
    whole: Passage
    body: Passage
    label: Label | None = None
    kind: str | None = None
    introduces: str | None = None

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
    language = document.language
    result: list[Unit] = []
    aside_level: int | None = None  # the level of the heading whose parts are not the plan's elements
    for block in document.blocks:
        if block.kind == "cell":
            result.append(Unit(Role.CELL, block, block.passage, block.passage))
            continue
        if block.kind == "heading":
            if aside_level is not None and block.level <= aside_level:
                aside_level = None
            if aside_level is None and _is_aside(block.passage.text, language):
                aside_level = block.level
        if aside_level is not None:
            role = Role.HEADING if block.kind == "heading" else Role.TEXT
            result.append(Unit(role, block, Passage("", ()), Passage("", ())))
            continue
        result.extend(_units_of(block, language))
    return tuple(result)


def _is_aside(text: str, language: str) -> bool:
    folded = text.casefold().strip(" :.")
    language_rules = rules(language)
    return (
        folded in language_rules.aside_headings
        or folded in language_rules.contents_headings
        or is_foreign(text, language)
    )


def _units_of(block: Block, language: str) -> list[Unit]:
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
    return found


def _unit(block: Block, whole: Passage, language: str, *, heading: bool) -> Unit:
    text = whole.text
    label = read_label(text, language, heading=heading)
    introduces = introduced_kind(text, language)
    if label is not None and not (label.number is None and label.end >= len(text) and not heading):
        return Unit(Role.ELEMENT, block, whole, whole.cut(label.end), label, label.kind, introduces)
    short = len(text.split()) <= _SHORT_HEADING
    if heading or (short and (text.rstrip().endswith(":") or label is not None)):
        kind = announced_kind(text, language)
        if kind is not None:
            return Unit(Role.ANNOUNCEMENT, block, whole, whole, None, kind, introduces)
    role = Role.HEADING if heading else Role.ITEM if block.kind == "item" else Role.TEXT
    return Unit(role, block, whole, whole, None, None, introduces)
