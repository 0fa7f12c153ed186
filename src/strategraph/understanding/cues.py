"""The words of a text that name a class of elements, wherever they stand, and those that hint at one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from strategraph.knowledge.languages import FALLBACK, alternation, rules
from strategraph.knowledge.resources import cache

_SEARCHED = 240  # characters at either end of a text that are looked through
_WORD = re.compile(r"[^\W\d_]{7,}")
SHORTEST_PART, _SHORTEST_END = 3, 4  # letters of what qualifies a noun in a compound, and of the noun


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that names a class: which, whether it is the word for several, and where it stands."""

    kind: str
    several: bool
    start: int
    end: int


def cues(text: str, language: str) -> tuple[Cue, ...]:
    """Return the cues of a text in order; of a long text, those near its start and its end.

    The words of ``language`` and of English count, the longest first.

    >>> [(cue.kind, cue.several) for cue in cues("Our strategic goals and vision", "en")]
    [('Goal', True), ('Vision', False)]
    """
    if len(text) > 2 * _SEARCHED:
        head = _cues(text[:_SEARCHED], language)
        shift = len(text) - _SEARCHED
        tail = _cues(text[shift:], language)
        return (*head, *(Cue(c.kind, c.several, c.start + shift, c.end + shift) for c in tail))
    return _cues(text, language)


@cache
def _cues(text: str, language: str) -> tuple[Cue, ...]:
    pattern, table = _lexicon(language)
    found = []
    for match in pattern.finditer(text):
        kind, several = table[normal(match["word"])]
        found.append(Cue(kind, several, match.start("word"), match.end()))
    if rules(language).compounds:
        known = {cue.end for cue in found}
        found += [cue for cue in _compounds(text, table) if cue.end not in known]
        found.sort(key=lambda cue: cue.start)
    return tuple(found)


def _compounds(text: str, table: dict[str, tuple[str, bool]]) -> Iterator[Cue]:
    """Yield the cues that are ends of longer nouns, which have a capital, the longest end that is known."""
    for match in _WORD.finditer(text):
        if not match.group()[0].isupper():
            continue
        word = match.group().casefold()
        for start in range(SHORTEST_PART, len(word) - _SHORTEST_END + 1):
            if word[start:] in table:
                yield Cue(*table[word[start:]], match.start(), match.end())
                break


def normal(text: str) -> str:
    """Return a text for comparison: lower case, one kind of space, hyphen and apostrophe."""
    return re.sub(r"[\s-]+", " ", text).replace("’", "'").strip().casefold()


@cache
def _lexicon(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    table: dict[str, tuple[str, bool]] = {}
    spaced: list[str] = []
    joined: list[str] = []
    for tag in dict.fromkeys((language, FALLBACK)):
        language_rules = rules(tag)
        for label in language_rules.labels:
            entries = [(word, False) for word in (*label.words, *label.headings)]
            entries += [(word, True) for word in label.plurals]
            for word, several in entries:
                table.setdefault(normal(word), (label.kind, several))
                (spaced if language_rules.spaced else joined).append(word)
    parts = [rf"(?<![\w])(?P<word>{alternation(spaced)})(?!\w)"]
    if joined:
        parts = [rf"(?P<word>(?<![\w])(?:{alternation(spaced)})(?!\w)|{alternation(joined)})"]
    return re.compile("|".join(parts), re.IGNORECASE), table


@cache
def hints(text: str, language: str) -> tuple[str, ...]:
    """Return the classes that words at the edges of a text hint at, once for each word.

    >>> hints("Next steps", "en")
    ('Action',)
    """
    pattern, table = _hints(language)
    looked = text if len(text) <= _SEARCHED + 160 else f"{text[:200]} {text[-200:]}"
    return tuple(kind for match in pattern.finditer(looked) for kind in table[normal(match.group())])


@cache
def _hints(language: str) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    table: dict[str, list[str]] = {}
    spaced: list[str] = []
    joined: list[str] = []
    for tag in dict.fromkeys((language, FALLBACK)):
        language_rules = rules(tag)
        for kind, words in language_rules.hints.items():
            for word in words:
                if kind not in table.setdefault(normal(word), []):
                    table[normal(word)].append(kind)
                (spaced if language_rules.spaced else joined).append(word)
    pattern = rf"(?<!\w)(?:{alternation(spaced)})(?!\w)"
    return re.compile(f"{pattern}|{alternation(joined)}" if joined else pattern, re.IGNORECASE), table
