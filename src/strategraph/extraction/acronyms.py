"""Acronyms that a text defines: "least developed countries (LDCs)", "LDCs (least developed countries)".

Which words belong to the acronym is found as Schwartz and Hearst do (A simple algorithm for identifying
abbreviation definitions in biomedical text, 2003): its letters, from the last to the first, each in the
words before it, the first at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.knowledge.gazetteer import is_abbreviation
from strategraph.model import NameMention, Passage, Support

_SHORT = r"[A-Z0-9][\w&/+-]{1,9}"
_AFTER = re.compile(rf"\(\s*[\"“‘']?({_SHORT})[\"”’']?\s*\)")  # long form (SHORT)
_BEFORE = re.compile(rf"\b({_SHORT})\s+\(([^()]{{6,120}})\)")  # SHORT (long form)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BREAK = re.compile(r"[.;:!?()\[\]](?=\s|$)|[()\[\]]")


def find_acronyms(passages: Sequence[Passage]) -> tuple[NameMention, ...]:
    """Return the acronyms that passages define, in the order of their words.

    ``name`` is the acronym, ``other`` its long form, both as printed; the support covers both, with the
    brackets.
    """
    return tuple(mention for passage in passages for mention in _mentions(passage))


def _mentions(passage: Passage) -> Iterator[NameMention]:
    found = [*_bracketed(passage.text), *_explained(passage.text)]
    for start, end, short, long in sorted(found):
        yield NameMention(short, Support(passage.span(start, end), "acronym", 0.95), long)


def _bracketed(text: str) -> Iterator[tuple[int, int, str, str]]:
    since = 0  # no long form reaches back over the brackets before it
    for match in _AFTER.finditer(text):
        short, behind, since = match.group(1), since, match.end()
        if not is_abbreviation(short):
            continue
        end = behind + len(text[behind : match.start()].rstrip())
        begin = max((stop.end() for stop in _BREAK.finditer(text, behind, end)), default=behind)
        start = long_form(text[begin:end], short)
        if start is not None:
            yield begin + start, match.end(), short, text[begin + start : end]


def _explained(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _BEFORE.finditer(text):
        short, long = match.groups()
        if is_abbreviation(short) and long_form(long, short) == 0:
            yield match.start(), match.end(), short, long.rstrip()


def long_form(text: str, short: str) -> int | None:
    """Return where the words that end ``text`` and that ``short`` stands for begin, or None.

    >>> text = "telecommunication/information and communication technologies"
    >>> text[long_form(text, "ICTs"):]
    'information and communication technologies'
    """
    letters = [letter.lower() for letter in _singular(short) if letter.isalnum()]
    words = list(_WORD.finditer(text))
    limit = min(len(letters) + 5, 2 * len(letters))
    floor = words[-limit].start() if len(words) > limit else 0
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    position = len(text)
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= floor and not (
            lowered[position] == letters[index] and (index or _begins_word(text, position))
        ):
            position -= 1
        if position < floor:
            return None
    long = text[position:].strip()
    if len(_WORD.findall(long)) < 2 or short in long or len(long) <= len(short):
        return None
    return position


def _singular(short: str) -> str:
    """Return an acronym without its plural ending: "LDC" of "LDCs"."""
    return short[:-1] if short.endswith("s") and short[:-1] != "" and short[-2].isupper() else short


def _begins_word(text: str, position: int) -> bool:
    return position == 0 or not text[position - 1].isalnum()
