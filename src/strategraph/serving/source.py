"""The store that the workers read, made from a file or folder of graphs if it is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from strategraph.embedded import is_store
from strategraph.querying.dataset import Dataset, load_dataset


@dataclass(frozen=True, slots=True)
class Source:
    """The folder of an embedded store, and what a dataset of it needs; ``graphs`` are its named ones.

    ``path`` is what was asked to be served: the store itself, or what it was made from.
    """

    folder: Path
    path: Path
    prefixes: Mapping[str, str]
    base: str
    graphs: tuple[str, ...]


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Give the store in a folder, or the graphs of a file or folder in a store of their own.

    The latter is made in a temporary folder, so that several processes can read it, and is gone afterwards.
    As long as the source is open, no other process can change the store. Raises
    :class:`~strategraph.errors.UnusableInputError` for what holds no graph.
    """
    dataset = load_dataset(path)
    if is_store(path):
        yield _source(path, path, dataset)
        return
    with TemporaryDirectory(prefix="strategraph-serve-", ignore_cleanup_errors=True) as folder:
        yield _source(_copied(dataset, Path(folder)), path, dataset)


def _source(folder: Path, path: Path, dataset: Dataset) -> Source:
    graphs = sorted(str(graph.value) for graph in dataset.store.named_graphs())
    return Source(folder, path, dataset.prefixes, dataset.base, tuple(graphs))


def _copied(dataset: Dataset, folder: Path) -> Path:
    from pyoxigraph import Store

    store = Store(str(folder))
    store.bulk_extend(dataset.store)
    store.flush()
    return folder
