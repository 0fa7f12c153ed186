"""Where the ontology, shapes, vocabularies and rule tables are.

In a checkout they are the top-level folders people look for; in an installed wheel they are package
data. No other module knows the difference, nor whether a table is one of the user's own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import ParamSpec, TypeVar

from strategraph.errors import UnusableInputError

P = ParamSpec("P")
T = TypeVar("T")
OWN_FOLDERS = ("languages", "measures", "provisions", "citations", "words")
OWN_FILES = ("language-detection.toml", "organizations.toml", "events.toml", "senses.toml", "roles.toml")
_KEPT = 1 << 16  # answers of one function
_PACKAGE = Path(__file__).resolve().parents[1]
_OWN: ContextVar[Path | None] = ContextVar("folder of the user's own tables", default=None)
_LAYOUT = f"there may be folders {', '.join(OWN_FOLDERS)}, and {', '.join(OWN_FILES)}"


def cache(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function that reads tables with what it returned kept; each folder of own ones has its own.

    Some are asked about texts: what is kept is bounded, so that memory does not grow with what is read.
    """

    @functools.lru_cache(maxsize=_KEPT)
    def kept(_own: Path | None, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    @functools.wraps(function)
    def found(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(_OWN.get(), *args, **kwargs)  # type: ignore[arg-type]  # what is no key fails there

    return found


@functools.cache
def root() -> Path:
    """Return the folder that holds ``ontology/``, ``shapes/`` and ``data/``."""
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1]


@contextmanager
def own_tables(folder: Path | None) -> Iterator[None]:
    """Have the tables in a folder be read beside ours, or in place of those of the same name, in the block.

    The folder is laid out as ``data/`` is (:data:`OWN_FOLDERS`, :data:`OWN_FILES`). A table is read once in a
    process. Raises :class:`UnusableInputError` for a folder that is none or holds another file.
    """
    if folder is not None:
        folder = folder.resolve()
        if not own_files(folder):
            raise UnusableInputError(f"{folder}: holds no tables; {_LAYOUT}")
    token = _OWN.set(folder)
    try:
        yield
    finally:
        _OWN.reset(token)


def own_folder() -> Path | None:
    """Return the folder of the user's own tables, None where there is none."""
    return _OWN.get()


def own_files(folder: Path) -> tuple[Path, ...]:
    """Return the tables in a folder of the user's, in order."""
    found = []
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_dir() or any(part.startswith(".") for part in parts):
            continue
        known = parts[0] in OWN_FILES or (len(parts) > 1 and parts[0] in OWN_FOLDERS)
        if not known or file.suffix not in (".toml", ".tsv"):
            raise UnusableInputError(f"{file}: is no table that is read; {_LAYOUT}")
        found.append(file)
    return tuple(found)


def path(*parts: str) -> Path:
    """Return the path of a resource, e.g. ``path("ontology", "strategraph.ttl")``."""
    own = _own_path(*parts)
    return own if own is not None and own.is_file() else root().joinpath(*parts)


def files(folder: str, suffix: str) -> tuple[Path, ...]:
    """Return the files of a resource folder that end in ``suffix``, in name order."""
    return _files(folder, f"*{suffix}")


def files_below(folder: str, suffix: str) -> tuple[Path, ...]:
    """Return the files that end in ``suffix`` in a resource folder and all folders in it, in path order."""
    return _files(folder, f"**/*{suffix}")


@cache
def _files(folder: str, pattern: str) -> tuple[Path, ...]:
    parts = folder.split("/")
    ours, own = root().joinpath(*parts), _own_path(*parts)
    found = {file.relative_to(base): file for base in (ours, own) if base for file in base.glob(pattern)}
    return tuple(found[name] for name in sorted(found))


def _own_path(*parts: str) -> Path | None:
    own = _OWN.get()
    return own.joinpath(*parts[1:]) if own is not None and parts[0] == "data" else None
