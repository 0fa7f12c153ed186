"""The graphs that a question is put to: one file, all those of a folder, or an embedded store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.knowledge import resources
from strategraph.model.identifiers import CONCEPT_BASE, DEFAULT_BASE
from strategraph.querying.stores.embedded import is_store, open_to_read
from strategraph.rdf.parsing import is_report, parse

if TYPE_CHECKING:
    from pyoxigraph import Store

    from strategraph.querying.stores.embedded import SharedLock

_IN_FOLDERS = (".ttl", ".nt", ".jsonld", ".trig", ".nq", ".rdf")
_SCHEMES = ("target-group", "theme")  # the vocabularies that come with strategraph


@dataclass(frozen=True, slots=True)
class Dataset:
    """Triples to ask, and the prefixes and the base to shorten their IRIs with.

    The default graph is the union of all graphs, each triple once; named graphs can be asked for, too.
    ``lock`` keeps a store on disk from being changed as long as the dataset is in use.
    """

    store: Store
    prefixes: Mapping[str, str]
    base: str
    lock: SharedLock | None = None


def load_dataset(path: Path) -> Dataset:
    """Return the graphs in a file, in an embedded store, or in all RDF files of a folder but the reports.

    Raises :class:`UnusableInputError` for a file that is no graph, or a folder that has none.
    """
    from pyoxigraph import Quad, Store

    if is_store(path):
        return _stored(path)
    store = Store()
    prefixes = dict(known_prefixes())
    base = DEFAULT_BASE
    numbers = count()
    for file in graph_files(path):
        parsed = parse(file, numbers)
        store.bulk_extend(parsed.quads)
        prefixes |= parsed.prefixes
        base = parsed.base or base
    if next(iter(store.named_graphs()), None) is not None:
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in list(store))
    return Dataset(store, prefixes, base)


def _stored(folder: Path) -> Dataset:
    """Return the store in a folder as it is: its default graph is kept as the union of the plans' graphs."""
    opened = open_to_read(folder)
    names = (str(name.value) for name in opened.store.named_graphs())
    return Dataset(opened.store, prefixes_of_stores(), base_of(names), opened.lock)


def base_of(graphs: Iterable[str]) -> str:
    """Return the base that the names of plans' graphs have, that of the first by name.

    >>> base_of(["https://example.org/id/plan/x/graph", "https://example.org/other"])
    'https://example.org/id/'
    """
    return next(
        (name[: name.index("/plan/") + 1] for name in sorted(graphs) if "/plan/" in name), DEFAULT_BASE
    )


def graph_files(path: Path) -> list[Path]:
    """Return the file, or the graphs in a folder, by name; raise :class:`UnusableInputError` if none."""
    if not path.is_dir():
        return [path]
    files = sorted(
        file for file in path.iterdir() if file.suffix.lower() in _IN_FOLDERS and not is_report(file)
    )
    if not files:
        raise UnusableInputError(f"{path}: no graph in this folder; looked for *{', *'.join(_IN_FOLDERS)}")
    return files


@cache
def prefixes_of_stores() -> Mapping[str, str]:
    """Return the prefixes for a store, which keeps none: those that the Turtle of a build has."""
    return {**known_prefixes(), **{scheme: f"{CONCEPT_BASE}{scheme}/" for scheme in _SCHEMES}}


@cache
def known_prefixes() -> Mapping[str, str]:
    """Return the prefixes that a query may use without declaring them: those of the JSON-LD context."""
    context = json.loads(resources.path("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}
