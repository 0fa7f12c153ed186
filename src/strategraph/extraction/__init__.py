"""Extraction: from a document and its sections to all that is mentioned. Seen, not yet identified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from strategraph.extraction.citations import find_cited
from strategraph.extraction.commitments import find_commitments, find_modalities
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.details import find_details
from strategraph.extraction.names import find_acronyms, find_events, find_organizations
from strategraph.extraction.plan_relations import find_succession, find_supports
from strategraph.extraction.profile import find_profile
from strategraph.extraction.provisions import find_own_texts
from strategraph.extraction.stated import remarks, stated_acts, stated_citations, stated_groups
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.sdgs import stated as stated_sdgs
from strategraph.knowledge.vocabulary import Vocabulary
from strategraph.model import (
    ConceptMention,
    Document,
    Mentions,
    NameMention,
    Passage,
    Profile,
    SdgMention,
    Section,
    Support,
)  # fmt: skip
from strategraph.model.document import Spoken

__all__ = ["extract"]

_STATED = 0.98  # how often the number of an SDG means it


def extract(document: Document, sections: Sequence[Section], vocabulary: Vocabulary) -> Mentions:
    """Return what a document mentions: in its sections, and of citations and names, anywhere.

    Post: every support's span lies within the source's text.
    """
    stated = document.stated
    everywhere = [block.passage for block in document.blocks if block.kind != "datum"]
    acronyms = find_acronyms(everywhere)
    organizations = find_organizations(everywhere)
    spoken = Spoken(document)
    if stated is None:
        profile = find_profile(document, sections, acronyms, organizations)
    else:
        profile = replace(stated.profile, language=document.language)
    commitments, purposes = find_commitments(sections, _owner_names(profile), spoken.of)
    if stated is not None and stated.acts is not None:
        commitments, purposes = stated_acts(stated, sections, commitments, purposes)
    details = find_details(document, sections, spoken)
    citations, relations = find_cited(everywhere)
    if stated is not None:
        citations = tuple(stated_citations(stated, citations))
    citations = (*citations, *find_succession(everywhere, profile, citations, spoken))
    own_texts = () if stated else find_own_texts(document, citations, document.language)
    provisions = [provision for own in own_texts for provision in own.provisions]
    passages = [passage for section in sections for passage in section.passages]
    passages += [passage for provision in provisions for passage in provision.passages]
    if stated is not None:
        passages += remarks(stated)
    return Mentions(
        profile=profile,
        sections=tuple(sections),
        commitments=commitments,
        purposes=purposes,
        concepts=(
            *_concepts(passages, vocabulary, spoken, acronyms),
            *(stated_groups(stated, vocabulary, spoken) if stated else ()),
        ),
        sdgs=tuple(_sdgs(passages)),
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
        supports=tuple(find_supports(sections, spoken)),
    )


def _concepts(
    passages: Sequence[Passage], vocabulary: Vocabulary, spoken: Spoken, acronyms: Sequence[NameMention]
) -> Iterator[ConceptMention]:
    """Yield the groups and themes that passages name, by the rules of their language."""
    by_language: dict[str, list[Passage]] = {}
    for passage in passages:
        by_language.setdefault(spoken.of(passage), []).append(passage)
    for language, found in by_language.items():
        yield from find_concepts(found, vocabulary, language, acronyms)


def _sdgs(passages: Sequence[Passage]) -> Iterator[SdgMention]:
    """Yield the Sustainable Development Goals that passages cite by number."""
    for passage in passages:
        for one in stated_sdgs(passage.text):
            support = Support(passage.span(one.start, one.end), "sdg number", _STATED)
            yield SdgMention(one.sdg.number, support)


def _owner_names(profile: Profile) -> list[str]:
    """Return the names by which the text may call the plan's owner."""
    if profile.owner is None:
        return []
    known = directory().find(profile.owner.name)
    names = [profile.owner.name, profile.owner.other, *((known.label, *known.names) if known else ())]
    return [name for name in dict.fromkeys(names) if name]
