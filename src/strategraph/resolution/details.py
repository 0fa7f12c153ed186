"""Measures, deadlines, doers and modalities get their elements and, where they are nodes, their IRIs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from strategraph.model import (
    Deadline,
    Element,
    Link,
    Measure,
    MeasureMention,
    Mentions,
    NameMention,
    Organization,
    Source,
    Span,
    Support,
)
from strategraph.model.identifiers import CONCEPT_BASE
from strategraph.model.span_index import SpanIndex, Spoken

AddLink = Callable[..., None]
_LABEL = 80


def resolve_measures(
    mentions: Mentions,
    elements: Sequence[Element],
    said: Sequence[tuple[Span, str]],
    source: Source,
    spoken: Spoken,
    add: AddLink,
) -> Iterator[Measure]:
    """Yield the measures by IRI; link each to its element and to the commitment whose words set it."""
    acts = SpanIndex(said)
    positions: dict[tuple[str, bool], int] = {}
    for mention in mentions.measures:
        element = elements[mention.section].iri
        key = (element, mention.budget)
        positions[key] = positions.get(key, 0) + 1
        iri = f"{element}/{'budget' if mention.budget else 'measure'}/{positions[key]}"
        span = mention.support.span
        predicate = "budget" if mention.budget else "hasMeasure"
        add(element, predicate, iri, mention.support)
        for act in acts.containing(span):
            if act.startswith(f"{element}/commitment/"):
                add(act, predicate, iri, mention.support)
        yield _measure(iri, mention, source, spoken)


def _measure(iri: str, mention: MeasureMention, source: Source, spoken: Spoken) -> Measure:
    span = mention.support.span
    words = " ".join(source.text[span.start : span.end].split())
    return Measure(
        iri,
        words if len(words) <= _LABEL else f"{words[: _LABEL - 1]}…",
        mention.value,
        mention.unit,
        mention.comparator,
        mention.baseline,
        mention.baseline_year,
        mention.due,
        spoken.at(span),
    )


def resolve_deadlines(
    mentions: Mentions, elements: Sequence[Element], said: Sequence[tuple[Span, str]]
) -> Iterator[Deadline]:
    """Yield when each element, and each commitment, is due: a value with all the words that say it."""
    acts = SpanIndex(said)
    found: dict[tuple[str, str], dict[Span, Support]] = {}
    for mention in mentions.deadlines:
        element, span = elements[mention.section].iri, mention.support.span
        homes = [element, *(act for act in acts.containing(span) if act.startswith(f"{element}/commitment/"))]
        for home in homes:
            found.setdefault((home, mention.value), {}).setdefault(span, mention.support)
    for (home, value), supports in found.items():
        yield Deadline(home, value, tuple(supports.values()))


def link_modalities(mentions: Mentions, commitments: Sequence[str], add: AddLink) -> None:
    """Link each commitment to how it is meant."""
    for mention in mentions.modalities:
        add(
            commitments[mention.commitment],
            "modality",
            f"{CONCEPT_BASE}modality/{mention.name}",
            mention.support,
        )


def link_doers(
    mentions: Mentions,
    elements: Sequence[Element],
    organization: Callable[[NameMention], Organization],
    add: AddLink,
) -> Iterator[Organization]:
    """Yield who does something; link each to it. ``organization`` returns the one that a name means."""
    for mention in mentions.doers:
        doer = organization(NameMention(mention.name, mention.support))
        add(elements[mention.section].iri, "responsible", doer.iri, mention.support)
        yield doer


def link_supports(mentions: Mentions, elements: Sequence[Element], add: AddLink) -> None:
    """Link each element to those that its words say it supports."""
    for mention in mentions.supports:
        add(elements[mention.section].iri, "supports", elements[mention.other].iri, mention.support)


class Links:
    """Collects triples; the supports of one triple come together, each place once."""

    def __init__(self) -> None:
        self._supports: dict[tuple[str, str, str], dict[Span, Support]] = {}

    def add(self, subject: str, predicate: str, object_: str, *supports: Support) -> None:
        """Add a triple, and the words behind it."""
        known = self._supports.setdefault((subject, predicate, object_), {})
        for support in supports:
            known.setdefault(support.span, support)

    def all(self) -> tuple[Link, ...]:
        """Return all triples in the order in which they were first added."""
        return tuple(Link(*triple, tuple(supports.values())) for triple, supports in self._supports.items())
