"""Which language a text is in, by its script and its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from strategraph import resources

UNDETERMINED = "und"
_CLEAR = 12  # words from which a passage's language is told apart from its document's

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    """Return data/language-detection.toml."""
    with resources.path("data", "language-detection.toml").open("rb") as file:
        table: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return table


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    """Return for each function word the languages that have it."""
    languages: dict[str, list[str]] = {}
    for language, words in _table()["words"].items():
        for word in words:
            languages.setdefault(word, []).append(language)
    return {word: tuple(found) for word, found in languages.items()}


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each language that its script gives away a pattern of the script's characters."""
    return tuple(
        (language, re.compile("[" + "".join(ranges) + "]"))
        for language, ranges in _table()["scripts"].items()
    )


def detect(text: str) -> str:
    """Return the BCP 47 tag of the language that most of ``text`` is in, or ``"und"``.

    The language whose function words are the most frequent, if they are at least one in twelve words (ties
    go to the first tag); else the one whose script a third of the letters are in.

    >>> detect("The goal of the plan is to connect all the people of the world")
    'en'
    >>> detect("L'objectif du plan est de connecter les peuples et les pays")
    'fr'
    >>> detect("连接世界的战略计划"), detect("Lorem 12 +++")
    ('zh', 'und')
    """
    words = _WORD.findall(text.casefold())
    votes = _votes(words)
    best = min(votes, key=lambda language: (-votes[language], language), default=UNDETERMINED)
    if votes[best] * 12 >= len(words) > 0:
        return best
    letters = sum(map(len, words))
    for language, characters in _scripts():
        if len(characters.findall(text)) * 3 >= letters > 0:
            return language
    return UNDETERMINED


def detect_within(text: str, language: str) -> str:
    """Return the language of a passage in a document in ``language``: another one only where it is clear.

    That is where it has twelve words or more, at least one in five a function word of the other language,
    and more than twice as many as of the document's; or where the script is another.

    >>> detect_within("The plan is for all the people of the world and for the ones to come", "it")
    'en'
    >>> detect_within("Cloud First, SaaS First", "it"), detect_within("连接世界的战略计划", "en")
    ('it', 'zh')
    """
    words = _WORD.findall(text.casefold())
    votes = _votes(words)
    best = detect(text)
    if best in (language, UNDETERMINED):
        return language
    if not votes:
        return best  # told by its script
    clear = len(words) >= _CLEAR and votes[best] * 5 >= len(words) and votes[best] > 2 * votes[language]
    return best if clear else language


def _votes(words: Sequence[str]) -> Counter[str]:
    """Return how many function words of each language are among some words."""
    votes: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _languages_of_word().get(word, ()):
            votes[language] += count
    return votes
