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
    """Return the BCP 47 tag of the language most of ``text`` is in, or ``"und"``.

    A script decides if a third of the letters are in it; else the language whose function words
    are most frequent, if they are at least one in twenty words. Ties go to the first tag.

    >>> detect("The goal of the plan is to connect all the people of the world")
    'en'
    >>> detect("L'objectif du plan est de connecter les peuples et les pays")
    'fr'
    >>> detect("Lorem 12 +++")
    'und'
    """
    letters = sum(map(len, _WORD.findall(text)))
    if not letters:
        return UNDETERMINED
    for language, characters in _scripts():
        if len(characters.findall(text)) * 3 >= letters:
            return language
    words = _WORD.findall(text.casefold())
    votes: Counter[str] = Counter()
    for word in words:
        votes.update(_languages_of_word().get(word, ()))
    if not votes:
        return UNDETERMINED
    best = min(votes, key=lambda language: (-votes[language], language))
    return best if votes[best] * 20 >= len(words) else UNDETERMINED
