"""Target groups in languages that have no rules for phrases: a vocabulary's labels, where their context allows.

Which labels need which context, and the inflected forms of the words in them, are in ``[groups]`` of the
language's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategraph.languages import GroupWords, rules

_BEHIND = re.compile(r"\s*[\w(«“]")
_FAR = 60  # characters before a label in which its frame stands


def label_forms(text: str, language: str) -> Iterator[str]:
    """Yield a label and its other cases: its listed words in the same form, all others as they are.

    >>> list(label_forms("коренные народы", "ru"))[:3]
    ['коренные народы', 'коренных народов', 'коренным народам']
    """
    yield text
    groups = rules(language).groups
    if groups is None:
        return
    words = text.split(" ")
    known = [groups.forms.get(word.strip(",")) for word in words]
    number = max((len(forms) for forms in known if forms), default=0)
    for case in range(number):
        yield " ".join(
            word.replace(word.strip(","), forms[case]) if forms and case < len(forms) else word
            for word, forms in zip(words, known, strict=True)
        )


def counts(text: str, start: int, end: int, label: str, language: str) -> bool:
    """Whether a label at a place in a text names a group there.

    >>> counts("Pubblichiamo tutti i dati.", 13, 18, "tutti", "it")
    False
    >>> counts("Un servizio per tutti.", 16, 21, "tutti", "it")
    True
    """
    groups = rules(language).groups
    if groups is None:
        return True
    name = label.casefold()
    if name in groups.bare and _BEHIND.match(text, end):
        return False
    return name not in groups.framed or _is_framed(text[max(0, start - _FAR) : start], groups)


def _is_framed(before: str, groups: GroupWords) -> bool:
    """Whether words that give a group something stand right before it."""
    return any(frame.search(before) for frame in groups.frames)
