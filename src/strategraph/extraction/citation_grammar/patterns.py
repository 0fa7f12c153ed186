"""Patterns put together from fragments: ``{name}`` in a pattern stands for the fragment of that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.tables import FormEntry
from strategraph.knowledge.organizations import directory

_REFERENCE = re.compile(r"\{([a-z_]+)\}")  # {0,60} is a repetition, {number_word} a fragment


@dataclass(frozen=True, slots=True)
class Form:
    """A form; its patterns are compiled when a text first has one of its triggers."""

    entry: FormEntry

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of a whole citation."""
        return compiled(self.entry.pattern)

    @property
    def item(self) -> re.Pattern[str] | None:
        """Return the pattern of one number of a list."""
        return compiled(self.entry.item) if self.entry.item else None

    @property
    def more(self) -> re.Pattern[str] | None:
        """Return the pattern of how a list goes on after its end so far."""
        return compiled(self.entry.more) if self.entry.more else None


@cache
def forms() -> tuple[Form, ...]:
    """Return every form, ready to search with; of two that match the same words, the first counts.

    A name that a table knows comes before a form that would fit any name.
    """
    return tuple(
        Form(entry) for entry in sorted(tables.form_entries(), key=lambda entry: entry.reader != "named")
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return ``pattern``, in verbose mode, with its fragments put in.

    >>> compiled("{year}").fullmatch("2024") is not None
    True
    """
    return re.compile(expanded(pattern, all_fragments()), re.VERBOSE)


class Lazy:
    """A pattern that is compiled when it is first searched with: most texts meet few of all patterns."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make: Callable[[], re.Pattern[str]] | None = make
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern, compiled."""
        if self._pattern is None and self._make is not None:
            self._pattern, self._make = self._make(), None
        assert self._pattern is not None
        return self._pattern

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.pattern.search(text)


def compiled_with(pattern: str, **fragments: str) -> re.Pattern[str]:
    """Return ``pattern`` compiled as :func:`compiled` does, with further fragments."""
    return re.compile(expanded(pattern, {**all_fragments(), **fragments}), re.VERBOSE)


def expanded(pattern: str, fragments: Mapping[str, str]) -> str:
    """Return ``pattern`` with every reference replaced, those in fragments too, each in a group.

    >>> expanded("{a}{0,2}", {"a": "x|{b}", "b": "y"})
    '(?:x|(?:y)){0,2}'
    """
    return _REFERENCE.sub(lambda match: f"(?:{expanded(fragments[match.group(1)], fragments)})", pattern)


@cache
def all_fragments() -> Mapping[str, str]:
    """Return the written fragments and those made from the tables."""
    series = tables.series()
    known = directory().by_slug.values()
    issuers = [name for one in known if one.issuer for name in (one.label, *one.names, *one.numbered)]
    short = [name for one in known if one.issuer for name in one.short]
    acronyms = [one.acronym for one in tables.conferences().all if one.acronym]
    return {
        **tables.fragments(),
        "month": f"(?i:{any_of(name for names in tables.months() for name in names)})",
        "series": f"(?i:{any_of(series)})",
        "issuer": any_of((*_cased([*issuers, *short]), *acronyms)),
        "short_issuer": any_of(_cased(short)),
        "conference": any_of(acronyms),
        "session_prefix": any_of((*tables.session_bodies(), *tables.session_spellings())),
        "named": any_of(tables.named_instruments()),
        "country": any_of(plain(name).text for name in tables.states()),
    }


def _cased(names: Iterable[str]) -> Iterable[str]:
    """Yield each name in plain letters, and in capitals as headings have it."""
    for name in names:
        yield plain(name).text
        yield plain(name).text.upper()


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of ``texts``, the longest first, any white space for a space."""
    ordered = sorted(set(texts), key=lambda text: (-len(text), text))
    return "|".join(re.escape(text).replace(r"\ ", r"\s") for text in ordered)


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
