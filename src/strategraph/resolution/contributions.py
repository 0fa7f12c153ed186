"""The Sustainable Development Goals that a theme or group leads to, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from strategraph.knowledge.sdgs import Sdg, sdg_of
from strategraph.knowledge.vocabulary import Vocabulary
from strategraph.model import ConceptMention

_LEADS = 0.9  # how often a text that names a theme is about the goal: docs/evaluation.md


def contribution(mention: ConceptMention, vocabulary: Vocabulary) -> Iterator[tuple[Sdg, str, float]]:
    """Yield the goals and targets that the concept of a mention is related to, the concept, and a confidence.

    A candidate leads where the concept that it narrows does ("rural women": women).
    """
    iri = mention.concept or mention.broader
    entry = vocabulary.by_iri.get(iri or "")
    for _, match in entry.matches if entry is not None else ():
        found = sdg_of(match)
        if found is not None and iri is not None:
            yield found, iri, round(mention.support.confidence * _LEADS, 2)
