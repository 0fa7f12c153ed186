"""The graphs that a question is put to: one file, all those of a folder, or an embedded store.

An embedded Oxigraph store may be changed by one process, or read by many. RocksDB, under Oxigraph, keeps
writers apart by its lock file, but what a reader sees while another process writes is undefined. So readers
take a shared lock on that same file: it fails while somebody writes, and makes a writer fail while somebody
reads.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.model.identifiers import CONCEPT_BASE, DEFAULT_BASE
from strategraph.rdf.loading import is_report, parse

if TYPE_CHECKING:
    from pyoxigraph import Store


# How RocksDB names its files.
_OF_A_STORE = re.compile(
    r"LOCK|LOG(?:\.old\.\d+)?|CURRENT|IDENTITY|MANIFEST-\d+|OPTIONS-\d+(?:\.dbtmp)?|\d+\.(?:log|dbtmp|sst)"
)
_IN_FOLDERS = (".ttl", ".nt", ".jsonld", ".trig", ".nq", ".rdf")
_SCHEMES = ("target-group", "theme")  # the vocabularies that come with strategraph


class SharedLock:
    """Keeps writers in other processes away from a store as long as it exists."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises :class:`BlockingIOError` while another process writes."""
        self._file: int | None = None
        if sys.platform != "win32":
            import fcntl

            self._file = os.open(folder / "LOCK", os.O_RDONLY)
            fcntl.lockf(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)


@dataclass(frozen=True, slots=True)
class OpenStore:
    """A store that is open for reading, and the lock that goes with it."""

    store: Store
    lock: SharedLock = field(repr=False)


def is_store(folder: Path) -> bool:
    """Whether there is an embedded store in the folder, by the files that every RocksDB has."""
    return all((folder / name).is_file() for name in ("CURRENT", "IDENTITY"))


def open_to_read(folder: Path) -> OpenStore:
    """Return the store in a folder; raise :class:`UnusableInputError` if there is none or it is in use."""
    from pyoxigraph import Store

    _check(folder)
    with _failures_in_one_line(folder):
        lock = SharedLock(folder)
        return OpenStore(Store.read_only(str(folder)), lock)


def open_to_write(folder: Path, *, create: bool) -> Store:
    """Return the store in a folder; with ``create`` a new one where the folder is new or empty.

    It is locked until nothing refers to it any more. Raises :class:`UnusableInputError` if there is no store,
    or another process uses it.
    """
    from pyoxigraph import Store

    with _failures_in_one_line(folder):
        if create and _is_free(folder):
            return _made(folder)
        _check(folder)
        return Store(str(folder))


def _made(folder: Path) -> Store:
    """Make a store; where that fails, as on a full disk, the folder is left as free as it was."""
    from pyoxigraph import Store

    there = folder.exists()
    _clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return Store(str(folder))
    except BaseException:
        _clear(folder)
        if not there:
            with suppress(OSError):
                folder.rmdir()
        raise


def _clear(folder: Path) -> None:
    """Remove what a making of a store left that was not finished; nothing else is in a free folder."""
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink()


def _check(folder: Path) -> None:
    if not is_store(folder):
        raise UnusableInputError(
            f"{folder}: not a store; `strategraph store DIR add GRAPH` makes one in a new or empty folder"
        )


def _is_free(folder: Path) -> bool:
    """Whether there is nothing in a folder, or only what a making of a store left that was not finished."""
    if not folder.exists():
        return True
    return (
        folder.is_dir()
        and not is_store(folder)
        and all(_OF_A_STORE.fullmatch(path.name) and path.is_file() for path in folder.iterdir())
        and not any(folder.glob("*.sst"))  # that has data
    )


@contextmanager
def _failures_in_one_line(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        # RocksDB's messages have no numbers to tell them by.
        if isinstance(error, BlockingIOError) or "lock" in str(error).lower():
            raise UnusableInputError(
                f"{folder}: another process is using this store; try again when it is done"
            ) from error
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise UnusableInputError(f"{folder}: the store cannot be opened ({reason})") from error


@dataclass(frozen=True, slots=True)
class Dataset:
    """Triples to ask, and the prefixes and the base to shorten their IRIs with.

    The default graph is the union of all graphs, each triple once; named graphs can be asked for, too.
    ``lock`` keeps a store on disk from being changed as long as the dataset is in use.
    """

    store: Store
    prefixes: Mapping[str, str]
    base: str
    lock: SharedLock | None = None


def load_dataset(path: Path) -> Dataset:
    """Return the graphs in a file, in an embedded store, or in all RDF files of a folder but the reports.

    Raises :class:`UnusableInputError` for a file that is no graph, or a folder that has none.
    """
    from pyoxigraph import Quad, Store

    if is_store(path):
        return _stored(path)
    store = Store()
    prefixes = dict(known_prefixes())
    base = DEFAULT_BASE
    numbers = count()
    for file in graph_files(path):
        parsed = parse(file, numbers)
        store.bulk_extend(parsed.quads)
        prefixes |= parsed.prefixes
        base = parsed.base or base
    if next(iter(store.named_graphs()), None) is not None:
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in list(store))
    return Dataset(store, prefixes, base)


def _stored(folder: Path) -> Dataset:
    """Return the store in a folder as it is: its default graph is kept as the union of the plans' graphs."""
    opened = open_to_read(folder)
    names = (str(name.value) for name in opened.store.named_graphs())
    return Dataset(opened.store, prefixes_of_stores(), base_of(names), opened.lock)


def base_of(graphs: Iterable[str]) -> str:
    """Return the base that the names of plans' graphs have, that of the first by name.

    >>> base_of(["https://example.org/id/plan/x/graph", "https://example.org/other"])
    'https://example.org/id/'
    """
    return next(
        (name[: name.index("/plan/") + 1] for name in sorted(graphs) if "/plan/" in name), DEFAULT_BASE
    )


def graph_files(path: Path) -> list[Path]:
    """Return the file, or the graphs in a folder and all below it, by path.

    Raises :class:`UnusableInputError` if there is none."""
    if not path.is_dir():
        return [path]
    files = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in _IN_FOLDERS and file.is_file() and not is_report(file)
    )
    if not files:
        raise UnusableInputError(f"{path}: no graph in this folder; looked for *{', *'.join(_IN_FOLDERS)}")
    return files


@cache
def prefixes_of_stores() -> Mapping[str, str]:
    """Return the prefixes for a store, which keeps none: those that the Turtle of a build has."""
    return {**known_prefixes(), **{scheme: f"{CONCEPT_BASE}{scheme}/" for scheme in _SCHEMES}}


@cache
def known_prefixes() -> Mapping[str, str]:
    """Return the prefixes that a query may use without declaring them: those of the JSON-LD context."""
    context = json.loads(resources.path("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
