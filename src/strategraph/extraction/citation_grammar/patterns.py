"""Patterns put together from fragments: ``{name}`` in a pattern stands for the fragment of that name."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.plain import plain
from strategraph.extraction.citation_grammar.tables import FormEntry
from strategraph.knowledge.gazetteer import GrowingPattern
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache

_REFERENCE = re.compile(r"\{([a-z_]+)\}")  # {0,60} is a repetition, {number_word} a fragment
_NAMES = ("issuer", "named")  # fragments that are long lists of names


@dataclass(frozen=True, slots=True)
class Form:
    """A form; its patterns are compiled when a text first has one of its triggers.

    Where a pattern has a list of names, it is asked for with those that stand in the text (``Triggered``).
    """

    entry: FormEntry

    def pattern(self, names: frozenset[str]) -> re.Pattern[str]:
        """Return the pattern of a whole citation, for a text with these names."""
        lists = _lists_in(self.entry.pattern)
        if not lists:
            return compiled(self.entry.pattern)
        return _growing(self.entry.pattern).holding(names & _names_of(lists))

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

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match in a text from ``start`` on."""
        return self.pattern.search(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match at ``start`` of a text."""
        return self.pattern.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in a text."""
        return self.pattern.finditer(text)

    def sub(self, replacement: str, text: str) -> str:
        """Return a text with its matches replaced."""
        return self.pattern.sub(replacement, text)


_NOTHING = "(?!)"
_SPACE = re.compile(r"\s+")


@cache
def _growing(pattern: str) -> GrowingPattern:
    lists = _lists_in(pattern)

    def make(names: frozenset[str]) -> re.Pattern[str]:
        listed = _listed()
        parts = {
            one: any_of(spelt for name in names for spelt in listed[one].get(name, ())) or _NOTHING
            for one in lists
        }
        return compiled_with(pattern, **parts)

    return GrowingPattern(make, lambda: _names_of(lists))


@cache
def _names_of(lists: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for one in lists for name in _listed()[one])


@cache
def _lists_in(pattern: str) -> tuple[str, ...]:
    """Return the lists of names that a pattern has, by way of other fragments too."""
    found: set[str] = set()
    for name in _REFERENCE.findall(pattern):
        found.update((name,) if name in _NAMES else _lists_in(all_fragments()[name]))
    return tuple(sorted(found))


def compiled_with(pattern: str, **fragments: str) -> re.Pattern[str]:
    """Return ``pattern`` compiled as :func:`compiled` does, with further fragments."""
    return re.compile(expanded(pattern, ChainMap(fragments, all_fragments())), re.VERBOSE)


def expanded(pattern: str, fragments: Mapping[str, str]) -> str:
    """Return ``pattern`` with every reference replaced, those in fragments too, each in a group.

    >>> expanded("{a}{0,2}", {"a": "x|{b}", "b": "y"})
    '(?:x|(?:y)){0,2}'
    """
    return _REFERENCE.sub(lambda match: f"(?:{expanded(fragments[match.group(1)], fragments)})", pattern)


@cache
def all_fragments() -> dict[str, str]:
    """Return the written fragments and those made from the tables."""
    known = directory().by_slug.values()
    short = [name for one in known if one.issuer for name in one.short]
    acronyms = [one.acronym for one in tables.conferences().all if one.acronym]
    return {
        **tables.fragments(),
        "month": f"(?i:{any_of(name for names in tables.months() for name in names)})",
        "series": f"(?i:{any_of(tables.series())})",
        "issuer": any_of(_issuers()),
        "short_issuer": any_of(_cased(short)),
        "conference": any_of(acronyms),
        "session_prefix": any_of((*tables.session_bodies(), *tables.session_spellings())),
        "named": any_of(tables.named_instruments()),
        "country": any_of(plain(name).text for name in tables.states()),
    }


@cache
def _issuers() -> tuple[str, ...]:
    known = directory().by_slug.values()
    names = [
        name for one in known if one.issuer for name in (one.label, *one.names, *one.numbered, *one.short)
    ]
    acronyms = [one.acronym for one in tables.conferences().all if one.acronym]
    return (*_cased(names), *acronyms)


@cache
def _listed() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return, for each list of names, how each is spelt, by the name in small letters."""
    lists = {"issuer": _issuers(), "named": tuple(tables.named_instruments())}
    found: dict[str, dict[str, tuple[str, ...]]] = {one: {} for one in lists}
    for one, names in lists.items():
        for name in names:
            key = _folded(name)
            found[one][key] = (*found[one].get(key, ()), name)
    return found


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


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
class Triggered:
    """The forms of which a text has a trigger, in the order of the table, and the names that it has.

    Names are those of issuers and instruments that the tables know, in small letters.
    """

    forms: tuple[Form, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Triggers:
    """All words that trigger, and for each the forms whose first or second condition it meets.

    ``free`` are the forms that nothing must trigger.
    """

    automaton: AhoCorasick
    words: tuple[str, ...]
    forms_of: tuple[tuple[tuple[int, int], ...], ...]
    conditions: Mapping[int, int]
    free: frozenset[int]


def triggered(text: str) -> Triggered:
    """Return the forms of which a plain text has a trigger, and the names that stand in it.

    >>> "act-of-year" in [form.entry.name for form in triggered("The Communications Act of 1934").forms]
    True
    >>> sorted(triggered("the Paris Agreement").names)
    ['paris agreement']
    """
    known = _triggers()
    met: dict[int, int] = {}
    folded = f" {_folded(text)} "  # a trigger may begin or end with a space
    found = {one[0] for one in known.automaton.find_matches_as_indexes(folded, overlapping=True)}
    for word in found:
        for form, condition in known.forms_of[word]:
            met[form] = met.get(form, 0) | condition
    chosen = known.free | {form for form, conditions in met.items() if conditions == known.conditions[form]}
    every, listed = forms(), _listed()
    names = (known.words[word] for word in found)
    return Triggered(
        tuple(every[form] for form in sorted(chosen)),
        frozenset(name for name in names if any(name in of_list for of_list in listed.values())),
    )


@cache
def _triggers() -> _Triggers:
    words: dict[str, list[tuple[int, int]]] = {name: [] for names in _listed().values() for name in names}
    conditions: dict[int, int] = {}
    names = tuple(_listed()[_NAMED])
    for number, form in enumerate(forms()):
        also = names if form.entry.reader == _NAMED else form.entry.also
        for condition, needed in ((1, form.entry.triggers), (2, also)):
            if needed:
                conditions[number] = conditions.get(number, 0) | condition
            for word in needed:
                words.setdefault(_SPACE.sub(" ", word), []).append((number, condition))
    return _Triggers(
        AhoCorasick(list(words), matchkind=MatchKind.Standard),
        tuple(words),
        tuple(map(tuple, words.values())),
        conditions,
        frozenset(range(len(forms()))) - conditions.keys(),
    )
