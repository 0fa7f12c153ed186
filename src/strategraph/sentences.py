"""Sentences of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategraph.languages import LanguageRules

# A full stop, question or exclamation mark with closing quotes or brackets, then white space and a
# likely beginning; or an ideographic or Arabic end mark, which needs no space after it; or a line end.
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z_])|[。！？؟]+[”’」』）]*\s*|\n")
_LAST_WORD = re.compile(r"([\w.’'-]+)$")


def sentences(text: str, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of ``text``; between them is only white space.

    >>> from strategraph.languages import rules
    >>> text = "See No. 5 of it. Then go."
    >>> [text[a:b] for a, b in sentences(text, rules("en"))]
    ['See No. 5 of it.', 'Then go.']
    """
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "." and _abbreviates(text, match.start(), rules):
            continue
        end = match.start() + len(match.group().rstrip())
        if text[start:end].strip():
            yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _abbreviates(text: str, stop: int, rules: LanguageRules) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation, an initial or a list number."""
    word = _LAST_WORD.search(text[max(0, stop - 20) : stop])
    if word is None:
        return False
    last = word.group(1)
    return last in rules.abbreviations or (len(last) == 1 and last.isalpha() and last.isupper())
