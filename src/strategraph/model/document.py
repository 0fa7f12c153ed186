"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from strategraph.model.stated import Stated
from strategraph.model.text import Passage, Span


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its name, the checksum of its bytes, and its text (LF line ends, no BOM).

    ``charset`` is its encoding where it was told, not found in the bytes; ``address`` the URL it came from.
    """

    name: str
    media_type: str
    sha256: str
    text: str
    charset: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell.

    ``level`` is the heading's level (1 is the top) or the list item's depth (1 is the outermost).
    ``marker`` is a list item's printed marker ("-", "1.") or "". Cells know their table, row and column
    (from 0), and whether they head a column. ``emphasised`` marks a paragraph that is bold or
    italic throughout: in many plans a heading in all but name. ``page`` counts from 1. ``lead`` is how many
    characters at the start of a longer text are bold or italic, with the punctuation that ends them:
    "**Courage.** We ask …" has a lead of 8. ``language`` is that of its words where it is not the document's.
    ``anchor`` is the name that the source itself gives the place (the eId of Akoma Ntoso), ``path`` the XPath
    of what holds it. A datum (an identifier, a date, a number) is no words for people to read.
    """

    kind: str  # "heading" | "paragraph" | "item" | "cell" | "datum"
    passage: Passage
    level: int = 0
    marker: str = ""
    emphasised: bool = False
    table: int | None = None
    row: int = 0
    column: int = 0
    header: bool = False
    page: int | None = None
    lead: int = 0
    language: str | None = None
    anchor: str = ""
    path: str = ""

    @property
    def span(self) -> Span:
        """Return where the block's readable text stands in the source."""
        return self.passage.span()


class PlacedWord(NamedTuple):
    """A word on a page: where it stands in the source's text, its left edge and its width in points."""

    start: int
    end: int
    left: float
    width: float


class PlacedLine(NamedTuple):
    """Words on one line: its upper edge, height, baseline and size of type, in points from the page's top."""

    top: float
    height: float
    base: float
    size: float
    words: tuple[PlacedWord, ...]


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page, its number from 1 and its size in points, with the lines of it that were read as text."""

    number: int
    width: float
    height: float
    lines: tuple[PlacedLine, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its blocks in reading order, and what its front matter says ("title", "author" …).

    ``left_out`` says in a few words each what of the source could not be read ("3 images"). ``stated`` is
    what a source whose format has a place for each part of a plan (StratML) states by itself; then nothing
    needs to be understood. ``pages`` say where the words stand, if that was asked for and there are pages.
    """

    source: Source
    blocks: tuple[Block, ...]
    language: str
    metadata: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    stated: Stated | None = None
    pages: tuple[PlacedPage, ...] = ()
