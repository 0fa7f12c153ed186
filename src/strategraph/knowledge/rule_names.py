"""The names of the rules that read the text: what ``sg:rule`` of an evidence can say.

The catalogue is ``data/rules.toml``; a family of rules takes the names of its members from the tables that
hold their patterns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from strategraph.knowledge import resources


def is_known_rule(name: str) -> bool:
    """Whether ``name`` is that of a rule.

    >>> is_known_rule("vocabulary"), is_known_rule("citation/numbered"), is_known_rule("oracle")
    (True, True, False)
    """
    return name in rule_names()


@cache
def rule_names() -> frozenset[str]:
    """Return the names of all rules."""
    with resources.path("data", "rules.toml").open("rb") as file:
        catalogue = tomllib.load(file)
    names = {entry["name"] for entry in catalogue["rule"]}
    for family in catalogue["family"]:
        members = [*family["names"], *(name for folder in family["tables"] for name in _members(folder))]
        names |= {f"{family['prefix']}{member}" for member in members}
    return frozenset(names)


def _members(folder: str) -> Iterator[str]:
    """Yield the names in all tables of a folder, which are those of its patterns."""
    for file in resources.files_below(f"data/{folder}", ".toml"):
        with file.open("rb") as opened:
            yield from _names(tomllib.load(opened))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(name := value.get("name"), str):
            yield name
        for part in value.values():
            yield from _names(part)
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)
