"""What a person is shown of the reading's decisions: the doubtful ones, to decide on, and the reasons of any.

A review is a corrections file (``docs/corrections.md``). Building with it unchanged gives the same elements;
each entry that a person changes, strikes out or uncomments is that person's decision. The reasons are the
features by which the model took a text for an element, and of its class, in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from strategraph.curation import Readings, write_readings
from strategraph.curation.corrections import correct
from strategraph.curation.entries import (
    NOTHING,
    ElementEntry,
    Entry,
    GroupEntry,
    InstrumentEntry,
    MeasureEntry,
)
from strategraph.curation.joined_mentions import home_of
from strategraph.curation.joined_sections import confidence
from strategraph.curation.quotations import Quotations, UnplacedError, borne_out, shown, years_in
from strategraph.curation.readings_file import entry_text
from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.knowledge.typed_tables import read_table
from strategraph.knowledge.vocabulary import TARGET_GROUP
from strategraph.model import CURATOR, Document, MeasureMention, Mentions, Passage, Section, Span, Support
from strategraph.model.document import SpanIndex, Spoken
from strategraph.resolution.coverage import DOUBTFUL
from strategraph.system.terminal_text import columns
from strategraph.understanding import Reason, Weighed, Weighing

_NEAR = 0.17  # of the probability: what was weighed lower is not shown
_TOLD = 0.01  # a less probable alternative is none
_HEAD = """\
# Doubtful decisions, the least certain first. Each entry is as the text was read; above it stands what
# else it may be, with probabilities. Change "is" (or say is = "nothing"), correct the words, or delete what
# you do not want to decide: an entry that stays is taken for your decision. Lines that begin with # and no
# space are proposals: they count without the #.
"""
_MOST = 5  # reasons for each decision
_OTHERS = 3  # classes that are named beside the one that was taken
_LEAST = 0.005  # a probability that is shown as 0.00 is not


def entries_of(
    sections: Sequence[Section], document: Document, *, by: str = CURATOR
) -> tuple[ElementEntry, ...]:
    """Return an entry for each section, in their order; building with them changes nothing but who says so.

    An entry's ``id`` is the block in which it begins, "12.2" for the second of two.
    """
    blocks = SpanIndex((block.span, number) for number, block in enumerate(document.blocks) if block.passage)
    taken: dict[int | None, int] = {}
    ids: list[str] = []
    for section in sections:
        block = _block(section.passages[0], blocks)
        taken[block] = taken.get(block, 0) + 1
        ids.append(f"{block}.{taken[block]}" if taken[block] > 1 else f"{block}")
    return tuple(
        ElementEntry(
            id=name,
            kind=section.kind,
            number=section.number,
            title=_words(section.title),
            statement=_words(section.statement),
            block=_block(section.passages[0], blocks),
            statement_block=_block(section.statement, blocks)
            if section.title and section.statement
            else None,
            parent=None if section.parent is None else ids[section.parent],
            by=by,
        )
        for name, section in zip(ids, sections, strict=True)
    )


def element_text(
    entry: ElementEntry, alternatives: Sequence[tuple[str, float]] = (), notes: Sequence[str] = ()
) -> str:
    """Return an entry as it stands in a file, under comments: notes, then what else it may be.

    ``alternatives`` are classes, or "nothing", with their probabilities.
    """
    likely = sorted(alternatives, key=lambda one: (-one[1], one[0]))
    return entry_text(entry, notes=[*notes, *(f"{chance:.2f} {kind}" for kind, chance in likely)])


def _block(passage: Passage | None, blocks: SpanIndex[int]) -> int | None:
    if not passage:
        return None
    found = blocks.containing(passage.span(0, 1))
    return found[0] if found else None


def _words(passage: Passage | None) -> str | None:
    return " ".join(passage.text.split()) if passage else None


@dataclass(frozen=True, slots=True)
class Review:
    """A file of doubtful decisions: its text, and how many of each kind it shows."""

    text: str
    doubtful: int
    proposed: int


def review(
    document: Document,
    weighing: Weighing,
    mentions: Mentions | None = None,
    *,
    below: float = DOUBTFUL,
    decided: Sequence[Span] = (),
) -> Review:
    """Return the decisions on a document with a confidence below a limit, and what was nearly an element.

    ``mentions`` are groups and citations, of which the doubtful ones are shown too; ``decided`` are places
    that a person has decided on already.
    """
    work = _Reviewing(document, weighing)
    taken = SpanIndex((span, True) for span in decided)
    doubtful = work.doubtful(below, taken)
    proposed = [*work.nearly(taken), *work.mentioned(mentions, below, taken)]
    head = write_readings(Readings(source=document.source.name, sha256=document.source.sha256))
    return Review("\n".join([_HEAD, head, *doubtful, *proposed]), len(doubtful), len(proposed))


class _Reviewing:
    """One document while its decisions are written down."""

    def __init__(self, document: Document, weighing: Weighing) -> None:
        self._document = document
        self._weighing = weighing
        self._sections = weighing.sections
        self._quotations = Quotations(document)
        self._spoken = Spoken(document)
        self._blocks = {id(block): number for number, block in enumerate(document.blocks)}

    def doubtful(self, below: float, decided: SpanIndex[bool]) -> list[str]:
        """Return the entries of the elements with a low confidence, the lowest first."""
        chosen = self._weighing.chosen()
        entries = entries_of(self._sections, self._document)
        found = [
            (confidence(section), number)
            for number, section in enumerate(self._sections)
            if confidence(section) < below and not decided.overlaps(section.supports[0].span)
        ]
        kept = {entries[number].id for _, number in found}
        known = {
            number: replace(entries[number], parent=up if (up := entries[number].parent) in kept else None)
            for _, number in found
        }
        unsafe = self._changing(known)
        texts = []
        for sureness, number in sorted(found):
            weighed = chosen[self._sections[number].supports[0].span]
            place = self._place(self._sections[number].supports[0].span, weighed)
            notes = [f"confidence {sureness:.2f}, {place}"]
            text = element_text(known[number], _alternatives(weighed), notes)
            texts.append(_uncounted(text) if number in unsafe else text)
        return texts

    def nearly(self, decided: SpanIndex[bool]) -> Iterator[str]:
        """Yield entries, which do not count yet, of what was nearly taken for an element; likeliest first."""
        taken = SpanIndex((part.span(), True) for section in self._sections for part in section.passages)
        for weighed in self._weighing.nearly(_NEAR):
            unit = weighed.unit
            span = unit.whole.span()
            if taken.overlaps(span) or decided.overlaps(span) or (unit.label and unit.label.bare):
                continue
            block = self._blocks[id(unit.block)]
            entry = ElementEntry(
                kind=weighed.classes[0][0],
                number=unit.number,
                title=_line(unit.title.text) if unit.title else None,
                statement=_line(unit.statement.text) if unit.statement else None,
                text=None if unit.title or unit.statement else _line(unit.text),
                block=block,
            )
            if self._is_placed(entry.words, block):
                place = self._place(span, weighed)
                yield _uncounted(element_text(entry, _alternatives(weighed), [f"not taken, {place}"]))

    def mentioned(self, mentions: Mentions | None, below: float, decided: SpanIndex[bool]) -> Iterator[str]:
        """Yield entries, which do not count yet, of doubtful groups, citations and measures.

        They strike out what they are about, but for measures, which they say as they were read.
        """
        if mentions is None:
            return
        found: list[tuple[Support, Entry]] = [
            *(
                (one.support, GroupEntry(kind=NOTHING, text=_line(one.surface)))
                for one in mentions.concepts
                if one.scheme == TARGET_GROUP
            ),
            *(
                (one.support, InstrumentEntry(kind=NOTHING, text=_line(one.surface)))
                for one in mentions.citations
            ),
            *((one.support, self._measure(one)) for one in mentions.measures),
        ]
        for support, entry in sorted(found, key=lambda one: (one[0].confidence, one[0].span)):
            if support.confidence >= below or decided.overlaps(support.span):
                continue
            line = self._line_of(support.span)
            try:
                self._quotations.place(entry.words, line=line)
            except UnplacedError:
                continue
            notes = [f"confidence {support.confidence:.2f}, line {line}"]
            yield _uncounted(entry_text(replace(entry, line=line), notes=notes))

    def _measure(self, one: MeasureMention) -> MeasureEntry:
        """Return a measure as its words say it; struck out, if they say less or stand in a table's cell."""
        span = one.support.span
        text = _line(self._document.source.text[span.start : span.end])
        read = MeasureEntry(
            text=text,
            value=Decimal(one.value),
            unit=one.unit,
            comparator=one.comparator,
            baseline=None if one.baseline is None else Decimal(one.baseline),
            baseline_year=one.baseline_year,
            due=one.due if one.due is not None and one.due[:4] in years_in(text) else None,
            budget=one.budget,
        )
        try:
            borne_out(read, text, one.support, self._spoken.at(span))
        except UnplacedError:
            return MeasureEntry(kind=NOTHING, text=text)
        at_home = home_of(self._sections, span) == one.section
        return read if at_home else MeasureEntry(kind=NOTHING, text=text)

    def _changing(self, entries: dict[int, ElementEntry]) -> set[int]:
        """Return the entries with which a build would not give the same elements, if any."""
        before = _facts(self._sections)
        if self._facts_with(entries.values()) == before:
            return set()
        return {number for number, entry in entries.items() if self._facts_with([entry]) != before}

    def _facts_with(self, entries: Iterable[ElementEntry]) -> set[tuple[object, ...]] | None:
        try:
            return _facts(correct(self._sections, self._document, Readings(tuple(entries))))
        except UnusableInputError:
            return None

    def _is_placed(self, words: str, block: int) -> bool:
        try:
            return self._quotations.place(words, block=block).block == block
        except UnplacedError:
            return False

    def _place(self, span: Span, weighed: Weighed) -> str:
        where = f"line {self._line_of(span)}"
        return f"{where}, under “{shown(weighed.heading.text)}”" if weighed.heading else where

    def _line_of(self, span: Span) -> int:
        return self._document.source.text.count("\n", 0, span.start) + 1


def _alternatives(weighed: Weighed) -> list[tuple[str, float]]:
    told = [(kind, chance) for kind, chance in weighed.alternatives if chance >= _TOLD]
    return [*told, (NOTHING, 1.0 - weighed.probability)]


def _facts(sections: Sequence[Section]) -> set[tuple[object, ...]]:
    """Return what sections say, whatever their order and their support."""

    def said(section: Section) -> tuple[object, ...]:
        return (section.kind, section.number, *(part.span() for part in section.passages))

    return {(*said(one), None if one.parent is None else said(sections[one.parent])) for one in sections}


def _uncounted(text: str) -> str:
    """Return an entry that does not count: its lines, but for the comments, begin with # and no space."""
    return "".join(line if line.startswith("# ") else f"#{line}" for line in text.splitlines(keepends=True))


def _line(text: str) -> str:
    return " ".join(text.split())


# --------------------------------------------------------------------------------------------------
# Reasons


def reasons(weighing: Weighing, spans: Sequence[Span], kind: str) -> Iterator[str]:
    """Yield, line by line, why the texts at some places are elements of a class.

    ``spans`` are those of an element's evidence. Each feature stands with what it adds to the logarithm of
    the odds, and its value. Nothing is yielded for places where the model found no element, and for classes
    that it does not know (commitments).
    """
    chosen = weighing.chosen()
    for span in spans:
        weighed = chosen.get(span)
        if weighed is None or kind not in dict(weighed.classes):
            continue
        states, is_kind = weighing.reasons(weighed.index, kind)
        tables = [states[:_MOST], is_kind[:_MOST]]
        width = max(columns(phrase(reason.feature)) for table in tables for reason in table)
        yield f"  “{shown(weighed.unit.text)}”"
        yield f"    {weighed.probability:.2f}  states an element"
        yield from (_row(reason, width) for reason in tables[0])
        yield f"    {_of_class(weighed, kind)}"
        yield from (_row(reason, width) for reason in tables[1])


def _of_class(weighed: Weighed, kind: str) -> str:
    odds = dict(weighed.classes)
    others = [(name, value) for name, value in weighed.classes if name != kind and value >= _LEAST]
    beside = ", ".join(f"{name} {value:.2f}" for name, value in others[:_OTHERS])
    return f"{odds[kind]:.2f}  is of the class {kind}" + (f" ({beside})" if beside else "")


def _row(reason: Reason, width: int) -> str:
    name = phrase(reason.feature)
    return f"      {reason.share:+6.2f}  {name}{' ' * (width - columns(name))}  {told(reason)}"


def phrase(feature: str) -> str:
    """Return what a feature is called among people.

    >>> phrase("heading1 says so")
    'nearest heading: how it names this class'
    >>> phrase("own cues: Goal")
    'how often it names this class (Goal)'
    """
    feature, _, kind = feature.partition(": ")
    if kind:
        return f"{phrase(feature)} ({kind})"
    names = _names()
    if feature in names.features:
        return names.features[feature]
    place, _, known = feature.partition(" ")
    if place in names.places and known:
        return f"{names.places[place]}: {names.known.get(known, known)}"
    return feature


def told(reason: Reason) -> str:
    """Return the value of a feature: a word where it stands for one, else a number.

    >>> told(Reason("heading1 ending", 3.0, 0.1)), told(Reason("siblings", 4.0, 0.1))
    ('with a colon', '4')
    """
    values = _names().values
    known = values.get(reason.feature) or values.get(reason.feature.partition(" ")[2]) or {}
    return known.get(f"{reason.value:g}", f"{reason.value:.3g}")


@dataclass(frozen=True, slots=True)
class _FeatureNames:
    """What people call features: in whole, or by their place and what is known of it; words for values."""

    places: Mapping[str, str]
    known: Mapping[str, str]
    features: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@cache
def _names() -> _FeatureNames:
    return read_table(_FeatureNames, resources.path("data", "models", "features.toml"))
