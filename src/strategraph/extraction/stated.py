"""What a source in a structured format states by itself, as mentions like those that are found in prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from strategraph.languages import FALLBACK
from strategraph.model import (
    Commitment,
    ConceptMention,
    Passage,
    Purpose,
    Record,
    Section,
    Span,
    Stated,
)
from strategraph.organizations import directory
from strategraph.spoken import Spoken
from strategraph.vocabulary import TARGET_GROUP, Entry, Vocabulary

UNNAMED = "stratml:unnamed"  # the rule of a stakeholder without a name
_TYPE = "stakeholderType"
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
    stated: Stated, sections: Sequence[Section]
) -> tuple[tuple[Commitment, ...], tuple[Purpose, ...]]:
    """Return the commitments and purposes that a source states as such."""
    places = places_of(sections)
    purposes: dict[int, Purpose] = {}
    commitments: list[Commitment] = []
    homes = [places.get(stated.sections[act.section].supports[0].span) for act in stated.acts or ()]
    for index, act in enumerate(stated.acts or ()):
        home = homes[index]
        if act.kind == "Purpose" and home is not None:
            purposes[index] = Purpose(home, act.verb, act.object, act.support)
    order = {index: place for place, index in enumerate(purposes)}
    for index, act in enumerate(stated.acts or ()):
        home = homes[index]
        if act.kind == "Commitment" and home is not None:
            aims = tuple(order[aim] for aim in act.aims if aim in order)
            commitments.append(Commitment(home, act.verb, act.object, act.support, aims))
    return tuple(commitments), tuple(purposes.values())


def stated_groups(stated: Stated, vocabulary: Vocabulary, spoken: Spoken) -> Iterator[ConceptMention]:
    """Yield the groups among the stakeholders of a source: those of that type, and those of none.

    One without a type whose name is that of a known organisation is an organisation.
    """
    entries: dict[str, dict[str, Entry]] = {}
    for record in stated.records:
        if not _is_group(record):
            continue
        found: Entry | None = None
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


def _labels(vocabulary: Vocabulary, language: str) -> dict[str, Entry]:
    """Return the groups of the vocabulary by the names they have in a language; the first has a name."""
    return {
        label.text.casefold(): entry
        for entry in reversed(vocabulary.scheme(TARGET_GROUP))
        for label in entry.names(language)
        if label.kind != "hidden"
    }
