"""Texts for people, cut to a length."""

from __future__ import annotations

import unicodedata

_LABEL_LENGTH = 80


def beginning(text: str, length: int) -> str:
    """Return a text, its spaces collapsed, cut to a length; no letter is parted from its accents.

    >>> beginning("a  label", 5)
    'a la…'
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    end = length - 1
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def whole_words(text: str, length: int = _LABEL_LENGTH) -> str:
    """Return a text of at most ``length`` characters, cut at a word where it was longer.

    >>> whole_words("word " * 40)[-10:]
    'word word…'
    """
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:.–-") + "…"
