"""Annotation: what any text, plan or not, mentions, with where it says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.names import find_acronyms, find_organizations
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.sdgs import stated
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, load
from strategraph.model import ConceptMention, Passage
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.reading.language import UNDETERMINED, detect
from strategraph.resolution.annotation.citations import citations_in, provisions_in
from strategraph.resolution.concepts import contribution

__all__ = ["FIELDS", "Mention", "annotate", "annotate_lines"]


COMMON = ("record", "start", "end", "text", "kind", "iri", "label", "confidence")
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "group": ("role",),
        "theme": (),
        "sdg": ("goal", "target", "via"),
        "instrument": ("type", "number", "body", "year", "symbol", "relation"),
        "document": ("symbol",),
        "organization": (),
        "acronym": ("long",),
        "provision": ("part", "verb", "addressee", "force", "due"),
    }
)
"""The kinds of mention, in the order in which those of the same words come, and the fields of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a text that mention something.

    ``start`` and ``end`` count code points of the text, ``record`` texts from 0. ``iri`` is None where
    what is meant is not certain. ``role`` of a group is "addressed", "involved" or "mentioned"; ``goal``
    the number of an SDG, ``target`` of its target ("6.1"), ``via`` the IRI of the theme or group that
    leads to it, None where the text itself says so; ``type`` the class of an instrument, ``body`` the IRI
    of who issued it; ``part`` of a provision is "preambular" or "operative", ``verb`` that with which it
    opens.
    """

    record: int
    start: int
    end: int
    text: str
    kind: str
    iri: str | None
    label: str
    confidence: float
    role: str | None = None
    goal: int | None = None
    target: str | None = None
    via: str | None = None
    type: str | None = None
    number: str | None = None
    body: str | None = None
    year: int | None = None
    symbol: str | None = None
    relation: str | None = None
    long: str | None = None
    part: str | None = None
    verb: str | None = None
    addressee: str | None = None
    force: str | None = None
    due: str | None = None

    def fields(self) -> dict[str, object]:
        """Return the fields of its kind, by name and in order."""
        return {name: getattr(self, name) for name in (*COMMON, *FIELDS[self.kind])}


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


_PARAGRAPH_END = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
_LINE_ENDS = str.maketrans("\n\t\u00a0\u202f", "    ")
_KINDS = tuple(FIELDS)


def annotate(
    text: str, language: str | None = None, *, vocabulary: Vocabulary | None = None
) -> tuple[Mention, ...]:
    """Return what a text mentions, in the order of its words.

    ``language`` is a BCP 47 tag; without it the text tells. ``vocabulary`` replaces the groups and
    themes that strategraph knows.

    >>> [(one.kind, one.text) for one in annotate("Schools help young people to find work.")][-1]
    ('group', 'young people')
    """
    return _annotated(0, text, language or detect(text), vocabulary or load())


def annotate_lines(
    lines: Iterable[str], language: str | None = None, *, vocabulary: Vocabulary | None = None
) -> Iterator[Mention]:
    """Yield what each of many texts mentions; ``record`` is the number of the text, from 0.

    Without ``language`` each text tells its own; one too short to tell is read as most of the others.
    """
    texts = list(lines)
    known = vocabulary or load()
    usual = language or detect("\n".join(texts))
    for record, text in enumerate(texts):
        own = language or detect(text)
        yield from _annotated(record, text, usual if own == UNDETERMINED else own, known)


def _annotated(record: int, source: str, language: str, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    text = AnnotatedText(record, source, tuple(_passages(source)), language, vocabulary)
    found = dict.fromkeys(mention for find in FINDERS for mention in find(text))
    return tuple(
        sorted(found, key=lambda one: (one.start, one.end, _KINDS.index(one.kind), one.iri or "", one.label))
    )


def _passages(source: str) -> Iterator[Passage]:
    """Yield the paragraphs of a text, their line ends as spaces, so that positions stay."""
    for match in _PARAGRAPH_END.finditer(source):
        paragraph = match.group().rstrip()
        if paragraph:
            yield Passage(paragraph.translate(_LINE_ENDS), ((0, match.start()),))
