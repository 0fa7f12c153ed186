"""Which language a text is in, by its script and its function words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache

from strategraph import resources

UNDETERMINED = "und"

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
    votes: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _languages_of_word().get(word, ()):
            votes[language] += count
    best = min(votes, key=lambda language: (-votes[language], language), default=UNDETERMINED)
    if votes[best] * 12 >= len(words) > 0:
        return best
    letters = sum(map(len, words))
    for language, characters in _scripts():
        if len(characters.findall(text)) * 3 >= letters > 0:
            return language
    return UNDETERMINED
