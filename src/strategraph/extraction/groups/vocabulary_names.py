"""The names of a vocabulary in a text, with what kind of concept and label each is."""

from __future__ import annotations

from functools import lru_cache

from strategraph.knowledge.gazetteer import Gazetteer
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept


@lru_cache(maxsize=16)
def known_names(vocabulary: Vocabulary, language: str) -> Gazetteer[tuple[str, VocabularyConcept]]:
    """Return the labels of a vocabulary in a language, each with its kind ("group", "group?" for one that is
    safe only in context, "theme") and its concept."""
    return Gazetteer(
        (label.text, (_kind(entry, label.kind == "hidden"), entry))
        for entry in vocabulary.entries
        for label in entry.names(language)
    )


def _kind(entry: VocabularyConcept, hidden: bool) -> str:
    name = "group" if entry.scheme == TARGET_GROUP else "theme"
    return f"{name}?" if hidden else name
