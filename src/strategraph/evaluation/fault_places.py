"""Where words stand in a source, so that a fault can be looked up."""

from __future__ import annotations

import re
from bisect import bisect_right

from strategraph.evaluation.words import words

_RUN = re.compile(r"[^\W_]+")
_ENOUGH = 6  # so many words of a text name its place; markup may stand between later ones


class SourceLines:
    """The lines of a source's text."""

    def __init__(self, text: str) -> None:
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._words: list[str] = []
        self._offsets: list[int] = []
        for match in _RUN.finditer(text):
            for word in words(match[0]):  # NFKC may make several words of one run ("½")
                self._words.append(word)
                self._offsets.append(match.start())
        self._first: dict[str, list[int]] = {}
        for index, word in enumerate(self._words):
            self._first.setdefault(word, []).append(index)

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line with the character at ``offset``."""
        return bisect_right(self._line_starts, offset)

    def find(self, text: str, *, after: int = 0) -> int | None:
        """Return the offset at or after ``after`` where the first words of ``text`` stand, else None."""
        wanted = list(words(text)[:_ENOUGH])
        if not wanted:
            return None
        for index in self._first.get(wanted[0], ()):
            if self._offsets[index] >= after and self._words[index : index + len(wanted)] == wanted:
                return self._offsets[index]
        return None

    def line_of(self, text: str, *, inside: str = "") -> int | None:
        """Return the line on which ``text`` begins, looked for from where ``inside`` begins."""
        start = self.find(inside) or 0
        offset = self.find(text, after=start)
        return None if offset is None else self.line(offset)
