"""Groups in a text, as the model reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from operator import add

from strategraph.extraction.groups.features import (
    OFFSETS,
    OUTSIDE,
    Features,
    Nearby,
    ProseView,
    SentenceWords,
    governors,
    hits,
    known_names,
    nearby,
    prose_views,
    runs,
    sentences,
    tags,
)  # fmt: skip
from strategraph.extraction.groups.sequence_model import (
    BEGIN,
    NOTHING,
    PROSE,
    STATEMENT,
    OpenRun,
    SequenceModel,
    all_unpacked,
    group_model,
    likely,
    open_runs,
    packed,
    unpacked,
)  # fmt: skip
from strategraph.knowledge.gazetteer import Hit
from strategraph.knowledge.resources import cache
from strategraph.knowledge.vocabulary import Vocabulary, VocabularyConcept
from strategraph.knowledge.word_classes import WordClasses, word_classes

LEAST = {PROSE: 0.3, STATEMENT: 0.25}
"""The least probability of a mention that is told: best for strict F1 on texts of other publishers."""

LEARNT = {PROSE: ("en", "de"), STATEMENT: ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh")}
"""The languages that the models have learnt from."""

POSSIBLE = 0.2
"""The least probability of a mention of running text that the model of statements is told of."""

_IDLE = 0  # beginning less outside, of a word by itself: where none has more, no mention is looked for
_MODIFIER = "modifier"
_WITHIN = "I:"
_REACH = max(OFFSETS)
_EDGE = (OUTSIDE,) * _REACH
_PART_MARKS = {":": "", "*": "", "_": "", "·": "", "(": ")"}
_MODIFYING = frozenset({"noun.location", "noun.artifact", "noun.group"})
_NOBODY = frozenset(
    f"noun.{sense}{plural}"
    for sense in (
        "act", "artifact", "cognition", "communication", "event", "object", "possession", "process", "shape",
        "state", "time",
    )
    for plural in ("", "+")
)  # fmt: skip
_PARTING = frozenset({"preposition", "conjunction", "relative"})
_QUOTES = {"«": "»", "“": "”", "„": "“”"}
_NAME = 7  # words of a name in quotation marks, with both
_NO_NOUN = frozenset(
    ("preposition", "conjunction", "relative", "auxiliary", "verb", "verb+", "pronoun", "adverb", "article")
)
_PROSE, _STATEMENT = range(2)  # the places of the models


@dataclass(frozen=True, slots=True)
class Tagged:
    """A mention: its range in the text, and how probable it is that it is one, from start to end."""

    start: int
    end: int
    probability: float


class Tagger:
    """Finds groups in texts of one language: all that they mention, and those that they are for."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._names = known_names(vocabulary, language)
        self._classes = word_classes(language)
        self._weights = _weights(language.partition("-")[0].lower())

    def find(self, text: str, *, everywhere: bool = True) -> tuple[list[Tagged], list[Tagged]]:
        """Return the groups that a text mentions, and those that it is for, each from left to right.

        Unless ``everywhere``, those it is for are looked for only in sentences with a mention.
        """
        named = [(hit.start, hit.end, hit.value[0]) for hit in self.hits(text)]
        listed = runs(text, self._classes.runs)
        mentioned: list[Tagged] = []
        addressed: list[Tagged] = []
        for sentence in sentences(text):
            known = tags(sentence, named, listed)
            if not any(map(self._weights.may_begin, sentence.words)) and not any(map(_names_group, known)):
                continue
            seen = Seen.of(sentence, known, self._weights.features)
            totals = self._weights.emissions(seen)
            opened = self._weights.open_runs(totals, _PROSE, POSSIBLE)
            found = likely(opened, LEAST[PROSE])
            mentioned += _tagged(sentence, found)
            if found or everywhere:
                more = self._weights.by_prose(seen, prose_view(len(sentence), opened))
                opened = self._weights.open_runs(map(add, totals, more), _STATEMENT, LEAST[STATEMENT])
                found = likely(opened, LEAST[STATEMENT])
                parts: Sequence[str] = tags(sentence, listed) if listed else ()
                addressed += _tagged(sentence, whole_phrases(seen, found, self._classes, parts))
        return mentioned, addressed

    def named(self, words: str) -> VocabularyConcept | None:
        """Return the concept of the vocabulary that has these words as a label."""
        known = self._names.get(words)
        return known[1] if known is not None else None

    def hits(self, text: str) -> tuple[Hit[tuple[str, VocabularyConcept]], ...]:
        """Return the names of the vocabulary in a text."""
        return hits(self._names, text)


def _tagged(sentence: SentenceWords, found: Iterable[tuple[int, int, float]]) -> Iterator[Tagged]:
    taken = -1
    for first, last, probability in found:
        if first > taken:
            taken = _last_of_word(sentence, last)
            yield Tagged(sentence.starts[first], sentence.ends[taken], probability)


def _last_of_word(sentence: SentenceWords, last: int) -> int:
    """Return the last part of a word that marks part: "Bürger:innen", "étudiant·e·s", "infirmiers(ères)"."""
    words, starts, ends = sentence.words, sentence.starts, sentence.ends
    while last + 2 < len(words) and words[last + 1] in _PART_MARKS:
        if starts[last + 2] - ends[last] != len(words[last + 1]) or not words[last + 2][0].islower():
            break
        closed = _PART_MARKS[words[last + 1]]
        if closed and words[last + 3 : last + 4] != (closed,):
            break
        last += 3 if closed else 2
    return last


def _names_group(tag: str) -> bool:
    return "group" in tag


def whole_phrases(
    seen: Seen, found: Iterable[tuple[int, int, float]], classes: WordClasses, parts: Sequence[str] = ()
) -> Iterator[tuple[int, int, float]]:
    """Yield mentions as whole phrases, as (first word, last word, probability).

    Where the senses of a language's words are known, a noun or name right before a mention is its modifier
    ("city residents"), and a phrase whose last noun is nobody is no mention ("public sector"). Nor is a
    modifier before a noun ("public code"). ``parts`` are tags of listed words of several ideographs: a
    mention has all of one or none. All were chosen by their score on plans of publishers that the model had
    not learnt from (docs/annotate.md).
    """
    taken = -1
    for start, end, probability in found:
        if _modifies(seen, end, classes) or _names_nobody(seen, start, end):
            continue
        first, last = start, end
        if classes.senses and first - 1 > taken and _is_modified(seen, first):
            first -= 1
        while parts and parts[first].startswith(_WITHIN) and first - 1 > taken:
            first -= 1
        while parts and last + 1 < len(parts) and parts[last + 1].startswith(_WITHIN):
            last += 1
        last = _named_in_quotes(seen.sentence, last)
        if first > taken:
            yield first, last, probability
            taken = last


def _named_in_quotes(sentence: SentenceWords, last: int) -> int:
    """Return the last word of a mention, behind the name in quotation marks that follows it, if one does."""
    words = sentence.words[last + 1 : last + _NAME + 2]
    if len(words) > 1 and words[0] in _QUOTES and words[1][0].isupper():
        for place, word in enumerate(words):
            if place and word in _QUOTES[words[0]]:
                return last + 1 + place
    return last


def _modifies(seen: Seen, index: int, classes: WordClasses) -> bool:
    """Whether a word tells something of the noun behind it."""
    behind = index + 1
    return (
        _MODIFIER in classes.of(seen.sentence.lowered[index])
        and behind < len(seen.keys)
        and seen.sentence.words[behind][0].isalpha()
        and seen.keys[behind] not in _NO_NOUN
    )


def _names_nobody(seen: Seen, start: int, end: int) -> bool:
    """Whether a phrase of one noun ends with one that is no people, and the vocabulary has no such name."""
    keys = seen.keys[start : end + 1]
    return keys[-1] in _NOBODY and _PARTING.isdisjoint(keys) and not _names_group(seen.tags[end + 1])


def _is_modified(seen: Seen, index: int) -> bool:
    """Whether the word before tells something of the noun at ``index``, and but a space parts the two."""
    sentence, before = seen.sentence, index - 1
    word, key = sentence.words[before], seen.keys[before]
    return (
        (key in _MODIFYING or (key == "unknown" and word[0].isupper()))
        and len(word) > 1
        and sentence.starts[index] - sentence.ends[before] == 1
    )


def prose_view(size: int, open_runs: Sequence[OpenRun]) -> Sequence[ProseView]:
    """Return what the model of running text makes of each word of a sentence.

    ``size`` is how many words it has, ``open_runs`` are what that model gives for it.
    """
    if not open_runs:
        return _no_mention(size)
    labels = ["O"] * size
    for first, last, _ in likely(open_runs, POSSIBLE):
        labels[first : last + 1] = ["B", *"I" * (last - first)]
    touching = [0.0] * size
    for run in open_runs:
        touching[run.start : run.end] = map(max, touching[run.start : run.end], run.touching)
    return prose_views("".join(labels), touching)


@lru_cache(maxsize=256)
def _no_mention(size: int) -> tuple[ProseView, ...]:
    return tuple(prose_views("O" * size, [0.0] * size))


@dataclass(frozen=True, slots=True)
class Seen:
    """What both models look at in a sentence: words, the names known there, what stands near what."""

    sentence: SentenceWords
    keys: tuple[str, ...]
    tags: tuple[str, ...]
    nearby: Sequence[Nearby]
    governors: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, sentence: SentenceWords, tags: Sequence[str], features: Features) -> Seen:
        """Return what there is to see; ``tags`` are those that :meth:`Features.named` takes."""
        keys = tuple(map(features.key, sentence.lowered))
        return cls(
            sentence,
            keys,
            ("", *tags, ""),
            nearby(sentence.words, keys),
            governors(sentence.lowered, keys),
        )


class Weights:
    """What models make of words and of pairs of neighbours, kept once it is worked out.

    The scores of two models are packed as one number: what is looked up and added is done for both at once.
    """

    def __init__(self, features: Features, models: Sequence[SequenceModel]) -> None:
        self.features = features
        self._models = models
        total = _totals(models)
        self._own = lru_cache(maxsize=1 << 16)(lambda word: total(features.own(word)))
        self.may_begin = lru_cache(maxsize=1 << 16)(self._may_begin)
        self._near = lru_cache(maxsize=1 << 16)(
            lambda word: tuple(total(features.near(offset, word)) for offset in OFFSETS)
        )
        self._pair = lru_cache(maxsize=1 << 17)(lambda *words: tuple(map(total, features.pair(*words))))
        self._named = lru_cache(maxsize=1 << 12)(lambda *tags: total(features.named(tags, 1)))
        self._nearby = lru_cache(maxsize=1 << 15)(lambda nearby: total(features.nearby(nearby)))
        self._governed = lru_cache(maxsize=1 << 15)(lambda words: total(features.governed(*words)))
        self._prose = lru_cache(maxsize=1 << 14)(lambda *seen: total(features.prose(*seen)))

    def open_runs(self, totals: Iterable[int], place: int, least: float) -> list[OpenRun]:
        """Return the runs of words that may hold a mention, by the model at a place; ``least`` as there."""
        return open_runs(all_unpacked(totals, place), self._models[place], least)

    def by_prose(self, seen: Seen, views: Iterable[ProseView]) -> Iterable[int]:
        """Return what it adds to the scores of each word that the model of running text makes this of it."""
        return map(self._prose, seen.keys, views)

    def _may_begin(self, word: str) -> bool:
        """Whether a model takes a word by itself for one that a mention may begin with, or hardly not."""
        own = self._own(word)
        return any(unpacked(own, place)[BEGIN] > _IDLE for place in range(len(self._models)))

    def emissions(self, seen: Seen) -> list[int]:
        """Return the scores of the labels of each word, packed."""
        size = len(seen.sentence)
        padded = (*_EDGE, *seen.sentence.lowered, *_EDGE)
        near = zip(*map(self._near, padded), strict=True)
        pairs = map(self._pair, padded[_REACH - 1 : -_REACH], padded[_REACH : 1 - _REACH])
        to_first, to_second = zip(*pairs, strict=True)
        parts: list[Iterable[int]] = [
            map(self._own, seen.sentence.words),
            map(self._named, seen.tags, seen.tags[1:], seen.tags[2:]),
            map(self._nearby, seen.nearby),
            map(self._governed, seen.governors),
            to_first[1:],
            to_second[:-1],
            *(row[_REACH + place : _REACH + place + size] for place, row in zip(OFFSETS, near, strict=True)),
        ]
        return list(map(sum, zip(*parts, strict=True)))


def _totals(models: Sequence[SequenceModel]) -> Callable[[Iterable[str]], int]:
    """Return the function from attributes to what they add in all models, packed when first asked for."""
    totals: dict[str, int | None] = dict.fromkeys(chain.from_iterable(model.weights for model in models))

    def packed_in_all(attribute: str) -> int:
        total = totals.get(attribute, 0)
        if total is None:
            weighed = (model.weights.get(attribute, NOTHING) for model in models)
            total = totals[attribute] = sum(packed(scores, place) for place, scores in enumerate(weighed))
        return total

    def added(attributes: Iterable[str]) -> int:
        asked = tuple(attributes)
        known = tuple(map(totals.get, asked, repeat(0)))
        return sum(map(packed_in_all, asked)) if None in known else sum(known)  # type: ignore[arg-type]  # no None

    return added


@cache
def _weights(language: str) -> Weights:
    return Weights(Features(word_classes(language)), (group_model(PROSE), group_model(STATEMENT)))
