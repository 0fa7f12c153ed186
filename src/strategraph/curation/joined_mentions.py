"""Groups, instruments, measures and fields of two readers made one, by the rule of ``joined_sections``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from strategraph.curation.joined_sections import FEW, surer
from strategraph.curation.placing import Placed, PlacedGroup
from strategraph.curation.quotations import PlacedMeasure, has_words, same_words, shown
from strategraph.extraction.groups import narrowed
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept
from strategraph.model import (
    CitationMention,
    ConceptMention,
    Document,
    MeasureMention,
    Mentions,
    OwnerReading,
    Passage,
    Profile,
    Reading,
    Section,
    Span,
)
from strategraph.model.document import SpanIndex, Spoken

EVEN = 0.5
"""Below this confidence what our reader found is rather wrong than right."""

SURE = 0.95
"""From here on our reader's title, owner and years stand against a model's (docs/proposals.md)."""

_METADATA = ":metadata"  # how the names of rules end that go by what a file says outside its text


def join_mentions(
    mentions: Mentions, placed: Placed, document: Document, vocabulary: Vocabulary, *, whole: bool = True
) -> Mentions:
    """Return what was seen in a document with what was proposed; notes are added to the profile's.

    ``whole`` says that the model has read the plan whole, so that what it passes over does not stand.
    """
    notes: list[str] = []
    concepts = tuple(_groups(mentions.concepts, placed, document, vocabulary, notes, whole=whole))
    citations = tuple(_citations(mentions.citations, placed.citations, notes))
    measures = tuple(_measures(mentions.measures, placed.measures, mentions.sections, notes))
    profile = _profile(mentions.profile, placed.fields, notes, whole=whole)
    return replace(
        mentions,
        concepts=concepts,
        citations=citations,
        measures=measures,
        profile=replace(profile, notes=(*profile.notes, *notes)),
    )


# --------------------------------------------------------------------------------------------------
# Groups


def _groups(
    own: Sequence[ConceptMention],
    placed: Placed,
    document: Document,
    vocabulary: Vocabulary,
    notes: list[str],
    *,
    whole: bool,
) -> Iterator[ConceptMention]:
    """Yield the concepts in the order of their words; those of other schemes as they are."""
    looked = SpanIndex((part.span(), part) for section in placed.sections for part in section.passages)
    proposed = SpanIndex((group.support.span, group) for group in placed.groups)
    mine = SpanIndex((mention.support.span, mention) for mention in own if mention.scheme == TARGET_GROUP)
    if not placed.groups:  # of an answer that is cut off before its groups, say
        read = (m for m in own if m.scheme == TARGET_GROUP and looked.containing(m.support.span))
        whole = whole and sum(mention.support.confidence for mention in read) < FEW
    found: list[ConceptMention] = []
    for mention in own:
        span = mention.support.span
        if mention.scheme != TARGET_GROUP or not (within := looked.containing(span)):
            found.append(mention)
        elif not (others := proposed.overlapping(span)):
            if not whole or _is_known(mention, within[0], document):
                found.append(mention)
            else:
                notes.append(f"“{mention.surface}”: only the reader found a group here; it was left out")
        elif not any(other.support.span == span and other.role == mention.role for other in others):
            other = others[0]
            notes.append(
                f"“{mention.surface}”: “{other.passage.text}”, {other.role}, by the model, which stands"
            )
    names = _ConceptNames(vocabulary, Spoken(document))
    for group in placed.groups:
        same = mine.overlapping(group.support.span)
        found.append(names.mention(group, same))
    yield from sorted(found, key=lambda mention: (mention.support.span, mention.scheme))


def _is_known(mention: ConceptMention, passage: Passage, document: Document) -> bool:
    """Whether a mention is a group of the vocabulary's whom its element addresses, at the end of its phrase.

    A model rightly passes over words that only describe the next one ("customer accounts"); these do not.
    """
    end = mention.support.span.end
    rest = document.source.text[end : passage.span().end].lstrip()
    return (
        mention.concept is not None
        and mention.role == "addressed"
        and mention.support.confidence >= EVEN
        and not rest[:1].isalnum()
    )


class _ConceptNames:
    """What proposed words name: a concept of the vocabulary, or a candidate."""

    def __init__(self, vocabulary: Vocabulary, spoken: Spoken) -> None:
        self._spoken = spoken
        self._vocabulary = vocabulary
        self._entries: dict[str, dict[str, VocabularyConcept]] = {}

    def mention(self, group: PlacedGroup, own: Sequence[ConceptMention]) -> ConceptMention:
        """Return the mention that proposed words are; ``own`` are the reader's that share words with them."""
        span = group.support.span
        for mention in own:
            if mention.support.span == span:
                surer_support = surer(mention.support, group.support.confidence)
                return replace(mention, support=surer_support, role=group.role)
        surface = " ".join(group.passage.text.split())
        entry = self._labels(_read_as(self._spoken.at(span))).get(surface.casefold())
        if entry is not None:
            return ConceptMention(
                TARGET_GROUP, surface, entry.name(), entry.iri, group.support, role=group.role
            )
        above = narrowed(surface, _read_as(self._spoken.at(span)), self._vocabulary)
        broader = above.iri if above is not None else None
        return ConceptMention(
            TARGET_GROUP, surface, surface.lower(), None, group.support, broader, group.role
        )

    def _labels(self, language: str) -> dict[str, VocabularyConcept]:
        if language not in self._entries:
            self._entries[language] = {
                label.text.casefold(): entry
                for entry in reversed(self._vocabulary.scheme(TARGET_GROUP))
                for label in entry.names(language)
                if label.kind != "hidden"
            }
        return self._entries[language]


def _read_as(language: str) -> str:
    return FALLBACK if language == "und" else language


# --------------------------------------------------------------------------------------------------
# Instruments


def _citations(
    own: Sequence[CitationMention], proposed: Sequence[CitationMention], notes: list[str]
) -> Iterator[CitationMention]:
    """Yield the citations in the order of their words."""
    theirs = SpanIndex((citation.support.span, citation) for citation in proposed)
    found: list[CitationMention] = []
    for citation in own:
        same = [other for other in theirs.overlapping(citation.support.span) if _is_same(citation, other)]
        if same:
            support = surer(citation.support, same[0].support.confidence)
            found.append(replace(citation, support=support))
        else:
            found.append(citation)
    mine = SpanIndex((citation.support.span, citation) for citation in own)
    for citation in proposed:
        others = mine.overlapping(citation.support.span)
        if not others:
            found.append(citation)
        elif not any(_is_same(other, citation) for other in others):
            what = f"{others[0].kind} by the reader, {citation.kind} by the model"
            notes.append(f"“{citation.surface}”: {what}; the reader's stands")
    yield from sorted(found, key=lambda citation: citation.support.span)


def _is_same(own: CitationMention, proposed: CitationMention) -> bool:
    return own.kind == proposed.kind and (proposed.number is None or own.number == proposed.number)


# --------------------------------------------------------------------------------------------------
# Measures


def _measures(
    own: Sequence[MeasureMention],
    placed: Sequence[PlacedMeasure],
    sections: Sequence[Section],
    notes: list[str],
) -> Iterator[MeasureMention]:
    """Yield the measures, those of an element in reading order; of two about the same words the reader's."""
    found = list(own)
    for one in placed:
        words = f"“{shown(one.mention.value)} {shown(one.mention.unit)}”"
        section = home_of(sections, one.home)
        if section is None:
            notes.append(f"{words}: the measure stands in no element; it was left out")
            continue
        mention = replace(one.mention, section=section)
        mine = [
            index
            for index, other in enumerate(found)
            if other.section == section and other.support.span.overlaps(mention.support.span)
        ]
        same = [index for index in mine if _set(found[index]) == _set(mention)]
        if same:
            support = surer(found[same[0]].support, mention.support.confidence)
            found[same[0]] = replace(found[same[0]], support=support)
        elif mine:
            other = found[mine[0]]
            notes.append(f"{words} by the model, “{other.value} {other.unit}” by the reader, which stands")
        else:
            after = (
                index
                for index, other in enumerate(found)
                if other.section == section and other.support.span > mention.support.span
            )
            found.insert(next(after, len(found)), mention)
    yield from found


def home_of(sections: Sequence[Section], words: Span) -> int | None:
    """Return the section that has some words: of several, the one with the shortest text around them."""
    around = [
        (span.end - span.start, index)
        for index, section in enumerate(sections)
        for span in (*(part.span() for part in section.passages), *(one.span for one in section.supports))
        if span.contains(words)
    ]
    return min(around)[1] if around else None


def _set(measure: MeasureMention) -> tuple[object, ...]:
    return measure.value, measure.unit, measure.comparator, measure.baseline, measure.budget


# --------------------------------------------------------------------------------------------------
# The plan as a whole


def _profile(
    profile: Profile, fields: dict[str, Reading | None], notes: list[str], *, whole: bool
) -> Profile:
    """Return the profile with the proposed fields; of what the model says nothing, as it is."""
    owner = profile.owner
    # A text can talk a model into saying nothing at all: that takes out only what is rather wrong anyway.
    null = 0.0 if not whole else SURE if any(fields.values()) else EVEN

    def joined(name: str, own: Reading | None) -> Reading | None:
        return _field(name, own, fields[name], notes, null=null) if name in fields else own

    return replace(
        profile,
        title=joined("title", profile.title),
        owner=_owner(owner, joined("owner", _said(owner))),
        start=joined("start", profile.start),
        end=joined("end", profile.end),
    )


def _field(
    name: str, own: Reading | None, proposed: Reading | None, notes: list[str], *, null: float
) -> Reading | None:
    """Return a field of both readers; a null of the model's takes out what is less sure than ``null``.

    What the file itself names outside its text is taken out only where it is rather wrong than right.
    """
    if own is None or own.support is None:
        return proposed or own
    if proposed is None:
        least = min(null, EVEN) if own.support.rule.endswith(_METADATA) else null
        if own.support.confidence < least:
            notes.append(f"{name}: only the reader found “{own.value}”, unsure; it was left out")
            return None
        notes.append(f"{name}: “{own.value}” by the reader, which stands; the model does not find it said")
        return own
    assert proposed.support is not None
    if same_words(own.value, proposed.value):
        return replace(own, support=surer(own.support, proposed.support.confidence))
    what = f"{name}: “{own.value}” by the reader, “{proposed.value}” by the model"
    if own.support.confidence >= SURE and not has_words(proposed.value, own.value):
        notes.append(f"{what}; the reader's stands")
        return own
    notes.append(f"{what}, which stands")
    return proposed


def _said(owner: OwnerReading | None) -> Reading | None:
    return None if owner is None else Reading(owner.name, owner.support)


def _owner(own: OwnerReading | None, joined: Reading | None) -> OwnerReading | None:
    if joined is None:
        return None
    other = own.other if own is not None and own.name == joined.value else None
    return OwnerReading(joined.value, joined.support, other)
