"""Reads what the user names, as a whole: a file, a pipe, a device; none of them without end."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

FILE, PIPE, DEVICE = 2**32, 2**30, 2**24
"""How many bytes are read at most: what a file has is on a disk, what a pipe gives may have no end, and of
devices only a terminal has words to read."""

_STEP = 2**20


def read_given(path: Path) -> bytes:
    """Return what a file, pipe or device gives.

    Raises :class:`OSError` where the system refuses, and for more than the bounds; its ``strerror`` says so.
    """
    with path.open("rb", buffering=0) as file:
        return _read(file, str(path))


def read_given_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return the text of a file, pipe or device with its line ends as LF.

    Raises :class:`OSError` as :func:`read_given` does, and :class:`UnicodeDecodeError`.
    """
    return _text(read_given(path), encoding, errors)


def read_standard_input() -> bytes:
    """Return what comes on standard input; raises :class:`OSError` as :func:`read_given` does."""
    return _read(sys.stdin.buffer, "standard input")


def read_standard_input_text() -> str:
    """Return the text that comes on standard input; raises as :func:`read_given_text` does."""
    return _text(read_standard_input(), "utf-8-sig", "strict")


def _text(data: bytes, encoding: str, errors: str) -> str:
    return TextIOWrapper(BytesIO(data), encoding, errors).read()


def _read(file: IO[bytes], name: str) -> bytes:
    most, whole = _most(file)
    if whole:
        return file.read()
    found = bytearray()
    while part := file.read(_STEP):
        found += part
        if len(found) > most:
            raise OSError(errno.EFBIG, f"gives more than {most:,} bytes, and may have no end", name)
    return bytes(found)


def _most(file: IO[bytes]) -> tuple[int, bool]:
    """Return how many bytes are read at most, and whether it is known that there are no more."""
    try:
        told = os.fstat(file.fileno())
    except OSError:  # what is read is no file, as in tests
        return PIPE, False
    if stat.S_ISREG(told.st_mode):
        return FILE, told.st_size <= FILE
    device = stat.S_ISCHR(told.st_mode) or stat.S_ISBLK(told.st_mode)
    return DEVICE if device else PIPE, False
