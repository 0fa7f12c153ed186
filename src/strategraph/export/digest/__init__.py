"""A digest of graphs: all that is shown of them to people, on the page and in reports.

Nothing here knows HTML or any format; what is read is the graph, by the ontology's terms (``facts.py``), and
what a build writes beside it: the text that evidence counts in, what the reading left open, the pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rdflib import DCTERMS, RDFS, Graph, URIRef

from strategraph.errors import UnusableInputError
from strategraph.export.appearance import OntologyTerm, terms
from strategraph.export.digest.facts import Digest, Fact, Node, QuotedEvidence, digest
from strategraph.model import PlacedPage
from strategraph.rdf.namespace import SG

__all__ = [
    "Digest",
    "Fact",
    "Node",
    "OntologyTerm",
    "QuotedEvidence",
    "SourceText",
    "digest",
    "terms",
    "texts_beside",
    "with_pages",
    "without_pages",
]

_MOST = 2_000  # texts that are looked at in a folder
_LARGEST = 50_000_000  # bytes of one
_COLLECTION = "manifest.json"  # as a build of many plans writes it


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source, whose SHA-256 the graph holds.

    ``bare`` are the places (start and end, in code points) of the sentences that gave no fact, ``open``
    what was read but could not be placed; both empty where no coverage stands beside the text. ``pages``
    say where the words are printed, where the source is at hand and has pages.
    """

    words: str
    bare: tuple[tuple[int, int], ...] = ()
    open: tuple[str, ...] = ()
    sentences: int = 0
    pages: tuple[PlacedPage, ...] = ()


def texts_beside(graph: Graph, paths: Iterable[Path]) -> Mapping[str, SourceText]:
    """Return the texts of a graph's sources that stand in the folders of ``paths``, by the source's IRI.

    A text is known by its checksum, not by its name, so that none is taken for another's. What cannot be
    read is passed over: a graph can be shown without its text.
    """
    wanted = {str(checksum): str(source) for source, checksum in graph.subject_objects(SG.textSha256)}
    found: dict[str, SourceText] = {}
    for path in _candidates(paths):
        if not wanted:
            break
        content = _read(path)
        source = wanted.pop(hashlib.sha256(content).hexdigest(), None)
        if source is not None:
            found[source] = _text(content.decode("utf-8", "replace"), path, source)
    return MappingProxyType(found)


def with_pages(
    texts: Mapping[str, SourceText], graph: Graph, paths: Iterable[Path], given: Iterable[Path] = ()
) -> Mapping[str, SourceText]:
    """Return the texts with the pages of their sources, and texts that are only had by reading these.

    ``given`` are sources; those with pages that stand in the folders of ``paths``, or that the manifest of a
    collection there names, are found. Raises
    :class:`UnusableInputError` for one that is given and cannot be read, is no source of the graph, or gives
    another text than the graph was built from.
    """
    from strategraph.reading.formats import BINARY_FORMATS

    wanted = {str(source).rpartition("/")[2]: str(source) for source in graph.subjects(SG.textSha256)}
    own = list(given)
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    suffixes = [suffix for format_ in BINARY_FORMATS if format_.paged for suffix in format_.suffixes]
    near = [
        path
        for folder in folders
        for suffix in suffixes
        for path in (
            *sorted(folder.glob(f"*{suffix}"))[:_MOST],
            *(each for each in _named(folder, wanted) if each.suffix.lower() == suffix),
        )
        if _is_at_hand(path)
    ]
    found = dict(texts)
    for path in (*own, *near):
        data = _read(path)
        source = wanted.get(hashlib.sha256(data).hexdigest())
        try:
            if source is None:
                raise UnusableInputError(
                    f"{path}: is no source of the graph" if data else f"{path}: cannot be read, or is empty"
                )
            if source not in found or not found[source].pages:
                found[source] = _printed(path, source, found.get(source), graph)
        except UnusableInputError:
            if path in own:
                raise
    return MappingProxyType(found)


def without_pages(graph: Graph, texts: Mapping[str, SourceText]) -> Sequence[str]:
    """Return the names of a graph's sources whose words have pages, but whose pages are not at hand."""
    paged = {graph.value(evidence, DCTERMS.source) for evidence in graph.subjects(SG.page)}
    absent = (
        source
        for source in paged & set(graph.subjects(SG.textSha256))
        if str(source) not in texts or not texts[str(source)].pages
    )
    return sorted(str(graph.value(source, RDFS.label, default=source)) for source in absent)


def _named(folder: Path, wanted: Mapping[str, str]) -> Iterator[Path]:
    """Yield the wanted sources, by checksum, that the manifest of a collection in a folder names."""
    for row in _rows(_json(folder / _COLLECTION), "plans"):
        if isinstance(row.get("source"), str) and str(row.get("sha256")) in wanted:
            yield folder / row["source"]


def _printed(path: Path, source: str, text: SourceText | None, graph: Graph) -> SourceText:
    """Return the text of a source, read anew, with its pages."""
    from strategraph.reading import read
    from strategraph.reading.request import ReadingOptions

    document = read(path, ReadingOptions(places=True))
    words = document.source.text
    checksums = {str(checksum) for checksum in graph.objects(URIRef(source), SG.textSha256)}
    if hashlib.sha256(words.encode()).hexdigest() not in checksums:
        raise UnusableInputError(
            f"{path}: gives another text than the graph was built from; was it built with other options?"
        )
    return replace(text or SourceText(words), pages=document.pages)


def _candidates(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the text files beside some graphs, the one that bears the graph's own name first."""
    given = list(paths)
    own = [path.with_suffix(".txt") for path in given]
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in given)
    others = (each for folder in folders for each in sorted(folder.glob("*.txt"))[:_MOST])
    for path in dict.fromkeys((*own, *others)):
        if _is_at_hand(path):
            yield path


def _is_at_hand(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= _LARGEST
    except OSError:  # a name that cannot be one
        return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _text(words: str, path: Path, source: str) -> SourceText:
    coverage = _coverage(path.with_name(f"{path.stem}.coverage.json"), source)
    sentences = _rows(coverage, "sentences")
    bare = [
        (row["start"], row["end"])
        for row in sentences
        if row.get("facts") == [] and isinstance(row.get("start"), int) and isinstance(row.get("end"), int)
    ]
    review = coverage.get("review")
    notes = review.get("unresolved", ()) if isinstance(review, dict) else ()
    return SourceText(
        words,
        tuple(sorted((start, end) for start, end in bare if 0 <= start < end <= len(words))),
        tuple(note for note in notes if isinstance(note, str)) if isinstance(notes, list) else (),
        len(sentences),
    )


def _coverage(path: Path, source: str) -> Mapping[str, Any]:
    """Return the coverage of a source, or nothing where it is missing, broken or another's."""
    found = _json(path)
    return found if source.endswith(f"/{found.get('sha256')}") else {}


def _json(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(coverage: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = coverage.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
