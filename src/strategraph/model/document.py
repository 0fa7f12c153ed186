"""What a reader makes of a file: its text, its blocks, and what a structured source states by itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from strategraph.model.mentions import Profile, Section, Support
from strategraph.model.text import EMPTY, Passage, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """Something that a structured source says of the plan, of a section, or of another record.

    ``link`` is the local name of the property that leads to it; ``kind`` that of its class, "" for a literal,
    whose words are ``value``; of a node that is its name. ``section`` and ``record`` are positions in
    :attr:`Stated.sections` and :attr:`Stated.records` of what it is said of, both None for the plan.
    ``facts`` are its own literals, by property, which stand in the same words. ``passage`` are words that
    may name groups.
    """

    link: str
    value: str
    support: Support
    kind: str = ""
    section: int | None = None
    record: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class StatedAct:
    """A commitment or purpose (``kind``) of a section; ``aims`` are positions of its purposes among these."""

    kind: str
    section: int
    verb: str
    object: Passage
    support: Support
    aims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source in a structured format states of the plan by itself.

    ``name`` is the last part of the plan's IRI, "" where the source does not give it; then ``digest`` stands
    in it for the checksum of the bytes, which change with every edit. ``acts`` are all commitments and
    purposes, None where they are to be found in the words. ``citations`` are words that cite an instrument
    for the whole plan, each with the local name of the property that they stand for; ``language`` is that of
    the plan, where it is certain.
    """

    sections: tuple[Section, ...]
    profile: Profile
    records: tuple[Record, ...] = ()
    acts: tuple[StatedAct, ...] | None = None
    citations: tuple[tuple[Span, str], ...] = ()
    name: str = ""
    digest: str = ""
    language: str | None = None


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

    kind: str = "paragraph"  # or "heading", "item", "cell", "datum"
    passage: Passage = EMPTY  # empty as long as its text is being made
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


class SpanIndex(Generic[T]):
    """Values at spans of a text; spans may nest and overlap.

    The spans are ordered by where they start; a tree over them knows how far each half of them reaches at
    most, so that a look-up passes over all that ends too early. An answer costs logarithmic time for each
    value in it, however many places there are.

    >>> places = SpanIndex([(Span(0, 9), "all"), (Span(2, 5), "part"), (Span(7, 9), "rest")])
    >>> places.containing(Span(3, 4)), places.overlapping(Span(4, 8))
    (['all', 'part'], ['all', 'part', 'rest'])
    """

    def __init__(self, entries: Iterable[tuple[Span, T]]) -> None:
        given = list(entries)
        self._values = [value for _, value in given]
        self._order = sorted(range(len(given)), key=lambda index: given[index][0])
        self._starts = [given[index][0].start for index in self._order]
        self._leaves = 1 << max(len(given) - 1, 0).bit_length()
        reach = [0] * (2 * self._leaves)
        for leaf, index in enumerate(self._order):
            reach[self._leaves + leaf] = given[index][0].end
        for node in range(self._leaves - 1, 0, -1):
            reach[node] = max(reach[2 * node], reach[2 * node + 1])
        self._reach = reach

    def containing(self, span: Span) -> list[T]:
        """Return the values whose spans contain ``span``, in the order in which they were given."""
        return self._values_of(self._found(bisect_right(self._starts, span.start), span.end))

    def overlapping(self, span: Span) -> list[T]:
        """Return the values whose spans share a character with ``span``, in the order they were given."""
        return self._values_of(self._found(bisect_left(self._starts, span.end), span.start + 1))

    def overlaps(self, span: Span) -> bool:
        """Whether any of the spans shares a character with ``span``."""
        return any(True for _ in self._found(bisect_left(self._starts, span.end), span.start + 1))

    def _values_of(self, leaves: Iterator[int]) -> list[T]:
        return [self._values[index] for index in sorted(self._order[leaf] for leaf in leaves)]

    def _found(self, before: int, end: int) -> Iterator[int]:
        """Yield the first ``before`` leaves as far as they reach to ``end``."""
        nodes = [(1, 0, self._leaves)]
        while nodes:
            node, first, size = nodes.pop()
            if first >= before or self._reach[node] < end:
                continue
            if size == 1:
                yield first
                continue
            half = size // 2
            nodes += [(2 * node + 1, first + half, half), (2 * node, first, half)]


class Spoken:
    """The languages of a document's words, by where they stand: the document's, but for blocks in another."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._others = SpanIndex((block.span, block.language) for block in document.blocks if block.language)

    @property
    def usual(self) -> str:
        """Return the language of the document."""
        return self._language

    def at(self, span: Span) -> str:
        """Return the language (BCP 47, or "und") of the words where ``span`` begins."""
        found = self._others.containing(Span(span.start, span.start + 1))
        return found[0] if found else self._language

    def of(self, passage: Passage) -> str:
        """Return the language of a passage that is not empty."""
        return self.at(passage.span(0, 1))
