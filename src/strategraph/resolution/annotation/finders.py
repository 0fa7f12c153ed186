"""What finds each kind of mention. A new kind is a function here, its fields in ``mention.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from strategraph.extraction.acronyms import find_acronyms
from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.names import find_organizations
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.sdgs import stated
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary
from strategraph.model import ConceptMention, Passage
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.resolution.annotation.citations import citations_in
from strategraph.resolution.annotation.mention import FIELDS, Mention
from strategraph.resolution.annotation.provisions import provisions_in
from strategraph.resolution.confidence_floor import contribution

_PARAGRAPH = 0.9  # how often the opening words tell a paragraph's part (macro F1, docs/resolutions.md)
_STATED = 0.98  # how often a number of an SDG means it


@dataclass(frozen=True)
class AnnotatedText:
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


def concepts(text: AnnotatedText) -> Iterator[Mention]:
    """Yield groups and themes, and the SDGs that these lead to."""
    found = find_concepts(text.passages, text.vocabulary, text.language, statements=False)
    for one in found:
        span = (one.support.span.start, one.support.span.end)
        iri = one.concept or text.namer.candidate(one.scheme, one.label)
        kind, role = ("group", one.role) if one.scheme == TARGET_GROUP else ("theme", None)
        yield text.mention(span, kind, iri, one.label, one.support.confidence, role=role)
        yield from _contributions(text, one, span)


def _contributions(text: AnnotatedText, one: ConceptMention, span: tuple[int, int]) -> Iterator[Mention]:
    for sdg, via, confidence in contribution(one, text.vocabulary):
        yield text.mention(
            span, "sdg", sdg.iri, sdg.label, confidence, goal=sdg.goal, target=sdg.target, via=via
        )


def stated_sdgs(text: AnnotatedText) -> Iterator[Mention]:
    """Yield the SDGs that the text cites by number."""
    for passage in text.passages:
        for one in stated(passage.text):
            span = passage.span(one.start, one.end)
            yield text.mention(
                (span.start, span.end), "sdg", one.sdg.iri, one.sdg.label, _STATED,
                goal=one.sdg.goal, target=one.sdg.target,
            )  # fmt: skip


def citations(text: AnnotatedText) -> Iterator[Mention]:
    """Yield the instruments and documents that are cited; an IRI only where the body is certain."""
    for one in citations_in(text.source, namer=text.namer):
        details = {name: getattr(one, name) for name in FIELDS[one.kind]}
        span = (one.start, one.end)
        yield text.mention(span, one.kind, one.iri, one.label, one.confidence, **details)


def provisions(text: AnnotatedText) -> Iterator[Mention]:
    """Yield the preambular and operative paragraphs of resolutions."""
    for one in provisions_in(text.source):
        label = " ".join(part for part in (one.number, one.verb) if part) or one.part
        yield text.mention(
            (one.start, one.end), "provision", None, label, _PARAGRAPH,
            part=one.part, verb=one.verb, addressee=one.addressee, force=one.force, due=one.due,
        )  # fmt: skip


def organizations(text: AnnotatedText) -> Iterator[Mention]:
    """Yield the organisations of the directory."""
    for one in find_organizations(text.passages):
        known = directory().by_slug[one.other or ""]
        span = (one.support.span.start, one.support.span.end)
        iri = text.namer.organization(known.slug)
        yield text.mention(span, "organization", iri, known.label, one.support.confidence)


def acronyms(text: AnnotatedText) -> Iterator[Mention]:
    """Yield the acronyms that the text defines, with their long forms."""
    for one in find_acronyms(text.passages):
        span = (one.support.span.start, one.support.span.end)
        yield text.mention(span, "acronym", None, one.name, one.support.confidence, long=one.other)


FINDERS: Sequence[Callable[[AnnotatedText], Iterator[Mention]]] = (
    concepts,
    stated_sdgs,
    citations,
    provisions,
    organizations,
    acronyms,
)
