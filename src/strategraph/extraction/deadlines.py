"""Deadlines: the date or year by which something is to be done or reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from strategraph.extraction.quantities import latin_digits
from strategraph.knowledge.measure_words import MeasureWords, either, whole

_BEFORE = 40  # characters before a deadline in which words may compare


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """When something is due, by positions in the text: a date ("2025-06-30") or a year ("2025")."""

    start: int
    end: int
    value: str

    @property
    def year(self) -> int:
        """Return the year."""
        return int(self.value[:4])


def deadlines(text: str, words: MeasureWords) -> tuple[FoundDeadline, ...]:
    """Return the deadlines that a text gives, in its order.

    >>> from strategraph.knowledge.measure_words import measure_words
    >>> en = measure_words("en")
    >>> [d.value for d in deadlines("By 6/30/2025, then by the end of 2027; in 2019 it was 3.", en)]
    ['2025-06-30', '2027']
    """
    found: dict[int, FoundDeadline] = {}
    for one in _found(latin_digits(text), words):
        if not any(other.start < one.end and one.start < other.end for other in found.values()):
            found[one.start] = one
    return tuple(found[start] for start in sorted(found))


@dataclass(frozen=True, slots=True)
class _DeadlinePatterns:
    led: re.Pattern[str]
    alone: re.Pattern[str]
    fiscal: re.Pattern[str]
    last: re.Pattern[str]
    compared: re.Pattern[str]  # "compared to 2019"


@cache
def _patterns(words: MeasureWords) -> _DeadlinePatterns:
    months = "|".join(
        rf"(?P<m{number}>{either(names.split('|'))})" for number, names in enumerate(words.months, 1)
    )
    month = rf"(?:{months})\.?" if months else r"(?!)"
    plain = re.sub(r"\?P<m\d+>", "?:", month)
    year = r"(?<![\d/.])(?P<year>(?:19|20)\d\d)(?![\d%])(?!\s*[-–/]\s*(?:19|20)\d\d)"
    span = r"(?<![\d/.])(?:19|20)\d\d\s*[-–/]\s*(?P<last>(?:20)?\d\d)(?!\d)"
    numeric = r"(?P<n1>\d{1,2})[/.](?P<n2>\d{1,2})[/.](?P<ny>20\d\d)"
    iso = r"(?P<iso>20\d\d-\d\d-\d\d)"
    of, ordinal = rf"(?:(?:{either(words.of)})\s+)?", rf"(?:{either(words.ordinal)})?"
    named = (
        rf"(?:(?P<day>\d{{1,2}}){ordinal}\s*{of})?{month}\s*(?:(?P<day2>\d{{1,2}}){ordinal},?\s+)?"
        rf"{of}(?P<my>20\d\d)"
    )
    date_ = rf"(?:{iso}|{numeric}|{named}|{span}|{year})"
    tail = rf"(?:\s*(?:{either(words.year_after)}))?" if words.year_after else ""
    flags = re.IGNORECASE
    plain_named = rf"(?:\d{{1,2}}{ordinal}\s*)?{plain}\s*(?:\d{{1,2}}{ordinal},?\s+)?{of}20\d\d"
    fiscal = either(words.fiscal)
    return _DeadlinePatterns(
        re.compile(rf"(?:{whole(words.due)})\s*(?:{fiscal})?\s*{date_}{tail}", flags),
        # a month with its year, or a day: in brackets, at the start, before a dash
        re.compile(
            rf"(?:^\W*|\(\s*)(?={plain_named}|\d{{1,2}}[/.]\d{{1,2}}[/.]20\d\d){date_}(?=\s*(?:[)–—:,-]|$))",
            flags,
        )
        if words.months
        else re.compile(r"(?!)"),
        re.compile(
            rf"(?<!\w)(?:{fiscal})\s*(?P<first>(?:20)?\d\d)(?:\s*[-–/]\s*(?P<fy>(?:20)?\d\d))?(?!\d)"
            rf"|(?<!\d)20\d\d/(?P<fy2>\d\d)(?!\d)(?=\s*(?:{fiscal}))",
            flags,
        ),
        re.compile(rf"(?:{whole(words.due_at_end)})\s*{date_}{tail}\W*$", flags),
        re.compile(rf"(?:{whole(words.baseline)})\s*$", flags),
    )


def _found(text: str, words: MeasureWords) -> Iterator[FoundDeadline]:
    patterns = _patterns(words)
    for pattern in (patterns.led, patterns.alone):
        for match in pattern.finditer(text):
            compared = patterns.compared.search(text, max(0, match.start() - _BEFORE), _digits(match))
            if (value := _value(match)) and not (compared and compared.start() < match.start()):
                yield FoundDeadline(match.start() + _lead(match), match.end(), value)
    for match in patterns.fiscal.finditer(text):
        year = match["fy2"] or match["fy"] or match["first"]
        yield FoundDeadline(match.start(), match.end(), year if len(year) == 4 else f"20{year}")
    last = patterns.last.search(text)
    if last is not None and (value := _value(last)):
        yield FoundDeadline(last.start(), last.end(), value)


def _lead(match: re.Match[str]) -> int:
    text = match.group()
    return len(text) - len(text.lstrip(" (\n\t•-*"))


def _digits(match: re.Match[str]) -> int:
    """Return where the first digit of a match stands."""
    return match.start() + next(place for place, sign in enumerate(match.group()) if sign.isdigit())


def _value(match: re.Match[str]) -> str | None:
    """Return the date or year that a match says, None for a date that no calendar has."""
    groups = match.groupdict()
    if groups["iso"]:
        return _date(*map(int, groups["iso"].split("-")))
    if groups["ny"]:
        first, second, year = int(groups["n1"]), int(groups["n2"]), int(groups["ny"])
        if first > 12:
            return _date(year, second, first)
        # 6/30/2025 can only be month and day; where both could be, only the year is certain
        return _date(year, first, second) if second > 12 else str(year)
    if groups["my"]:
        month = next((number for number in range(1, 13) if groups.get(f"m{number}")), 0)
        day = groups["day"] or groups["day2"]
        return _date(int(groups["my"]), month, int(day)) if day and month else groups["my"]
    if groups["last"]:
        return groups["last"] if len(groups["last"]) == 4 else f"20{groups['last']}"
    return groups["year"]


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
