"""Words and marks of a text, and the proper names among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strategraph.extraction.group_rules import GroupRules

_TOKEN = re.compile(r"\w+n['’]t\b|\w+(?:[-‐‑]\w+)*|(?<=\w)['’](?:s\b)?|[^\w\s]")
_PLAIN = str.maketrans("’‐‑", "'--")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a text; ``word`` is its lower case with plain apostrophes and hyphens."""

    start: int
    end: int
    text: str
    word: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a text; compounds with hyphens are one word, genitive endings a mark.

    >>> [token.text for token in tokens("Women's policy-makers can't.")]
    ['Women', "'s", 'policy-makers', "can't", '.']
    """
    return tuple(
        Token(match.start(), match.end(), match.group(), match.group().translate(_PLAIN).lower())
        for match in _TOKEN.finditer(text)
    )


def is_title_case(words: Sequence[Token]) -> bool:
    """Whether most longer words after the first begin with a capital, so that capitals tell no names."""
    if words and words[-1].text == ".":
        return False
    long = [token for token in words[1:] if token.is_word and len(token.text) > 3]
    return len(long) > 1 and sum(token.is_capitalised for token in long) * 10 >= len(long) * 7


def names(words: Sequence[Token], rules: GroupRules) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the names of organisations, laws and days ("Department for Children")."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(words):
        end = _known_name(words, position, rules) or _capitalised_name(words, position, rules)
        if end:
            found.append((words[position].start, words[end - 1].end))
        position = end or position + 1
    return tuple(found)


def _known_name(words: Sequence[Token], start: int, rules: GroupRules) -> int | None:
    for name in rules.whole_names.get(words[start].text, ()):
        if tuple(token.text for token in words[start : start + len(name)]) == name:
            return start + len(name)
    return None


def _capitalised_name(words: Sequence[Token], start: int, rules: GroupRules) -> int | None:
    """Return where a run of capitalised words with a telling one among them ends."""
    if not (words[start].is_word and words[start].is_capitalised):
        return None
    end = start + 1
    for position in range(start, len(words)):
        token = words[position]
        if token.is_word and token.is_capitalised:
            end = position + 1
        elif token.word not in rules.name_links and token.word not in {"'", "'s"}:
            break
    telling = any(token.text in rules.name_words for token in words[start:end])
    return end if telling and end - start > 1 else None
