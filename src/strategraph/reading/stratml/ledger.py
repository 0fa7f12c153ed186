"""What is taken down while a StratML file is walked: its text, what it states, what is empty or unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from strategraph.model import Block, OwnerReading, Passage, Record, Section, Span, StatedAct, Support
from strategraph.model.text import whole_words
from strategraph.reading.stratml.tree import FIELDS, StratmlNode


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


_PARTS = ("hasStakeholder", "hasRole", "hasRelationship")
MARK = "strategraph"  # what our export writes where something only repeats what the texts say


@dataclass(frozen=True, slots=True)
class Home:
    """What is being told of: a section or a record, by position, or the plan."""

    section: int | None = None
    record: int | None = None


@dataclass(slots=True)
class Ledger:
    """Everything that is known so far; a section is None until all in it has been walked."""

    text: Text = field(default_factory=Text)
    sections: list[Section | None] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    acts: list[StatedAct] = field(default_factory=list)
    citations: list[tuple[Span, str]] = field(default_factory=list)
    owner: OwnerReading | None = None
    identifier: str = ""  # the first in the file
    empty: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    repeating: int = 0

    def told(self) -> Iterator[str]:
        """Yield what was skipped, and what was kept as other information, in a few words each."""
        for name, count in self.empty.items():
            yield f"{count} <{name}> without a word" if count > 1 else f"a <{name}> without a word"
        for name, count in self.unknown.items():
            yield f"{count} <{name}> kept as other information"
        if self.repeating:
            yield f"{self.repeating} elements of our own export that repeat what the texts say"

    def literal(self, node: StratmlNode | None, link: str, home: Home, kind: str = "paragraph") -> None:
        """Add the words of a node as a literal of what is told of."""
        passage = self.text.put(node, kind)
        if passage is None:
            return
        if link == "identifier" and not self.identifier:
            self.identifier = passage.text
        prose = passage if kind == "paragraph" else None
        support = support_of(passage, "field")
        self.record(Record(link, passage.text, support, "", home.section, home.record, passage=prose))

    def other(self, node: StratmlNode, home: Home) -> None:
        """Add all words of what has no place of its own as other information."""
        words = " ".join(leaf.text for leaf in node.words())
        if node.name != "OtherInformation":
            self.unknown[node.written or node.name] += 1
        self.literal(StratmlNode("", node.written, words, node.path), "otherInformation", home)

    def skip(self, node: StratmlNode) -> None:
        """Count an element without a word, and all such in it."""
        if node.name not in FIELDS and node.name != "Descriptor":
            self.empty[node.written] += 1
            for part in node.parts:
                self.skip(part)

    def record(self, record: Record) -> Home:
        """Add a record; return it as what is told of."""
        self.records.append(record)
        return Home(record=len(self.records) - 1)

    def called(self, place: Home, facts: Sequence[tuple[str, str]]) -> str:
        """Return what something without a name is called, all that is in it having been added.

        It is called by its prose, else by its facts, its literals, its parts, and of several by the first.
        """
        assert place.record is not None
        after = islice(self.records, place.record + 1, None)
        within = [record for record in after if record.record == place.record]
        prose = (record.value for record in within if record.link in ("description", "otherInformation"))
        literals = (record.value for record in within if not record.kind)
        parts = (record.value for link in _PARTS for record in within if record.link == link)
        return whole_words(next(chain(prose, (value for _, value in facts), literals, parts)))

    def reserved(self) -> Home:
        """Return the place of a record to be filled when all that is in it has been added."""
        return self.record(Record("", "", Support(Span(0, 1), "stratml:field")))

    def fill(self, place: Home, record: Record) -> None:
        """Put a record into the place reserved for it."""
        assert place.record is not None
        self.records[place.record] = record


def first(node: StratmlNode, *wanted: str) -> dict[str, StratmlNode]:
    """Return the first part with words of each of some names."""
    found: dict[str, StratmlNode] = {}
    for part in node.parts:
        if part.name in wanted and part.name not in found and part.text.strip():
            found[part.name] = part
    return found


def support_of(passage: Passage, rule: str) -> Support:
    """Return the words of a passage as the support of a fact, by a rule of StratML."""
    return Support(passage.span(), f"stratml:{rule}")
