"""Coverage: which sentences of the source gave which facts, and which gave none.

For people who review a graph: what was not recognised is as visible as what was.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from strategraph.knowledge.languages import rules
from strategraph.knowledge.writing import sentences
from strategraph.model import Block, Document, Plan, Span, Support

_OUTSIDE = {"title": "dcterms:title", "succeeds": "dcterms:replaces"}  # properties that are not ours

DOUBTFUL = 0.7  # facts below this confidence are listed for review


@dataclass(frozen=True, slots=True)
class CoveredFact:
    """An extracted triple as people read it, with one of its supports."""

    subject: str
    predicate: str
    object: str
    support: Support


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the source: its place, its words, and the facts its words support."""

    line: int
    span: Span
    text: str
    kind: str
    facts: tuple[CoveredFact, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All the sentences of a source, in order, with what the reading left open."""

    source: str
    sha256: str
    sentences: tuple[Sentence, ...]
    acronyms: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def covered(self) -> int:
        """Return how many sentences gave at least one fact."""
        return sum(1 for sentence in self.sentences if sentence.facts)

    def to_json(self) -> str:
        """Return the coverage as JSON with sorted keys; offsets are code points of the source's text."""
        return json.dumps(self._data(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def _data(self) -> Mapping[str, object]:
        return {
            "source": self.source,
            "sha256": self.sha256,
            "summary": {"sentences": len(self.sentences), "with_facts": self.covered},
            "acronyms": [{"acronym": short, "long_form": long} for short, long in self.acronyms],
            "sentences": [
                {
                    "line": sentence.line,
                    "start": sentence.span.start,
                    "end": sentence.span.end,
                    "kind": sentence.kind,
                    "text": sentence.text,
                    "facts": [_fact(fact) for fact in sentence.facts],
                }
                for sentence in self.sentences
            ],
            "review": {
                "headings_and_lists_without_facts": [
                    {"line": sentence.line, "kind": sentence.kind, "text": sentence.text}
                    for sentence in self.sentences
                    if not sentence.facts and sentence.kind in ("heading", "item")
                ],
                "doubtful": [
                    {"line": sentence.line, **_fact(fact)}
                    for sentence in self.sentences
                    for fact in sentence.facts
                    if fact.support.confidence < DOUBTFUL and sentence.span.start <= fact.support.span.start
                ],
                "unresolved": list(self.notes),
            },
        }


def cover(document: Document, plan: Plan) -> Coverage:
    """Return the coverage of a document by the facts of its plan."""
    text = document.source.text
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    places = _Places(_facts(plan))
    found = [
        Sentence(bisect_right(starts, span.start), span, words, kind, places.overlapping(span))
        for span, words, kind in _sentences(document)
    ]
    return Coverage(
        document.source.name,
        document.source.sha256,
        tuple(found),
        tuple((acronym.name, acronym.other or "") for acronym in plan.acronyms),
        plan.notes,
    )


def _sentences(document: Document) -> list[tuple[Span, str, str]]:
    language_rules = rules(document.language)

    def parts(block: Block) -> list[tuple[Span, str, str]]:
        passage = block.passage
        return [
            (passage.span(start, end), passage.text[start:end], block.kind)
            for start, end in sentences(passage.text, language_rules)
        ]

    return [part for block in document.blocks if block.kind != "datum" for part in parts(block)]


def _named(predicate: str) -> str:
    return _OUTSIDE.get(predicate, f"sg:{predicate}")


def _facts(plan: Plan) -> list[CoveredFact]:
    profile = plan.profile
    found = [
        CoveredFact(link.subject, _named(link.predicate), link.object, support)
        for link in plan.links
        for support in link.supports
    ]
    found += [
        CoveredFact(value.subject, _named(value.predicate), value.value, s)
        for value in plan.values
        for s in value.supports
    ]
    for predicate, reading in (
        ("dcterms:title", profile.title),
        ("sg:startYear", profile.start),
        ("sg:endYear", profile.end),
    ):
        if plan.is_plan and reading is not None and reading.support is not None:
            found.append(CoveredFact(plan.iri, predicate, reading.value, reading.support))
    return found


class _Places:
    """Facts by place. An element's words may run over many sentences, so the look-up goes back as far as
    the longest of them reaches."""

    def __init__(self, facts: Sequence[CoveredFact]) -> None:
        self._facts = sorted(facts, key=lambda fact: (fact.support.span, fact.predicate, fact.object))
        self._starts = [fact.support.span.start for fact in self._facts]
        spans = (fact.support.span for fact in self._facts)
        self._longest = max((span.end - span.start for span in spans), default=0)

    def overlapping(self, span: Span) -> tuple[CoveredFact, ...]:
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return tuple(fact for fact in self._facts[first:last] if fact.support.span.overlaps(span))


def _fact(fact: CoveredFact) -> dict[str, object]:
    return {
        "subject": fact.subject,
        "predicate": fact.predicate,
        "object": fact.object,
        "rule": fact.support.rule,
        "confidence": fact.support.confidence,
    }
