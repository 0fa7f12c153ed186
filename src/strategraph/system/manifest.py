"""Which files a build wrote together, with their checksums, as ``sha256sum`` writes and checks them.

A plan's files are one set: the report and the coverage are of the graph beside them. The manifest is put in
place last. A set with which it does not agree is of a build that was interrupted, or was changed afterwards.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

SUFFIX = ".sha256"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<sum>[0-9a-f]{64})  (?P<name>.+)")


def manifest(named: Mapping[str, str]) -> bytes:
    """Return the manifest of files by name, given their SHA-256 in hexadecimal digits.

    >>> manifest({"x.ttl": "0" * 64}).decode()[-8:]
    '  x.ttl\\n'
    """
    return "".join(_line(name, named[name]) for name in sorted(named)).encode("utf-8", "surrogateescape")


def _line(name: str, checksum: str) -> str:
    shown = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if shown == name else chr(92)}{checksum}  {shown}\n"


def mixed(path: Path) -> str | None:
    """Return in one line how a file of a set disagrees with the set's manifest; None if it does not.

    None also for a file that no manifest beside it names.
    """
    for place in _manifests(path):
        wrong = [name for name, checksum in _sums(place).items() if not _is(place.parent / name, checksum)]
        if wrong:
            return (
                f"{path}: its set is not as {place.name} says ({', '.join(wrong)}): a build was interrupted,"
                " or a file was changed since; build it again"
            )
    return None


def is_of_a_set(path: Path) -> bool:
    """Whether a file was written by a build, as the manifest beside it says."""
    return bool(_manifests(path))


def holds(place: Path) -> bool:
    """Whether there is such a manifest, and every file that it names is as it says."""
    named = _sums(place)
    return bool(named) and all(_is(place.parent / name, checksum) for name, checksum in named.items())


def members(place: Path) -> tuple[Path, ...]:
    """Return the files that a manifest names; none where there is no manifest."""
    return tuple(place.parent / name for name in sorted(_sums(place)))


def _manifests(path: Path) -> list[Path]:
    """Return the manifests beside a file that name it: those called like the file without its endings."""
    parts = path.name.split(".")
    names = [".".join(parts[:number]) for number in range(len(parts) - 1, 0, -1)]
    places = [path.with_name(name + SUFFIX) for name in names if name]
    return [
        place for place in places if place != path and os.path.isfile(place) and path.name in _sums(place)
    ]


def _sums(place: Path) -> dict[str, str]:
    try:
        return sums(place.read_bytes())
    except OSError:
        return {}


def sums(data: bytes) -> dict[str, str]:
    """Return the checksums that a manifest gives, by name; the way back from :func:`manifest`."""
    found = {}
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            name = match["name"]
            if match["escaped"]:
                name = re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), name)
            if "/" not in name and name not in ("", ".", ".."):
                found[name] = match["sum"]
    return found


def _is(path: Path, checksum: str) -> bool:
    if not os.path.isfile(path):
        return False  # a pipe would keep us waiting
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == checksum
    except OSError:
        return False
