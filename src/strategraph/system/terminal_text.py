"""How text of any script stands in the lines of a terminal: how wide, in which order, with what effect."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category, east_asian_width

_LEFT_TO_RIGHT = "\u200e"  # a mark of no width that goes on with the line's own direction
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})  # marks on letters, and what is not seen

# Controls would drive the terminal, line and paragraph separators make two lines of one, directional
# overrides show a text in another order, and surrogates cannot be written at all.
_UNSHOWN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def spelled_out(text: str) -> str:
    """Return one line of text as it is safe to show: what drives a terminal is spelled out.

    >>> spelled_out("a\\x1b[31m b\\nc")
    'a\\\\x1b[31m b\\\\nc'
    """
    return _UNSHOWN.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: ideographs two, what has no width of its own none.

    >>> columns("goal"), columns("目标"), columns("\u0639\u064e\u200e")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        2 if east_asian_width(character) in "WF" else 0 if category(character) in _NO_WIDTH else 1
        for character in text
    )


def in_order(text: str) -> str:
    """Return a text that keeps its place in a line: one with right-to-left letters ends with a mark.

    Without it a terminal takes two such texts and what stands between them as one run, and turns them round.

    >>> in_order("women"), in_order("\u0639") == "\u0639\u200e"
    ('women', True)
    """
    if text.isascii():
        return text
    turned = any(bidirectional(character) in ("R", "AL") for character in text)
    return text + _LEFT_TO_RIGHT if turned else text
