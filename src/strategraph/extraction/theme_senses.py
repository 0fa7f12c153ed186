"""Whether words that could name a theme do: by the words beside them, and by the names of bodies."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from strategraph.knowledge import resources
from strategraph.knowledge.languages import alternation
from strategraph.knowledge.resources import cache

_NEAR = 100  # characters on either side that decide
_MOST_WORDS = 8  # of a body's name before the theme in it


@dataclass(frozen=True, slots=True)
class Sense:
    """What stands before or after words that mean something else than the theme, with examples."""

    theme: str
    language: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def denies(self, text: str, start: int, end: int) -> bool:
        """Whether the words at a place of a text are not the theme."""
        before = text[max(0, start - _NEAR) : start]
        return bool(self.before.search(before) or self.after.match(text, end))


@dataclass(frozen=True, slots=True)
class _SenseTables:
    senses: dict[tuple[str, str], tuple[Sense, ...]]
    before: dict[str, re.Pattern[str]]
    behind: dict[str, re.Pattern[str]]


@cache
def senses() -> tuple[Sense, ...]:
    """Return the senses of ``data/senses.toml`` in its order."""
    return tuple(sense for group in _tables().senses.values() for sense in group)


def is_theme(text: str, start: int, end: int, theme: str, language: str) -> bool:
    """Whether the words at a place of a text that a theme's label matched mean it.

    ``theme`` is the slug of the concept. They do not where a sense of the language says so, or where they are
    part of the name of a body ("Ministry of Health").
    """
    tables, tag = _tables(), language.partition("-")[0].lower()
    if any(sense.denies(text, start, end) for sense in tables.senses.get((theme, tag), ())):
        return False
    before, behind = tables.before.get(tag), tables.behind.get(tag)
    if before is not None and before.search(text[max(0, start - _NEAR) : start]):
        return False
    return not (behind is not None and text[start].isupper() and behind.match(text, end))


@cache
def _tables() -> _SenseTables:
    with resources.path("data", "senses.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    found: dict[tuple[str, str], tuple[Sense, ...]] = {}
    for entry in data["sense"]:
        key = (entry["theme"], entry["language"])
        before, after = (re.compile(entry[name], re.IGNORECASE) for name in ("before", "after"))
        sense = Sense(*key, before, after, tuple(entry["examples"]), tuple(entry["counter_examples"]))
        found[key] = (*found.get(key, ()), sense)
    before_names, behind_names = {}, {}
    for entry in data["bodies"]:
        small = rf"(?:{alternation(entry['small'])})"
        capitals = r"[^\W\d_a-z\u0430-\u044f\u0451][\w’'-]*"
        before_names[entry["language"]] = re.compile(
            rf"(?<!\w)(?:{alternation(entry['first'])})\s+"
            rf"(?:(?:{small}|{capitals},?)\s*){{0,{_MOST_WORDS}}}(?<=[\s'’])\Z"
        )
        if entry["last"]:
            behind_names[entry["language"]] = re.compile(
                rf"(?:\s+(?:{alternation(entry['links'])})?\s*[A-Z][\w’'-]*){{0,2}}\s+(?:{alternation(entry['last'])})(?!\w)"
            )
    return _SenseTables(found, before_names, behind_names)
