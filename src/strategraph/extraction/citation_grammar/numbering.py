"""When bodies of the United Nations gave which numbers, as values: the tables in ``symbols.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategraph.extraction.citation_grammar import tables
from strategraph.knowledge.resources import cache


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a body numbered how; see the head of ``symbols.toml``. Examples are (number, year)."""

    kind: str
    body: str
    number: re.Pattern[str]
    first: int
    sessions: int
    span: int
    milestones: tuple[tuple[int, int], ...]
    numerals: bool
    examples: tuple[tuple[str, int], ...]
    counter_examples: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Presumed:
    """Whose a number of this shape most likely is."""

    kind: str
    body: str
    number: re.Pattern[str]
    confidence: float
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SymbolRule:
    """How the number of an instrument becomes its document's symbol; see the head of ``symbols.toml``."""

    kind: str
    body: str
    number: re.Pattern[str]
    symbol: str
    examples: tuple[Mapping[str, Any], ...]


@cache
def calendars() -> tuple[Calendar, ...]:
    """Return how bodies number by session; see the head of ``symbols.toml``."""
    return tuple(
        Calendar(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            first=entry.get("first", 0),
            sessions=entry.get("sessions", 1),
            span=entry.get("span", 1),
            milestones=tuple(tuple(pair) for pair in entry.get("milestones", ())),
            numerals=entry.get("numerals", False),
            examples=tuple(tuple(pair) for pair in entry["examples"]),
            counter_examples=tuple(tuple(pair) for pair in entry["counter_examples"]),
        )
        for entry in tables.numbering()["calendar"]
    )


@cache
def presumed() -> tuple[Presumed, ...]:
    """Return whose numbers of a shape most likely are; see ``symbols.toml``."""
    return tuple(
        Presumed(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            confidence=entry["confidence"],
            examples=tuple(entry["examples"]),
            counter_examples=tuple(entry["counter_examples"]),
        )
        for entry in tables.numbering()["presumed"]
    )


@cache
def speaker() -> Mapping[str, Any]:
    """Return how a text says who speaks in it; see ``symbols.toml``."""
    content: dict[str, Any] = tables.numbering()["speaker"]
    return content


@cache
def symbols() -> tuple[SymbolRule, ...]:
    """Return how the symbol of a document of the United Nations is made of what was decided."""
    return tuple(
        SymbolRule(
            kind=entry["kind"],
            body=entry["body"],
            number=re.compile(entry["number"]),
            symbol=entry["symbol"],
            examples=tuple(dict(example) for example in entry["examples"]),
        )
        for entry in tables.numbering()["symbol"]
    )
