"""How two texts are compared: as sequences of words.

A word is a run of letters and digits after NFKC and casefold; white space, punctuation and markup
characters only separate words, so a comma, a curly quote or an asterisk never decides a match.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


def words(text: str | None) -> Words:
    """Return the words of ``text``; none for None.

    >>> words("Women  and Girls, <all> “peoples”")
    ('women', 'and', 'girls', 'all', 'peoples')
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the F1 of two bags of words, from 0.0 (nothing shared, or nothing there) to 1.0.

    >>> overlap(Counter("abcd"), Counter("abce"))
    0.75
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def contains(one: Words, other: Words) -> bool:
    """Whether one of the two, neither empty, has the other's words in a row.

    >>> contains(words("all women and girls"), words("women and girls"))
    True
    >>> contains(words("women and girls"), words("women girls"))
    False
    """
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
