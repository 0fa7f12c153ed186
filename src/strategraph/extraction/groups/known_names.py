"""Where a text has names that vocabularies and word lists know, as a tag for each word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from strategraph.extraction.groups.features import SentenceWords
from strategraph.knowledge.gazetteer import Gazetteer, Hit
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept

Named = Iterable[tuple[int, int, str]]
"""Names in a text, as (start, end, kind), ascending."""


def tags(sentence: SentenceWords, *named: Named) -> list[str]:
    """Return the tag of each word: "B:group" where a name of the kind "group" begins, "I:group" within, "".

    Where two names share a word, the first has it; those of an earlier argument have it before others.
    """
    found = [""] * len(sentence)
    for ranges in named:
        for start, end, kind in ranges:
            first = bisect_left(sentence.starts, start)
            for index in range(first, len(sentence)):
                if sentence.starts[index] >= end:
                    break
                if not found[index]:
                    found[index] = f"{'I' if index > first else 'B'}:{kind}"
    return found


def runs(text: str, words: Gazetteer[str]) -> list[tuple[int, int, str]]:
    """Return where words of several ideographs stand in a text, each with its class."""
    return [(hit.start, hit.end, hit.value) for hit in words.find(text)] if len(words) else []


@lru_cache(maxsize=4)
def hits(
    names: Gazetteer[tuple[str, VocabularyConcept]], text: str
) -> tuple[Hit[tuple[str, VocabularyConcept]], ...]:
    """Return the names in a text, which groups and themes both ask for."""
    return tuple(names.find(text))


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
