"""Extraction: from a document and its sections to all that is mentioned. Seen, not yet identified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategraph.extraction.acronyms import find_acronyms
from strategraph.extraction.citations import find_cited
from strategraph.extraction.commitments import find_commitments
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.details import find_details
from strategraph.extraction.modality import find_modalities
from strategraph.extraction.names import find_events, find_organizations
from strategraph.extraction.profile import find_profile
from strategraph.extraction.provisions.resolutions import find_own_texts
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.sdgs import stated
from strategraph.knowledge.vocabulary import Vocabulary
from strategraph.model import (
    ConceptMention,
    Document,
    Mentions,
    NameMention,
    Passage,
    Profile,
    ProvisionMention,
    SdgMention,
    Section,
    Support,
)  # fmt: skip
from strategraph.model.span_index import Spoken

__all__ = ["extract"]

_STATED = 0.98  # how often the number of an SDG means it


def extract(document: Document, sections: Sequence[Section], vocabulary: Vocabulary) -> Mentions:
    """Return what a document mentions: in its sections, and of citations and names, anywhere.

    Post: every support's span lies within the source's text.
    """
    everywhere = [block.passage for block in document.blocks]
    acronyms = find_acronyms(everywhere)
    organizations = find_organizations(everywhere)
    profile = find_profile(document, sections, acronyms, organizations)
    spoken = Spoken(document)
    commitments, purposes = find_commitments(sections, _owner_names(profile), spoken.of)
    details = find_details(document, sections, spoken)
    citations, relations = find_cited(everywhere)
    own_texts = find_own_texts(document, citations, document.language)
    provisions = [provision for own in own_texts for provision in own.provisions]
    return Mentions(
        profile=profile,
        sections=tuple(sections),
        commitments=commitments,
        purposes=purposes,
        concepts=tuple(_concepts((*sections, *provisions), vocabulary, spoken, acronyms)),
        sdgs=tuple(_sdgs((*sections, *provisions))),
        citations=citations,
        relations=relations,
        own_texts=own_texts,
        organizations=organizations,
        events=find_events(everywhere),
        acronyms=acronyms,
        measures=details.measures,
        deadlines=details.deadlines,
        doers=details.doers,
        modalities=tuple(find_modalities(commitments, sections, spoken)),
    )


def _concepts(
    sections: Sequence[Section | ProvisionMention],
    vocabulary: Vocabulary,
    spoken: Spoken,
    acronyms: Sequence[NameMention],
) -> Iterator[ConceptMention]:
    """Yield the groups and themes that sections and provisions name, by the rules of their language."""
    stated: dict[str, list[Passage]] = {}
    for section in sections:
        for passage in section.passages:
            stated.setdefault(spoken.of(passage), []).append(passage)
    for language, passages in stated.items():
        yield from find_concepts(passages, vocabulary, language, acronyms)


def _sdgs(sections: Sequence[Section | ProvisionMention]) -> Iterator[SdgMention]:
    """Yield the Sustainable Development Goals that sections and provisions cite by number."""
    for section in sections:
        for passage in section.passages:
            for one in stated(passage.text):
                support = Support(passage.span(one.start, one.end), "sdg number", _STATED)
                yield SdgMention(one.sdg.number, support)


def _owner_names(profile: Profile) -> list[str]:
    """Return the names by which the text may call the plan's owner."""
    if profile.owner is None:
        return []
    known = directory().find(profile.owner.name)
    names = [profile.owner.name, profile.owner.other, *((known.label, *known.names) if known else ())]
    return [name for name in dict.fromkeys(names) if name]
