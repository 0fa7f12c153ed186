"""Text made plain for matching: no accents, one kind of quote, dash and digit, positions kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_REPLACED = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣-", "-"),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    "\N{MASCULINE ORDINAL INDICATOR}": "°",
    # Wide and Arabic marks, and the digits of other scripts: "（2018年，迪拜）", "(دبي، ٢٠١٨)".
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF08, 0xFF1C)},
    "、": ",",
    "،": ",",
    "؛": ";",
    "。": ".",
    "〔": "[",
    "〕": "]",
    **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
}


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain text; ``positions`` leads back to the text it was made of (None: character by character)."""

    text: str
    positions: tuple[int, ...] | None = None

    def position(self, index: int) -> int:
        """Return where the character at ``index`` stands in the original text."""
        return index if self.positions is None else self.positions[index]


def plain(text: str) -> PlainText:
    """Return ``text`` without accents, with straight quotes and hyphens and Western digits; capitals stay.

    The accents of other scripts are left out too: й is и, أ is ا.

    >>> plain("RÉV. DUBAÏ, 2018").text
    'REV. DUBAI, 2018'
    >>> plain("Public Law 115–435").text
    'Public Law 115-435'
    >>> plain("（Пересм. Дубай，٢٠١٨）").text
    '(Пересм. Дубаи,2018)'
    """
    if text.isascii():
        return PlainText(text)
    table = {ord(c): replaced for c in set(text) if (replaced := _plain(c)) != c}
    if "" not in table.values():
        return PlainText(text.translate(table))
    # Accents that stand as characters of their own are left out: the two texts no longer run in parallel.
    kept = [(table.get(ord(c), c), i) for i, c in enumerate(text) if table.get(ord(c), c)]
    return PlainText("".join(c for c, _ in kept), tuple(i for _, i in kept))


def _plain(character: str) -> str:
    """Return one plain character for ``character``; none for an accent that stands by itself."""
    if character in _REPLACED:
        return _REPLACED[character]
    if unicodedata.combining(character):
        return ""
    decomposed = unicodedata.normalize("NFD", character)
    # a letter with its accents; what decomposes into several letters stays as it is
    if len(decomposed) > 1 and all(unicodedata.combining(mark) for mark in decomposed[1:]):
        return decomposed[0]
    return character
