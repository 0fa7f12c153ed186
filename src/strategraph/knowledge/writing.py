"""How texts are written and printed in each language: ``data/writing/<language>.toml``.

Pages are read before their language is known, so the words of all languages are looked for at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from strategraph.knowledge import resources
from strategraph.knowledge.languages import FALLBACK, alternation

_HYPHEN, _NUMERAL = "hyphen", "{numeral}"


@dataclass(frozen=True, slots=True)
class PartRule:
    """What a heading opens with, the level that this gives it, and the texts that prove it."""

    pattern: re.Pattern[str]
    level: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """How one language is written; ``words`` are its lists, which ``data/writing/en.toml`` explains.

    ``examples`` are texts that the lists must know, ``counter_examples`` those that they must not, by list.
    """

    language: str
    tesseract: str
    words: Mapping[str, tuple[str, ...]]
    parts: tuple[PartRule, ...]
    numerals: str
    article: tuple[str, str] | None
    clitics: str
    examples: Mapping[str, tuple[str, ...]]
    counter_examples: Mapping[str, tuple[str, ...]]


@cache
def writings() -> Mapping[str, Writing]:
    """Return how each language is written, by its tag."""
    paths = resources.files("data/writing", ".toml")
    return {path.stem: _writing(tomllib.loads(path.read_text("utf-8"))) for path in paths}


def _writing(data: Mapping[str, object]) -> Writing:
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    lists = {**data, **tables.get(_HYPHEN, {})}
    numerals = str(data.get("numerals", ""))
    articles = tuple(str(data[key]) for key in ("article", "article_after_for") if key in data)
    parts = data.get("part", ())
    assert isinstance(parts, list | tuple)
    return Writing(
        language=str(data["language"]),
        tesseract=str(data["tesseract"]),
        words={
            key: tuple(words)
            for key, words in lists.items()
            if isinstance(words, list) and all(isinstance(word, str) for word in words)
        },
        parts=tuple(
            PartRule(
                re.compile(part["pattern"].replace(_NUMERAL, f"[{numerals}]{{1,3}}"), re.IGNORECASE),
                part["level"],
                tuple(part["examples"]),
                tuple(part["counter_examples"]),
            )
            for part in parts
        ),
        numerals=numerals,
        article=(articles[0], articles[1]) if articles else None,
        clitics=str(data.get("clitics", "")),
        examples=tables.get("examples", {}),
        counter_examples=tables.get("counter_examples", {}),
    )


@cache
def words(name: str) -> tuple[str, ...]:
    """Return what a list has in any language, each once.

    >>> {"of", "von"} <= set(words("page_of"))
    True
    """
    return tuple(dict.fromkeys(chain.from_iterable(one.words.get(name, ()) for one in writings().values())))


@cache
def any_of(name: str) -> str:
    """Return a pattern for any of the words of a list, in any language."""
    return f"(?:{alternation(words(name))})"


@cache
def matching(name: str) -> str:
    """Return a pattern for any of the patterns of a list, in any language."""
    return f"(?:{'|'.join(words(name))})"


@cache
def numerals() -> str:
    """Return the characters that number parts and items where digits do not, from one on."""
    return "".join(one.numerals for one in writings().values())


@cache
def parts() -> tuple[PartRule, ...]:
    """Return what the headings of numbered parts open with, in any language."""
    return tuple(part for one in writings().values() for part in one.parts)


@cache
def articles() -> tuple[tuple[str, str], ...]:
    """Return the articles that are written on to the next word, each with what it becomes behind "for"."""
    return tuple(one.article for one in writings().values() if one.article is not None)


@cache
def clitics() -> str:
    """Return a pattern of what else is written on to the next word."""
    return "|".join(one.clitics for one in writings().values() if one.clitics)


def tesseract(language: str) -> str:
    """Return what tesseract calls a language (BCP 47), English where it has no name here."""
    known = writings()
    return known.get(language.partition("-")[0].lower(), known[FALLBACK]).tesseract
