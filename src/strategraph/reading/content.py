"""What a reader of one format makes of a text; and its lines."""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.model import Block, Stated


@dataclass(frozen=True, slots=True)
class Content:
    """The source's text, its blocks in reading order, and what its front matter says.

    ``text`` is the text that was read, unchanged, for formats that are text; for HTML and binary formats the
    reader makes it. ``left_out`` says in a few words each what could not be read ("3 images").
    ``stated`` is what a structured source states by itself.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    stated: Stated | None = None


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
