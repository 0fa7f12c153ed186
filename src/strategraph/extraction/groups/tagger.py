"""Groups in a text, as the model reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from strategraph.extraction.groups.features import (
    OFFSETS,
    OUTSIDE,
    Features,
    SentenceWords,
    by_prose,
    sentences,
)
from strategraph.extraction.groups.known_names import known_names, runs, tags
from strategraph.extraction.groups.sequence_model import (
    PROSE,
    STATEMENT,
    Scores,
    SequenceModel,
    Sureness,
    group_model,
    unpacked,
)  # fmt: skip
from strategraph.extraction.groups.word_classes import word_classes
from strategraph.knowledge.gazetteer import Hit
from strategraph.knowledge.resources import cache
from strategraph.knowledge.vocabulary import Vocabulary, VocabularyConcept

LEAST = {PROSE: 0.3, STATEMENT: 0.25}
"""The least probability of a mention that is told: best for strict F1 on texts of other publishers."""

LEARNT = {PROSE: ("en", "de"), STATEMENT: ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh")}
"""The languages that the models have learnt from."""

_POSSIBLE = 0.2  # probability of a mention of running text that the model of statements is told of
_HOPELESS = -5000  # beginning less outside, in thousandths: no mention that is told begins with such a word
_CERTAIN = 6000  # outside less anything else: a word is outside, whatever its neighbours
_LONGEST = 25  # words of a mention
_REACH = max(OFFSETS)


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
        self._runs = word_classes(language).runs
        tag = language.partition("-")[0].lower()
        self._prose, self._statement = _weights(tag, PROSE), _weights(tag, STATEMENT)

    def find(self, text: str, *, everywhere: bool = True) -> tuple[list[Tagged], list[Tagged]]:
        """Return the groups that a text mentions, and those that it is for, each from left to right.

        Unless ``everywhere``, those it is for are looked for only in sentences with a mention.
        """
        named = [(hit.start, hit.end, hit.value[0]) for hit in self._names.find(text)]
        listed = runs(text, self._runs)
        mentioned: list[Tagged] = []
        addressed: list[Tagged] = []
        for sentence in sentences(text):
            told = tags(sentence, named)
            if listed:
                told = [one or other for one, other in zip(told, tags(sentence, listed), strict=True)]
            distances = self._prose.features.distances(sentence)
            emissions = self._prose.emissions(sentence, told, distances)
            opened = open_runs(emissions, self._prose.model)
            found = likely(opened, LEAST[PROSE])
            mentioned += _tagged(sentence, found)
            if not (found or everywhere):
                continue
            seen = prose_view(self._prose, sentence, opened)
            more = [one + other for one, other in zip(distances, seen, strict=True)]
            emissions = self._statement.emissions(sentence, told, more)
            opened = open_runs(emissions, self._statement.model)
            addressed += _tagged(sentence, likely(opened, LEAST[STATEMENT]))
        return mentioned, addressed

    def named(self, words: str) -> VocabularyConcept | None:
        """Return the concept of the vocabulary that has these words as a label."""
        known = self._names.get(words)
        return known[1] if known is not None else None

    def hits(self, text: str) -> list[Hit[tuple[str, VocabularyConcept]]]:
        """Return the names of the vocabulary in a text."""
        return list(self._names.find(text))


def _tagged(sentence: SentenceWords, found: Iterable[tuple[int, int, float]]) -> Iterator[Tagged]:
    for first, last, probability in found:
        yield Tagged(sentence.starts[first], sentence.ends[last], probability)


def prose_view(prose: Weights, sentence: SentenceWords, open_runs: Sequence[OpenRun]) -> list[list[str]]:
    """Return the attributes of each word by what the model of running text makes of the sentence.

    ``open_runs`` are what it gives for the sentence.
    """
    labels = ["O"] * len(sentence)
    for first, last, _ in likely(open_runs, _POSSIBLE):
        labels[first : last + 1] = ["B", *"I" * (last - first)]
    touching = [0.0] * len(sentence)
    for run in open_runs:
        for index in range(run.start, run.end):
            touching[index] = max(touching[index], run.sureness.touching(index - run.start))
    return by_prose(prose.features, sentence, "".join(labels), touching)


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Words from ``start`` to before ``end`` of a sentence that may hold a mention, and how sure that is."""

    start: int
    end: int
    sureness: Sureness


def open_runs(emissions: Sequence[Scores], model: SequenceModel) -> list[OpenRun]:
    """Return the runs of words that may hold a mention, a word outside on either side.

    Words that are all but certainly outside part the sentence, and between two of them where no mention can
    begin none is looked for.
    """
    found: list[OpenRun] = []
    start, hopeful = 0, False
    for index, (out, begin, inside) in enumerate(emissions):
        hopeful = hopeful or begin - out > _HOPELESS
        if out - begin > _CERTAIN and out - inside > _CERTAIN:
            if hopeful:
                found.append(_open_run(emissions, start, index + 1, model))
            start, hopeful = index, False
    if hopeful:
        found.append(_open_run(emissions, start, len(emissions), model))
    return found


def _open_run(emissions: Sequence[Scores], start: int, end: int, model: SequenceModel) -> OpenRun:
    return OpenRun(start, end, Sureness(emissions[start:end], model.transitions))


def likely(runs: Iterable[OpenRun], least: float) -> list[tuple[int, int, float]]:
    """Return the (first word, last word, probability) of the mentions that together promise most.

    Of all sets of mentions that do not overlap it is the one in which probabilities, less ``least`` each, add
    up to most: so many mentions are expected to be right in it.
    """
    return [
        (first + run.start, last + run.start, probability)
        for run in runs
        for first, last, probability in _likely_in(run.sureness, run.end - run.start, least)
    ]


def _likely_in(sureness: Sureness, size: int, least: float) -> list[tuple[int, int, float]]:
    ending: dict[int, list[tuple[int, float]]] = {}
    for first, last, probability in sureness.mentions(least, _LONGEST):
        ending.setdefault(last, []).append((first, probability))
    if not ending:
        return []
    best = [0.0]
    chosen: list[tuple[int, float] | None] = [None]
    for last in range(size):
        value, choice = best[-1], None
        for first, probability in ending.get(last, ()):
            if best[first] + probability - least > value:
                value, choice = best[first] + probability - least, (first, probability)
        best.append(value)
        chosen.append(choice)
    found: list[tuple[int, int, float]] = []
    after = size
    while after:
        choice = chosen[after]
        if choice is None:
            after -= 1
        else:
            found.append((choice[0], after - 1, choice[1]))
            after = choice[0]
    return found[::-1]


class Weights:
    """What the model makes of words and of pairs of neighbours, kept once it is worked out (packed)."""

    def __init__(self, features: Features, model: SequenceModel) -> None:
        self.model = model
        self.features = features
        self._own = lru_cache(maxsize=1 << 16)(lambda word: model.total(features.own(word)))
        self._near = lru_cache(maxsize=1 << 16)(
            lambda word: tuple(model.total(features.near(offset, word)) for offset in OFFSETS)
        )
        self._pair = lru_cache(maxsize=1 << 17)(self._of_pair)
        self._named = lru_cache(maxsize=1 << 12)(lambda *tags: model.total(features.named(tags, 1)))

    def _of_pair(self, first: str, second: str) -> tuple[int, int]:
        to_first, to_second = self.features.pair(first, second)
        return self.model.total(to_first), self.model.total(to_second)

    def emissions(
        self, sentence: SentenceWords, told: Sequence[str], more: Sequence[list[str]]
    ) -> list[Scores]:
        """Return the scores of the labels of each word.

        ``told`` are the tags that :meth:`Features.named` takes, ``more`` attributes of each word that hang on
        the whole sentence: :meth:`Features.distances` and others.
        """
        size = len(sentence)
        tags = ("", *told, "")
        edge = (OUTSIDE,) * _REACH
        padded = (*edge, *sentence.lowered, *edge)
        sums = [
            own + self.model.total(other) + named
            for own, other, named in zip(
                map(self._own, sentence.words),
                more,
                map(self._named, tags[:-2], tags[1:-1], tags[2:]),
                strict=True,
            )
        ]
        near = list(map(self._near, padded))
        for place, offset in enumerate(OFFSETS):
            start = _REACH + offset
            sums = [one + row[place] for one, row in zip(sums, near[start : start + size], strict=True)]
        pairs = list(map(self._pair, padded[_REACH - 1 : -_REACH], padded[_REACH : 1 - _REACH]))
        return [
            unpacked(one + before[1] + after[0])
            for one, before, after in zip(sums, pairs[:-1], pairs[1:], strict=True)
        ]


@cache
def _weights(language: str, model: str) -> Weights:
    return Weights(Features(word_classes(language)), group_model(model))
