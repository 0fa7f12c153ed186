"""How a language says quantities, deadlines and who does something: ``data/measures/<language>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from strategraph.knowledge import resources


@dataclass(frozen=True, slots=True, eq=False)  # one for each language: patterns are kept by it
class MeasureWords:
    """The words of one language; see ``docs/measures.md`` for what each list is for."""

    decimal: str
    comparators: Mapping[str, tuple[str, ...]]  # before the number: "at-least" …
    after: Mapping[str, tuple[str, ...]]  # after the unit: "or more"
    directions: Mapping[str, tuple[str, ...]]  # "increase-by", "decrease-by"
    change: tuple[str, ...]
    reach: tuple[str, ...]
    baseline: tuple[str, ...]
    range: tuple[str, ...]
    due: tuple[str, ...]
    due_at_end: tuple[str, ...]
    fiscal: tuple[str, ...]
    months: tuple[str, ...]
    year_after: tuple[str, ...]
    ordinal: tuple[str, ...]
    of: tuple[str, ...]
    no_measure_after: frozenset[str]
    no_measure_before: tuple[str, ...]
    no_period_after: tuple[str, ...]
    doers: tuple[str, ...]
    budget: tuple[str, ...]
    columns: Mapping[str, frozenset[str]]  # heads of columns: "doer", "due", "budget"
    numbers: Mapping[str, Decimal]
    multipliers: Mapping[str, Decimal]
    units: Mapping[str, str]
    modality: Mapping[str, tuple[str, ...]]  # "will", "strives" …: the words of commitments that say it


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of units and currencies that every language shares."""

    after: Mapping[str, str]
    before: Mapping[str, str]


@cache
def measure_words(language: str) -> MeasureWords | None:
    """Return the words of a language ("pt" for "pt-BR"), None where there is no table for it."""
    name = language.partition("-")[0].lower()
    path = resources.path("data", "measures", f"{name}.toml")
    if not name.isalpha() or not path.is_file():
        return None
    with path.open("rb") as file:
        data = tomllib.load(file)

    def words(key: str) -> tuple[str, ...]:
        return tuple(data.get(key, ()))

    return MeasureWords(
        decimal=data["decimal"],
        comparators={
            name.replace("_", "-"): words(name)
            for name in ("at_least", "at_most", "more_than", "less_than", "about")
        },
        after={"at-least": words("or_more"), "at-most": words("or_less")},
        directions={"increase-by": words("increase"), "decrease-by": words("decrease")},
        change=words("change"),
        reach=words("reach"),
        baseline=words("baseline"),
        range=words("range"),
        due=words("due"),
        due_at_end=words("due_at_end"),
        fiscal=words("fiscal"),
        months=words("month"),
        year_after=words("year_after"),
        ordinal=words("ordinal"),
        of=words("of"),
        no_measure_after=frozenset(word.casefold() for word in words("no_measure_after")),
        no_measure_before=words("no_measure_before"),
        no_period_after=words("no_period_after"),
        doers=words("doers"),
        budget=words("budget"),
        columns={
            kind: frozenset(word.casefold() for word in words(f"{kind}_columns"))
            for kind in ("doer", "due", "budget")
        },
        numbers={word: Decimal(value) for word, value in data["numbers"].items()},
        multipliers={word: Decimal(value) for word, value in data["multipliers"].items()},
        units={**dict.fromkeys(words("percent"), "%"), **data["units"]},
        modality={name: tuple(listed) for name, listed in data.get("modality", {}).items()},
    )


@cache
def signs() -> Signs:
    """Return the signs of ``data/measures/units.toml``."""
    with resources.path("data", "measures", "units.toml").open("rb") as file:
        data = tomllib.load(file)
    codes = {code: code for code in data["codes"]["names"]}
    return Signs({**data["after"], **codes}, {**data["before"], **codes})


def either(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first; of nothing where there are none.

    >>> either(["up", "up to"])
    'up\\\\s+to|up'
    """
    listed = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in listed) or r"(?!)"


def whole(words: Iterable[str]) -> str:
    """Return the pattern of any of the words as a whole, where its script has spaces between words."""
    listed = [word for word in words if word]
    spaced = [word for word in listed if not _unspaced(word)]
    joined = [word for word in listed if _unspaced(word)]
    parts = [rf"(?<!\w)(?:{either(spaced)})(?:(?!\w)|(?<=['’]))"] if spaced else []
    return "|".join([*parts, *([either(joined)] if joined else [])]) or r"(?!)"


def _unspaced(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff"
