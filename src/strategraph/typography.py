"""How text of any script stands in the lines of a terminal: how wide it is, and in which order."""

from __future__ import annotations

from unicodedata import bidirectional, category, east_asian_width

_LEFT_TO_RIGHT = "\u200e"  # a mark of no width that goes on with the line's own direction
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})  # marks on letters, and what is not seen


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
