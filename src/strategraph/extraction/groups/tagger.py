"""Groups in a text, as the model reads it."""

from __future__ import annotations

import itertools
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
            found = likely(emissions, self._prose.model, LEAST[PROSE])
            mentioned += _tagged(sentence, found)
            if not (found or everywhere):
                continue
            seen = prose_view(self._prose, sentence, emissions)
            more = [one + other for one, other in zip(distances, seen, strict=True)]
            emissions = self._statement.emissions(sentence, told, more)
            addressed += _tagged(sentence, likely(emissions, self._statement.model, LEAST[STATEMENT]))
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


def prose_view(prose: Weights, sentence: SentenceWords, emissions: Sequence[Scores]) -> list[list[str]]:
    """Return the attributes of each word by what the model of running text makes of the sentence.

    ``emissions`` are the scores that it gives to the words.
    """
    labels = ["O"] * len(sentence)
    for first, last, _ in likely(emissions, prose.model, _POSSIBLE):
        labels[first : last + 1] = ["B", *"I" * (last - first)]
    touching = [0.0] * len(sentence)
    for start, end in _open_runs(emissions):
        sureness = Sureness(emissions[start:end], prose.model.transitions)
        for index in range(start, end):
            touching[index] = max(touching[index], sureness.touching(index - start))
    return by_prose(prose.features, sentence, "".join(labels), touching)


def likely(emissions: Sequence[Scores], model: SequenceModel, least: float) -> list[tuple[int, int, float]]:
    """Return the (first word, last word, probability) of the mentions that together promise most.

    Of all sets of mentions that do not overlap it is the one in which probabilities, less ``least`` each, add
    up to most: so many mentions are expected to be right in it. Words that are all but certainly outside part
    the sentence, and between two of them where no mention can begin none is looked for.
    """
    return [
        (first + start, last + start, probability)
        for start, end in _open_runs(emissions)
        for first, last, probability in _likely_in(emissions[start:end], model, least)
    ]


def _open_runs(emissions: Sequence[Scores]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of runs of words that may hold a mention, a word outside on either side."""
    start, hopeful = 0, False
    for index, (out, begin, inside) in enumerate(emissions):
        hopeful = hopeful or begin - out > _HOPELESS
        if out - begin > _CERTAIN and out - inside > _CERTAIN:
            if hopeful:
                yield start, index + 1
            start, hopeful = index, False
    if hopeful:
        yield start, len(emissions)


def _likely_in(
    emissions: Sequence[Scores], model: SequenceModel, least: float
) -> list[tuple[int, int, float]]:
    sureness = Sureness(emissions, model.transitions)
    within = [sureness.touching(index) >= least for index in range(len(emissions))]
    ending: dict[int, list[tuple[int, float]]] = {}
    for first, possible in enumerate(within):
        if not possible:
            continue
        for last in range(first, min(len(emissions), first + _LONGEST)):
            if not within[last]:
                break
            probability = sureness.of(first, last)
            if probability > least:
                ending.setdefault(last, []).append((first, probability))
    best = [0.0]
    chosen: list[tuple[int, float] | None] = [None]
    for last in range(len(emissions)):
        value, choice = best[-1], None
        for first, probability in ending.get(last, ()):
            if best[first] + probability - least > value:
                value, choice = best[first] + probability - least, (first, probability)
        best.append(value)
        chosen.append(choice)
    found: list[tuple[int, int, float]] = []
    after = len(emissions)
    while after:
        choice = chosen[after]
        if choice is None:
            after -= 1
        else:
            found.append((choice[0], after - 1, choice[1]))
            after = choice[0]
    return found[::-1]


class Weights:
    """What the model makes of words and of pairs of neighbours, kept once it is worked out."""

    def __init__(self, features: Features, model: SequenceModel) -> None:
        self.model = model
        self.features = features
        self._own = lru_cache(maxsize=1 << 16)(lambda word: model.scores(features.own(word)))
        self._near = {
            offset: lru_cache(maxsize=1 << 16)(
                lambda word, offset=offset: model.scores(features.near(offset, word))
            )
            for offset in OFFSETS
        }
        self._pair = lru_cache(maxsize=1 << 17)(self._of_pair)

    def _of_pair(self, first: str, second: str) -> tuple[Scores, Scores]:
        to_first, to_second = self.features.pair(first, second)
        return self.model.scores(to_first), self.model.scores(to_second)

    def emissions(
        self, sentence: SentenceWords, told: Sequence[str], more: Sequence[list[str]]
    ) -> list[Scores]:
        """Return the scores of the labels of each word.

        ``told`` are the tags that :meth:`Features.named` takes, ``more`` attributes of each word that hang on
        the whole sentence: :meth:`Features.distances` and others.
        """
        own = [self._own(word) for word in sentence.words]
        padded = (OUTSIDE,) * 3 + sentence.lowered + (OUTSIDE,) * 3
        pairs = [self._pair(first, second) for first, second in itertools.pairwise(padded[2:-2])]
        found: list[Scores] = []
        for index, first in enumerate(own):
            parts = [near(padded[index + 3 + offset]) for offset, near in self._near.items()]
            parts += [pairs[index][1], pairs[index + 1][0]]
            last = more[index] + self.features.named(told, index)
            parts.append(self.model.scores(last))
            found.append(_sum(first, parts))
        return found


def _sum(first: Scores, others: Sequence[Scores]) -> Scores:
    out, begin, inside = first
    for more_out, more_begin, more_inside in others:
        out += more_out
        begin += more_begin
        inside += more_inside
    return out, begin, inside


@cache
def _weights(language: str, model: str) -> Weights:
    return Weights(Features(word_classes(language)), group_model(model))
