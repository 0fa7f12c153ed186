"""The names of the rules that read the text: what ``sg:rule`` of an evidence can say.

The catalogue is ``data/rules.toml``; a family of rules takes the names of its members from the tables that
hold their patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from strategraph.knowledge import resources
from strategraph.knowledge.resources import cache
from strategraph.knowledge.typed_tables import At, Words, loaded, read_table

_NAME = re.compile(r"""(?:^|[{,])[ \t]*name[ \t]*=[ \t]*(?:"([^"\\\n]+)"|'([^'\n]+)')""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _NamedRule:
    name: str
    reads: str


@dataclass(frozen=True, slots=True)
class _RuleFamily:
    prefix: str
    reads: str
    tables: Words
    names: Words


@dataclass(frozen=True, slots=True)
class _Catalogue:
    rules: Annotated[tuple[_NamedRule, ...], At("rule")]
    families: Annotated[tuple[_RuleFamily, ...], At("family")]


def is_known_rule(name: str) -> bool:
    """Whether ``name`` is that of a rule.

    >>> is_known_rule("vocabulary"), is_known_rule("citation/numbered"), is_known_rule("oracle")
    (True, True, False)
    """
    return name in rule_names()


@cache
def rule_names() -> frozenset[str]:
    """Return the names of all rules."""
    catalogue = read_table(_Catalogue, resources.path("data", "rules.toml"))
    families = (
        f"{family.prefix}{member}"
        for family in catalogue.families
        for member in chain(family.names, *map(_members, family.tables))
    )
    return frozenset(chain((rule.name for rule in catalogue.rules), families))


def _members(folder: str) -> Iterator[str]:
    """Yield the names in all tables of a folder, which are those of its patterns.

    The tables are not parsed for it: they are many, and a build that is called for one plan pays for each.
    """
    for file in resources.files_below(f"data/{folder}", ".toml"):
        yield from (match[1] or match[2] for match in loaded(file, lambda text: list(_NAME.finditer(text))))
