"""Sentences of a text and how long they are, whatever its script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategraph.knowledge.languages import LanguageRules

# A full stop, question or exclamation mark with closing quotes or brackets, then white space and a
# likely beginning; or an ideographic or Arabic end mark, which needs no space after it; or a line end.
_END = re.compile(
    r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z\u0430-\u044f\u0451_])|[。！？؟]+[”’」』）]*\s*|\n"
)
_ENDED = re.compile(r"""[.!?;:…。；：؟][”"’')\]]*$""")
_LONGEST = 3_000  # characters: what runs on for longer has lost its marks, or never had any
_LAST_WORD = re.compile(r"([\w.’'-]+)$")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

# Marks at the end of a sentence, or of a clause that stands alone, and those that lead to what follows.
STOPS = (".", "!", "?", "。", "！", "？", "؟")
PAUSES = (";", "；", "؛")
COLONS = (":", "：")


def sentences(text: str, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of ``text``; between them is only white space.

    >>> from strategraph.knowledge.languages import rules
    >>> text = "See No. 5 of it. Then go."
    >>> [text[a:b] for a, b in sentences(text, rules("en"))]
    ['See No. 5 of it.', 'Then go.']
    """
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _abbreviates(text, match.start(), rules):
            continue
        yield from _bounded(text, start, match.start() + len(match.group().rstrip()))
        start = match.end()
    yield from _bounded(text, start, len(text.rstrip()))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence without white space at its edges; in parts if it is too long to be one."""
    while start < end and text[start].isspace():
        start += 1
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield start, cut
        start = cut + (space > 0)
    if start < end:
        yield start, end


def ends_sentence(text: str) -> bool:
    """Whether a sentence, or part of one, ends with these words.

    >>> ends_sentence("We will grow.”"), ends_sentence("We will")
    (True, False)
    """
    return _ENDED.search(text) is not None


def count_words(text: str) -> int:
    """Return the number of words; in a script that puts no space between them, two characters are one.

    >>> count_words("four words of text"), count_words("总体目标 2030")
    (4, 3)
    """
    words = text.split()
    if text.isascii():
        return len(words)
    return sum(max(1, len(_IDEOGRAPH.findall(word)) // 2) for word in words)


def _abbreviates(text: str, stop: int, rules: LanguageRules) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation, an initial or a list number."""
    word = _LAST_WORD.search(text[max(0, stop - 20) : stop])
    if word is None:
        return False
    last = word.group(1)
    return last in rules.abbreviations or (len(last) == 1 and last.isalpha() and last.isupper())
