"""Sources and outputs elsewhere, by the addresses that fsspec knows: ``s3://bucket/plans``, ``memory://x``.

An object store puts an object in place whole or not at all, but knows no locks and no order of several: the
manifest of a set is written last there, too, and tells what is mixed. One run at a time is to have a folder.
http and https are fetched by our own :mod:`strategraph.reading.fetching`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import has_magic
from io import BytesIO
from pathlib import PurePath, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from strategraph.corpus.records import JOURNAL, MANIFEST, Records, read_manifest, whole_lines
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.reading.request import Original
from strategraph.system.files import MANIFEST_SUFFIX, Content, list_checksums, sums

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://")
_OTHERS = frozenset({"http", "https", "ftp"})  # what `fetching` has to say yes or no to
_FILE = "file://"
_BATCH = 25  # records between two writings of the journal: what a run that is killed builds again at most
_AT_A_TIME = 8  # requests


def is_remote(place: str) -> bool:
    """Whether a place is an address for fsspec.

    >>> [is_remote(place) for place in ("s3://b/x.txt", "https://example.org/x", "file:///x", "C:/x")]
    [True, False, False, False]
    """
    found = _ADDRESS.match(place)
    return (
        found is not None
        and found["scheme"].lower() not in _OTHERS
        and not place.startswith(_FILE)
        and not os.path.lexists(place)
    )


def as_path(place: str) -> str:
    """Return a place with ``file://`` taken off.

    >>> as_path("file:///plans/x.txt"), as_path("x.txt")
    ('/plans/x.txt', 'x.txt')
    """
    return place.removeprefix(_FILE)


def find_remote(address: str, suffixes: Collection[str], out: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the addresses of sources, each with its path below what was searched, by address.

    ``address`` is that of a file, of a folder, or a pattern; of folders and patterns only files with one of
    the suffixes count, and what builds wrote does not, nor what lies in ``out``. Raises
    :class:`UnusableInputError` if there is none.
    """
    with _told(address):
        system, path = _at(address)
        if has_magic(address):
            root = "/".join(path.split("/")[: _fixed(path)])
            found = [file for file in system.glob(path) if system.isfile(file)]
        elif system.isfile(path):
            yield address, PurePosixPath(path).name
            return
        else:
            root, found = path.rstrip("/"), system.find(path)
        below = {str(file).removeprefix(root).lstrip("/"): system.unstrip_protocol(file) for file in found}
        made = {
            str(PurePosixPath(name).with_name(of_set))
            for name, file in below.items()
            if name.endswith(MANIFEST_SUFFIX)
            for of_set in sums(system.cat_file(file))
        }
    outputs = RemoteFolder(out).address("") if out is not None and is_remote(out) else ""
    if outputs == f"{system.unstrip_protocol(root)}/":
        outputs = ""  # sources may lie beside their outputs
    readable = sorted(
        (file, name)
        for name, file in below.items()
        if PurePosixPath(name).suffix.lower() in suffixes
        and name not in made
        and not any(part.startswith(".") for part in name.split("/"))
        and not (outputs and file.startswith(outputs))
    )
    if not readable:
        raise UnusableInputError(f"{address}: there is no source")
    yield from readable


def _fixed(path: str) -> int:
    """Return how many parts of a pattern come before the first that is one."""
    return next(number for number, part in enumerate(path.split("/")) if has_magic(part))


def original(address: str, *, size: int) -> Original:
    """Return the bytes of a file, ``size`` at most; nothing of it tells that it did not lie here."""
    with _told(address):
        system, path = _at(address)
        data = system.cat_file(path, start=0, end=min(size + 1, system.size(path)))
    if len(data) > size:
        raise UnusableInputError(f"{address}: is larger than {size:,} bytes, the limit (see --max-size)")
    return Original(PurePosixPath(path).name, data)


def is_there(address: str) -> bool:
    """Whether there is such a file."""
    with _told(address):
        system, path = _at(address)
        return bool(system.exists(path))


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder for outputs at an address."""

    url: str

    def __str__(self) -> str:
        """Return its address."""
        return self.url

    @contextmanager
    def records(self, waiting: Callable[[], object] | None) -> Iterator[Records]:
        """Give its records; nobody is waited for, as there are no locks."""
        data = self.read(MANIFEST)
        journal = _RemoteJournal(self)
        known = read_manifest(data, self.address(MANIFEST)) if data is not None else []
        try:
            yield Records(known, journal)
        finally:
            journal.flush()

    def recorded(self, place: str) -> str:
        """Return the path from the root: there is no way from an address to a file here."""
        return PurePath(os.path.realpath(place)).as_posix()

    def place(self, recorded: str) -> str:
        """Return the path."""
        return recorded

    def address(self, name: str) -> str:
        """Return the address of a file."""
        system, path = _at(self.url)
        return str(system.unstrip_protocol(f"{path.rstrip('/')}/{name}"))

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return is_there(self.address(name))

    def read(self, name: str) -> bytes | None:
        """Return what is in a file, None if there is none."""
        with _told(self.address(name)):
            system, path = _at(self.address(name))
            try:
                return bytes(system.cat_file(path))
            except FileNotFoundError:
                return None

    def holds(self, manifest: str) -> bool:
        """Whether a manifest is there, and every file that it names is as it says."""
        named = sums(self.read(manifest) or b"")
        return bool(named) and all(
            hashlib.sha256(self.read(str(PurePosixPath(manifest).with_name(name))) or b"").hexdigest() == sum_
            for name, sum_ in named.items()
        )

    def write(self, files: Mapping[str, Content], *, manifest: str, lasting: bool = True) -> None:
        """Write files, several at a time, and last their manifest; what is written outlasts this process."""
        from concurrent.futures import ThreadPoolExecutor

        data = {name: _bytes(content) for name, content in files.items()}
        checksums = {PurePath(name).name: hashlib.sha256(one).hexdigest() for name, one in data.items()}
        with ThreadPoolExecutor(_AT_A_TIME) as threads:
            list(threads.map(self.put, data, data.values()))
        self.put(manifest, list_checksums(checksums))

    def put(self, name: str, data: bytes) -> None:
        """Write a file."""
        with _told(self.address(name)):
            system, path = _at(self.address(name))
            system.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
            system.pipe_file(path, data)

    def remove(self, names: Sequence[str]) -> None:
        """Remove files; folders are only in their names."""
        for name in names:
            with _told(self.address(name)):
                system, path = _at(self.address(name))
                if system.exists(path):
                    system.rm_file(path)

    def parts(self) -> list[str]:
        """Return the names of the parts of the journal, in order."""
        with _told(self.url):
            system, path = _at(self.url)
            found = system.glob(f"{path.rstrip('/')}/{JOURNAL}.*")
        return sorted(PurePosixPath(file).name for file in found)


class _RemoteJournal:
    """Objects that are never changed, as none can be added to: some records in each."""

    def __init__(self, folder: RemoteFolder) -> None:
        self._folder = folder
        self._parts = folder.parts()
        self._lines: list[bytes] = []

    def lines(self) -> Iterator[bytes]:
        for part in self._parts:
            yield from whole_lines((self._folder.read(part) or b"").splitlines(keepends=True))

    def note(self, line: bytes) -> None:
        self._lines.append(line)
        if len(self._lines) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if self._lines:
            last = int(self._parts[-1].rpartition(".")[2]) if self._parts else 0
            self._parts.append(f"{JOURNAL}.{last + 1:08}")
            self._folder.put(self._parts[-1], b"".join(self._lines))
            self._lines = []

    def end(self, files: Mapping[str, bytes]) -> None:
        self._lines = []
        for name, data in files.items():
            self._folder.put(name, data)
        self._folder.remove(self._parts)


def _bytes(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    buffer = BytesIO()
    content(buffer)
    return buffer.getvalue()


def _at(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    if urlsplit(address).password:
        raise UnusableInputError(
            "an address with a password in it would end up in the manifest; give it to fsspec otherwise"
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UnusableInputError(
            f"{address}: needs one more package: pip install 'strategraph[cluster]'"
        ) from error
    # what others write there is not to be missed
    system, path = url_to_fs(address, use_listings_cache=False)
    return system, str(path)


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Tell what a file system refuses in one line; each has errors of its own, and no root of them."""
    try:
        yield
    except StrategraphError:
        raise
    except FileNotFoundError as error:
        raise UnusableInputError(f"{address}: there is no such file") from error
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnusableInputError(f"{address}: cannot be read or written ({reason})") from error
