"""What the tagger looks at: words, sentence by sentence, and their attributes, for training and for reading.

Every attribute hangs on one word or on two neighbours, so that what the model makes of it can be kept by the
words: :meth:`Features.own`, :meth:`Features.near` and :meth:`Features.pair` depend on nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategraph.extraction.groups.word_classes import WordClasses

OFFSETS = (-3, -2, -1, 1, 2, 3)
OUTSIDE = ""  # the word before the first and after the last
_CLASS_REACH = 2  # words on either side of which the class and the ending count
_UPPER, _LOWER, _DIGIT = re.compile("[A-Z]"), re.compile("[a-z]"), re.compile(r"\d")
_RUNS = re.compile(r"(.)\1+")
_BREAKS = frozenset(".;:!?。；：！？؛؟")
_STOP = 4
_STOPPING = frozenset({"auxiliary", "verb", "verb+", "conjunction", "pronoun", "relative", "negation"})
_PERSON = frozenset(
    f"{before}{name}{after}"
    for before in ("", "-")
    for name in ("person", "noun.person")
    for after in ("", "+")
)
_STEPS = 4  # of probability
_FARTHEST = 8  # words from a noun for people, beyond which all is one


class Features:
    """The attributes of words of one language."""

    def __init__(self, classes: WordClasses) -> None:
        self._classes = classes
        self._tongue = "" if classes.language == "en" else f"{classes.language}:"

    def own(self, word: str) -> list[str]:
        """Return the attributes of a word by itself."""
        lowered = word.lower()
        found = ["any", f"w={self._tongue}{lowered}", f"shape={shape(word)}"]
        found += [f"end={self._tongue}{lowered[-size:]}" for size in (2, 3, 4, 5) if len(lowered) > size]
        found.append(f"begin={self._tongue}{lowered[:3]}")
        found += [f"c={name}" for name in self._classes.of(lowered)]
        return found

    def near(self, offset: int, lowered: str) -> list[str]:
        """Return the attributes that a word gives to the one ``-offset`` words from it."""
        found = [f"w{offset}={self._tongue}{lowered}"]
        if abs(offset) <= _CLASS_REACH:
            found.append(f"k{offset}={self.key(lowered)}")
            found.append(f"end{offset}={self._tongue}{lowered[-3:]}")
        return found

    def pair(self, first: str, second: str) -> tuple[list[str], list[str]]:
        """Return the attributes that two neighbours, in lower case, give to the first and to the second."""
        one, other = self.key(first), self.key(second)
        to_first = [
            f"w+w={self._tongue}{first} {second}",
            f"k+k={one} {other}",
            f"k+w={one} {self._tongue}{second}",
        ]
        to_second = [
            f"w-w={self._tongue}{first} {second}",
            f"k-k={one} {other}",
            f"w-k={self._tongue}{first} {other}",
        ]
        return to_first, to_second

    def named(self, tags: Sequence[str], position: int) -> list[str]:
        """Return the attributes of a word by the names that vocabularies know in its sentence."""
        return [
            f"v{offset}={tags[position + offset]}"
            for offset in (-1, 0, 1)
            if 0 <= position + offset < len(tags) and (tags[position + offset] or not offset)
        ]

    def distances(self, sentence: SentenceWords) -> list[list[str]]:
        """Return the attributes of each word by how far a noun for people is, to its left and right."""
        keys = [self.key(word) for word in sentence.lowered]
        found: list[list[str]] = [[] for _ in keys]
        stops = _stops(keys)
        last, link = -1, ""
        for index, key in enumerate(keys):
            found[index].append(f"stop={stops[index]}")
            if last >= 0:
                far = min(index - last, _FARTHEST)
                if far == 1:
                    link = key
                found[index] += [
                    f"since={far}",
                    f"since={far} {key}",
                    f"by={link}",
                    f"by={link} {far}",
                    f"by={link} {stops[index]}",
                ]
            if sentence.words[index] in _BREAKS:
                last = -1
            elif key in _PERSON:
                last = index
        next_ = -1
        for index in range(len(keys) - 1, -1, -1):
            if next_ >= 0:
                found[index].append(f"until={min(next_ - index, _FARTHEST // 2)}")
                if next_ == index + 1 and index and keys[index - 1] in _PERSON:
                    found[index].append(f"between={keys[index]}")
            if not sentence.words[index][0].isalnum():
                next_ = -1
            elif keys[index] in _PERSON:
                next_ = index
        for index, (verb, preposition) in enumerate(self._governors(sentence, keys)):
            found[index] += [f"under={verb}", f"led={preposition}"]
        return found

    def _governors(self, sentence: SentenceWords, keys: Sequence[str]) -> list[tuple[str, str]]:
        """Return the last verb and the last preposition before each word, in its clause."""
        found: list[tuple[str, str]] = []
        verb = preposition = "none"
        for word, key in zip(sentence.lowered, keys, strict=True):
            found.append((verb, preposition))
            if word in _BREAKS:
                verb = preposition = "none"
            elif key in ("verb", "verb+", "auxiliary"):
                verb, preposition = self._tongue + word, "none"
            elif key == "preposition":
                preposition = self._tongue + word
        return found

    def key(self, lowered: str) -> str:
        """Return the class that stands for a word in lower case."""
        return self._classes.key(lowered) if lowered else "outside"


def _stops(keys: Sequence[str]) -> list[int]:
    """Return how many words from each the next is that ends a phrase, up to four."""
    found, stop = [_STOP] * len(keys), 0
    for index in range(len(keys) - 1, -1, -1):
        found[index] = min(stop, _STOP)
        stop = 1 if keys[index] in _STOPPING or not keys[index][0].isalnum() else stop + 1
    return found


def shape(word: str) -> str:
    """Return the shape of a word: its kinds of characters, runs of one kind as one.

    >>> shape("First-time"), shape("16"), shape("LDCs")
    ('Xx-x', '9', 'Xx')
    """
    return _RUNS.sub(r"\1", _DIGIT.sub("9", _LOWER.sub("x", _UPPER.sub("X", word))))[:5]


def by_prose(
    features: Features, sentence: SentenceWords, labels: str, touching: Sequence[float]
) -> list[list[str]]:
    """Return the attributes of each word by what the model of running text makes of its sentence.

    ``labels`` are "B", "I" or "O" for each word, ``touching`` how probable it is that it is in a mention.
    """
    padded = f"-{labels}-"
    return [
        [
            f"prose={label}",
            f"prose~{int(probable * _STEPS)}",
            f"prose={label} {features.key(word)}",
            f"prose={label} then {padded[index + 2]}",
            f"prose={label} after {padded[index]}",
        ]
        for index, (word, label, probable) in enumerate(zip(sentence.lowered, labels, touching, strict=True))
    ]


def attributes(features: Features, sentence: SentenceWords, tags: Sequence[str]) -> list[list[str]]:
    """Return all attributes of each word of a sentence; ``tags`` are as :meth:`Features.named` takes them."""
    lowered = sentence.lowered
    found = [features.own(word) for word in sentence.words]
    for index, far in enumerate(features.distances(sentence)):
        found[index] += far + features.named(tags, index)
        for offset in OFFSETS:
            at = index + offset
            found[index] += features.near(offset, lowered[at] if 0 <= at < len(lowered) else OUTSIDE)
        after = lowered[index + 1] if index + 1 < len(lowered) else OUTSIDE
        to_this, to_next = features.pair(lowered[index], after)
        found[index] += to_this
        if after:
            found[index + 1] += to_next
    if lowered:
        found[0] += features.pair(OUTSIDE, lowered[0])[1]
    return found


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
