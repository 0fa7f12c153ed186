"""How a language says quantities, deadlines and who does something: ``data/measures/<language>.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Folded, From, Gathered, Words, read_table

_Numbers = Mapping[str, Annotated[Decimal, From(float, Decimal)]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one for each language: patterns are kept by it
class MeasureWords:
    """The words of one language; see ``docs/measures.md`` for what each list is for."""

    decimal: str
    comparators: Annotated[  # before the number: "at-least" …
        Mapping[str, Words],
        Gathered(
            {
                "at_least": "at-least",
                "at_most": "at-most",
                "more_than": "more-than",
                "less_than": "less-than",
                "about": "about",
            }
        ),
    ]
    after: Annotated[  # after the unit: "or more"
        Mapping[str, Words], Gathered({"or_more": "at-least", "or_less": "at-most"})
    ]
    directions: Annotated[
        Mapping[str, Words], Gathered({"increase": "increase-by", "decrease": "decrease-by"})
    ]
    change: Words = ()
    reach: Words = ()
    baseline: Words = ()
    range: Words = ()
    percent: Words = ()
    due: Words = ()
    due_at_end: Words = ()
    fiscal: Words = ()
    months: Annotated[Words, At("month")] = ()
    year_after: Words = ()
    ordinal: Words = ()
    of: Words = ()
    no_measure_after: Folded = frozenset()
    no_measure_before: Words = ()
    no_period_after: Words = ()
    parts: Words = ()
    ratio: Words = ()
    several: Words = ()
    states: Words = ()
    no_period_before: Words = ()
    attributive: Words = ()
    undecided: Folded = frozenset()
    starts: Words = ()
    doers: Words = ()
    budget: Words = ()
    columns: Annotated[  # heads of columns
        Mapping[str, Folded],
        Gathered({"doer_columns": "doer", "due_columns": "due", "budget_columns": "budget"}),
    ]
    numbers: _Numbers
    multipliers: _Numbers
    units: Mapping[str, str]
    modality: Mapping[str, Words] = field(default_factory=dict)  # "will" …: the words that say it

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", {**dict.fromkeys(self.percent, "%"), **self.units})


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of units and currencies that every language shares."""

    after: Mapping[str, str]
    before: Mapping[str, str]
    codes: Annotated[Words, At("codes.names")]

    def __post_init__(self) -> None:
        codes = {code: code for code in self.codes}
        object.__setattr__(self, "after", {**self.after, **codes})
        object.__setattr__(self, "before", {**self.before, **codes})


@cache
def measure_words(language: str) -> MeasureWords | None:
    """Return the words of a language ("pt" for "pt-BR"), None where there is no table for it."""
    name = language.partition("-")[0].lower()
    path = resources.path("data", "measures", f"{name}.toml")
    if not name.isalpha() or not path.is_file():
        return None
    return read_table(MeasureWords, path)


def measured_languages() -> tuple[str, ...]:
    """Return the languages that have such words."""
    return tuple(path.stem for path in resources.files("data/measures", ".toml") if path.stem != "units")


@cache
def signs() -> Signs:
    """Return the signs of ``data/measures/units.toml``."""
    return read_table(Signs, resources.path("data", "measures", "units.toml"))


def is_unit_said(unit: str, quote: str) -> bool:
    """Whether a quote has a sign or a word, of any language, for a unit; a mere number ("1") needs none.

    >>> is_unit_said("%", "by 40 per cent"), is_unit_said("%", "forty meadows")
    (True, False)
    """
    tables = [signs().after, signs().before]
    tables += [found.units for name in measured_languages() if (found := measure_words(name))]
    folded = " ".join(quote.casefold().split())
    said = (word for table in tables for word, code in table.items() if code == unit)
    return unit == "1" or unit in quote or any(word.casefold() in folded for word in said)


def either(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first; of nothing where there are none.

    >>> either(["up", "up to"])
    'up\\\\s+to|up'
    """
    return _either(tuple(words))


@lru_cache(maxsize=1024)  # sentences are asked for the same lists, one after the other
def _either(words: tuple[str, ...]) -> str:
    listed = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in listed) or r"(?!)"


def whole(words: Iterable[str]) -> str:
    """Return the pattern of any of the words as a whole, where its script has spaces between words."""
    return _whole(tuple(words))


@lru_cache(maxsize=1024)
def _whole(words: tuple[str, ...]) -> str:
    listed = [word for word in words if word]
    spaced = [word for word in listed if not _unspaced(word)]
    joined = [word for word in listed if _unspaced(word)]
    parts = [rf"(?<!\w)(?:{either(spaced)})(?:(?!\w)|(?<=['’]))"] if spaced else []
    return "|".join([*parts, *([either(joined)] if joined else [])]) or r"(?!)"


def _unspaced(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff"


def is_month(text: str) -> bool:
    """Whether a text is a month and its year, and perhaps what goes on from there, in any language.

    >>> is_month("Dicembre 2030"), is_month("May 2030 and each year after"), is_month("Vision 2030")
    (True, True, False)
    """
    match = _dates().match(text)
    return match is not None and (match.end() == len(text.rstrip()) or text[match.end() :].islower())


@cache
def _dates() -> re.Pattern[str]:
    tables = [found for name in measured_languages() if (found := measure_words(name))]
    month = either(name for table in tables for names in table.months for name in names.split("|"))
    of = either(word for table in tables for word in table.of)
    ordinal = either(mark for table in tables for mark in table.ordinal)
    day = rf"\d{{1,2}}(?:{ordinal})?\s*(?:(?:{of})\s+)?"
    months = rf"(?:{month})\.?(?:\s*[-–/]\s*(?:{month})\.?)?"
    return re.compile(
        rf"(?:{day})?{months},?\s+(?:\d{{1,2}},\s+)?(?:(?:{of})\s+)?(?:19|20)\d\d(?!\w)", re.IGNORECASE
    )
