"""What two texts share: their words, how much these say, and which were put in, left out or kept."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

# Scripts that put no spaces between words are compared letter by letter.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:[\u0300-\u036f\u064b-\u0652'’]+[^\W_{_UNSPACED}]*)*")
_TOKEN = re.compile(rf"(?:[{_UNSPACED}]|[^\W_{_UNSPACED}]+|\S) ?")
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")

KEPT, OLD, NEW = "=", "-", "+"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that both texts have ("="), or one of them: the old ("-") or the new ("+")."""

    side: str
    text: str


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: NFKC, without case.

    >>> words("Women’s ＩＣＴ skills"), words("目标 1")
    (['women’s', 'ict', 'skills'], ['目', '标', '1'])
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text in a form that languages share; marks of thousands are left out.

    >>> sorted(numbers("12,500 of 3.5 % by 2030")), sorted(numbers("12 500, 3,5 %"))
    (['12500', '2030', '3.5'], ['12500', '3.5'])
    """
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(text):
        plain = "".join(str(unicodedata.digit(c, c)) for c in _THOUSANDS.sub("", match[0]))
        parts = re.split(r"[^\d]+", plain)
        found.update([".".join(parts)] if len(parts) == 2 and not plain.count(" ") else parts)
    return found


class WordWeights:
    """How much each word says: the rarer among the texts that are compared, the more."""

    def __init__(self, texts: Iterable[list[str]]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            counts.update(set(text))
        self._weights = {word: math.log((1 + total) / (0.5 + number)) for word, number in counts.items()}

    def of(self, counts: Mapping[str, int]) -> float:
        """Return how much some words say together."""
        return sum(self._weights.get(word, 0.0) * number for word, number in counts.items())

    def alike(self, old: Counter[str], new: Counter[str]) -> float:
        """Return how alike two texts are, from 0 to 1: the share of what they say that both say (Dice)."""
        whole = self.of(old) + self.of(new)
        return 2 * self.of(old & new) / whole if whole else float(old == new)


def difference(old: str, new: str) -> tuple[Run, ...]:
    """Return two texts as one row of runs, word by word; of what both have, as the new one spaces it.

    >>> [(run.side, run.text) for run in difference("for all women", "for women and girls")]
    [('=', 'for '), ('-', 'all '), ('=', 'women '), ('+', 'and girls')]
    """
    before, after = _TOKEN.findall(_one_line(old)), _TOKEN.findall(_one_line(new))
    found: list[Run] = []
    matcher = SequenceMatcher(
        None, [one.strip() for one in before], [one.strip() for one in after], autojunk=False
    )
    for how, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if how == "equal":
            found.append(Run(KEPT, "".join(after[new_from:new_to])))
            continue
        if old_from < old_to:
            found.append(Run(OLD, "".join(before[old_from:old_to])))
        if new_from < new_to:
            found.append(Run(NEW, "".join(after[new_from:new_to])))
    return tuple(_without_crumbs(found))


def _without_crumbs(runs: list[Run]) -> Iterator[Run]:
    """Join changes that only white space or a mark parts: "[-a b-]" reads better than "[-a-] [-b-]"."""
    pending = {OLD: "", NEW: ""}

    def flush() -> Iterator[Run]:
        for side in (OLD, NEW):
            if pending[side]:
                yield Run(side, pending[side])
            pending[side] = ""

    for number, run in enumerate(runs):
        changing = pending[OLD] or pending[NEW]
        crumb = run.side == KEPT and not words(run.text) and changing and number + 1 < len(runs)
        if crumb:
            pending[OLD] += run.text
            pending[NEW] += run.text
        elif run.side == KEPT:
            yield from flush()
            yield run
        else:
            pending[run.side] += run.text
    yield from flush()


def _one_line(text: str) -> str:
    return " ".join(text.split())
