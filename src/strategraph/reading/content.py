"""What a reader of one format makes of a text: its lines, drafts of its blocks, and text composed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from strategraph.model import INVISIBLE, Block, Passage, PlacedPage, Stated, passage


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


_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(frozen=True, slots=True)
class Composed:
    """A block to be, whose passage is still open, and its words."""

    block: Block
    words: str
    size: float = 0.0  # of its type, in points, where that may show it to be a heading

    @property
    def text(self) -> str:
        """Return the words as the text will have them, "" if there are none."""
        return as_shown(self.words)


def as_shown(words: str) -> str:
    """Return words with white space collapsed and without letters that nobody sees."""
    return " ".join(words.translate(_INVISIBLE).split())


def compose(drafts: Iterable[Composed]) -> tuple[str, tuple[Block, ...]]:
    """Return a text made of blocks, and the blocks with the passages that read it.

    A blank line parts blocks, a line end the cells of one row; a marker stands before its item. Blocks
    without words are left out.

    >>> item = Composed(Block("item", level=1, marker="1."), "Grow")
    >>> text, blocks = compose([Composed(Block("heading", level=1), "Goals"), item])
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


def commonest(amounts: Mapping[float, float]) -> float:
    """Return what there is most of, the smallest of what there is as much of; 0 where there is nothing.

    >>> commonest({10.0: 3, 12.0: 3, 9.0: 1})
    10.0
    """
    return max(amounts, key=lambda size: (amounts[size], -size), default=0.0)


def counted(amounts: Mapping[str, int]) -> tuple[str, ...]:
    """Return how many there are of what, in a few words each; nothing of what there is none of.

    >>> counted({"image": 2, "hidden slide": 0})
    ('2 images',)
    """
    return tuple(f"{number} {what}{'s' * (number > 1)}" for what, number in amounts.items() if number)


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

    def standing_out(self) -> BlockWords:
        """Return the same words as if they were bold: those of a term that is defined."""
        return BlockWords(self.offsets, emphasised=self.emphasised + self.plain)

    @property
    def only_lead_around(self) -> bool:
        """Whether all is in links to places of the same document, as an entry of a contents list is."""
        return 0 < self.around == self.emphasised + self.plain


PARAGRAPH = Block()


@dataclass(slots=True)
class BlockDraft:
    """A block to be, and its words."""

    shape: Block = PARAGRAPH
    words: BlockWords = field(default_factory=BlockWords)

    def block(self, passage: Passage) -> Block | None:
        """Return the block with this passage; None if it says nothing or only leads around."""
        kind = self.shape.kind
        if not passage or (kind in ("item", "paragraph") and self.words.only_lead_around):
            return None
        emphasised = kind == "paragraph" and self.words.all_emphasised
        lead = 0 if kind == "heading" else self.words.lead_in(passage.text)
        return replace(self.shape, passage=passage, emphasised=emphasised, lead=lead)


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
