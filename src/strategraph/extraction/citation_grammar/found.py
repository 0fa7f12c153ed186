"""What the stages of the grammar pass on: words of a plain text and what they cite."""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.extraction.citation_grammar.readings import CitedInstrument


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text, by their positions in its plain form, and the instruments they cite.

    ``listed`` is where the list stands of which this is a part, or the whole.
    """

    start: int
    end: int
    rule: str
    cited: tuple[CitedInstrument, ...]
    listed: tuple[int, int] | None = None
