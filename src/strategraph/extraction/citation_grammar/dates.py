"""Dates beside citations: "of 9 December 1974", "le 1er mars 2020", "от 27.07.2006"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from strategraph.extraction.citation_grammar import tables

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
        elif part.isdigit() and len(part) == _YEAR_DIGITS:
            if month is None and len(days) > 1:
                month = days.pop(1)
            return _written(int(part), month, days)
        elif part.isdigit():
            days.append(int(part))
    return None


def _written(year: int, month: int | None, days: list[int]) -> str | None:
    if month is None or not days or not 1 <= days[0] <= _DAYS or not 1 <= month <= len(tables.months()):
        return None
    return f"{year:04}-{month:02}-{days[0]:02}"
