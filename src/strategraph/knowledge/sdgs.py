"""The Sustainable Development Goals and targets: their IRIs and names, and where a text cites one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Words, read_table

BASE = "http://metadata.un.org/sdg/"
_NUMBER = r"(?:1[0-7]|[1-9])(?:\.(?:[1-9]\d?|[a-d]))?"


@dataclass(frozen=True, slots=True)
class Sdg:
    """A goal or target: its number ("6", "6.1") and the short name of the goal."""

    number: str
    name: str

    @property
    def iri(self) -> str:
        """Return its IRI."""
        return BASE + self.number

    @property
    def goal(self) -> int:
        """Return the number of the goal."""
        return int(self.number.partition(".")[0])

    @property
    def target(self) -> str | None:
        """Return the number of the target ("6.1"), None for a goal."""
        return self.number if "." in self.number else None

    @property
    def label(self) -> str:
        """Return what people call it: "SDG 6: clean water and sanitation", "SDG target 6.1"."""
        return f"SDG target {self.number}" if self.target else f"SDG {self.number}: {self.name}"


@dataclass(frozen=True, slots=True)
class StatedSdg:
    """Words of a text that cite a goal or target by its number."""

    start: int
    end: int
    sdg: Sdg


@dataclass(frozen=True, slots=True)
class _GoalEntry:
    """A goal with the last parts of the numbers of its targets, with spaces between them."""

    number: int
    name: str
    targets: str


@dataclass(frozen=True, slots=True)
class _SdgTables:
    goals: Annotated[tuple[_GoalEntry, ...], At("goal")]
    loose: Annotated[Words, At("loose.themes")]
    forms: Annotated[Words, At("forms.patterns")]
    joints: Annotated[str, At("forms.joints")]
    examples: Annotated[Words, At("forms.examples")]
    counter_examples: Annotated[Words, At("forms.counter_examples")]
    sdgs: dict[str, Sdg] = field(init=False, default_factory=dict)
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        for goal in self.goals:
            for number in (str(goal.number), *(f"{goal.number}.{part}" for part in goal.targets.split())):
                self.sdgs[number] = Sdg(number, goal.name)
        numbers = rf"{_NUMBER}(?:{self.joints}{_NUMBER})*(?!\.?\d)"
        pattern = "|".join(f"(?:{form.replace('{number}', numbers)})" for form in self.forms)
        object.__setattr__(self, "pattern", re.compile(pattern))


def sdg(number: str) -> Sdg | None:
    """Return the goal or target of a number, None where there is none.

    >>> sdg("6.1").label, sdg("18")
    ('SDG target 6.1', None)
    """
    return _tables().sdgs.get(number)


def sdg_of(iri: str) -> Sdg | None:
    """Return the goal or target of an IRI, None for other IRIs (indicators among them)."""
    return sdg(iri.removeprefix(BASE)) if iri.startswith(BASE) else None


def is_loose(theme: str) -> bool:
    """Whether a theme, by its IRI, does not by itself show that an element contributes to its goal."""
    return theme in _tables().loose


def examples() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the examples of the forms of citation, and the counter-examples."""
    return _tables().examples, _tables().counter_examples


def stated(text: str) -> Iterator[StatedSdg]:
    """Yield the goals and targets that a text cites by number; those of one list share its words."""
    for match in _tables().pattern.finditer(text):
        for number in re.findall(rf"(?<![\d.]){_NUMBER}(?![\d.]*\d)", match.group()):
            found = sdg(number)
            if found is not None:
                yield StatedSdg(match.start(), match.end(), found)


@cache
def _tables() -> _SdgTables:
    return read_table(_SdgTables, resources.path("data", "sdgs.toml"))
