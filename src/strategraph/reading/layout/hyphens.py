"""Words that a line's end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.knowledge.writing import any_of

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
        for number, (start, end) in enumerate(lines):
            if number + 1 == len(lines):
                yield start, end
            elif end - start >= 2 and text[end - 1] == "-" and text[end - 2].isalnum():
                first, second = (
                    _LAST_HALF.search(text, start, end - 1),
                    _WORD.match(text, lines[number + 1][0]),
                )
                if second and is_joining(second[0]):
                    yield start, end + 1
                else:
                    parted = first is not None and second is not None and self.is_one(first[0], second[0])
                    chain = first is not None and text[first.start() - 1 : first.start()] == "-"
                    chain = chain or (second is not None and text.startswith("-", second.end()))
                    parted = parted and not chain  # "out-of-school"
                    yield start, end - parted
            else:
                yield start, end + 1

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


def is_joining(word: str) -> bool:
    """Whether a hyphen before a word is suspended: "short- and long-term"."""
    return _JOINING.fullmatch(word) is not None
