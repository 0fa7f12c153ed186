"""Where the ontology, shapes, vocabularies and rule tables are.

In a checkout they are the top-level folders people look for; in an installed wheel they are package
data. No other module knows the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def root() -> Path:
    """Return the folder that holds ``ontology/``, ``shapes/`` and ``data/``."""
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1]


def path(*parts: str) -> Path:
    """Return the path of a resource, e.g. ``path("ontology", "strategraph.ttl")``."""
    return root().joinpath(*parts)


def files(folder: str, suffix: str) -> tuple[Path, ...]:
    """Return the files of a resource folder that end in ``suffix``, in name order."""
    return tuple(sorted(path(*folder.split("/")).glob(f"*{suffix}")))


def files_below(folder: str, suffix: str) -> tuple[Path, ...]:
    """Return the files that end in ``suffix`` in a resource folder and all folders in it, in path order."""
    return tuple(sorted(path(*folder.split("/")).rglob(f"*{suffix}")))
