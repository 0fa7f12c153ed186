"""Measures: the quantities that a text sets, how each is meant, and from which baseline it starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from strategraph.extraction.quantities import Quantity, latin_digits, quantities
from strategraph.knowledge.measure_words import MeasureWords, either, whole

_SYMBOLS = {"<": "less-than", ">": "more-than", "≤": "at-most", "≥": "at-least", "~": "about", "≈": "about"}
_PERIODS = frozenset({"a", "mo", "wk", "d", "h", "min"})
_NEAR = 48  # characters before a number in which its direction stands
_FAR = 160  # those in which it does where a word of change leads to the number: "increase … by 7%"
_CLAUSE_ENDS = ".;:!?。；"
_BETWEEN = 5  # characters between the numbers of a range
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = "a"


@dataclass(frozen=True, slots=True)
class Set:
    """A quantity that a text sets, by positions in it."""

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: str
    baseline: Decimal | None = None
    baseline_year: int | None = None


def measures(text: str, words: MeasureWords) -> tuple[Set, ...]:
    """Return the measures of a text, in its order.

    >>> from strategraph.knowledge.measure_words import measure_words
    >>> [(m.value, m.unit, m.comparator, m.baseline) for m in
    ...  measures("Increase access from 40% to at least 65%", measure_words("en"))]
    [(Decimal('65'), '%', 'at-least', Decimal('40'))]
    """
    plain = latin_digits(text)
    found: list[Set] = []
    baseline: tuple[Quantity, int | None] | None = None
    passed = -_BETWEEN - 1  # where the last number of a mere period ends
    twice = re.compile(rf"(?:{either(words.numbers)})\s*\(\s*$", re.IGNORECASE)
    ranged = _ranged(plain, words, quantities(plain, words))
    for quantity, after in zip_longest(ranged, ranged[1:]):
        assert quantity is not None
        near = plain[max(0, quantity.start - _NEAR) : quantity.start]
        before = twice.sub("", near)  # "three (3)"
        in_range = 0 <= quantity.start - passed <= _BETWEEN
        # "16 to 25 years" is an age or how long something takes
        in_range |= (
            quantity.unit == _YEARS
            and after is not None
            and after.unit == _YEARS
            and (after.start - quantity.end <= _BETWEEN)
        )
        if quantity.unit in _PERIODS and (in_range or _is_mere_period(plain, before, quantity, words)):
            passed = quantity.end  # "in the next 9 to 15 months" says over which time
            continue
        if _ends(before, words.baseline):
            year = _YEAR.search(plain, quantity.end, quantity.end + 12)
            when = int(year.group()) if year else None
            if found and found[-1].unit == quantity.unit and found[-1].baseline is None:
                end = year.end() if year else quantity.end
                found[-1] = replace(found[-1], end=end, baseline=quantity.value, baseline_year=when)
            else:
                baseline = (quantity, when)
            continue
        comparator, lead, tail = _comparator(plain, before, quantity, words)
        if _ends(before[: len(before) - lead], words.states) or (
            comparator == "more-than" and quantity.value == 1 and quantity.unit == "1"
        ):
            baseline = None
            continue  # "already has over 200 schools" tells what is, "more than one service" nothing
        start = quantity.start - lead - (len(near) - len(before) if lead else 0)
        one = Set(start, quantity.end + tail, quantity.value, quantity.unit, comparator)
        if baseline is not None and baseline[0].unit == one.unit:
            first, when = baseline
            one = replace(one, start=min(start, first.start), baseline=first.value, baseline_year=when)
        baseline = None
        found.append(one)
    return tuple(found)


def _is_mere_period(text: str, before: str, quantity: Quantity, words: MeasureWords) -> bool:
    """Whether a period says over which time or how old: "the next 9 months", "5-year", "20 years ago"."""
    if _ends(before, words.no_period_after):
        return True
    if quantity.value != 1 and re.search(
        rf"(?:{whole(words.attributive)})$", text[quantity.number : quantity.end], re.IGNORECASE
    ):
        return True
    return bool(
        words.no_period_before
        and re.compile(
            rf"(?:\s*[-–—]\s*\d+\s*\w+)?\s*(?:{whole(words.no_period_before)})", re.IGNORECASE
        ).match(text, quantity.end)
    )


def _ranged(text: str, words: MeasureWords, found: Sequence[Quantity]) -> Sequence[Quantity]:
    """Return the quantities with the first number of each range, which has the unit of the second."""
    ranged: list[Quantity] = []
    between = re.compile(rf"(?<![\w.,/])(\d+(?:[.,]\d+)?)(?:\s*[-–—]\s*|\s*(?:{whole(words.range)})\s*)$")
    for quantity in found:
        first = between.search(text, max(0, quantity.number - 16), quantity.number)
        known = any(other.start <= first.start(1) < other.end for other in ranged) if first else True
        if first and not known and not _YEAR.fullmatch(first[1]):
            value = Decimal(first[1].replace(",", "."))
            ranged.append(Quantity(first.start(1), first.start(1), first.end(1), value, quantity.unit))
        ranged.append(quantity)
    return ranged


def _comparator(text: str, before: str, quantity: Quantity, words: MeasureWords) -> tuple[str, int, int]:
    """Return how a quantity is meant, and how many characters before and after it say so."""
    sign = before.rstrip()
    if sign and sign[-1] in _SYMBOLS:
        return _SYMBOLS[sign[-1]], len(before) - len(sign) + 1, 0
    after = text[quantity.end : quantity.end + 24]
    change = _ends(before, words.change)
    changed = change is not None
    direction, place = _direction(before, words)
    if changed and not direction:
        far = text[max(0, quantity.start - _FAR) : quantity.start]
        direction, place = _direction(far, words)
        place += len(before) - len(far)
        if re.search(r"\d", text[quantity.start - len(before) + place : quantity.start]):
            direction = None  # it is of another number
    if change and not direction and (behind := _direction_after(after, words)):
        return behind[0], len(before) - change.start(), behind[1]
    for name, listed in words.comparators.items():
        if found := _ends(before, listed):
            if changed and direction:
                return direction, len(before) - place, 0
            reached = _ends(before, words.reach) if direction else None
            if reached and reached.start() == found.start():
                break  # "reduce to 62", where one word is "to" and "up to"
            return name, len(before) - found.start(), 0
    if quantity.open_end:
        return "at-least", 0, 0
    for name, listed in (*words.after.items(), *words.directions.items()):
        if match := re.match(rf"\s*(?:{whole(listed)})", after, re.IGNORECASE):
            return name, 0, match.end()
    if direction and not _ends(before, words.reach) and (changed or not words.change or quantity.unit == "%"):
        return direction, len(before) - place, 0
    return "equal", 0, 0


def _direction(before: str, words: MeasureWords) -> tuple[str | None, int]:
    """Return the direction that the clause before a number says last, and where."""
    clause = max(before.rfind(mark) for mark in _CLAUSE_ENDS) + 1
    places = {
        name: max(
            (match.start() for match in re.finditer(whole(listed), before[clause:], re.IGNORECASE)),
            default=-1,
        )
        for name, listed in words.directions.items()
    }
    name, place = max(places.items(), key=lambda item: item[1])
    return (name, clause + place) if place >= 0 else (None, 0)


def _direction_after(after: str, words: MeasureWords) -> tuple[str, int] | None:
    """Return the direction that the clause behind a number says, and its end, as where verbs come last."""
    clause = re.split(rf"[{_CLAUSE_ENDS},]", after, maxsplit=1)[0]
    said = [
        (name, match.end())
        for name, listed in words.directions.items()
        for match in re.finditer(whole(listed), clause, re.IGNORECASE)
    ]
    return said[0] if len(said) == 1 else None


def _ends(before: str, listed: Sequence[str]) -> re.Match[str] | None:
    """Return where the text before a number ends in one of the words, brackets aside."""
    return re.search(rf"(?:{whole(listed)})[\s(:]*$", before, re.IGNORECASE) if listed else None
