"""What finds each kind of mention. A new kind is a function here, its fields in ``mention.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from strategraph.annotation.mention import Mention
from strategraph.extraction.acronyms import find_acronyms
from strategraph.extraction.citations import find_citations
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.names import find_organizations
from strategraph.identifiers import DEFAULT_BASE, Namer
from strategraph.model import ConceptMention, Passage
from strategraph.organizations import directory
from strategraph.resolution.contributions import contribution
from strategraph.resolution.instruments import resolve_instruments
from strategraph.sdgs import stated
from strategraph.vocabulary import TARGET_GROUP, Vocabulary

_STATED = 0.98  # how often a number of an SDG means it


@dataclass(frozen=True)
class Text:
    """A text to annotate: its paragraphs, each a passage that keeps its place, and its language."""

    record: int
    source: str
    passages: tuple[Passage, ...]
    language: str
    vocabulary: Vocabulary
    namer: Namer = field(default_factory=lambda: Namer(DEFAULT_BASE))

    def mention(
        self,
        span: tuple[int, int],
        kind: str,
        iri: str | None,
        label: str,
        confidence: float,
        **details: str | int | None,
    ) -> Mention:
        """Return a mention of words of the text."""
        start, end = span
        return Mention(
            record=self.record,
            start=start,
            end=end,
            text=self.source[start:end],
            kind=kind,
            iri=iri,
            label=label,
            confidence=round(confidence, 2),
            **details,  # type: ignore[arg-type]
        )


def concepts(text: Text) -> Iterator[Mention]:
    """Yield groups and themes, and the SDGs that these lead to."""
    found = find_concepts(text.passages, text.vocabulary, text.language, statements=False)
    for one in found:
        span = (one.support.span.start, one.support.span.end)
        iri = one.concept or text.namer.candidate(one.scheme, one.label)
        kind, role = ("group", one.role) if one.scheme == TARGET_GROUP else ("theme", None)
        yield text.mention(span, kind, iri, one.label, one.support.confidence, role=role)
        yield from _contributions(text, one, span)


def _contributions(text: Text, one: ConceptMention, span: tuple[int, int]) -> Iterator[Mention]:
    for sdg, via, confidence in contribution(one, text.vocabulary):
        yield text.mention(
            span, "sdg", sdg.iri, sdg.label, confidence, goal=sdg.goal, target=sdg.target, via=via
        )


def stated_sdgs(text: Text) -> Iterator[Mention]:
    """Yield the SDGs that the text cites by number."""
    for passage in text.passages:
        for one in stated(passage.text):
            span = passage.span(one.start, one.end)
            yield text.mention(
                (span.start, span.end), "sdg", one.sdg.iri, one.sdg.label, _STATED,
                goal=one.sdg.goal, target=one.sdg.target,
            )  # fmt: skip


def instruments(text: Text) -> Iterator[Mention]:
    """Yield the resolutions, laws … that are cited; the IRI only where the issuing body makes it certain."""
    nowhere = text.namer.plan("text")
    citations = find_citations(text.passages)
    resolved = resolve_instruments(citations, text.namer, nowhere, None)
    by_iri = {instrument.iri: instrument for instrument in resolved.instruments}
    for one, iri in zip(citations, resolved.iris, strict=True):
        known = by_iri.get(iri or "")
        yield text.mention(
            (one.support.span.start, one.support.span.end),
            "instrument",
            iri if iri and not iri.startswith(nowhere) else None,
            known.label if known else one.surface,
            one.support.confidence,
            type=one.kind,
            number=one.number,
            body=text.namer.organization(one.body) if one.body else known.issued_by if known else None,
            year=one.revision_year,
            relation=one.role,
        )


def organizations(text: Text) -> Iterator[Mention]:
    """Yield the organisations of the directory."""
    for one in find_organizations(text.passages):
        known = directory().by_slug[one.other or ""]
        span = (one.support.span.start, one.support.span.end)
        iri = text.namer.organization(known.slug)
        yield text.mention(span, "organization", iri, known.label, one.support.confidence)


def acronyms(text: Text) -> Iterator[Mention]:
    """Yield the acronyms that the text defines, with their long forms."""
    for one in find_acronyms(text.passages):
        span = (one.support.span.start, one.support.span.end)
        yield text.mention(span, "acronym", None, one.name, one.support.confidence, long=one.other)


FINDERS: Sequence[Callable[[Text], Iterator[Mention]]] = (
    concepts,
    stated_sdgs,
    instruments,
    organizations,
    acronyms,
)
