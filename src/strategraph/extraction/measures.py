"""Measures: the quantities that a text sets, how each is meant, by when and by whom it is to be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from strategraph.extraction.quantities import Quantity, latin_digits, quantities
from strategraph.knowledge.measure_words import MeasureWords, either, whole
from strategraph.model import Block, Document, Passage

_SYMBOLS = {"<": "less-than", ">": "more-than", "≤": "at-most", "≥": "at-least", "~": "about", "≈": "about"}
_PERIODS = frozenset({"a", "mo", "wk", "d", "h", "min"})
_NEAR = 48  # characters before a number in which its direction stands
_FAR = 160  # those in which it does where a word of change leads to the number: "increase … by 7%"
_CLAUSE_ENDS = ".;:!?。；"
_BETWEEN = 5  # characters between the numbers of a range
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = "a"
_BEFORE = 40  # characters before a deadline in which words may compare
_LONGEST = {"doer:label": 8, "doer:column": 12}  # words of a name; in prose more are a sentence
_BETWEEN_DOERS = re.compile(r"\s*[;；、]\s*|\s*\n\s*|\s+/\s+")


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


@dataclass(frozen=True, slots=True)
class Named:
    """A name that somebody is given as the doer by, as a part of the passage where it stands."""

    passage: Passage
    rule: str


def named_in(passage: Passage, words: MeasureWords) -> Iterator[Named]:
    """Yield who the text of an element says does it: "(lead: Ministry of Health)", "Responsible: HR"."""
    for match in _lead_of_doers(words).finditer(passage.text):
        yield from _parts(passage, match.start("name"), match.end("name"), "doer:label")


def cells_of(document: Document) -> dict[tuple[int, int], list[Block]]:
    """Return the cells of each row of each table, by table and row."""
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in document.blocks:
        if block.table is not None:
            rows.setdefault((block.table, block.row), []).append(block)
    return rows


def column_kinds(heads: Sequence[Block], words: MeasureWords) -> dict[int, str]:
    """Return of the columns of a table those that say who, by when or for how much, by their heads."""
    return {
        head.column: kind
        for head in heads
        for kind, names in words.columns.items()
        if head.passage.text.casefold().strip(" :.*") in names
    }


def named_in_cell(passage: Passage) -> Iterator[Named]:
    """Yield the names in a cell of a column of doers."""
    yield from _parts(passage, 0, len(passage.text), "doer:column")


def _parts(passage: Passage, start: int, end: int, rule: str) -> Iterator[Named]:
    """Yield each of the names between two positions; what is no name of any length is none."""
    position = start
    for gap in [*_BETWEEN_DOERS.finditer(passage.text, start, end), None]:
        part = passage.cut(position, gap.start() if gap else end)
        position = gap.end() if gap else end
        trimmed = len(part.text.rstrip(" .,;:"))
        if (
            part
            and trimmed > 1
            and len(part.text.split()) <= _LONGEST[rule]
            and any(c.isalpha() for c in part.text)
        ):
            yield Named(part.cut(0, trimmed), rule)


@cache
def _lead_of_doers(words: MeasureWords) -> re.Pattern[str]:
    """Return the pattern of a leading word with a colon, at the start or in brackets, and the name."""
    listed = either(words.doers)
    return re.compile(
        rf"(?:^|[(（\[]|[.;]\s+)\s*(?:{listed})\s*[:：]\s*(?P<name>[^()（）\[\].;:：]+(?:;[^()（）\[\].:：]+)*)",
        re.IGNORECASE,
    )
