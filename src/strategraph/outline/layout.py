"""How a whole document is laid out: what its blocks alone do not tell.

United Nations documents number their paragraphs; plain text has no heading levels but those guessed; and
some plans call their goals by another name. All three show only over the document as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from strategraph.languages import rules
from strategraph.model import Block, Document
from strategraph.sentences import COLONS, PAUSES, STOPS

REPEATED_LEVEL = 60  # of a heading that comes back in every part: below the elements it stands under
_PARAGRAPH_NUMBER = re.compile(r"\d{1,3}[.)]?")
_PLAIN = ("text/plain", "application/pdf")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the whole tells of its blocks.

    ``numbered`` is whether paragraphs are numbered through; ``repeated`` the headings that come back;
    ``names`` the labels (in normal form) that the text itself gives a class.
    """

    numbered: bool
    repeated: frozenset[str]
    names: Mapping[str, str]

    def settled(self, block: Block) -> Block:
        """Return the block as it is in this layout."""
        if self.numbered and _is_numbered_paragraph(block):
            return replace(block, kind="paragraph", level=0)
        if block.kind == "heading" and normal(block.passage.text) in self.repeated:
            return replace(block, level=REPEATED_LEVEL)
        return block


def read_layout(document: Document) -> Layout:
    """Return the layout of a document."""
    headings = Counter(normal(b.passage.text) for b in document.blocks if b.kind == "heading")
    guessed = document.source.media_type in _PLAIN
    return Layout(
        _numbers_paragraphs(document.blocks),
        frozenset(text for text, number in headings.items() if number > 1 and guessed),
        _names(document),
    )


def normal(text: str) -> str:
    """Return a text for comparison: lower case, one space, no hyphens, no marks at its end.

    >>> normal("Outcome  Statement:")
    'outcome statement'
    """
    return re.sub(r"[\s-]+", " ", text).replace("’", "'").strip(" :：.").casefold()


def _is_numbered_paragraph(block: Block) -> bool:
    """Whether an item is a paragraph with a number: it says a sentence."""
    text = block.passage.text.rstrip('”"’») ')
    return (
        block.kind == "item"
        and _PARAGRAPH_NUMBER.fullmatch(block.marker) is not None
        and text.endswith((*STOPS, *PAUSES, *COLONS))
    )


def _numbers_paragraphs(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs are numbered through: after more than one heading the count goes on."""
    goes_on, first = 0, False
    for block in blocks:
        if block.kind == "heading":
            first = True
        elif first and _is_numbered_paragraph(block):
            goes_on += int(re.sub(r"\D", "", block.marker)) > 1
            first = False
    return goes_on > 1


def _names(document: Document) -> Mapping[str, str]:
    """Return the labels to which the text gives a class: because it says so ("goals, referred to as domains
    of change"), or because it labels with another word too, beside which they mean something else.
    """
    language_rules = rules(document.language)
    plurals = {normal(word): label for label in language_rules.labels for word in label.plurals}
    found: dict[str, str] = {}
    for shift in language_rules.shifts:
        if any(shift.beside.pattern.match(block.passage.text) for block in document.blocks):
            found.update((normal(word), shift.beside.kind) for word in shift.words)
    for rule in language_rules.aliases:
        for block in document.blocks:
            for match in rule.pattern.finditer(block.passage.text):
                name = normal(match["name"])
                singular = max(
                    plurals[name].words, key=lambda word: (_common(normal(word), name), -len(word))
                )
                found[normal(singular)] = plurals[normal(match["kind"])].kind
    return found


def _common(one: str, other: str) -> int:
    """Return how many characters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
