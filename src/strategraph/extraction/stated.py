"""What a source in a structured format states by itself, as mentions like those that are found in prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept
from strategraph.model import (
    CitationMention,
    Commitment,
    ConceptMention,
    Passage,
    Purpose,
    Record,
    Section,
    Span,
    Stated,
)
from strategraph.model.document import SpanIndex, Spoken

UNNAMED = "stratml:unnamed"  # the rule of a stakeholder without a name
_TYPE = "stakeholderType"
_ROLES = frozenset(
    ("cites", "adoptedBy", "approvedBy", "endorsedBy", "revisedBy", "extendedBy", "implements", "amends",
     "pursuantTo")
)  # fmt: skip
_OF_NO_GROUP = ("Person", "Organization")


def places_of(sections: Sequence[Section]) -> Mapping[Span, int]:
    """Return where each section is, by every span that prints it: curators add, drop and move sections."""
    return {support.span: index for index, section in enumerate(sections) for support in section.supports}


def remarks(stated: Stated) -> Iterator[Passage]:
    """Yield the words that a source says of a section beside its title and statement."""
    for record in stated.records:
        if record.section is not None and record.passage:
            yield record.passage


def stated_acts(
    stated: Stated,
    sections: Sequence[Section],
    commitments: Sequence[Commitment],
    purposes: Sequence[Purpose],
) -> tuple[tuple[Commitment, ...], tuple[Purpose, ...]]:
    """Return the commitments and purposes that a source states as such.

    One that was also found in the words of its section is the one found there.
    """
    places = places_of(sections)
    found_purposes = {_key(one): one for one in reversed(purposes)}
    found_commitments = {_key(one): one for one in reversed(commitments)}
    order: dict[int, int] = {}
    kept: list[Purpose] = []
    made: list[Commitment] = []
    for index, act in enumerate(stated.acts or ()):  # a purpose stands before what it is the purpose of
        home = places.get(stated.sections[act.section].supports[0].span)
        if home is None:
            continue
        if act.kind == "Purpose":
            order[index] = len(kept)
            purpose = Purpose(home, act.verb, act.object, act.support)
            kept.append(found_purposes.get(_key(purpose), purpose))
        else:
            aims = tuple(order[aim] for aim in act.aims if aim in order)
            commitment = Commitment(home, act.verb, act.object, act.support, aims)
            made.append(replace(found_commitments.get(_key(commitment), commitment), purposes=aims))
    return tuple(made), tuple(kept)


def _key(act: Commitment | Purpose) -> tuple[int, str, str]:
    return act.section, act.verb, " ".join(act.object.text.split())


def stated_citations(stated: Stated, citations: Sequence[CitationMention]) -> Iterator[CitationMention]:
    """Yield the citations, those that a source states for the whole plan with what they stand for."""
    roles = SpanIndex(stated.citations)
    for citation in citations:
        found = [role for role in roles.containing(citation.support.span) if role in _ROLES]
        yield replace(citation, role=found[0]) if found else citation


def stated_groups(stated: Stated, vocabulary: Vocabulary, spoken: Spoken) -> Iterator[ConceptMention]:
    """Yield the groups among the stakeholders of a source: those of that type, and those of none.

    One without a type whose name is that of a known organisation is an organisation.
    """
    entries: dict[str, dict[str, VocabularyConcept]] = {
        "": {e.name(): e for e in reversed(vocabulary.scheme(TARGET_GROUP))}
    }
    for record in stated.records:
        if not _is_group(record):
            continue
        found = None
        if record.kind == "TargetGroup":  # our own export has the name that a graph gives it
            found = entries[""].get(record.value)
        else:
            for language in dict.fromkeys((spoken.at(record.support.span), FALLBACK)):
                if language not in entries:
                    entries[language] = _labels(vocabulary, language)
                found = found or entries[language].get(record.value.casefold())
        label, iri = (found.name(), found.iri) if found else (record.value, None)
        yield ConceptMention(TARGET_GROUP, record.value, label, iri, record.support, role="mentioned")


def _is_group(record: Record) -> bool:
    if record.kind != "Stakeholder" or record.support.rule == UNNAMED:
        return record.kind == "TargetGroup"
    kind = dict(record.facts).get(_TYPE)
    return kind not in _OF_NO_GROUP and (kind is not None or directory().find(record.value) is None)


def _labels(vocabulary: Vocabulary, language: str) -> dict[str, VocabularyConcept]:
    """Return the groups of the vocabulary by the names they have in a language; the first has a name."""
    return {
        label.text.casefold(): entry
        for entry in reversed(vocabulary.scheme(TARGET_GROUP))
        for label in entry.names(language)
        if label.kind != "hidden"
    }
