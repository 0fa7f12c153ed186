"""Proposals held against the words: what the source bears out is placed, the rest is told.

Nothing here believes a proposal. A quotation that the source does not have, a number, place or year that its
words do not have, a parent that is not there: each is left out, with the line of its entry in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from strategraph.curation.entries import (
    NOTHING,
    PROPOSED,
    ElementEntry,
    Entry,
    EntryFault,
    FieldEntry,
    GroupEntry,
    InstrumentEntry,
    MeasureEntry,
    Readings,
)
from strategraph.curation.quotations import (
    PlacedMeasure,
    Quotations,
    QuotedPlace,
    UnplacedError,
    borne_out,
    has_words,
    plain_digits,
    same_words,
    shown,
    years_in,
)
from strategraph.model import CURATOR, CitationMention, Document, Passage, Reading, Section, Span, Support
from strategraph.model.document import SpanIndex, Spoken
from strategraph.model.mentions import in_order, without_circles

PROPOSAL = 0.9  # how sure a proposal is: a little less than was measured (docs/proposals.md)
_ONLY_ONE = "Vision"  # most plans have one; of a second, people are told
_NEAR = 2  # blocks from a title to a statement that one span covers
_MARKS = " \n.:;,–—-"

_E = TypeVar("_E", bound=Entry)
_T = TypeVar("_T")
_Homes = Mapping[str, tuple[Passage, ...]]  # the words of elements, by id


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """Words in an element that name a group; ``role`` is "addressed", "involved" or "mentioned"."""

    passage: Passage
    role: str
    support: Support


@dataclass(frozen=True, slots=True)
class Placed:
    """What the source bears out of some readings, and what it does not.

    ``sections`` stand in reading order, parents before children. ``fields`` has what is said of the plan as
    a whole by name, None for what is said to be unknown. ``faults`` are in the order of the file.
    """

    sections: tuple[Section, ...] = ()
    groups: tuple[PlacedGroup, ...] = ()
    citations: tuple[CitationMention, ...] = ()
    fields: dict[str, Reading | None] = field(default_factory=dict)
    measures: tuple[PlacedMeasure, ...] = ()
    faults: tuple[EntryFault, ...] = ()


def place(readings: Readings, document: Document, among: Sequence[ElementEntry] = ()) -> Placed:
    """Return what a document bears out of some readings; ``among`` are elements whose ids they may name.

    Their supports have the rule "proposed" or "curator". A curator's decisions on elements are no part of
    it: they change what the reader found (:func:`strategraph.curation.corrections.correct`).
    """
    work = _Placing(document)
    drafts = work.drafts(readings.elements)
    named = work.named(drafts)
    homes = work.homes(among) | {name: draft.section.passages for name, draft in named.items()}
    groups = [
        group for found in work.each(readings.groups, lambda e: work.groups(e, homes)) for group in found
    ]
    measures = work.each(readings.measures, lambda entry: work.measure(entry, homes))
    citations = work.each(readings.instruments, work.citation)
    fields = work.each(readings.fields, work.field)
    return Placed(
        work.sections(drafts, named, {entry.id: entry for entry in reversed(readings.elements)}),
        tuple(_longest(dict.fromkeys(groups))),
        tuple(dict.fromkeys(citations)),
        dict(reversed(fields)),
        tuple(measures),
        tuple(sorted({*readings.faults, *work.faults})),
    )


@dataclass(frozen=True, slots=True)
class _PlacedElement:
    """An element whose words were placed; its section has no parent yet."""

    entry: ElementEntry
    section: Section


Named = Mapping[str, _PlacedElement]


class _Placing:
    """Places entries in one document, and keeps what it could not place."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._quotations = Quotations(document)
        self._spoken = Spoken(document)
        self.faults: list[EntryFault] = []

    def each(self, entries: Sequence[_E], placed: Callable[[_E], _T]) -> list[_T]:
        """Return what becomes of entries, without those that cannot be placed."""
        found = []
        for entry in entries:
            try:
                found.append(placed(entry))
            except UnplacedError as error:
                self._fault(entry, str(error))
        return found

    def _fault(self, entry: Entry, what: str) -> None:
        self.faults.append(EntryFault(entry.at, what))

    # -- elements

    def drafts(self, entries: Sequence[ElementEntry]) -> list[_PlacedElement]:
        """Return the elements whose words stand in the source, each once."""
        kept: dict[tuple[object, ...], _PlacedElement] = {}
        for draft in self.each(entries, self._draft):
            section = draft.section
            same = (section.kind, section.title, section.statement)
            if same in kept:
                self._fault(draft.entry, f"“{shown(draft.entry.words)}” is said twice")
                continue
            if section.kind == _ONLY_ONE and any(kind == _ONLY_ONE for kind, *_ in kept):
                self._fault(draft.entry, f"“{shown(draft.entry.words)}” is a second {_ONLY_ONE}; it is kept")
            kept[same] = draft
        return list(kept.values())

    def _draft(self, entry: ElementEntry) -> _PlacedElement:
        assert entry.kind is not None  # what the file's reader has made sure of
        title, statement = self._parts(entry)
        first = title or statement
        assert first is not None
        number = entry.number
        if number is not None and not self._prints(number, first):
            self._fault(entry, f"“{shown(entry.words)}” has no number “{shown(number)}”")
            number = None
        texts = [place.passage for place in (title, statement) if place]
        if self._document.blocks[first.block].kind == "cell" and not any(_has_letters(t) for t in texts):
            raise UnplacedError(f"“{shown(entry.words)}” is a figure of a table's row, no element")
        near = title and statement and 0 <= statement.block - title.block <= _NEAR
        spans = [text.span() for text in texts]
        if near:
            spans = [Span(min(s.start for s in spans), max(s.end for s in spans))]
        return _PlacedElement(
            entry,
            Section(
                entry.kind,
                number,
                title.passage if title else None,
                statement.passage if statement else None,
                None,
                tuple(_support(entry, span) for span in spans),
            ),
        )

    def _parts(self, entry: ElementEntry) -> tuple[QuotedPlace | None, QuotedPlace | None]:
        """Return the places of the title and of the statement; at least one is there."""
        title, statement = entry.title, entry.statement
        if title is None and statement is None:
            title = entry.text
        named = self._place(entry, title) if title else None
        if statement is None or (title and same_words(title, statement)):
            return named, None
        after = named.start if named else None
        block = entry.block if named is None else None
        said = self._quotations.place(
            statement,
            block=block if entry.statement_block is None else entry.statement_block,
            line=entry.line if named is None else None,
            after=after,
        )
        return _apart(named, said)

    def _place(self, entry: Entry, words: str) -> QuotedPlace:
        return self._quotations.place(words, block=entry.block, line=entry.line)

    def _prints(self, number: str, place: QuotedPlace) -> bool:
        """Whether a number is printed with an element: in its block, the one before it, or its table row."""
        blocks = self._document.blocks
        here = blocks[place.block]
        around = list(blocks[max(0, place.block - 1) : place.block + 1])
        if here.table is not None:
            around += [block for block in blocks if (block.table, block.row) == (here.table, here.row)]
        return any(has_words(f"{block.marker} {block.passage.text}", number) for block in around)

    def named(self, drafts: Sequence[_PlacedElement]) -> Named:
        """Return the elements by their ids; of two with one id, the first."""
        named: dict[str, _PlacedElement] = {}
        for draft in drafts:
            if draft.entry.id is not None and named.setdefault(draft.entry.id, draft) is not draft:
                self._fault(draft.entry, f"a second element is called {shown(draft.entry.id)!r}")
        return named

    def sections(
        self, drafts: Sequence[_PlacedElement], named: Named, entries: Mapping[str | None, ElementEntry]
    ) -> tuple[Section, ...]:
        """Return the sections in reading order, each under its parent, parents before children.

        ``entries`` are all elements of the file by id: what was left out leaves its children to its parent.
        """
        index = {id(draft): number for number, draft in enumerate(drafts)}
        above = [self._above(draft, named, entries) for draft in drafts]
        given = [None if up is None else index[id(up)] for up in above]
        parents = without_circles(given)
        for draft, before, after in zip(drafts, given, parents, strict=True):
            if before != after:
                self._fault(draft.entry, f"“{shown(draft.entry.words)}” would be its own ancestor")
        return in_order(
            [replace(draft.section, parent=up) for draft, up in zip(drafts, parents, strict=True)]
        )

    def _above(
        self, draft: _PlacedElement, named: Named, entries: Mapping[str | None, ElementEntry]
    ) -> _PlacedElement | None:
        name, seen = draft.entry.parent, set[str]()
        while name is not None and name not in named and name in entries and name not in seen:
            seen.add(name)
            name = entries[name].parent
        if name != draft.entry.parent or (name is not None and name not in named):
            self._fault(
                draft.entry, f"“{shown(draft.entry.words)}” has no parent {shown(draft.entry.parent or '')!r}"
            )
        return named.get(name) if name is not None else None

    def homes(self, entries: Sequence[ElementEntry]) -> dict[str, tuple[Passage, ...]]:
        """Return the words of elements that are not placed here, by id; those without words are not there."""
        found = {}
        for entry in reversed(entries):
            try:
                parts = self._parts(entry)
            except UnplacedError:
                continue
            if entry.id is not None:
                found[entry.id] = tuple(part.passage for part in parts if part)
        return found

    # -- groups, instruments, measures, fields

    def groups(self, entry: GroupEntry, homes: _Homes) -> tuple[PlacedGroup, ...]:
        """Return the places of a group's words, in its element or where the entry says."""
        words = entry.words
        passages: tuple[Passage, ...]
        if entry.element is None:
            passages = (self._place(entry, words).passage,)
        else:
            passages = self._within(words, self._home(entry.element, words, homes))
            if not passages:
                raise UnplacedError(f"the words of {shown(entry.element)!r} do not say “{shown(words)}”")
        return tuple(PlacedGroup(each, entry.role, _support(entry, each.span())) for each in passages)

    def _home(self, element: str, words: str, homes: _Homes) -> tuple[Passage, ...]:
        home = homes.get(element)
        if not home:
            raise UnplacedError(f"“{shown(words)}” has no element {shown(element)!r}")
        return home

    def _within(self, words: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        return tuple(found for part in passages for found in self._quotations.within(words, part))

    def measure(self, entry: MeasureEntry, homes: _Homes) -> PlacedMeasure:
        """Return the measure that the words set, in its element, or beside it where the entry says."""
        words = entry.words
        home = () if entry.element is None else self._home(entry.element, words, homes)
        inside = self._within(words, home)
        passage = inside[0] if inside else self._place(entry, words).passage
        mention = borne_out(
            entry, passage.text, _support(entry, passage.span()), self._spoken.at(passage.span())
        )
        return PlacedMeasure(home[0].span() if home else passage.span(), mention)

    def citation(self, entry: InstrumentEntry) -> CitationMention:
        """Return the citation that the words are, if they have what is said of it."""
        words = entry.words
        passage = self._place(entry, words).passage
        year = None if entry.revision_year is None else str(entry.revision_year)
        for what, part in (("number", entry.number), ("place", entry.revision_place), ("year", year)):
            if part is not None and not has_words(plain_digits(words), plain_digits(part)):
                raise UnplacedError(f"“{shown(words)}” has no {what} “{shown(part)}”")
        surface = " ".join(passage.text.split())
        return CitationMention(
            kind=entry.kind or "",
            surface=surface,
            support=_support(entry, passage.span()),
            number=entry.number,
            title=surface if entry.number is None else None,
            revised=entry.revision_place is not None or entry.revision_year is not None,
            revision_place=entry.revision_place,
            revision_year=entry.revision_year,
            role=entry.relation,
        )

    def field(self, entry: FieldEntry) -> tuple[str, Reading | None]:
        """Return a field's name and what the words say; None where they are said not to say it."""
        if entry.kind == NOTHING:
            return entry.name, None
        words = entry.words
        try:
            passage = self._place(entry, words).passage
        except UnplacedError:
            head = self._quotations.in_head(words)
            if head is None:
                raise
            passage = head
        value = " ".join(passage.text.split())
        if entry.name in ("start", "end"):
            year = f"{entry.year:04d}" if entry.year is not None else plain_digits(value)
            if not re.fullmatch(r"[0-9]{4}", year) or year not in years_in(value):
                raise UnplacedError(f"“{shown(words)}” does not say the year {shown(year)}")
            value = year
        return entry.name, Reading(value, _support(entry, passage.span()))


def _longest(groups: Collection[PlacedGroup]) -> Iterator[PlacedGroup]:
    """Yield the groups whose words are no part of a longer one: the "all" of "for all", not of "all men"."""
    places = SpanIndex((group.support.span, group.support.span) for group in groups)
    for group in groups:
        span = group.support.span
        if all(other == span for other in places.containing(span)):
            yield group


def _has_letters(passage: Passage) -> bool:
    return any(character.isalpha() for character in passage.text)


def _support(entry: Entry, span: Span) -> Support:
    return Support(span, CURATOR, 1.0) if entry.by == CURATOR else Support(span, PROPOSED, PROPOSAL)


def _apart(
    title: QuotedPlace | None, statement: QuotedPlace
) -> tuple[QuotedPlace | None, QuotedPlace | None]:
    """Return a title and a statement that do not share words: the statement goes on behind the title."""
    if title is None or not statement.passage.span().overlaps(title.passage.span()):
        return title, statement
    if title.start != statement.start:
        return None, statement
    text = statement.passage.text
    begin = min(len(title.passage.text), len(text))
    while begin < len(text) and text[begin] in _MARKS:
        begin += 1
    rest = statement.passage.cut(begin)
    return title, QuotedPlace(statement.block, rest) if rest else None
