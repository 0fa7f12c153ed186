"""What a reader of one format makes of a text: its lines, drafts of its blocks, and text composed of them.

Blocks in the making: what readers of marked-up formats gather before passages can be cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from strategraph.model import INVISIBLE, Block, Passage, PlacedPage, Stated


@dataclass(frozen=True, slots=True)
class Content:
    """The source's text, its blocks in reading order, and what its front matter says.

    ``text`` is the text that was read, unchanged, for formats that are text; for HTML and binary formats the
    reader makes it. ``left_out`` says in a few words each what could not be read ("3 images").
    ``stated`` is what a structured source states by itself, ``pages`` where the words stand on paper.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    stated: Stated | None = None
    pages: tuple[PlacedPage, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text: where it starts, and its characters without the line end."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset behind the line's last character."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on the line."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """Return the width of the white space that leads the line; a tab reaches the next multiple of 4."""
        lead = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(lead.expandtabs(4))

    @property
    def ink(self) -> tuple[int, int]:
        """Return the range of the line without the white space at its edges."""
        stripped = self.text.strip()
        start = self.start + self.text.find(stripped) if stripped else self.start
        return start, start + len(stripped)


def lines_of(text: str) -> tuple[TextLine, ...]:
    """Return the lines of ``text``; ``lines[n].text`` is ``text.split("\\n")[n]``."""
    lines: list[TextLine] = []
    start = 0
    for line in text.split("\n"):
        lines.append(TextLine(start, line))
        start += len(line) + 1
    return tuple(lines)


NOTHING = Passage("", ())
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(frozen=True, slots=True)
class Composed:
    """A block to be, whose passage is still open, and its words."""

    block: Block
    words: str

    @property
    def text(self) -> str:
        """Return the words as the text will have them, "" if there are none."""
        return " ".join(self.words.translate(_INVISIBLE).split())


def compose(drafts: Iterable[Composed]) -> tuple[str, tuple[Block, ...]]:
    """Return a text made of blocks, and the blocks with the passages that read it.

    A blank line parts blocks, a line end the cells of one row; a marker stands before its item. Blocks
    without words are left out.

    >>> item = Composed(Block("item", NOTHING, level=1, marker="1."), "Grow")
    >>> text, blocks = compose([Composed(Block("heading", NOTHING, level=1), "Goals"), item])
    >>> text, blocks[1].passage.offset(0)
    ('Goals\\n\\n1. Grow', 10)
    """
    parts: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for draft in drafts:
        words = draft.text
        if not words:
            continue
        lead = f"{draft.block.marker} " if draft.block.marker else ""
        if blocks:
            lead = ("\n" if _same_row(blocks[-1], draft.block) else "\n\n") + lead
        offset += len(lead)
        parts += [lead, words]
        blocks.append(replace(draft.block, passage=Passage(words, ((0, offset),))))
        offset += len(words)
    return "".join(parts), tuple(blocks)


def _same_row(one: Block, other: Block) -> bool:
    return other.table is not None and (one.table, one.row) == (other.table, other.row)


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
