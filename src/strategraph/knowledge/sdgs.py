"""The Sustainable Development Goals and targets: their IRIs and names, and where a text cites one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge import resources

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
class _SdgTables:
    sdgs: Mapping[str, Sdg]
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


def sdg(number: str) -> Sdg | None:
    """Return the goal or target of a number, None where there is none.

    >>> sdg("6.1").label, sdg("18")
    ('SDG target 6.1', None)
    """
    return _tables().sdgs.get(number)


def sdg_of(iri: str) -> Sdg | None:
    """Return the goal or target of an IRI, None for other IRIs (indicators among them)."""
    return sdg(iri.removeprefix(BASE)) if iri.startswith(BASE) else None


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
    with resources.path("data", "sdgs.toml").open("rb") as file:
        data = tomllib.load(file)
    found: dict[str, Sdg] = {}
    for goal in data["goal"]:
        number, name = str(goal["number"]), goal["name"]
        found[number] = Sdg(number, name)
        for part in goal["targets"].split():
            found[f"{number}.{part}"] = Sdg(f"{number}.{part}", name)
    forms = data["forms"]
    numbers = rf"{_NUMBER}(?:{forms['joints']}{_NUMBER})*(?!\.?\d)"
    pattern = "|".join(f"(?:{form.replace('{number}', numbers)})" for form in forms["patterns"])
    return _SdgTables(found, re.compile(pattern), tuple(forms["examples"]), tuple(forms["counter_examples"]))
