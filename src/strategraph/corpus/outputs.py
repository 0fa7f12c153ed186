"""What a build writes for one source, as one set with its manifest, and the folder this goes to.

Also what it depends on beside the source: software, tables, libraries, options.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import strategraph
from strategraph import __version__
from strategraph.corpus.records import Records, open_records
from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS
from strategraph.pipeline import Options, told
from strategraph.rdf.provenance import checksums
from strategraph.reading.request import Original
from strategraph.system.files import MANIFEST_SUFFIX, Content, holds, only_writer, write_files

if TYPE_CHECKING:
    from strategraph.pipeline import Result


_DISTRIBUTION = "strategraph"
_UNSAID = ("base_iri", "min_confidence", "own")  # options that a graph does not tell, as its content does


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the sources of a run are built.

    The corrections and readings of the options are files, or folders that have one for some of the sources.
    """

    options: Options
    formats: tuple[str, ...]

    def options_for(self, place: str, name: str, *, claimed: str = "") -> Options:
        """Return the options for a source; with ``claimed``, its plan is told apart from others of it."""
        return replace(
            self.options,
            corrections=_file(self.options.corrections, place, name, ".corrections.toml"),
            readings=_file(self.options.readings, place, name, ".readings.toml"),
            taken={claimed: ""} if claimed else {},
        )

    def seen_by_all(self) -> Recipe:
        """Return the recipe with its files named as processes in other folders know them."""
        given = self.options
        options = replace(
            given,
            vocabularies=tuple(map(Path.absolute, given.vocabularies)),
            rules=given.rules and given.rules.absolute(),
            corrections=given.corrections and given.corrections.absolute(),
            readings=given.readings and given.readings.absolute(),
        )
        return replace(self, options=options)

    def without_files(self, place: str, name: str) -> Iterator[str]:
        """Yield what folders of decisions and proposals lack for a source, in words."""
        files = ((self.options.corrections, ".corrections.toml"), (self.options.readings, ".readings.toml"))
        for given, suffix in files:
            if given is not None and _file(given, place, name, suffix) is None:
                yield f"{given}: has no {name}{suffix}; {place} is built without"

    def fingerprint(self, place: str, name: str) -> str:
        """Return what is another for a source if anything that its outputs depend on is another.

        Raises :class:`OSError` for a file of decisions, proposals or a vocabulary that cannot be read.
        """
        whole = {**self._common(), "for this source": sorted(told(self.options_for(place, name)))}
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:32]

    def _common(self) -> Mapping[str, object]:
        options = self.options
        return {
            **made_by(),
            **libraries(),
            **{name: getattr(options, name) for name in _UNSAID},
            "limits": asdict(options.limits),
            "formats": self.formats,
            "moment": os.environ.get("SOURCE_DATE_EPOCH", ""),
        }


def _file(given: Path | None, place: str, name: str, suffix: str) -> Path | None:
    if given is None:
        return None
    from strategraph.curation import find_readings

    return find_readings(given, place, name, suffix)


@cache
def made_by() -> Mapping[str, str]:
    """Return the version of the software, and the SHA-256 of its code and of each kind of table it reads."""
    tables = {str(name).rpartition("#")[2].removesuffix("Sha256"): sum_ for name, sum_ in checksums().items()}
    return {"software": __version__, "code": _code(), **tables}


@cache
def libraries() -> Mapping[str, str]:
    """Return the versions of the libraries that a build uses, by name."""
    found = {}
    for requirement in metadata.requires(_DISTRIBUTION) or ():
        name = requirement.split(";")[0]
        if "extra" not in requirement:
            name = name[: next((i for i, c in enumerate(name) if not (c.isalnum() or c in "-_.")), len(name))]
            found[name] = metadata.version(name)
    return found


def _code() -> str:
    """Return the SHA-256 of our own code, which in a checkout changes without its version."""
    package = Path(strategraph.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        whole.update(f"{path.relative_to(package).as_posix()}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


DEFAULT_FORMATS = ("turtle", "graphml")
_BESIDE = (".txt", ".report.ttl", ".coverage.json")


def suffixes(formats: Sequence[str]) -> tuple[str, ...]:
    """Return what is added to a source's name for each file of its set.

    >>> suffixes(["turtle"])
    ('.ttl', '.txt', '.report.ttl', '.coverage.json', '.sha256')
    """
    return (*(FORMATS[format_].suffix for format_ in formats), *_BESIDE, MANIFEST_SUFFIX)


class OutputFolder(Protocol):
    """A folder for outputs, here or elsewhere; names are paths below it. It can be sent to other processes.

    What cannot be written or read there raises :class:`UnusableInputError`, one line.
    """

    def __str__(self) -> str:
        """Return the folder as people know it."""

    def records(self, waiting: Callable[[], object] | None) -> AbstractContextManager[Records]:
        """Give the records of the folder to a run (:func:`strategraph.corpus.records.open_records`)."""

    def recorded(self, place: str) -> str:
        """Return how the records of the folder name a source that is a file here."""

    def place(self, recorded: str) -> str:
        """Return where a source is that is recorded so; the way back."""

    def address(self, name: str) -> str:
        """Return what a file is known by everywhere, however it is named."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def read(self, name: str) -> bytes | None:
        """Return what is in a file, None if it cannot be read."""

    def holds(self, manifest: str) -> bool:
        """Whether a manifest is there, and every file that it names is as it says."""

    def write(self, files: Mapping[str, Content], *, manifest: str, lasting: bool) -> None:
        """Write files, and last the manifest of them; ``lasting`` as in :func:`write_files`."""

    def remove(self, names: Sequence[str]) -> None:
        """Remove files, and folders that nothing is left in."""


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of a file system, where files are put in place whole or not at all."""

    path: Path

    def __str__(self) -> str:
        """Return its path."""
        return str(self.path)

    def records(self, waiting: Callable[[], object] | None) -> AbstractContextManager[Records]:
        """Give its records to the only run that may change them."""
        return open_records(self.path, waiting)

    def recorded(self, place: str) -> str:
        """Return the path from the folder, so that both can be moved together."""
        return Path(os.path.relpath(os.path.realpath(place), self.path)).as_posix()

    def place(self, recorded: str) -> str:
        """Return the path that leads there."""
        return os.path.normpath(self.path / recorded)

    def address(self, name: str) -> str:
        """Return the path behind links."""
        return os.path.realpath(self.path / name)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return os.path.isfile(self.path / name)

    def read(self, name: str) -> bytes | None:
        """Return what is in a file, None if it cannot be read."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def holds(self, manifest: str) -> bool:
        """Whether a manifest is there, and every file that it names is as it says."""
        return holds(self.path / manifest)

    def write(self, files: Mapping[str, Content], *, manifest: str, lasting: bool) -> None:
        """Write files and their manifest, all or none."""
        whole = {self.path / name: content for name, content in files.items()}
        write_files(whole, manifest=self.path / manifest, lasting=lasting)

    def remove(self, names: Sequence[str]) -> None:
        """Remove files, and folders that nothing is left in."""
        paths = [self.path / name for name in names]
        with only_writer({path.parent for path in paths}):
            for path in paths:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise UnusableInputError(f"cannot remove {path}: {error.strerror or error}") from error
        for parent in sorted({path.parent for path in paths}, reverse=True):
            for folder in (parent, *parent.parents):
                if folder == self.path or self.path not in folder.parents:
                    break
                with suppress(OSError):  # there is more in it
                    folder.rmdir()


def write_outputs(
    result: Result,
    folder: OutputFolder,
    name: str,
    formats: Sequence[str],
    *,
    original: Original | None = None,
    sources: Collection[str] = (),
    lasting: bool = True,
) -> tuple[str, ...]:
    """Write the set of a result and return the names of its files, the manifest of the set last.

    ``original`` is what came from elsewhere and is kept as it came. ``sources`` are the addresses of files
    that must stay as they are: a source that is its own text is left alone. Raises
    :class:`UnusableInputError` where a source would be overwritten, or the system refuses; then nothing has
    changed.
    """
    files = dict(_contents(result, name, formats))
    if original is not None:
        files[f"{name}.original{_suffix(result)}"] = original.data
    for file, content in list(files.items()):
        if folder.address(file) in sources:
            if folder.read(file) != content:
                raise UnusableInputError(
                    f"{folder}/{file}: the outputs would overwrite this source; choose another --out"
                )
            del files[file]
    whole = f"{name}{MANIFEST_SUFFIX}"
    folder.write(files, manifest=whole, lasting=lasting)
    return (*files, whole)


def _contents(result: Result, name: str, formats: Sequence[str]) -> Iterator[tuple[str, Content]]:
    from strategraph.export import write

    for format_ in formats:
        yield f"{name}{FORMATS[format_].suffix}", write(result.graph, format_)
    contents = (
        result.document.source.text.encode("utf-8"),
        write(result.report.to_graph(), "turtle"),
        result.coverage.to_json().encode("utf-8"),
    )
    yield from ((f"{name}{suffix}", content) for suffix, content in zip(_BESIDE, contents, strict=True))


def _suffix(result: Result) -> str:
    """Return the suffix of the format that a source was read as."""
    from strategraph.reading.formats import FORMATS as READABLE

    media_type = result.document.source.media_type
    return next(format_.suffixes[0] for format_ in READABLE if format_.media_type == media_type)
