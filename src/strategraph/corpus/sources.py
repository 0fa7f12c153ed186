"""Which sources a run has, and what the outputs of each are called.

Names keep the sub-folders of the folder that was given. A name is a source's stem; with its suffix where
outputs of two sources would share a file, with the given folder before it where that is not enough, either;
names that differ by capitals or by how an accent is written, which are one on many file systems, end with
digits of their own.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from hashlib import sha256
from pathlib import Path, PurePath
from unicodedata import normalize

from strategraph.corpus.outputs import suffixes
from strategraph.corpus.remote import as_path, find_remote, is_remote
from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS as OUTPUT_FORMATS
from strategraph.reading.formats import FORMATS
from strategraph.system.files import is_of_a_set, read_given_text

STANDARD_INPUT = "-"
LIST = "@"
"""What a file that lists sources, one a line, is marked with."""

_SUFFIXES = frozenset(suffix for format_ in FORMATS for suffix in format_.suffixes)
_KINDS = tuple({f".{end.split('.')[1]}" for end in suffixes(tuple(OUTPUT_FORMATS)) if end.count(".") > 1})
"""What tells files of a set apart that have one suffix, such as ".report": no name of a set ends so."""


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """A source: a path, an address or "-"; and what its outputs are called below the folder for them."""

    place: str
    name: str


@dataclass(frozen=True, slots=True)
class _Found:
    place: str
    names: tuple[str, ...]  # the names it may have, the first that is free counts


def find(
    given: Sequence[str],
    *,
    outputs: Sequence[str],
    out: str | None = None,
    addresses: Mapping[str, str] | None = None,
    taken: Sequence[str] = (),
    skipped: Callable[[str], object] | None = None,
) -> tuple[CorpusSource, ...]:
    """Return the sources that are given, each once, by name.

    ``given`` are files, folders (searched with all that is in them), patterns such as ``plans/**/*.pdf``,
    all these also elsewhere (``s3://bucket/plans``), lists of such (``@list.txt``), addresses and "-".
    ``outputs`` are the suffixes of what is written for
    each source; ``out`` is the folder it is written to: what lies there is no source unless named.
    ``addresses`` are those of ``given`` that are addresses, each with a stem for its name; ``taken`` names
    of files in ``out`` that no source's output may have; ``skipped`` is told of folders that cannot be
    searched. Raises :class:`UnusableInputError` where there is no source, or two would write one file.
    """
    found = list(_each(list(_lines(given)), dict(addresses or {}), out, skipped))
    if not found:
        raise UnusableInputError("there is no source in what was given")
    by_place: dict[str, _Found] = {}
    for one in found:
        key = one.place if one.place in (addresses or {}) or is_remote(one.place) else _real(one.place)
        known = by_place.get(key)
        # a file that is named beside its folder keeps its place in the folder
        if known is None or (one.names[0].count("/"), one.place) > (known.names[0].count("/"), known.place):
            by_place[key] = one
    sources = sorted(by_place.values(), key=lambda one: (one.names, one.place))
    return tuple(sorted(_named(sources, outputs, taken), key=lambda source: (source.name, source.place)))


def _real(place: str) -> str:
    return place if place == STANDARD_INPUT else os.path.realpath(place)


def _lines(given: Sequence[str]) -> Iterator[str]:
    """Yield what is given, with lists replaced by what they list."""
    for place in given:
        if not place.startswith(LIST) or os.path.lexists(place):
            yield as_path(place)
            continue
        path = Path(place.removeprefix(LIST))
        try:
            lines = read_given_text(path, "utf-8-sig").split("\n")  # names may hold what else ends lines
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is not UTF-8 text"
            raise UnusableInputError(f"{path}: the list of sources cannot be read ({reason})") from error
        yield from (as_path(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def _each(
    given: Sequence[str],
    addresses: Mapping[str, str],
    out: str | None,
    skipped: Callable[[str], object] | None,
) -> Iterator[_Found]:
    for place in given:
        if place in addresses:
            stem = addresses[place]
            yield _Found(place, (stem, f"{stem}-{sha256(place.encode()).hexdigest()[:8]}"))
        elif place == STANDARD_INPUT:
            yield _Found(place, ("stdin",))
        elif is_remote(place):
            root = PurePath(place).name
            for address, name in find_remote(place, _SUFFIXES, out):
                yield _below(address, name, "" if has_magic(root) or address == place else root)
        elif os.path.isdir(place):
            inside = list(_in_folder(place, out, skipped))
            if not inside:
                raise UnusableInputError(
                    f"{place}: there is no source in this folder; looked for *{', *'.join(sorted(_SUFFIXES))}"
                )
            yield from inside
        elif has_magic(place) and not os.path.lexists(place):
            yield from _matching(place)
        else:
            yield _below(place, PurePath(place).name, "")


def _below(place: str, relative: str, root: str) -> _Found:
    """Return a file with the names it may have, given its path below the folder that was searched."""
    path = PurePath(relative)
    names = [path.as_posix()]
    if not path.stem.casefold().endswith(_KINDS):
        names.insert(0, path.with_suffix("").as_posix())
    if root:
        names.append(f"{root}/{path.as_posix()}")
    names.append(f"{path.with_suffix('').as_posix()}-{sha256(os.fsencode(relative)).hexdigest()[:8]}")
    return _Found(place, tuple(dict.fromkeys(map(_safe, names))))


def _in_folder(folder: str, out: str | None, skipped: Callable[[str], object] | None) -> Iterator[_Found]:
    """Yield the readable files in a folder and all below it, but for hidden ones and outputs of builds."""
    outputs = None if out is None else os.path.realpath(out)
    root = PurePath(os.path.abspath(folder)).name

    def told(error: OSError) -> None:
        if skipped is not None:
            skipped(f"{error.filename}: cannot be searched ({error.strerror})")

    for inside, folders, files in os.walk(folder, onerror=told):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(inside, name)) != outputs
        )
        for name in sorted(files):
            path = os.path.join(inside, name)
            if (
                not name.startswith(".")
                and PurePath(name).suffix.lower() in _SUFFIXES
                and os.path.isfile(path)
                and not is_of_a_set(Path(path))
            ):
                yield _below(path, os.path.relpath(path, folder), root)


def _matching(pattern: str) -> Iterator[_Found]:
    """Yield the files that a pattern matches: those that can be read, all if there is none."""
    fixed = PurePath(*_before_magic(PurePath(pattern).parts))
    files = sorted(path for path in glob(pattern, recursive=True) if os.path.isfile(path))
    readable = [path for path in files if PurePath(path).suffix.lower() in _SUFFIXES]
    if not files:
        raise UnusableInputError(f"{pattern}: no file matches")
    for path in readable or files:
        yield _below(path, os.path.relpath(path, fixed), fixed.name)


def _before_magic(parts: Sequence[str]) -> Iterator[str]:
    for part in parts[:-1]:
        if has_magic(part):
            return
        yield part


def _named(found: Sequence[_Found], outputs: Sequence[str], taken: Sequence[str]) -> Iterator[CorpusSource]:
    """Yield the sources, each by the first of its names with which it shares no output with another."""
    chosen = [0] * len(found)
    while True:
        writers: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(found):
            for suffix in outputs:
                writers[_as_one(f"{one.names[chosen[number]]}{suffix}")].append(number)
        reserved = {_as_one(name) for name in taken}
        clashing = {
            name: numbers for name, numbers in writers.items() if len(numbers) > 1 or name in reserved
        }
        if not clashing:
            break
        free = {n for numbers in clashing.values() for n in numbers if chosen[n] + 1 < len(found[n].names)}
        if not free:
            name, numbers = min(clashing.items())
            raise UnusableInputError(
                f"{name}: the outputs of two sources would have this name"
                f" ({' and '.join(found[n].place for n in numbers[:2])}); build them apart"
            )
        for number in free:
            chosen[number] += 1
    for one, number in zip(found, chosen, strict=True):
        yield CorpusSource(one.place, one.names[number])


def _as_one(name: str) -> str:
    """Return what is the same for all names that a file system may take for one: in capitals, or composed.

    >>> _as_one("PLAN-e\u0301") == _as_one("plan-\u00e9")
    True
    """
    return normalize("NFD", normalize("NFD", name).casefold())


def _safe(name: str) -> str:
    """Return a name that leads nowhere but below the folder it is put in.

    >>> _safe("../../etc/plan")
    'etc/plan'
    """
    return "/".join(part for part in name.split("/") if part not in ("", ".", "..")) or "source"
