"""Numbers with their units in a text: "at least 1.5 million people", "14,5 %", "R$ 24.000,00".

A quantity is a number that counts or measures something. Years, dates, numbers of laws and headings, times of
day and places in an order are none; which words tell them is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from strategraph.knowledge.measure_words import MeasureWords, either, signs, whole

_DIGITS = {
    ord(character): str(digit)
    for base in (0x660, 0x6F0, 0xFF10)
    for digit, character in enumerate(map(chr, range(base, base + 10)))
}
_SPACES = " \u00a0\u202f"
_NUMBER = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’]\d+)*"
# Not in a word or number, not the second part of a clock time or date; the second number of a range is.
_ALONE = r"(?<![\w.,/])(?<!(?<!\d)-)(?<!\d:)(?<!-\d\d-)"
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD_BEFORE = re.compile(r"[^\s()\[\]“”\"«»,;:]+$")
_BEFORE = 40  # characters before a number in which another may stand that it is a part of
_TIMES = re.compile(r"\d\s*[x×+]\s*$")
_CLOCK = re.compile(r"\s*:\s*\d")
_LETTERS = ("k", "K", "m", "M", "bn")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, by positions in the text: the whole, and where the number itself starts."""

    start: int
    number: int
    end: int
    value: Decimal
    unit: str  # a UCUM code, "1" for what is counted, or an ISO 4217 code
    open_end: bool = False  # "250+"
    counted: str = ""  # the word after a bare number


def latin_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0 to 9, each in its place.

    >>> latin_digits("٢٠٣٠")
    '2030'
    """
    return text.translate(_DIGITS)


def quantities(text: str, words: MeasureWords) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in its order.

    >>> from strategraph.knowledge.measure_words import measure_words
    >>> en = measure_words("en")
    >>> [(q.value, q.unit) for q in quantities("Train 1,200 nurses by 2030 for $2.7 million (3rd call)", en)]
    [(Decimal('1200'), '1'), (Decimal('2700000.0'), 'USD')]
    """
    return tuple(_found(latin_digits(text), words))


def printed_numbers(text: str, words: MeasureWords) -> Iterator[Decimal]:
    """Yield every number that a text prints, whatever it is a number of."""
    for digits in re.findall(rf"(?<!\d)(?:{_NUMBER})", latin_digits(text)):
        value = _decimal(digits, words.decimal)
        if value is not None:
            yield value


def plain_decimal(value: Decimal) -> str:
    """Return a canonical xsd:decimal.

    >>> plain_decimal(Decimal("2.50")), plain_decimal(Decimal("1E+3"))
    ('2.5', '1000')
    """
    return format(value.normalize(), "f")


def _found(text: str, words: MeasureWords) -> Iterator[Quantity]:
    patterns = _patterns(words)
    position = 0
    while match := patterns.number.search(text, position):
        position = match.end()
        spelt = match["spelt"]
        spoken = words.numbers[_known(spelt, words.numbers)] if spelt else None
        value = _decimal(match["digits"], words.decimal) if spoken is None else spoken
        if value is None or _joined(text, match):
            continue
        end = match.end()
        start = match.start()
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            end += 1  # "ten (10) minutes": the number may be said twice
        sign = patterns.before.search(text, max(0, start - 8), match.start())
        unit = signs().before[sign["sign"].strip()] if sign else ""
        start = sign.start() if sign else start
        if times := patterns.multiplier.match(text, end):
            value *= words.multipliers[_known(times["word"], words.multipliers)]
            end = times.end()
        if patterns.is_part(text, match, end, value):
            continue
        open_end = text[end : end + 1] == "+"
        end += open_end
        if found := patterns.unit.match(text, end):
            unit = unit or _unit(found["word"], words)
            end = found.end()
        counted = ""
        if not unit:
            noun = patterns.noun.match(text, end)
            if noun is None or not _counts(text, match, noun["word"], words, bare=times is None):
                continue
            unit, counted = "1", noun["word"]
            end = noun.end()
        elif unit == "1" and _refused(text, match.start(), words):
            continue
        position = max(position, match.end())
        yield Quantity(start, match.start(), end, value, unit, open_end, counted)


@dataclass(frozen=True, slots=True)
class _QuantityPatterns:
    number: re.Pattern[str]
    before: re.Pattern[str]
    multiplier: re.Pattern[str]
    unit: re.Pattern[str]
    noun: re.Pattern[str]
    parts: re.Pattern[str]
    ratio: re.Pattern[str]
    after_ratio: re.Pattern[str]
    one_of: re.Pattern[str]
    goes_on: re.Pattern[str]
    begun: re.Pattern[str]

    def is_part(self, text: str, match: re.Match[str], end: int, value: Decimal) -> bool:
        """Whether a number that ends at ``end`` is a part of another: "two thirds", "one in ten"."""
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if self.parts.match(text, end) or self.ratio.match(text, end) or self.after_ratio.search(before):
            return True
        if value == 1 and self.one_of.match(text, end):
            return True  # "one person in ten"; more of them may stand in ten places
        return bool(match["spelt"] and (self.goes_on.match(text, end) or self.begun.search(before)))


@cache
def _patterns(words: MeasureWords) -> _QuantityPatterns:
    spelt = either(words.numbers)
    units = {**signs().after, **words.units}
    worded = [word for word in units if word[-1].isalpha() or word[-1] in "'’."]
    marks = [word for word in units if word not in worded]
    flags = re.IGNORECASE
    number = rf"(?:(?!{_YEAR.pattern}\b)\d|{whole([*words.numbers, *words.multipliers])})"
    joint = rf"(?:[\s-]+|\s+(?:{whole(words.range)})\s+)"
    ratio = rf"\s+(?:{whole(words.ratio)})\s*{number}"
    return _QuantityPatterns(
        re.compile(
            rf"{_ALONE}(?P<digits>{_NUMBER})|(?<![\w-])(?P<spelt>{spelt})(?:(?![\w-])|(?<=['’]))", flags
        )
        if words.numbers and not any("\u3040" <= word[0] <= "\u9fff" for word in words.numbers)
        else re.compile(rf"(?<![A-Za-z0-9.,/-])(?P<digits>{_NUMBER})(?P<spelt>(?!))?", flags),
        re.compile(rf"(?P<sign>(?<!\w)(?:{either(signs().before)}))\s*$"),
        re.compile(rf"[\s-]*(?P<word>{either(words.multipliers)})(?:(?!\w)|(?<=['’])|(?<=[\u3040-\u9fff]))"),
        re.compile(
            rf"[)\s]*(?P<word>(?:{either(marks)})|[-\s]?(?:{either(worded)})(?:(?!\w)|(?<=[\u3040-\u9fff])))"
        ),
        re.compile(r"[)\s]*(?P<word>[^\W\d_][\w’'-]*)"),
        re.compile(rf"[\s-]*(?:{whole(words.parts)})", flags),
        re.compile(ratio, flags),
        re.compile(rf"(?:\d|{whole(words.numbers)})\s+(?:{whole(words.ratio)})\s*$", flags),
        re.compile(rf"\s+[^\W\d_]+{ratio}", flags),
        re.compile(rf"{joint}{number}", flags),
        re.compile(rf"(?:{whole([*words.numbers, *words.multipliers, *words.several])}){joint}$", flags),
    )


def _decimal(digits: str, point: str) -> Decimal | None:
    """Return the value of printed digits, None where they are none ("1.2.3")."""
    plain = digits.translate({ord(space): None for space in _SPACES + "'’"})
    marks = [mark for mark in plain if mark in ".,"]
    if len(plain) > 30:
        return None
    if len(set(marks)) == 2:
        last = plain.rfind(max(".,", key=plain.rfind))
        if marks.count(plain[last]) > 1:
            return None
        plain = plain[:last].replace(".", "").replace(",", "") + "." + plain[last + 1 :]
    elif marks:
        mark = marks[0]
        groups = plain.split(mark)
        grouped = (
            all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
        )
        if grouped and (mark != point or len(marks) > 1):
            plain = "".join(groups)
        elif len(marks) > 1:
            return None
        else:
            plain = plain.replace(",", ".")
    return Decimal(plain)


def _joined(text: str, match: re.Match[str]) -> bool:
    """Whether a number is part of something else: a name, a date, a time, an ordinal."""
    following = text[match.end() : match.end() + 1]
    if (
        not match["spelt"]
        and following.isalpha()
        and following not in "%kKmMb"
        and not "\u3040" <= following <= "\u9fff"
    ):
        rest = re.match(r"[^\W\d_]+", text[match.end() :])
        if rest is not None and rest.group() not in {*signs().after, *_LETTERS}:
            return True
    if _TIMES.search(text[max(0, match.start() - _BEFORE) : match.start()]):
        return True
    return bool(following in "/_" and following) or _CLOCK.match(text, match.end()) is not None


def _counts(text: str, match: re.Match[str], noun: str, words: MeasureWords, *, bare: bool) -> bool:
    """Whether a number without a unit counts the noun after it."""
    digits = match["digits"] or ""
    if match["spelt"]:
        return _compared(text, match.start(), words)
    if bare and (_YEAR.fullmatch(digits) or _has_fraction(digits, words.decimal)):
        return False
    if noun.casefold() in {one.casefold() for one in (*words.due, *words.due_at_end, *words.range)} | _months(
        words
    ):
        return False
    if noun.casefold() in words.no_measure_before:
        return False
    name = noun[0].isupper() or noun[0].istitle()
    if name or noun in words.no_measure_before or noun in words.ratio:
        return _compared(text, match.start(), words)
    return not _refused(text, match.start(), words)


def _has_fraction(digits: str, point: str) -> bool:
    value = _decimal(digits, point)
    return value is not None and int(value.as_tuple().exponent) < 0  # "version 2.0" counts nothing


def _months(words: MeasureWords) -> set[str]:
    return {name.casefold() for month in words.months for name in month.split("|")}


def _compared(text: str, start: int, words: MeasureWords) -> bool:
    listed = whole(word for group in words.comparators.values() for word in group)
    return re.search(rf"(?:{listed})\s*\(?$", text[max(0, start - 40) : start], re.IGNORECASE) is not None


def _refused(text: str, start: int, words: MeasureWords) -> bool:
    """Whether the word before a number makes it a name or a label."""
    if _compared(text, start, words):
        return False
    before = text[max(0, start - 40) : start].rstrip(" (\u00a0")
    last = _WORD_BEFORE.search(before)
    return last is not None and last.group().casefold() in words.no_measure_after


def _known(word: str, listed: object) -> str:
    assert isinstance(listed, dict)
    plain = " ".join(word.split())
    return plain if plain in listed else plain.lower()


def _unit(word: str, words: MeasureWords) -> str:
    plain = " ".join(word.strip(" -\u00a0\u202f").split())
    units = {**signs().after, **words.units}
    return (
        units[plain]
        if plain in units
        else {key.casefold(): code for key, code in units.items()}[plain.casefold()]
    )
