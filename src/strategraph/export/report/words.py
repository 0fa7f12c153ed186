"""The words of reports; the table is ``words.toml``, beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def heading(name: str) -> str:
    """Return the heading of a section."""
    return _table()["sections"][name]


def heads(*names: str) -> tuple[str, ...]:
    """Return the heads of columns."""
    return tuple(_table()["heads"][name] for name in names)


def said(name: str, **values: object) -> str:
    """Return a text with values in its gaps.

    >>> said("line", line=7)
    'line 7'
    """
    return _table()["texts"][name].format_map(values)
