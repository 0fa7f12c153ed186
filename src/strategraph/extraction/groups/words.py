"""The words of a text as the tagger sees them, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Each ideograph is a word of its own; elsewhere hyphens join ("first-time") and apostrophes part ("l'eau").
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\W_{_IDEOGRAPHS}\d]"
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]|\d+(?:[.,]\d+)*|(?:{_LETTERS}|\d)+(?:[-\u2010\u2011](?:{_LETTERS}|\d)+)*|\n|[^\s]"
)
_ENDS = frozenset(".!?…。！？؟\n")
_LONGEST = 150  # words: what runs on for longer has lost its marks


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one sentence, in their own case and in lower case, and where each starts and ends."""

    words: tuple[str, ...]
    lowered: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


def sentences(text: str) -> Iterator[SentenceWords]:
    """Yield the sentences of a text. A sentence ends at its mark, at a line end, or after 150 words.

    >>> [sentence.words for sentence in sentences("For women. L'eau pour tous")]
    [('For', 'women', '.'), ('L', "'", 'eau', 'pour', 'tous')]
    """
    words: list[str] = []
    starts: list[int] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word != "\n":
            words.append(word)
            starts.append(match.start())
        if words and (word in _ENDS or len(words) == _LONGEST):
            yield _sentence(words, starts)
            words, starts = [], []
    if words:
        yield _sentence(words, starts)


def _sentence(words: list[str], starts: list[int]) -> SentenceWords:
    return SentenceWords(
        tuple(words),
        tuple(word.lower() for word in words),
        tuple(starts),
        tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
    )
