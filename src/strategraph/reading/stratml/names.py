"""The table of StratML's names, ``data/stratml.toml``: what an element is called and what it becomes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge import resources


@dataclass(frozen=True, slots=True)
class StratmlNames:
    """The names of elements and attributes, looked up without regard to case.

    ``roots`` are the local names of root elements, ``fragment`` that of the element in which our own export
    keeps what a schema has no place for; ``kinds`` the classes of plan elements by name.
    """

    roots: frozenset[str]
    fragment: str
    kinds: Mapping[str, str]
    _known: Mapping[str, str]
    _holders: frozenset[str]
    _standard: frozenset[str]
    _inline: frozenset[str]

    def of(self, name: str, *parents: str) -> str | None:
        """Return the standard's name of an element called ``name`` in ``parents``, None if it is unknown.

        >>> names().of("UnitOfMeasure", "PerformanceIndicator"), names().of("Value", "TargetResult")
        ('UnitOfMeasurement', 'NumberOfUnits')
        >>> names().of("Keyword", "StrategicPlan") is None
        True
        """
        for parent in parents:
            if found := self._known.get(f"{parent}/{name}".casefold()):
                return found
        return self._known.get(name.casefold())

    def holds(self, name: str) -> bool:
        """Whether an element only holds others."""
        return name.casefold() in self._holders

    def is_inline(self, name: str) -> bool:
        """Whether an element marks up words within a line, as HTML has it."""
        return name.casefold() in self._inline

    def is_standard(self, name: str) -> bool:
        """Whether a name, as written, is one of the standard's own."""
        return name in self._standard


@cache
def names() -> StratmlNames:
    """Return the table."""
    with resources.path("data", "stratml.toml").open("rb") as file:
        data = tomllib.load(file)
    known = {entry["name"].casefold(): entry["name"] for entry in data["name"]}
    known |= {also.casefold(): entry["name"] for entry in data["name"] for also in entry.get("also", ())}
    standard = {entry["name"] for entry in data["name"] if entry["parts"]}
    standard |= {name for entry in data["holder"] if entry["parts"] for name in entry["names"]}
    standard |= {"DocumentType", "PerformerOrBeneficiary"}  # of Part 3
    return StratmlNames(
        roots=frozenset(data["roots"]),
        fragment=data["fragment"],
        kinds={entry["name"]: entry["kind"] for entry in data["name"] if "kind" in entry},
        _known=known,
        _holders=frozenset(name.casefold() for entry in data["holder"] for name in entry["names"]),
        _standard=frozenset(standard),
        _inline=frozenset(data["inline"]),
    )
