"""A curator's decisions about a text: this is a goal, this is not, this is its title.

They stand in a small TOML file beside the source and name words, not offsets, so that they survive
rebuilding and most changes of the text (see ``docs/corrections.md``)::

    [[element]]
    text = "Improve departmental digital leadership"
    is = "Goal"
    number = "3"
    reason = "the foreword calls the eleven headings goals"

    [[element]]
    text = "Goal 9: Reduce emissions"
    is = "nothing"
    reason = "quoted from another plan"

Words that the source does not have are an error: a decision is never ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from strategraph.curation.entries import NOTHING, ElementEntry, Entry, FieldEntry, MentionEntry, Readings
from strategraph.curation.joined_mentions import home_of, join_mentions
from strategraph.curation.placing import place
from strategraph.curation.quotations import Quotations, QuotedPlace, UnplacedError, shown
from strategraph.errors import UnusableInputError
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary
from strategraph.model import (
    CURATOR,
    Document,
    Mentions,
    OwnerReading,
    Passage,
    Profile,
    Reading,
    Section,
    Span,
    Support,
)
from strategraph.model.mentions import in_order
from strategraph.understanding.hierarchy import RANK

_LONGEST_NAME = 15  # words: longer quoted words are a statement, not a title


def correct(sections: Sequence[Section], document: Document, decisions: Readings) -> tuple[Section, ...]:
    """Return the sections as the curator decided, in reading order, parents before children.

    What a decision touches has "curator" as its rule. Raises :class:`UnusableInputError` for words that
    the source does not have, or has in several places where nothing picks one.
    """
    if not decisions.elements:
        return tuple(sections)
    work = _Correcting(sections, document, decisions)
    for entry in decisions.elements:
        with _told(decisions, entry):
            work.apply(entry)
    for entry in decisions.elements:
        with _told(decisions, entry):
            work.move(entry)
    return in_order(work.sections)


@contextmanager
def _told(decisions: Readings, entry: Entry) -> Iterator[None]:
    """Say of an error in which line of the file its decision stands."""
    try:
        yield
    except UnplacedError as error:
        place = f"{decisions.file}:{entry.at}" if entry.at else decisions.file
        raise UnusableInputError(f"{place or 'correction'}: {error}") from error


class _Correcting:
    """The sections of a document while decisions are applied to them."""

    def __init__(self, sections: Sequence[Section], document: Document, decisions: Readings) -> None:
        self.sections = list(sections)
        self._quotations = Quotations(document)
        self._named: dict[str, Span] = {}  # the words of the elements that have an id

    def apply(self, entry: ElementEntry) -> None:
        """Do what a decision says of an element itself."""
        span = self._find(entry, entry.words).passage.span()
        at = _section_at(self.sections, span)
        if entry.kind == NOTHING:
            if at is None:
                raise UnplacedError(f"{entry.told()}: nothing was recognised there")
            self.sections = _without(self.sections, at)
        elif at is not None:
            self.sections[at] = self._changed(self.sections[at], entry)
        else:
            self.sections = _with(self.sections, self._new(entry))
        if entry.id is not None and entry.kind != NOTHING:
            self._named[entry.id] = span

    def move(self, entry: ElementEntry) -> None:
        """Put an element under the one that a decision names by its id, or by class and number."""
        if entry.kind == NOTHING or entry.parent is None:
            return
        at = _section_at(self.sections, self._find(entry, entry.words).passage.span())
        kind, _, number = entry.parent.partition(" ")
        if entry.parent in self._named:
            above = _section_at(self.sections, self._named[entry.parent])
        else:
            above = next(
                (
                    index
                    for index, section in enumerate(self.sections)
                    if section.kind == kind and (section.number or "") == number and index != at
                ),
                None,
            )
        if at is None or above is None or self._is_above(at, above):
            raise UnplacedError(f"there is no {entry.parent!r} for “{entry.words}” to stand under")
        self.sections[at] = replace(self.sections[at], parent=above)

    def _is_above(self, one: int, other: int | None) -> bool:
        """Whether a section is another, or encloses it."""
        while other is not None and other != one:
            other = self.sections[other].parent
        return other is not None

    def _find(self, entry: Entry, words: str) -> QuotedPlace:
        return self._quotations.place(words, block=entry.block, line=entry.line)

    def _part(self, entry: ElementEntry, words: str, block: int | None) -> Passage:
        """Return a title or statement, which need not stand where the words that name the element do."""
        after = self._find(entry, entry.words).start
        return self._quotations.place(words, block=block, after=after).passage

    def _parts(self, entry: ElementEntry) -> tuple[Passage | None, Passage | None]:
        title = self._part(entry, entry.title, entry.block) if entry.title else None
        block = entry.block if entry.statement_block is None else entry.statement_block
        return title, self._part(entry, entry.statement, block) if entry.statement else None

    def _changed(self, section: Section, entry: ElementEntry) -> Section:
        title, statement = self._parts(entry)
        supports = [Support(support.span, CURATOR, 1.0) for support in section.supports]
        for part in (title, statement):
            if part and not any(support.span.contains(part.span()) for support in supports):
                supports.append(Support(part.span(), CURATOR, 1.0))
        return replace(
            section,
            kind=entry.kind or section.kind,
            number=entry.number or section.number,
            title=title or section.title,
            statement=statement or section.statement,
            supports=tuple(supports),
        )

    def _new(self, entry: ElementEntry) -> Section:
        if entry.kind is None:
            raise UnplacedError(f"{entry.told()}: nothing was recognised there; say is = …")
        place = self._find(entry, entry.words).passage
        title, statement = self._parts(entry)
        if title is None and statement is None:
            short = len(place.text.split()) <= _LONGEST_NAME
            title, statement = (place, None) if short else (None, place)
        elif title is None and entry.text and len(place.text.split()) <= _LONGEST_NAME:
            title = place
        spans = [place.span(), *(part.span() for part in (title, statement) if part)]
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
        return Section(entry.kind, entry.number, title, statement, None, (Support(span, CURATOR, 1.0),))


def decide(
    mentions: Mentions,
    document: Document,
    decisions: Readings,
    vocabulary: Vocabulary,
    among: Sequence[ElementEntry] = (),
) -> Mentions:
    """Return the mentions as the curator decided on groups, instruments, measures and the plan's fields.

    ``among`` are all elements of the file, which entries may name by their ids. Raises
    :class:`UnusableInputError` as :func:`correct` does.
    """
    about = replace(decisions, elements=())
    given = about.where(lambda entry: entry.kind != NOTHING or isinstance(entry, FieldEntry))
    placed = place(given, document, among)
    if placed.faults:
        fault = placed.faults[0]
        raise UnusableInputError(f"{decisions.file}:{fault.at}: {fault.what}")
    for entry, measure in zip(given.measures, placed.measures, strict=True):
        with _told(decisions, entry):
            if home_of(mentions.sections, measure.home) is None:
                raise UnplacedError(f"“{shown(entry.words)}” stands in no element; say in = …")
    quotations = Quotations(document)

    def touched(supports: Iterable[Support], entries: Sequence[MentionEntry]) -> list[Span]:
        """Return the words that were decided on: those of what was placed, and of what is nothing."""
        found = [support.span for support in supports]
        for entry in entries:
            if entry.kind == NOTHING:
                with _told(decisions, entry):
                    place = quotations.place(entry.words, block=entry.block, line=entry.line)
                    found.append(place.passage.span())
        return found

    groups = touched((one.support for one in placed.groups), about.groups)
    citations = touched((one.support for one in placed.citations), about.instruments)
    measures = touched((one.mention.support for one in placed.measures), about.measures)
    left = replace(
        mentions,
        concepts=tuple(
            one
            for one in mentions.concepts
            if one.scheme != TARGET_GROUP or not _overlaps(one.support.span, groups)
        ),
        citations=tuple(one for one in mentions.citations if not _overlaps(one.support.span, citations)),
        measures=tuple(one for one in mentions.measures if not _overlaps(one.support.span, measures)),
        profile=_profile(mentions.profile, placed.fields),
        decisions=(*mentions.decisions, *(entry.told() for entry in decisions.entries)),
    )
    return join_mentions(left, replace(placed, fields={}), document, vocabulary)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _profile(profile: Profile, fields: Mapping[str, Reading | None]) -> Profile:
    """Return a profile with the fields that were decided, unknown ones among them."""
    owner = fields.get("owner")
    changes: dict[str, Reading | OwnerReading | None] = dict(fields)
    if "owner" in fields:
        changes["owner"] = OwnerReading(owner.value, owner.support) if owner else None
    return replace(profile, **changes)  # type: ignore[arg-type]


def _section_at(sections: Sequence[Section], span: Span) -> int | None:
    """Return the section that the words state: the one with the shortest words around them."""
    around = [
        (support.span.end - support.span.start, index)
        for index, section in enumerate(sections)
        for support in section.supports
        if support.span.overlaps(span) and _in_own_words(section, support.span, span)
    ]
    return min(around)[1] if around else None


def _in_own_words(section: Section, support: Span, span: Span) -> bool:
    """Whether words are the section's label and name, or its statement where it has no name."""
    named = section.title or section.statement
    return span.start <= (named.span().end if named and support.contains(named.span()) else support.end)


def _with(sections: Sequence[Section], new: Section) -> list[Section]:
    """Return the sections with a new one in its place, under the nearest before it that ranks higher."""
    at = sum(1 for section in sections if section.supports[0].span < new.supports[0].span)
    moved = [
        replace(section, parent=section.parent + (section.parent >= at))
        if section.parent is not None
        else section
        for section in sections
    ]
    rank = RANK.get(new.kind)
    above = [i for i, s in enumerate(sections[:at]) if rank is not None and RANK.get(s.kind, 9) < rank]
    parent = above[-1] if above and new.kind != "Value" else None
    return [*moved[:at], replace(new, parent=parent), *moved[at:]]


def _without(sections: Sequence[Section], gone: int) -> list[Section]:
    """Return the sections without one; what it enclosed goes to what enclosed it."""

    def parent(section: Section) -> int | None:
        at = sections[gone].parent if section.parent == gone else section.parent
        return at if at is None or at < gone else at - 1

    return [replace(s, parent=parent(s)) for index, s in enumerate(sections) if index != gone]
