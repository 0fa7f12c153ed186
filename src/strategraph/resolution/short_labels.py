"""Labels that stay short enough to be shown."""

from __future__ import annotations

_LABEL_LENGTH = 80


def shortened(text: str) -> str:
    """Return a text of at most 80 characters, cut at a word where it was longer.

    >>> shortened("word " * 40)[-10:]
    'word word…'
    """
    if len(text) <= _LABEL_LENGTH:
        return text
    cut = text[: _LABEL_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[_LABEL_LENGTH // 2 :] else cut).rstrip(" ,;:.–-") + "…"
