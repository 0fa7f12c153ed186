"""Numbers of acts: when bodies of the United Nations gave which, how those of the EU are to be read.

The tables are in ``data/citations/symbols.toml``.

EU acts: year and number from the old and the new numbering; ELI and CELEX computed from them.

Since 2015 every act is "(EU) year/number"; before, regulations were "No number/year" and directives
"year/number/EC". Decisions before 2015 had two series that share numbers, so that neither identifier is
certain for them. Which of two numbers is the year is never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.knowledge.resources import cache


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a body numbered how; see the head of ``symbols.toml``. Examples are (number, year)."""

    kind: str
    body: str
    number: re.Pattern[str]
    first: int
    sessions: int
    span: int
    milestones: tuple[tuple[int, int], ...]
    numerals: bool
    examples: tuple[tuple[str, int], ...]
    counter_examples: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Presumed:
    """Whose a number of this shape most likely is."""

    kind: str
    body: str
    number: re.Pattern[str]
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SymbolRule:
    """How the number of an instrument becomes its document's symbol; see the head of ``symbols.toml``."""

    kind: str
    body: str
    number: re.Pattern[str]
    symbol: str
    examples: tuple[Mapping[str, Any], ...]


@cache
def counts_of_bodies() -> tuple[Calendar, ...]:
    """Return how bodies number by session; see the head of ``symbols.toml``."""
    return tuple(
        Calendar(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            first=entry.get("first", 0),
            sessions=entry.get("sessions", 1),
            span=entry.get("span", 1),
            milestones=tuple(tuple(pair) for pair in entry.get("milestones", ())),
            numerals=entry.get("numerals", False),
            examples=tuple(tuple(pair) for pair in entry["examples"]),
            counter_examples=tuple(tuple(pair) for pair in entry["counter_examples"]),
        )
        for entry in tables.numbering()["calendar"]
    )


@cache
def presumed() -> tuple[Presumed, ...]:
    """Return whose numbers of a shape most likely are; see ``symbols.toml``."""
    return tuple(
        Presumed(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            confidence=entry["confidence"],
            examples=tuple(entry["examples"]),
            counter_examples=tuple(entry["counter_examples"]),
        )
        for entry in tables.numbering()["presumed"]
    )


@cache
def speaker() -> Mapping[str, Any]:
    """Return how a text says who speaks in it; see ``symbols.toml``."""
    content: dict[str, Any] = tables.numbering()["speaker"]
    return content


@cache
def symbols() -> tuple[SymbolRule, ...]:
    """Return how the symbol of a document of the United Nations is made of what was decided."""
    return tuple(
        SymbolRule(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            symbol=entry["symbol"],
            examples=tuple(dict(example) for example in entry["examples"]),
        )
        for entry in tables.numbering()["symbol"]
    )


_PLAUSIBLE = 60  # how far a number may lie from the line between two milestones
_A_YEAR = 50  # numbers a year after the last milestone
_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def dated_body(kind: str, number: str, year: int, *, in_brackets: bool = False) -> str | None:
    """Return the one body whose instrument of this number can be of ``year``, else None.

    A body that counts on through the years is meant only if the year stands ``in_brackets``, as part of the
    number: "1325 (2000)".

    >>> dated_body("Resolution", "70/1", 2015), dated_body("Resolution", "44/5", 2020)
    ('united-nations-general-assembly', 'united-nations-human-rights-council')
    >>> dated_body("Resolution", "1325", 2000, in_brackets=True)
    'united-nations-security-council'
    """
    calendars = (
        one for one in counts_of_bodies() if one.kind == kind and bool(one.milestones) == in_brackets
    )
    fitting = {one.body for one in calendars if fits(one, number, year)}
    return fitting.pop() if len(fitting) == 1 else None


def has_shape(body: str, kind: str, number: str) -> bool:
    """Whether ``body`` gives its instruments of this kind numbers like this one, in whatever year.

    >>> has_shape("united-nations-general-assembly", "Resolution", "70/1")
    True
    """
    return any(one.body == body and one.kind == kind and one.number.fullmatch(number) for one in symbols())


def fits(calendar: Calendar, number: str, year: int) -> bool:
    """Whether a body with this calendar can have given ``number`` in ``year``."""
    match = calendar.number.fullmatch(number)
    if match is None:
        return False
    if calendar.milestones:
        return abs(_expected(calendar.milestones, year) - int(match["serial"])) <= _PLAUSIBLE
    session = _of_numerals(match["session"]) if calendar.numerals else int(match["session"])
    began = calendar.first + (session - 1) // calendar.sessions
    return session > 0 and began <= year <= began + calendar.span


def _expected(milestones: tuple[tuple[int, int], ...], year: int) -> float:
    """Return about which number was reached in the middle of ``year``."""
    years = [of for _, of in milestones]
    middle = year - 0.5
    at = bisect_left(years, middle)
    if at == 0:
        return 0.0 if year >= years[0] else float("-inf")
    number, before = milestones[at - 1]
    if at == len(milestones):
        return number + (middle - before) * _A_YEAR
    following, after = milestones[at]
    return number + (middle - before) * (following - number) / (after - before)


def _of_numerals(text: str) -> int:
    """Return the value of a Roman number.

    >>> _of_numerals("XXIX")
    29
    """
    values = [_NUMERALS[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def symbol_of(kind: str, body: str | None, number: str | None, year: int | None) -> str | None:
    """Return the symbol of an instrument's document, where the table has the rule, else None.

    >>> symbol_of("Resolution", "united-nations-security-council", "1325", 2000)
    'S/RES/1325 (2000)'
    >>> symbol_of("Resolution", "itu-council", "1299", 2008) is None
    True
    """
    for rule in symbols():
        match = rule.number.fullmatch(number or "") if (rule.kind, rule.body) == (kind, body) else None
        if match is not None and ("{year}" not in rule.symbol or year is not None):
            return rule.symbol.format(year=year, **match.groupdict())
    return None


_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def only_year(text: str) -> int | None:
    """Return the year that a number or title names, if it names exactly one.

    >>> only_year("25 of 2020"), only_year("Communications Act of 1934"), only_year("70/1")
    (2020, 1934, None)
    """
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


_FIRST, _NEW_NUMBERING, _LAST = 1952, 2015, 2099
_CENTURY_CHANGE = 1999  # the last year that was printed with two digits was 1998

_IMPLEMENTING, _DELEGATED = "_impl", "_del"


@dataclass(frozen=True, slots=True)
class EuAct:
    """An EU act: its kind, canonical title ("Regulation 2016/679") and IRIs."""

    kind: str
    title: str
    identifiers: tuple[str, ...]


def read_act(
    type_word: str, first: str, second: str, *, numbered: bool, rank: str | None, certain: bool
) -> EuAct | None:
    """Return the act that a citation's parts name, or None where year and number cannot be told apart.

    ``numbered`` says that "No" stood before the number (so the year comes second), ``rank`` the word for
    an implementing or delegated act, ``certain`` that the European Union was named.

    >>> read_act("Regulation", "910", "2014", numbered=True, rank=None, certain=True).title
    'Regulation 2014/910'
    >>> read_act("regulation", "1954", "2003", numbered=False, rank=None, certain=True).title
    'Regulation 2003/1954'
    """
    act = tables.european_union()["types"][type_word[:3].casefold()]
    name, kind, eli_type, descriptor = act["name"], act["kind"], act["eli"], act["celex"]
    leading = None if numbered else _year(first, two_digits=kind == "Legislation" and eli_type == "dir")
    trailing = _year(second, two_digits=numbered or (leading is None and eli_type == "reg"))
    if leading is not None and trailing is not None and leading < _NEW_NUMBERING:
        if eli_type != "reg":
            return None
        leading = None  # regulations had the year behind until then
    year, number = (leading, int(second)) if leading is not None else (trailing, int(first))
    if year is None or number == 0:
        return None
    if not certain and not (kind == "Legislation" and type_word[0].isupper() and year >= _NEW_NUMBERING):
        return None
    if kind == "Decision" and year < _NEW_NUMBERING:
        return EuAct(kind, f"{name} {year}/{number}" if leading else f"{name} No {number}/{year}", ())
    if rank is not None:
        implementing = rank.casefold() in tables.european_union()["ranks"]["implementing"]
        eli_type += _IMPLEMENTING if implementing else _DELEGATED
    return EuAct(
        kind,
        f"{name} {year}/{number}",
        (
            f"http://data.europa.eu/eli/{eli_type}/{year}/{number}/oj",
            f"http://publications.europa.eu/resource/celex/3{year}{descriptor}{number:04}",
        ),
    )


def _year(digits: str, *, two_digits: bool = True) -> int | None:
    """Return the year that ``digits`` can be, or None."""
    if len(digits) == 4 and _FIRST <= int(digits) <= _LAST:
        return int(digits)
    if two_digits and len(digits) == 2 and _FIRST <= 1900 + int(digits) < _CENTURY_CHANGE:
        return 1900 + int(digits)
    return None
