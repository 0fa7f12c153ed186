"""How texts are written and printed in each language, ``data/writing/<language>.toml``; where sentences end.

Pages are read before their language is known, so the words of all languages are looked for at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.languages import FALLBACK, LanguageRules, alternation
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Flags, Gathered, Words, as_value, load_content

_LISTS = (
    "page", "page_heads", "page_of", "contents", "table", "chapter", "text_parts", "small", "linking",
    "rights", "click", "adding", "adding_on", "imprint", "numeral_ends", "hyphen.first_parts",
    "hyphen.beginnings", "hyphen.second_parts", "hyphen.joining", "hyphen.endings",
)  # fmt: skip
# A full stop, question or exclamation mark with closing quotes or brackets, then white space and a
# likely beginning; or an ideographic or Arabic end mark, which needs no space after it; or a line end.
_END = re.compile(
    r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z\u0430-\u044f\u0451_])|[。！？؟]+[”’」』）]*\s*|\n"
)
_ENDED = re.compile(r"""[.!?;:…。；：؟][”"’')\]]*$""")
_LONGEST = 3_000  # characters: what runs on for longer has lost its marks, or never had any
_LAST_WORD = re.compile(r"([\w.’'-]+)$")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Marks at the end of a sentence, or of a clause that stands alone, and those that lead to what follows.
STOPS = (".", "!", "?", "。", "！", "？", "؟")
PAUSES = (";", "；", "؛")
COLONS = (":", "：")
_SCRIPTS_FIRST_RTL = "\u0590"  # Hebrew: no letter before it runs from right to left
_SCRIPTS_FIRST_WIDE = "\u1100"  # before it no character is wide; most texts have none behind it


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


def sentences(text: str, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of ``text``; between them is only white space.

    >>> from strategraph.knowledge.languages import rules
    >>> text = "See No. 5 of it. Then go."
    >>> [text[a:b] for a, b in sentences(text, rules("en"))]
    ['See No. 5 of it.', 'Then go.']
    """
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _abbreviates(text, match.start(), rules):
            continue
        yield from _bounded(text, start, match.start() + len(match.group().rstrip()))
        start = match.end()
    yield from _bounded(text, start, len(text.rstrip()))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence without white space at its edges; in parts if it is too long to be one."""
    while start < end and text[start].isspace():
        start += 1
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield start, cut
        start = cut + (space > 0)
    if start < end:
        yield start, end


def ends_sentence(text: str) -> bool:
    """Whether a sentence, or part of one, ends with these words.

    >>> ends_sentence("We will grow.”"), ends_sentence("We will")
    (True, False)
    """
    return _ENDED.search(text) is not None


def count_words(text: str) -> int:
    """Return the number of words; in a script that puts no space between them, two characters are one.

    >>> count_words("four words of text"), count_words("总体目标 2030")
    (4, 3)
    """
    words = text.split()
    if text.isascii():
        return len(words)
    return sum(max(1, len(_IDEOGRAPH.findall(word)) // 2) for word in words)


def _abbreviates(text: str, stop: int, rules: LanguageRules) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation, an initial or a list number."""
    word = _LAST_WORD.search(text[max(0, stop - 20) : stop])
    if word is None:
        return False
    last = word.group(1)
    return last in rules.abbreviations or (len(last) == 1 and last.isalpha() and last.isupper())


def is_rtl(text: str) -> bool:
    """Whether most letters are of a script that runs from right to left."""
    if text.isascii() or max(text) < _SCRIPTS_FIRST_RTL:
        return False
    kinds = Counter(unicodedata.bidirectional(character) for character in text)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def is_wide(character: str) -> bool:
    """Whether a character, with its marks, is of a script that puts no spaces between words (Chinese).

    >>> is_wide("目"), is_wide("か\u3099"), is_wide("a")
    (True, True, False)
    """
    return character >= _SCRIPTS_FIRST_WIDE and unicodedata.east_asian_width(character[0]) in ("W", "F")
