"""Names in a text: events and organisations certain by name, and acronyms that the text defines.

Which words belong to the acronym is found as Schwartz and Hearst do (A simple algorithm for identifying
abbreviation definitions in biomedical text, 2003): its letters, from the last to the first, each in the
words before it, the first at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from ahocorasick_rs import AhoCorasick, MatchKind

from strategraph.knowledge import resources
from strategraph.knowledge.gazetteer import GrowingPattern, is_abbreviation
from strategraph.knowledge.languages import alternation
from strategraph.knowledge.organizations import directory
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Words, read_table
from strategraph.model import NameMention, Passage, Support

_SHORT = r"[A-Z0-9][\w&/+-]{1,9}"
_AFTER = re.compile(rf"\(\s*[\"“‘']?({_SHORT})[\"”’']?\s*\)")  # long form (SHORT)
_BEFORE = re.compile(rf"\b({_SHORT})\s+\(([^()]{{6,120}})\)")  # SHORT (long form)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BREAK = re.compile(r"[.;:!?()\[\]](?=\s|$)|[()\[\]]")
_BETWEEN = re.compile(r"[\s-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALONE = re.compile(r"(?P<acronym>[A-Z]{2,8})[\s-](?P<year>(?:19|20)\d\d)")


def find_acronyms(passages: Sequence[Passage]) -> tuple[NameMention, ...]:
    """Return the acronyms that passages define, in the order of their words.

    ``name`` is the acronym, ``other`` its long form, both as printed; the support covers both, with the
    brackets.
    """
    return tuple(mention for passage in passages if "(" in passage.text for mention in _mentions(passage))


def _mentions(passage: Passage) -> Iterator[NameMention]:
    found = [*_bracketed(passage.text), *_explained(passage.text)]
    for start, end, short, long in sorted(found):
        yield NameMention(short, Support(passage.span(start, end), "acronym", 0.95), long)


def _bracketed(text: str) -> Iterator[tuple[int, int, str, str]]:
    since = 0  # no long form reaches back over the brackets before it
    for match in _AFTER.finditer(text):
        short, behind, since = match.group(1), since, match.end()
        if not is_abbreviation(short):
            continue
        end = behind + len(text[behind : match.start()].rstrip())
        begin = max((stop.end() for stop in _BREAK.finditer(text, behind, end)), default=behind)
        start = long_form(text[begin:end], short)
        if start is not None:
            yield begin + start, match.end(), short, text[begin + start : end]


def _explained(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _BEFORE.finditer(text):
        short, long = match.groups()
        if is_abbreviation(short) and long_form(long, short) == 0:
            yield match.start(), match.end(), short, long.rstrip()


def long_form(text: str, short: str) -> int | None:
    """Return where the words that end ``text`` and that ``short`` stands for begin, or None.

    >>> text = "telecommunication/information and communication technologies"
    >>> text[long_form(text, "ICTs"):]
    'information and communication technologies'
    """
    letters = [letter.lower() for letter in _singular(short) if letter.isalnum()]
    words = list(_WORD.finditer(text))
    limit = min(len(letters) + 5, 2 * len(letters))
    floor = words[-limit].start() if len(words) > limit else 0
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    position = len(text)
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= floor and not (
            lowered[position] == letters[index] and (index or _begins_word(text, position))
        ):
            position -= 1
        if position < floor:
            return None
    long = text[position:].strip()
    if len(_WORD.findall(long)) < 2 or short in long or len(long) <= len(short):
        return None
    return position


def _singular(short: str) -> str:
    """Return an acronym without its plural ending: "LDC" of "LDCs"."""
    return short[:-1] if short.endswith("s") and short[:-1] != "" and short[-2].isupper() else short


def _begins_word(text: str, position: int) -> bool:
    return position == 0 or not text[position - 1].isalnum()


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
