"""Which forms a text can hold at all, found in one pass over it: by triggers, and by names of the table.

Patterns are dear to compile and to search with; most texts have words for few of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import Form, forms

_NAMED = "named"


@dataclass(frozen=True, slots=True)
class _Triggers:
    """All words that trigger, and for each the forms whose first or second condition it meets.

    ``free`` are the forms that nothing must trigger.
    """

    automaton: AhoCorasick
    forms_of: tuple[tuple[tuple[int, int], ...], ...]
    conditions: Mapping[int, int]
    free: frozenset[int]


def triggered(text: str) -> tuple[Form, ...]:
    """Return the forms of which a plain text has a trigger, in the order of the table.

    >>> "act-of-year" in [form.entry.name for form in triggered("The Communications Act of 1934")]
    True
    """
    known = _triggers()
    folded = " ".join(text.casefold().split())
    met: dict[int, int] = {}
    for word in {found[0] for found in known.automaton.find_matches_as_indexes(folded, overlapping=True)}:
        for form, condition in known.forms_of[word]:
            met[form] = met.get(form, 0) | condition
    chosen = known.free | {form for form, conditions in met.items() if conditions == known.conditions[form]}
    every = forms()
    return tuple(every[form] for form in sorted(chosen))


@cache
def _triggers() -> _Triggers:
    words: dict[str, list[tuple[int, int]]] = {}
    conditions: dict[int, int] = {}
    names = [name.casefold() for name in tables.named_instruments()]
    for number, form in enumerate(forms()):
        also = names if form.entry.reader == _NAMED else form.entry.also
        for condition, needed in ((1, form.entry.triggers), (2, also)):
            if needed:
                conditions[number] = conditions.get(number, 0) | condition
            for word in needed:
                words.setdefault(" ".join(word.split()) or word, []).append((number, condition))
    return _Triggers(
        AhoCorasick(list(words), matchkind=MatchKind.Standard),
        tuple(map(tuple, words.values())),
        conditions,
        frozenset(range(len(forms()))) - conditions.keys(),
    )
