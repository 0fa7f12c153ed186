"""Words that a line's end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from strategraph.knowledge.writing import any_of, is_wide

_SOFT = "\u00ad"
HYPHENS = (_SOFT, "-", "\u2010", "\u2011")
_WORD = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[ \t\xa0]*\n[ \t\xa0]*[^\W\d_]*")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_LAST_HALF = re.compile(r"[^\W\d_]+\Z")
# What the lists mean, ``data/writing/en.toml`` says.
_PREFIXES = re.compile(any_of("first_parts"))
_BEGINNINGS = re.compile(any_of("beginnings"))
_TAILS = re.compile(any_of("second_parts"))
_JOINING = re.compile(any_of("joining"), re.IGNORECASE)
_SHORTEST_WORD = 4  # shorter second parts are endings: "develop-" then "ing"
_ENDINGS = re.compile(rf"{any_of('endings')}.{{0,3}}")


class Spelling:
    """How a text spells its words, to mend those that a line's end has cut."""

    def __init__(self, text: str) -> None:
        folded = _CUT.sub(" ", text).casefold()
        self._words = frozenset(_WORD.findall(folded))
        self._compounds = frozenset(_COMPOUND.findall(folded))
        halves = [_WORD.findall(match[0].casefold()) for match in _CUT.finditer(text)]
        # a text whose lines only end after the hyphens of compounds has no other hyphens to mend
        self._cuts_words = any(
            len(half) == 2 and (half[0] not in self._words or "".join(half) in self._words) for half in halves
        )

    def ranges(self, text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of a block's lines, each with the white space up to the next line.

        The white space becomes the space between the words. After a hyphen at a line's end there is none, and
        the hyphen itself goes if it only parts a word: "govern-" then "ments".
        """
        for (start, end), (first, last) in pairwise(lines):
            if end - start >= 2 and text[end - 1] == "-" and text[end - 2].isalnum():
                yield start, end - 1 + len(self.joint(text[start : end - 1], text[first:last]))
            else:
                yield start, end + 1
        yield from lines[-1:]

    def running(self, lines: Iterable[str]) -> str:
        """Return the words of some lines as one text with single spaces.

        >>> Spelling("the governments").running(["the govern-", "ments, short-", "and long-term"])
        'the governments, short- and long-term'
        """
        text = ""
        for words in lines:
            line = " ".join(words.split())
            if not text or not line:
                text += line
            elif len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum() and line[0].isalnum():
                text = text[:-1] + self.joint(text[:-1], line) + line
            elif text[-1] in "/–—" and text[-2:-1] not in ("", " ") and line[0].isalnum():
                text += line
            else:
                text += line if is_wide(text[-1]) and is_wide(line[0]) else f" {line}"
        return text.replace(_SOFT, "")

    def joint(self, before: str, after: str) -> str:
        """Return what stands between a line without the hyphen at its end and the next line.

        It is nothing where the halves are one word, a hyphen in a compound, and a space behind that where the
        hyphen is suspended: "short- and long-term".
        """
        first, second = _LAST_HALF.search(before), _WORD.match(after)
        if second and _JOINING.fullmatch(second[0]):
            return "- "
        if not first or not second or not self.is_one(first[0], second[0]):
            return "-"
        chain = before[: first.start()].endswith(HYPHENS) or after[second.end() :].startswith(HYPHENS)
        return "-" if chain else ""  # "out-of-school"

    def is_one(self, first: str, second: str) -> bool:
        """Whether two halves are one word, and no compound such as "rights-based"."""
        if second[0].isupper() and not first.isupper():
            return False
        first, second = first.casefold(), second.casefold()
        if first + second in self._words:
            return True
        if f"{first}-{second}" in self._compounds or _PREFIXES.fullmatch(first):
            return False
        if _BEGINNINGS.fullmatch(first):
            return self._cuts_words and second not in self._words
        if _TAILS.fullmatch(second) and first in self._words:
            return False
        is_word = len(second) >= _SHORTEST_WORD and not _ENDINGS.fullmatch(second)
        if not is_word or first not in self._words:
            return True
        if not self._cuts_words:
            return False
        return len(first) < _SHORTEST_WORD or second not in self._words
