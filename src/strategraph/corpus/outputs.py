"""The files that a build writes for one source, as one set with its manifest."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS
from strategraph.reading.original import Original
from strategraph.system.manifest import SUFFIX
from strategraph.system.whole_files import Content, write_files

if TYPE_CHECKING:
    from strategraph.pipeline import Result

DEFAULT_FORMATS = ("turtle", "graphml")
_BESIDE = (".txt", ".report.ttl", ".coverage.json")


def suffixes(formats: Sequence[str]) -> tuple[str, ...]:
    """Return what is added to a source's name for each file of its set.

    >>> suffixes(["turtle"])
    ('.ttl', '.txt', '.report.ttl', '.coverage.json', '.sha256')
    """
    return (*(FORMATS[format_].suffix for format_ in formats), *_BESIDE, SUFFIX)


def write_outputs(
    result: Result,
    folder: Path,
    name: str,
    formats: Sequence[str],
    *,
    original: Original | None = None,
    sources: Collection[str] = (),
    lasting: bool = True,
) -> tuple[Path, ...]:
    """Write the set of a result and return its files, the manifest of the set last.

    ``original`` is what came from elsewhere and is kept as it came. ``sources`` are the real paths of files
    that must stay as they are: a source that is its own text is left alone. ``lasting`` is that of
    :func:`strategraph.system.whole_files.write_files`. Raises :class:`UnusableInputError` where a source
    would be overwritten, or the system refuses; then nothing has changed.
    """
    files = dict(_contents(result, folder, name, formats))
    if original is not None:
        files[folder / f"{name}.original{_suffix(result)}"] = original.data
    for path, content in list(files.items()):
        if os.path.realpath(path) in sources:
            if path.read_bytes() != content:
                raise UnusableInputError(
                    f"{path}: the outputs would overwrite this source; choose another --out"
                )
            del files[path]
    whole = folder / f"{name}{SUFFIX}"
    write_files(files, manifest=whole, lasting=lasting)
    return (*files, whole)


def _contents(
    result: Result, folder: Path, name: str, formats: Sequence[str]
) -> Iterator[tuple[Path, Content]]:
    from strategraph.export import write

    for format_ in formats:
        yield folder / f"{name}{FORMATS[format_].suffix}", write(result.graph, format_)
    contents = (
        result.document.source.text.encode("utf-8"),
        write(result.report.to_graph(), "turtle"),
        result.coverage.to_json().encode("utf-8"),
    )
    yield from (
        (folder / f"{name}{suffix}", content) for suffix, content in zip(_BESIDE, contents, strict=True)
    )


def _suffix(result: Result) -> str:
    """Return the suffix of the format that a source was read as."""
    from strategraph.reading.formats import FORMATS as READABLE

    media_type = result.document.source.media_type
    return next(format_.suffixes[0] for format_ in READABLE if format_.media_type == media_type)
