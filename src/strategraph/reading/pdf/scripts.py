"""How scripts run: from right to left, or without spaces between words."""

from __future__ import annotations

import unicodedata
from collections import Counter

_FIRST_WIDE = "\u1100"  # before it no character is wide; most texts have none behind it


def is_rtl(text: str) -> bool:
    """Whether most letters are of a script that runs from right to left."""
    kinds = Counter(unicodedata.bidirectional(character) for character in text)
    return kinds["R"] + kinds["AL"] > kinds["L"]


def is_wide(character: str) -> bool:
    """Whether a character, with its marks, is of a script that puts no spaces between words (Chinese).

    >>> is_wide("目"), is_wide("か\u3099"), is_wide("a")
    (True, True, False)
    """
    return character >= _FIRST_WIDE and unicodedata.east_asian_width(character[0]) in ("W", "F")
