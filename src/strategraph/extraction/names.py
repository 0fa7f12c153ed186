"""Events and organisations that a text names, where the name alone makes them certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from ahocorasick_rs import AhoCorasick, MatchKind

from strategraph.knowledge import resources
from strategraph.knowledge.growing_pattern import GrowingPattern
from strategraph.knowledge.languages import alternation
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Words, read_table
from strategraph.model import NameMention, Passage, Support

_BETWEEN = re.compile(r"[\s-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALONE = re.compile(r"(?P<acronym>[A-Z]{2,8})[\s-](?P<year>(?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An entry of ``data/events.toml``."""

    acronym: str
    name: str
    examples: Words
    counter_examples: Words
    dash: bool = False
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = (
            rf"(?<![\w-]){re.escape(self.acronym)}"
            rf"{'-' if self.dash else '[ -]'}(?P<year>(?:19|20)\d\d|(?<=-)\d\d)(?![\w-])"
        )
        object.__setattr__(self, "pattern", re.compile(pattern))


@dataclass(frozen=True, slots=True)
class _Events:
    known: Annotated[tuple[KnownEvent, ...], At("event")]
    no_events: frozenset[str]


def known_events() -> tuple[KnownEvent, ...]:
    """Return the table of events, in its order."""
    return _events().known


@cache
def _events() -> _Events:
    return read_table(_Events, resources.path("data", "events.toml"))


def find_events(passages: Sequence[Passage]) -> tuple[NameMention, ...]:
    """Return the events that passages name, in reading order; ``other`` is the full name where known."""
    found: list[NameMention] = []
    for passage in passages:
        here: list[NameMention] = []
        for event in known_events():
            for match in event.pattern.finditer(passage.text):
                support = Support(passage.span(*match.span()), "event:table", 0.95)
                year = match["year"] if len(match["year"]) == 4 else _century(match["year"])
                here.append(NameMention(match.group(), support, f"{event.name} {year}"))
        alone = _ALONE.fullmatch(passage.text)
        if not here and alone is not None and alone["acronym"] not in _events().no_events:
            here.append(NameMention(alone.group(), Support(passage.span(), "event:acronym-and-year", 0.7)))
        found.extend(sorted(here, key=lambda mention: mention.support.span))
    return tuple(found)


def find_organizations(passages: Sequence[Passage]) -> tuple[NameMention, ...]:
    """Return the organisations of the directory that passages name; ``other`` is their slug."""
    names = _names_in(passages)
    if not names:
        return ()
    pattern = _organization_pattern().holding(names)
    return tuple(
        NameMention(
            match.group(), Support(passage.span(*match.span()), "organization:table", 0.95), known.slug
        )
        for passage in passages
        for match in pattern.finditer(passage.text)
        if (known := directory().find(match.group())) is not None
    )


def _names_in(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the organisations' names that stand in passages, in or between words."""
    automaton, names = _finder()
    found = {
        one[0]
        for passage in passages
        for one in automaton.find_matches_as_indexes(_alike(passage.text), overlapping=True)
    }
    return frozenset(names[number] for number in found)


@cache
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(_organization_names()))
    return AhoCorasick([_alike(name) for name in names], matchkind=MatchKind.Standard), names


def _alike(text: str) -> str:
    """Return a text in which what :func:`alternation` takes as alike is the same."""
    return _BETWEEN.sub(" ", text).replace("’", "'")


@cache
def _organization_names() -> frozenset[str]:
    return frozenset(
        name
        for known in directory().by_slug.values()
        for name in (known.label, *known.names)
        if directory().find(name) is not None
    )


@cache
def _organization_pattern() -> GrowingPattern:
    return GrowingPattern(_pattern_of, _organization_names)


def _pattern_of(names: frozenset[str]) -> re.Pattern[str]:
    unspaced = {name for name in names if _HAN.match(name)}  # no space parts such a name from its neighbours
    return re.compile(rf"(?<![\w-])(?:{alternation(names - unspaced)})(?!\w)|{alternation(unspaced)}")


def _century(two_digits: str) -> str:
    return ("19" if int(two_digits) > 60 else "20") + two_digits
