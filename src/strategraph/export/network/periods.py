"""When things are there: the years of the plans that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rdflib.term import Node


class Period(NamedTuple):
    """The years from a start to an end, both included; None is a year that is not known."""

    start: int | None
    end: int | None


def year(term: Node | None) -> int | None:
    """Return the year that a literal of ``xsd:gYear`` says, if it says one.

    >>> from rdflib import Literal
    >>> year(Literal("2024"))
    2024
    """
    found = re.match(r"-?\d{4,}", str(term or ""))
    return int(found.group()) if found else None


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return the periods in order, those that overlap or touch made into one.

    >>> merged([Period(2024, 2027), Period(2020, 2023), Period(2030, None)])
    [Period(start=2020, end=2027), Period(start=2030, end=None)]
    """
    joined: list[Period] = []
    for period in sorted(periods, key=lambda period: (_first(period), _last(period))):
        if joined and _first(period) <= _last(joined[-1]) + 1:
            last = max(joined[-1], period, key=_last)
            joined[-1] = Period(joined[-1].start, last.end)
        else:
            joined.append(period)
    return joined


def _first(period: Period) -> float:
    return float("-inf") if period.start is None else period.start


def _last(period: Period) -> float:
    return float("inf") if period.end is None else period.end
