"""Whose a number of the United Nations is, by when it was given, and the symbol of its document.

The tables are in ``data/citations/symbols.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from strategraph.extraction.citation_grammar import numbering
from strategraph.extraction.citation_grammar.numbering import Calendar

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
        one for one in numbering.calendars() if one.kind == kind and bool(one.milestones) == in_brackets
    )
    fitting = {one.body for one in calendars if fits(one, number, year)}
    return fitting.pop() if len(fitting) == 1 else None


def has_shape(body: str, kind: str, number: str) -> bool:
    """Whether ``body`` gives its instruments of this kind numbers like this one, in whatever year.

    >>> has_shape("united-nations-general-assembly", "Resolution", "70/1")
    True
    """
    return any(
        one.body == body and one.kind == kind and one.number.fullmatch(number) for one in numbering.symbols()
    )


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
    for rule in numbering.symbols():
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
