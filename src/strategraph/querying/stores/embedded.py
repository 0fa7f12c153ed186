"""Opens the embedded Oxigraph store in a folder: one process may change it, or many may read it.

RocksDB, under Oxigraph, keeps writers apart by its lock file, but what a reader sees while another process
writes is undefined. So readers take a shared lock on that same file: it fails while somebody writes, and
makes a writer fail while somebody reads.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    from pyoxigraph import Store


# How RocksDB names its files.
_OF_A_STORE = re.compile(
    r"LOCK|LOG(?:\.old\.\d+)?|CURRENT|IDENTITY|MANIFEST-\d+|OPTIONS-\d+(?:\.dbtmp)?|\d+\.(?:log|dbtmp|sst)"
)


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
