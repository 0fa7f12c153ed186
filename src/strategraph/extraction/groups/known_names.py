"""Where a text has names that vocabularies and word lists know, as a tag for each word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from strategraph.extraction.groups.words import SentenceWords
from strategraph.knowledge.gazetteer import Gazetteer


def tags(sentence: SentenceWords, ranges: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return the tag of each word: "B:group" where a range named "group" begins, "I:group" within, else "".

    ``ranges`` are (start, end, name) in the text, ascending; where two share a word, the first has it.
    """
    found = [""] * len(sentence)
    for start, end, name in ranges:
        first = bisect_left(sentence.starts, start)
        for index in range(first, len(sentence)):
            if sentence.starts[index] >= end:
                break
            if not found[index]:
                found[index] = f"{'I' if index > first else 'B'}:{name}"
    return found


def runs(text: str, words: Gazetteer[str]) -> list[tuple[int, int, str]]:
    """Return where words of several ideographs stand in a text, each with its class."""
    return [(hit.start, hit.end, hit.value) for hit in words.find(text)] if len(words) else []
