"""Measures proposed or decided, held against their words: numbers, years and the unit stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from strategraph.curation.entries import MeasureEntry
from strategraph.curation.quotations import UnplacedError, shown, years_in
from strategraph.extraction.deadlines import deadlines
from strategraph.extraction.measures import measures
from strategraph.extraction.quantities import plain_decimal, printed_numbers, quantities
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.measure_words import MeasureWords, is_unit_said, measure_words
from strategraph.model import MeasureMention, Span, Support

_COUNT = "1"
_CURRENCY = re.compile(r"[A-Z]{3}")
_YEAR = re.compile(r"[0-9]{4}")
_UNPLACED = -1  # the section of a measure whose section is not known yet


@dataclass(frozen=True, slots=True)
class PlacedMeasure:
    """A measure whose section is the one that has the words at ``home``."""

    home: Span
    mention: MeasureMention


def borne_out(entry: MeasureEntry, words: str, support: Support, language: str) -> MeasureMention:
    """Return the measure that the words of an entry set, in no section yet.

    Raises :class:`UnplacedError` for a number, unit or year that the words do not say.
    """
    table = measure_words(language) or measure_words(FALLBACK)
    assert table is not None
    assert entry.value is not None  # what the file's reader has made sure of
    numbers = set(_numbers(words, table))
    for what, number in (("value", entry.value), ("baseline", entry.baseline)):
        if number is not None and number not in numbers:
            raise UnplacedError(f"“{shown(words)}” does not say the {what} {number:f}")
    read = next((one for one in measures(words, table) if one.value == entry.value), None)
    unit = entry.unit or (read.unit if read else _COUNT)
    if not is_unit_said(unit, words):
        raise UnplacedError(f"“{shown(words)}” does not say the unit {shown(unit)!r}")
    if entry.budget and not _CURRENCY.fullmatch(unit):
        raise UnplacedError(f"“{shown(words)}” is no budget: {shown(unit)!r} is no currency")
    if entry.baseline_year is not None and str(entry.baseline_year) not in years_in(words):
        raise UnplacedError(f"“{shown(words)}” does not say the year {entry.baseline_year}")
    dues = {*years_in(words), *(one.value for one in deadlines(words, table))}
    if entry.due is not None and entry.due not in dues:
        raise UnplacedError(f"“{shown(words)}” does not say that it is due {shown(entry.due)}")
    return MeasureMention(
        _UNPLACED,
        plain_decimal(entry.value),
        unit,
        entry.comparator or (read.comparator if read else "equal"),
        support,
        None if entry.baseline is None else plain_decimal(entry.baseline),
        entry.baseline_year,
        entry.due,
        entry.budget,
    )


def _numbers(words: str, table: MeasureWords) -> Iterator[Decimal]:
    yield from printed_numbers(words, table)
    yield from (one.value for one in quantities(words, table))
    for one in measures(words, table):
        yield one.value
