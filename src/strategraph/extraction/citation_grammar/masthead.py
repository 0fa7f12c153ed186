"""The document's own symbol: "E/ICEF/2025/12" in a masthead or running header cites nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.found import Found

SYMBOL_RULE = "document-symbol"

_OPENING = 12  # texts at the beginning in which a masthead stands
_LONGEST = 60  # characters of a line that is a masthead, not a sentence


def without_own_symbols(
    texts: Sequence[str], findings: Sequence[tuple[Found, ...]]
) -> list[tuple[Found, ...]]:
    """Return the findings without those of the symbol that the document's own masthead prints."""
    before = re.compile(tables.layout()["masthead"]["pattern"])
    own = {
        one.cited[0].number
        for text, found in zip(texts[:_OPENING], findings, strict=False)
        for one in found
        if one.rule == SYMBOL_RULE and len(text) <= _LONGEST and before.fullmatch(text, 0, one.start)
    }
    return [
        tuple(one for one in found if one.rule != SYMBOL_RULE or one.cited[0].number not in own)
        for found in findings
    ]
