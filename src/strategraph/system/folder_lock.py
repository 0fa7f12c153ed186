"""One writer to a folder at a time, and no litter of writers that died.

The lock is on the folder itself and ends with the process that holds it, however that ends. Whoever holds it
knows that hidden files of ours are of a writer that is no more, and removes them. Where the system or the
file system knows no such locks (Windows, some network drives) there are none, and nothing is removed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

HIDDEN = ".strategraph-"
"""How the names of files begin that are not in place yet, or no more."""


@contextmanager
def only_writer(folders: Iterable[Path]) -> Iterator[None]:
    """Wait until nobody else writes to the folders, and keep others waiting until this is left.

    The folders are locked in the order of their names, so that two writers never wait for each other.
    """
    with ExitStack() as locks:
        for folder in sorted({folder for folder in folders if folder.is_dir()}):
            locks.enter_context(_locked(folder))
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX)
        except OSError:
            pass  # there are no locks here
        else:
            _remove_litter(folder)
        yield
    finally:
        os.close(place)


def _remove_litter(folder: Path) -> None:
    for left in folder.glob(f"{HIDDEN}*"):
        with suppress(OSError):
            left.unlink()


def settle(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power, where the system can promise that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # the files are in place, whether or not that can be promised
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
