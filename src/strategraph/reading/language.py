"""Which language a text, and each block of it, is in: by its script and its function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from strategraph.knowledge import languages, resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import From, Words, read_table

UNDETERMINED = "und"
_LIKELIEST = "en"  # where the few words of a text are as much another language's: "in" is German, too
_CLEAR = 12  # words from which a passage's language is told apart from its document's
_LONGEST_LABEL = 4  # words of a structure word at the start of a block
_BEGINNING = 120  # characters that hold so many

_WORD = re.compile(r"[^\W\d_]+")


def _any_character(ranges: Words) -> re.Pattern[str]:
    return re.compile("[" + "".join(ranges) + "]")


@dataclass(frozen=True, slots=True)
class _Detection:
    """By language: its function words, the characters of its script, languages that share that."""

    words: Mapping[str, Words]
    scripts: Mapping[str, Annotated[re.Pattern[str], From(Words, _any_character)]]
    sharing: Mapping[str, Words]


@cache
def _table() -> _Detection:
    return read_table(_Detection, resources.path("data", "language-detection.toml"))


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    """Return for each function word the languages that have it."""
    languages: dict[str, list[str]] = {}
    for language, words in _table().words.items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}


def detect(text: str) -> str:
    """Return the BCP 47 tag of the language that most of ``text`` is in, or ``"und"``.

    The language whose function words are the most frequent, if they are at least one in twelve words (of as
    many in two, English, else the first tag); else the one whose script a third of the letters are in.

    >>> detect("The goal of the plan is to connect all the people of the world")
    'en'
    >>> detect("Goal 2: Schools in every town")
    'en'
    >>> detect("L'objectif du plan est de connecter les peuples et les pays")
    'fr'
    >>> detect("连接世界的战略计划"), detect("Lorem 12 +++")
    ('zh', 'und')
    """
    words = _WORD.findall(text.casefold())
    return _detected(text, words, _votes(words))


def _detected(text: str, words: Sequence[str], votes: Counter[str]) -> str:
    """Return the language of a text of these words."""
    best = min(
        votes, key=lambda language: (-votes[language], language != _LIKELIEST, language), default=UNDETERMINED
    )
    if votes[best] * 12 >= len(words) > 0:
        return best
    letters = sum(map(len, words))
    for language, characters in _table().scripts.items():
        if len(characters.findall(text)) * 3 >= letters > 0:
            return language
    return UNDETERMINED


def detect_blocks(texts: Sequence[str], language: str) -> list[str]:
    """Return the language of each block of a document in ``language``, by their texts in reading order.

    A block is in another language where that is clear from its own words: it has twelve words or more, at
    least one in five a function word of that language, and more than twice as many as of the document's; or
    it is in another script. One too short to tell goes with its neighbours: where those before and after it
    are in one other language, or where it begins with a structure word of a neighbour's language that the
    document's does not have ("But 1 – Réseaux" before a French paragraph).

    >>> french = "Le plan est pour tous les gens du monde et pour ceux qui sont dans les villes"
    >>> detect_blocks(["Goal 1 – Networks", "But 1 – Réseaux", french, "Goal 2 – Skills"], "en")
    ['en', 'fr', 'fr', 'en']
    >>> detect_blocks(["Cloud First, SaaS First", "连接世界的战略计划"], "it")
    ['it', 'zh']
    """
    told = [_told(text, language) for text in texts]
    if not any(own not in (None, language) for own in told):
        return [language] * len(texts)
    before = list(_latest(told))
    after = list(_latest(told[::-1]))[::-1]
    return [
        own or _by_neighbours(text, previous or language, following or language, language)
        for text, own, previous, following in zip(texts, told, before, after, strict=True)
    ]


def _told(text: str, language: str) -> str | None:
    """Return the language that a block's own words tell, or None where they are too few."""
    words = _WORD.findall(text.casefold())
    votes = _votes(words)
    if not votes:  # told by its script, or not at all
        best = _detected(text, words, votes)
        if best in (UNDETERMINED, language) or language in _table().sharing.get(best, ()):
            return None
        return best
    if len(words) < _CLEAR:
        return None
    best = _detected(text, words, votes)
    clear = best != UNDETERMINED and votes[best] * 5 >= len(words) and votes[best] > 2 * votes[language]
    return best if clear else language


def _latest(told: Sequence[str | None]) -> Iterator[str | None]:
    """Yield for each block the language of the last one up to it that tells it."""
    latest = None
    for own in told:
        latest = own or latest
        yield latest


def _by_neighbours(text: str, previous: str, following: str, language: str) -> str:
    """Return the language of a block that is too short to tell, by those before and after it."""
    if begins_with_label(text, language):
        return language
    if previous == following:
        return previous
    for neighbour in (following, previous):
        if neighbour != language and begins_with_label(text, neighbour):
            return neighbour
    return language


def begins_with_label(text: str, language: str) -> bool:
    """Whether a text begins with a structure word of a language that has rules.

    >>> begins_with_label("But 1 – Réseaux", "fr"), begins_with_label("But 1 – Réseaux", "en")
    (True, False)
    """
    if language not in languages.available():
        return False
    words = _WORD.findall(text[:_BEGINNING].casefold())
    openings = {" ".join(words[:count]) for count in range(1, _LONGEST_LABEL + 1)}
    return not openings.isdisjoint(_structure_words(language))


@cache
def _structure_words(language: str) -> frozenset[str]:
    """Return the structure words of a language, the words of each as a text is split into them."""
    labels = languages.rules(language).labels
    named = chain.from_iterable((*label.words, *label.plurals, *label.headings) for label in labels)
    return frozenset(" ".join(_WORD.findall(word.casefold())) for word in named)


def _votes(words: Sequence[str]) -> Counter[str]:
    """Return how many function words of each language are among some words."""
    votes: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _languages_of_word().get(word, ()):
            votes[language] += count
    return votes
