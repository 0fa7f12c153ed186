"""The colour of each class in pictures; the table is ``palette.toml``, beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType


@cache
def colors() -> Mapping[str, str]:
    """Return the colour (#rrggbb) of each class, by the class's local name.

    >>> colors()["TargetGroup"]
    '#e69f00'
    """
    table = tomllib.loads(Path(__file__).with_name("palette.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: color for family in table.values() for name, color in family.items()})
