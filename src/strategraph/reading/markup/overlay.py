"""A text as people see it, laid over its source character by character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from strategraph.model import Block, Passage, passage
from strategraph.reading.content import BlockDraft

# Left out by strategraph.model.passage: it fills the room that a replaced character leaves.
_FILLER = "\u2060"


class Overlay:
    """The source's text with entities and escapes replaced by the characters they stand for.

    It is as long as the source, so that offsets in one are offsets in the other: ``&#42;`` becomes ``*`` and
    four invisible characters.
    """

    def __init__(self, source: str) -> None:
        self._characters: Sequence[str] = source
        self._source = source
        self._text: str | None = source

    def replace(self, start: int, end: int, shown: str) -> None:
        """Show ``shown``, no longer than the range, instead of the source's characters."""
        if not isinstance(self._characters, list):
            self._characters = list(self._source)
        room = end - start
        shown = shown[:room]
        filler = _FILLER * (room - len(shown))
        # What ends a word ends where the entity ends, so that a quotation never stops in the midst of one.
        closes = end >= len(self._source) or not self._source[end].isalnum()
        self._characters[start:end] = filler + shown if closes else shown + filler
        self._text = None

    @property
    def text(self) -> str:
        """Return the text to show, of the source's length."""
        if self._text is None:
            self._text = "".join(self._characters)
        return self._text

    def passage(self, ranges: Iterable[tuple[int, int]]) -> Passage:
        """Return the readable passage made of some ranges of the text."""
        return passage(self.text, ranges)

    def blocks(self, drafts: Iterable[BlockDraft]) -> tuple[Block, ...]:
        """Return the blocks that the drafts make, without those that say nothing."""
        found = (draft.block(self.passage(ranges_of(draft.words.offsets))) for draft in drafts)
        return tuple(block for block in found if block is not None)


def ranges_of(offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Return the ranges that some ascending offsets make up.

    >>> ranges_of([1, 2, 3, 7, 8])
    [(1, 4), (7, 9)]
    """
    ranges: list[tuple[int, int]] = []
    for offset in offsets:
        if ranges and ranges[-1][1] == offset:
            ranges[-1] = (ranges[-1][0], offset + 1)
        else:
            ranges.append((offset, offset + 1))
    return ranges
