"""The text of lines as one: words broken at line ends are made whole."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from strategraph.reading.pdf.lines import Line

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SOFT = "\u00ad"
_HYPHENS = (_SOFT, "-", "\u2010", "\u2011")


class Vocabulary:
    """The words of a document: they tell a word that was broken from a compound that has a hyphen."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            text = line.text.casefold()
            # a line's last word may be half a word
            whole = text.rpartition(" ")[0] if text.endswith(_HYPHENS) else text
            self._counts.update(_WORD.findall(whole))

    def has_hyphen(self, left: str, right: str) -> bool:
        """Whether what is broken into ``left`` and ``right`` is written with a hyphen."""
        left, right = left.casefold(), right.casefold()
        whole, compound = self._counts[left + right], self._counts[f"{left}-{right}"]
        if whole or compound:
            return compound > whole
        parts = [self._counts[part] for part in (left.rpartition("-")[2], right.partition("-")[0])]
        return all(parts)


def running_text(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """Return the words of some lines as one text with single spaces."""
    text = ""
    for line in lines:
        text = _append(text, " ".join(line.text.split()), vocabulary)
    return text.replace(_SOFT, "")


def _append(text: str, line: str, vocabulary: Vocabulary) -> str:
    """Return a text with the next line added."""
    if not text or not line:
        return text or line
    if len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalnum() and line[0].isalnum():
        left = _WORD.findall(text[:-1].rpartition(" ")[2]) or [""]
        right = _WORD.match(line)
        if not line[0].islower() or (right and vocabulary.has_hyphen(left[-1], right[0])):
            return f"{text[:-1]}-{line}"
        return text[:-1] + line
    if text[-1] in "/–—" and text[-2:-1] not in ("", " ") and line[0].isalnum():
        return text + line
    return text + line if _is_wide(text[-1]) and _is_wide(line[0]) else f"{text} {line}"


def _is_wide(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words (Chinese, Japanese)."""
    return unicodedata.east_asian_width(character) in ("W", "F")
