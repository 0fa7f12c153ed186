"""How texts are written and printed in each language: ``data/writing/<language>.toml``.

Pages are read before their language is known, so the words of all languages are looked for at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.languages import FALLBACK, alternation
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Flags, Gathered, Words, as_value, load_content

_LISTS = (
    "page", "page_heads", "page_of", "contents", "table", "chapter", "small", "linking", "rights", "click",
    "adding", "imprint", "numeral_ends", "hyphen.first_parts", "hyphen.beginnings", "hyphen.second_parts",
    "hyphen.joining", "hyphen.endings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartRule:
    """What a heading opens with, the level that this gives it, and the texts that prove it."""

    pattern: Annotated[re.Pattern[str], Flags(re.IGNORECASE)]
    level: int
    examples: Words
    counter_examples: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How one language is written; ``words`` are its lists, which ``data/writing/en.toml`` explains.

    ``examples`` are texts that the lists must know, ``counter_examples`` those that they must not, by list.
    """

    language: str
    tesseract: str
    words: Annotated[Mapping[str, Words], Gathered({key: key.rpartition(".")[2] for key in _LISTS})]
    parts: Annotated[tuple[PartRule, ...], At("part")] = ()
    numerals: str = ""
    article: str = ""
    article_after_for: str = ""
    clitics: str = ""
    examples: Mapping[str, Words] = field(default_factory=dict)
    counter_examples: Mapping[str, Words] = field(default_factory=dict)


@cache
def writings() -> Mapping[str, Writing]:
    """Return how each language is written, by its tag."""
    paths = resources.files("data/writing", ".toml")
    return {path.stem: _writing(path) for path in paths}


def _writing(path: Path) -> Writing:
    content = load_content(path)
    numerals = content.get("numerals", "")
    return as_value(Writing, content, str(path), {"{numeral}": f"[{numerals}]{{1,3}}"})


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
    return tuple((one.article, one.article_after_for) for one in writings().values() if one.article)


@cache
def clitics() -> str:
    """Return a pattern of what else is written on to the next word."""
    return "|".join(one.clitics for one in writings().values() if one.clitics)


def tesseract(language: str) -> str:
    """Return what tesseract calls a language (BCP 47), English where it has no name here."""
    known = writings()
    return known.get(language.partition("-")[0].lower(), known[FALLBACK]).tesseract
