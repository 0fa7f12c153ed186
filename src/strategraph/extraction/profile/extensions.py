"""Sentences that extend a plan: what a decision adds to a period is not the period that the plan states."""

from __future__ import annotations

import re

from strategraph.knowledge.languages import rules
from strategraph.knowledge.sentences import sentences
from strategraph.model import Document

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def find_extensions(document: Document) -> tuple[str, ...]:
    """Return a note for each sentence that extends a plan ("… extended until the year 2025")."""
    known = rules(document.language)
    nouns = re.compile(known.any_of(known.plan_nouns), re.IGNORECASE)
    extension = re.compile(known.any_of(known.extension_words), re.IGNORECASE)
    return tuple(
        f"an extension is no part of the period: “{block.passage.text[start:end]}”"
        for block in document.blocks
        for start, end in sentences(block.passage.text, known)
        if (word := extension.search(block.passage.text, start, end))
        and _YEAR.search(block.passage.text, word.start(), end)
        and nouns.search(block.passage.text, start, end)
    )
