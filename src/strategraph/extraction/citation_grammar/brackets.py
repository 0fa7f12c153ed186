"""The bracket behind a number, and dates beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from strategraph.extraction.citation_grammar import tables
from strategraph.extraction.citation_grammar.patterns import compiled
from strategraph.knowledge.resources import cache


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket taken apart.

    ``body`` is the body whose meeting it names; ``numeral`` a session in Roman numbers, which is part of
    the instrument's number.
    """

    body: str | None = None
    session: str | None = None
    revised: bool = False
    place: str | None = None
    year: int | None = None
    numeral: str | None = None

    @property
    def names_meeting(self) -> bool:
        """Whether the bracket names a meeting, known or not, or a revision."""
        return self.revised or self.session is not None or self.place is not None

    @property
    def only_year(self) -> bool:
        """Whether the bracket is a year and nothing else: "(2000)"."""
        return self.year is not None and not (self.revised or self.session or self.place)


def read_bracket(text: str, kind: str) -> Bracket:
    """Return what a bracket in plain text says of an instrument of this kind.

    >>> read_bracket("(Rev. Dubai, 2018)", "Resolution").body
    'itu-plenipotentiary-conference'
    >>> read_bracket("(2016, last amended 2017)", "Resolution")
    Bracket(body=None, session=None, revised=True, place=None, year=2017, numeral=None)
    """
    match = compiled(tables.bracket()).fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a bracket: {text!r}")
    revised = match["revised"] is not None or match["chinese_revised"] is not None
    if match["session"]:
        return _of_session(match["session"], revised)
    named, held = (
        match["place"] or match["chinese_place"],
        match["held"] or match["held_first"] or match["held_last"],
    )
    if named and held:
        place, year = tables.conferences().place(named), int(held)
        conference = tables.conferences().find(place, year, kind)
        return Bracket(conference.body if conference else None, None, revised, place, year)
    if match["roman"]:
        return Bracket(numeral=match["roman"])
    if match["council"]:
        return Bracket(
            revised=revised or match["council_amended"] is not None,
            year=2000 + int(match["council_amended"] or match["council"]),
        )
    if match["amended"]:
        return Bracket(revised=True, year=int(match["amended"]))
    return Bracket(revised=revised, year=int(match["year"]) if match["year"] else None)


def _of_session(session: str, revised: bool) -> Bracket:
    conference = tables.conferences().called(session)
    if conference is not None:
        return Bracket(conference.body, session, revised, conference.place, conference.year)
    printed, number = session.split("-", maxsplit=1)
    prefix = tables.session_spellings().get(printed, printed)
    return Bracket(tables.session_bodies()[prefix], f"{prefix}-{number}", revised)


_PARTS = re.compile(r"[^\W\d_]+|\d+")
_DAYS, _YEAR_DIGITS = 31, 4


@cache
def _months() -> Mapping[str, int]:
    return {name: number for number, names in enumerate(tables.months(), start=1) for name in names}


def read_date(text: str | None) -> str | None:
    """Return the first date in plain text as ``year-month-day``, or None.

    >>> read_date("of 9 December 1974"), read_date("December 9, 1974"), read_date("27.07.2006")
    ('1974-12-09', '1974-12-09', '2006-07-27')
    """
    month: int | None = None
    days: list[int] = []
    for part in _PARTS.findall(text or ""):
        named = _months().get(part.casefold())
        if named is not None:
            month = named
        elif part.isdecimal() and len(part) == _YEAR_DIGITS:
            if month is None and len(days) > 1:
                month = days.pop(1)
            return _written(int(part), month, days)
        elif part.isdecimal():
            days.append(int(part))
    return None


def _written(year: int, month: int | None, days: list[int]) -> str | None:
    if month is None or not days or not 1 <= days[0] <= _DAYS or not 1 <= month <= len(tables.months()):
        return None
    return f"{year:04}-{month:02}-{days[0]:02}"
