"""Acts in headings: in "Identify High-Value Geospatial Data Act Investment Areas" all words are capitals.

Where the name begins cannot be seen there; it can where the text cites the act elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from strategraph.extraction.citation_grammar.found import Found

BY_NAME, OF_YEAR = "act-by-name", "act-of-year"

_CAPITAL = re.compile(r"\s[A-Z]")


def with_known_acts(texts: Sequence[str], findings: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """Return the findings, those of acts in headings cut to the name that the texts cite elsewhere."""
    known = {
        one.cited[0].title or ""
        for text, found in zip(texts, findings, strict=True)
        for one in found
        if one.rule in (BY_NAME, OF_YEAR) and not _in_heading(text, one)
    }
    return [
        tuple(_cut(one, known) if one.rule == BY_NAME and _in_heading(text, one) else one for one in found)
        for text, found in zip(texts, findings, strict=True)
    ]


def _in_heading(text: str, one: Found) -> bool:
    return _CAPITAL.match(text, one.end) is not None


def _cut(one: Found, known: set[str]) -> Found:
    """Return the finding cut to a known name at its end, if its own is longer than that."""
    words = (one.cited[0].title or "").split()
    for first in range(1, len(words)):
        name = " ".join(words[first:])
        if name in known:
            return replace(one, start=one.end - len(name), cited=(replace(one.cited[0], title=name),))
    return one
