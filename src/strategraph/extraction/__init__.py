"""Extraction: from a document and its outline to all that is mentioned. Seen, not yet identified."""

from __future__ import annotations

from collections.abc import Sequence

from strategraph.extraction.acronyms import find_acronyms
from strategraph.extraction.citations import find_citations
from strategraph.extraction.commitments import find_commitments
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.names import find_events, find_organizations
from strategraph.extraction.profile import find_profile
from strategraph.model import Document, Mentions, Profile, Section
from strategraph.organizations import directory
from strategraph.vocabulary import Vocabulary

__all__ = ["extract"]


def extract(document: Document, sections: Sequence[Section], vocabulary: Vocabulary) -> Mentions:
    """Return what a document mentions: in its sections, and of citations and names, anywhere.

    Post: every support's span lies within the source's text.
    """
    everywhere = [block.passage for block in document.blocks]
    acronyms = find_acronyms(everywhere)
    organizations = find_organizations(everywhere)
    profile = find_profile(document, sections, acronyms, organizations)
    commitments, purposes = find_commitments(sections, _owner_names(profile), document.language)
    stated = [passage for section in sections for passage in section.passages]
    return Mentions(
        profile=profile,
        sections=tuple(sections),
        commitments=commitments,
        purposes=purposes,
        concepts=find_concepts(stated, vocabulary, document.language, acronyms),
        citations=find_citations(everywhere),
        organizations=organizations,
        events=find_events(everywhere),
        acronyms=acronyms,
    )


def _owner_names(profile: Profile) -> list[str]:
    """Return the names by which the text may call the plan's owner."""
    if profile.owner is None:
        return []
    known = directory().find(profile.owner.name)
    names = [profile.owner.name, profile.owner.other, *((known.label, *known.names) if known else ())]
    return [name for name in dict.fromkeys(names) if name]
