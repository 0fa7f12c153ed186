"""The text that is made of a StratML file: a block for the words of each element, with its XPath."""

from __future__ import annotations

from dataclasses import dataclass, field

from strategraph.model import Block, Passage, Span
from strategraph.reading.stratml.tree import StratmlNode


@dataclass(slots=True)
class Text:
    """A text while it is made; ``offset`` is its length, ``language`` that of the blocks to come."""

    blocks: list[Block] = field(default_factory=list)
    offset: int = 0
    language: str | None = None
    _parts: list[str] = field(default_factory=list)

    def put(
        self, node: StratmlNode | None, kind: str = "paragraph", *, level: int = 0, after: str = "\n\n"
    ) -> Passage | None:
        """Add the words of a node and return the passage that reads them.

        ``after`` is what parts them from the words before. A node without words, or None, adds nothing.
        """
        if node is None or not node.text:
            return None
        words = node.text
        lead = after if self.blocks else ""
        self._parts += [lead, words]
        passage = Passage(words, ((0, self.offset + len(lead)),))
        self.offset += len(lead) + len(words)
        language = node.marks.get("language") or self.language
        self.blocks.append(Block(kind, passage, level=level, language=language, path=node.path))
        return passage

    def since(self, blocks: int) -> Span | None:
        """Return the span from the first block after so many to the end; None if there is none."""
        if blocks >= len(self.blocks):
            return None
        return Span(self.blocks[blocks].span.start, self.offset)

    def __str__(self) -> str:
        return "".join(self._parts)
