"""Blocks in the making: what readers of marked-up formats gather before passages can be cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from strategraph.model import Block, Passage

_CLOSING = ".:;,!?…。：；，！？”\"’')]»"


@dataclass(slots=True)
class BlockWords:
    """Where a block's visible characters stand, and what its letters and digits look like.

    ``emphasised`` counts those in bold or italics, ``plain`` the others; ``around``, among both, those in
    links that lead to another place of the same document; ``lead`` the emphasised ones before all others.
    """

    offsets: list[int] = field(default_factory=list)
    emphasised: int = 0
    plain: int = 0
    around: int = 0
    lead: int = 0

    def add(self, offsets: Iterable[int], letters: int, *, bold: bool, around: bool = False) -> None:
        """Add characters, of which ``letters`` are letters or digits."""
        self.offsets += offsets
        if bold:
            self.emphasised += letters
            self.lead += 0 if self.plain else letters
        else:
            self.plain += letters
        if around:
            self.around += letters

    @property
    def all_emphasised(self) -> bool:
        """Whether there are letters, and all of them are in bold or italics."""
        return self.emphasised > 0 and self.plain == 0

    def lead_in(self, text: str) -> int:
        """Return how long the emphasised beginning of ``text``, these words as shown, is; 0 if all is.

        >>> BlockWords(plain=5, lead=7).lead_in("Courage. We ask")
        8
        """
        if not self.lead or not self.plain:
            return 0
        left = self.lead
        for position, character in enumerate(text, 1):
            left -= character.isalnum()
            if not left:
                end = len(text) - len(text[position:].lstrip(_CLOSING))
                return end if end < len(text) else 0
        return 0

    @property
    def only_lead_around(self) -> bool:
        """Whether all is in links to places of the same document, as an entry of a contents list is."""
        return 0 < self.around == self.emphasised + self.plain


@dataclass(slots=True)
class BlockDraft:
    """A block to be: the fields of :class:`~strategraph.model.Block`, and its words."""

    kind: str = "paragraph"
    level: int = 0
    marker: str = ""
    table: int | None = None
    row: int = 0
    column: int = 0
    header: bool = False
    words: BlockWords = field(default_factory=BlockWords)

    def block(self, passage: Passage) -> Block | None:
        """Return the block with this passage; None if it says nothing or only leads around."""
        if not passage or (self.kind in ("item", "paragraph") and self.words.only_lead_around):
            return None
        return Block(
            self.kind,
            passage,
            level=self.level,
            marker=self.marker,
            emphasised=self.kind == "paragraph" and self.words.all_emphasised,
            table=self.table,
            row=self.row,
            column=self.column,
            header=self.header,
            lead=0 if self.kind == "heading" else self.words.lead_in(passage.text),
        )
