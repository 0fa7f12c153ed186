"""The text of a document that is not text itself: its blocks with blank lines between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from strategraph.model import INVISIBLE, Block, Passage

NOTHING = Passage("", ())
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


@dataclass(frozen=True, slots=True)
class Composed:
    """A block to be, whose passage is still open, and its words."""

    block: Block
    words: str


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
        words = " ".join(draft.words.translate(_INVISIBLE).split())
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
