"""What the tagger looks at: words, their attributes, and the names among them that are known.

Most attributes hang on one word or on two neighbours, so that what the model makes of them is kept by the
words: :meth:`Features.own`, :meth:`Features.near` and :meth:`Features.pair` depend on nothing else. What
hangs on more of the sentence is told as small values (:class:`Nearby`, :data:`ProseView`), which are
kept as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from strategraph.knowledge.gazetteer import Gazetteer, Hit
from strategraph.knowledge.vocabulary import TARGET_GROUP, Vocabulary, VocabularyConcept
from strategraph.knowledge.word_classes import WordClasses

OFFSETS = (-3, -2, -1, 1, 2, 3)
OUTSIDE = ""  # the word before the first and after the last
_CLASS_REACH = 2  # words on either side of which the class and the ending count
_UPPER, _LOWER, _DIGIT = re.compile("[A-Z]"), re.compile("[a-z]"), re.compile(r"\d")
_RUNS = re.compile(r"(.)\1+")
_BREAKS = frozenset(".;:!?。；：！？؛؟")
_STOP = 4
_VERBS = frozenset({"verb", "verb+", "auxiliary"})
_STOPPING = frozenset({"auxiliary", "verb", "verb+", "conjunction", "pronoun", "relative", "negation"})
_PERSON = frozenset(
    f"{before}{name}{after}"
    for before in ("", "-")
    for name in ("person", "noun.person")
    for after in ("", "+")
)
_STEPS = 4  # of probability
_FARTHEST = 8  # words from a noun for people, beyond which all is one
ProseView = tuple[str, str, str, int]
"""What the model of running text makes of a word: the labels, "B", "I" or "O", that it, the next and the one
before get ("-" at an edge), and how probable it is, in quarters, that the word is part of a mention."""
# Each ideograph is a word of its own; elsewhere hyphens join ("first-time") and apostrophes part ("l'eau").
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\W_{_IDEOGRAPHS}\d]"
_WORD = re.compile(
    rf"[{_IDEOGRAPHS}]|\d+(?:[.,]\d+)*|(?:{_LETTERS}|\d)+(?:[-\u2010\u2011](?:{_LETTERS}|\d)+)*|\n|[^\s]"
)
_ENDS = frozenset(".!?…。！？؟\n")
_LONGEST = 150  # words: what runs on for longer has lost its marks
Named = Iterable[tuple[int, int, str]]
"""Names in a text, as (start, end, kind), ascending."""


class Features:
    """The attributes of words of one language."""

    def __init__(self, classes: WordClasses) -> None:
        self._classes = classes
        self.key = lru_cache(maxsize=1 << 16)(self._key)
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

    def nearby(self, nearby: Nearby) -> list[str]:
        """Return the attributes of a word by what stands near it."""
        found = [f"stop={nearby.stop}"]
        if nearby.since:
            found += [
                f"since={nearby.since}",
                f"since={nearby.since} {nearby.key}",
                f"by={nearby.link}",
                f"by={nearby.link} {nearby.since}",
                f"by={nearby.link} {nearby.stop}",
            ]
        if nearby.until:
            found.append(f"until={nearby.until}")
            if nearby.between:
                found.append(f"between={nearby.key}")
        return found

    def governed(self, verb: str, preposition: str) -> list[str]:
        """Return the attributes of a word by the last verb and preposition before it, "" for none."""
        return [f"under={self._told(verb)}", f"led={self._told(preposition)}"]

    def _told(self, word: str) -> str:
        return self._tongue + word if word else "none"

    def prose(self, key: str, seen: ProseView) -> list[str]:
        """Return the attributes of a word of a class by what the model of running text makes of it."""
        label, after, before, quarter = seen
        return [
            f"prose={label}",
            f"prose~{quarter}",
            f"prose={label} {key}",
            f"prose={label} then {after}",
            f"prose={label} after {before}",
        ]

    def _key(self, lowered: str) -> str:
        """Return the class that stands for a word in lower case."""
        return self._classes.key(lowered) if lowered else "outside"


class Nearby(NamedTuple):
    """What a word stands near: nouns for people on either side, and the end of its phrase.

    ``key`` is its class, "" where no such noun is before; ``stop`` how many words it is to one that ends a
    phrase; ``since`` and ``until`` how far it is from the nouns before and behind, 0 where there is none;
    ``link`` the class of the word behind the noun before; ``between`` whether it alone parts the two.
    """

    stop: int
    since: int
    key: str
    link: str
    until: int
    between: bool


_ALONE = tuple(Nearby(stop, 0, "", "", 0, False) for stop in range(_STOP + 1))


def nearby(words: Sequence[str], keys: Sequence[str]) -> list[Nearby]:
    """Return what each word of a sentence, of the class ``keys`` say, stands near."""
    stops = _to_stops(keys)
    if _PERSON.isdisjoint(keys):
        return [_ALONE[stop] for stop in stops]
    behind: list[int] = []
    people = 0
    for word, key in zip(reversed(words), reversed(keys), strict=True):
        behind.append(people)
        if not word[0].isalnum():
            people = 0
        elif key in _PERSON:
            people = 1
        elif people:
            people = min(people + 1, _FARTHEST // 2)
    found: list[Nearby] = []
    since, link = 0, ""
    for word, key, stop, people in zip(words, keys, stops, reversed(behind), strict=True):
        if since == 1:
            link = key
        if since or people:
            found.append(
                Nearby(stop, since, key if since else "", link if since else "", people, people == since == 1)
            )
        else:
            found.append(_ALONE[stop])
        if word in _BREAKS:
            since = 0
        elif key in _PERSON:
            since = 1
        elif since:
            since = min(since + 1, _FARTHEST)
    return found


def _to_stops(keys: Sequence[str]) -> list[int]:
    """Return how many words it is from each to the next that ends a phrase; 0 from the last word of all."""
    found: list[int] = []
    stop = 0
    for key in reversed(keys):
        found.append(stop)
        if key in _STOPPING or not key[0].isalnum():
            stop = 1
        elif stop < _STOP:
            stop += 1
    return found[::-1]


def governors(lowered: Sequence[str], keys: Sequence[str]) -> list[tuple[str, str]]:
    """Return the last verb and the last preposition before each word in its clause, "" for none."""
    found: list[tuple[str, str]] = []
    verb = preposition = ""
    now = (verb, preposition)
    for word, key in zip(lowered, keys, strict=True):
        found.append(now)
        if word in _BREAKS:
            now = ("", "")
        elif key in _VERBS:
            now = (word, "")
        elif key == "preposition":
            now = (now[0], word)
    return found


def shape(word: str) -> str:
    """Return the shape of a word: its kinds of characters, runs of one kind as one.

    >>> shape("First-time"), shape("16"), shape("LDCs")
    ('Xx-x', '9', 'Xx')
    """
    return _RUNS.sub(r"\1", _DIGIT.sub("9", _LOWER.sub("x", _UPPER.sub("X", word))))[:5]


def prose_views(labels: str, touching: Sequence[float]) -> list[ProseView]:
    """Return what the model of running text makes of each word.

    ``labels`` are "B", "I" or "O" for each, ``touching`` how probable it is that it is in a mention.
    """
    quarters = [int(probable * _STEPS) for probable in touching]
    return list(zip(labels, labels[1:] + "-", "-" + labels[:-1], quarters, strict=True))


def attributes(
    features: Features, sentence: SentenceWords, tags: Sequence[str], views: Sequence[ProseView] = ()
) -> list[list[str]]:
    """Return all attributes of each word of a sentence.

    ``tags`` are as :meth:`Features.named` takes them, ``views`` what the model of running text makes of it.
    """
    lowered = sentence.lowered
    keys = [features.key(word) for word in lowered]
    found = [features.own(word) for word in sentence.words]
    for index, near in enumerate(nearby(sentence.words, keys)):
        found[index] += features.nearby(near) + features.named(tags, index)
        for offset in OFFSETS:
            at = index + offset
            found[index] += features.near(offset, lowered[at] if 0 <= at < len(lowered) else OUTSIDE)
        after = lowered[index + 1] if index + 1 < len(lowered) else OUTSIDE
        to_this, to_next = features.pair(lowered[index], after)
        found[index] += to_this
        if after:
            found[index + 1] += to_next
    for index, governor in enumerate(governors(lowered, keys)):
        found[index] += features.governed(*governor)
    for index, view in enumerate(views):
        found[index] += features.prose(keys[index], view)
    if lowered:
        found[0] += features.pair(OUTSIDE, lowered[0])[1]
    return found


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
    matches = list(_WORD.finditer(text))
    words = [match.group() for match in matches]
    begun = 0
    for end in [index for index, word in enumerate(words) if word in _ENDS] + [len(words)]:
        last = end if end == len(words) or words[end] == "\n" else end + 1
        for start in range(begun, last, _LONGEST):
            stop = min(start + _LONGEST, last)
            spans = [match.span() for match in matches[start:stop]]
            starts, ends = zip(*spans, strict=True)
            own = tuple(words[start:stop])
            yield SentenceWords(own, tuple(word.lower() for word in own), starts, ends)
        begun = end + 1


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
