"""A read-only SPARQL 1.1 endpoint with a page to ask from.

request ─guard→ ─read→ Task ─pool→ worker process ─answer→ Reply ─negotiate→ response

Queries run in processes of their own, because that is the only way to stop one: the engine has no handle for
it, and a query may take all time and memory there is. What is served is what whoever starts the server
decides, and the store that the workers read: it is made from a file or folder of graphs if these are none.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from strategraph.querying.dataset import Dataset, is_store, load_dataset

_PREFIX = "strategraph-serve-"
_STARTING = 5.0  # seconds that a server may take from making its folder to locking it


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where to listen, for whom, and what a query may take.

    ``timeout`` is in seconds; ``limit`` the rows or triples after which an answer is cut (0: never);
    ``memory`` the MB that a worker process may have; ``workers`` how many queries run at once, ``waiting``
    how many more may wait, each as long as a query may run. ``cors`` is the origin of other pages that may
    ask, "*" for any, "" for none.
    """

    host: str = "127.0.0.1"
    port: int = 7979
    timeout: float = 30
    limit: int = 10_000
    memory: int = 1024
    workers: int = 2
    waiting: int = 1000
    cors: str = ""
    patience: float = 10
    """Seconds that a client may take to send a request."""
    body: int = 1_000_000
    """Bytes that a request may have."""
    answer: int = 64_000_000
    """Bytes that an answer may have."""


@dataclass(frozen=True, slots=True)
class ServedStore:
    """The folder of an embedded store, and what a dataset of it needs; ``graphs`` are its named ones.

    ``path`` is what was asked to be served: the store itself, or what it was made from.
    """

    folder: Path
    path: Path
    prefixes: Mapping[str, str]
    base: str
    graphs: tuple[str, ...]


@contextmanager
def open_source(path: Path) -> Iterator[ServedStore]:
    """Give the store in a folder, or the graphs of a file or folder in a store of their own.

    The latter is made in a temporary folder, so that several processes can read it, and is gone afterwards.
    As long as the source is open, no other process can change the store. Raises
    :class:`~strategraph.errors.UnusableInputError` for what holds no graph.
    """
    dataset = load_dataset(path)
    if is_store(path):
        yield _source(path, path, dataset)
        return
    remove_leftovers()
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder, _held(Path(folder)):
        store = Path(folder) / "store"
        store.mkdir()
        yield _source(_copied(dataset, store), path, dataset)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder, which ends with this process however that ends."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # no locks here
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(place)


def remove_leftovers() -> None:
    """Remove the temporary folders of our own user's servers that were killed: nobody holds their lock."""
    if sys.platform == "win32":
        return
    import fcntl

    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        try:
            status = folder.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
                continue
            if time.time() - status.st_mtime < _STARTING:
                continue
            place = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:  # gone meanwhile
            continue
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(place)


def _source(folder: Path, path: Path, dataset: Dataset) -> ServedStore:
    graphs = sorted(str(graph.value) for graph in dataset.store.named_graphs())
    return ServedStore(folder, path, dataset.prefixes, dataset.base, tuple(graphs))


def _copied(dataset: Dataset, folder: Path) -> Path:
    from pyoxigraph import Store

    store = Store(str(folder))
    store.bulk_extend(dataset.store)
    store.flush()
    return folder
