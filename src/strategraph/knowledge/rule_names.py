"""The names of the rules that read the text: what ``sg:rule`` of an evidence can say.

The catalogue is ``data/rules.toml``; a family of rules takes the names of its members from the tables that
hold their patterns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from strategraph.knowledge import resources

_NAME = re.compile(r"""(?:^|[{,])[ \t]*name[ \t]*=[ \t]*(?:"([^"\\\n]+)"|'([^'\n]+)')""", re.MULTILINE)


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
    """Yield the names in all tables of a folder, which are those of its patterns.

    The tables are not parsed for it: they are many, and a build that is called for one plan pays for each.
    """
    for file in resources.files_below(f"data/{folder}", ".toml"):
        yield from (match[1] or match[2] for match in _NAME.finditer(file.read_text(encoding="utf-8")))
