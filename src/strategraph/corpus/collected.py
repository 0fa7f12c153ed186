"""The plans of a folder as one: a dataset with a named graph a plan, a database, a network.

Datasets and databases are written plan by plan, so that memory does not grow with their number; a network
needs all plans at once, for what they share is one node in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from rdflib import Graph

from strategraph.corpus.records import CONFORMS, MANIFEST, VIOLATIONS, load_records
from strategraph.errors import UnusableInputError
from strategraph.export import USUAL, NetworkOptions, find_format, write_to
from strategraph.querying.dataset import graph_files
from strategraph.rdf.loading import FORMATS, load_graph, without_reports
from strategraph.rdf.merging import merge

_PLAN_BY_PLAN = frozenset({"nquads", "trig", "ntriples"})
"""Formats in which files that follow each other are one file."""
_PARQUET = "parquet-"


def plan_files(folder: Path) -> list[Path]:
    """Return the graph of each plan in a folder, by path; of copies of one source the first.

    Where a run left its manifest, it says which these are. Raises :class:`UnusableInputError` if there is
    none.
    """
    if not is_built(folder):
        return graph_files(folder)
    found: dict[str, Path] = {}
    for record in load_records(folder):
        graphs = [name for name in record.outputs if _is_graph(name)]
        if record.verdict in (CONFORMS, VIOLATIONS) and graphs:
            found.setdefault(f"{record.plan} {record.sha256}", folder / _plainest(graphs))
    if not found:
        raise UnusableInputError(f"{folder}: no plan in it was built")
    return list(found.values())


def is_built(folder: Path) -> bool:
    """Whether a run left its manifest in a folder."""
    return (folder / MANIFEST).is_file()


def graphs_of(given: Iterable[Path]) -> list[Path]:
    """Return the graphs that are given, with folders replaced by the graph of each plan in them."""
    paths = list(given)
    files = without_reports(path for path in paths if not path.is_dir())
    inside = [file for path in paths if path.is_dir() for file in plan_files(path)]
    return [*files, *inside]


def _is_graph(name: str) -> bool:
    return Path(name).suffix in FORMATS and not name.endswith(
        (".report.ttl", ".12.ttl", ".12.nt", ".12.trig", ".stratml.xml")
    )


def _plainest(names: list[str]) -> str:
    order = list(FORMATS)
    return min(names, key=lambda name: (order.index(Path(name).suffix), name))


def write_collection(
    folder: Path,
    name: str,
    file: BinaryIO,
    options: NetworkOptions = USUAL,
    notice: Callable[[Path], object] | None = None,
) -> None:
    """Write the plans of a folder in a format of :data:`strategraph.export.FORMATS`, as one file.

    ``notice`` is told of each graph before it is read. Raises :class:`UnusableInputError` for a graph that
    cannot be read, and where two plans have one IRI but not one source, which a run over both tells apart.
    """
    format_ = find_format(name)
    paths = plan_files(folder)

    def graphs() -> Iterator[tuple[Path, Graph]]:
        for path in paths:
            if notice is not None:
                notice(path)
            yield path, load_graph(path)

    if format_.name == "sqlite":
        from strategraph.export.rdf.tables import write_all

        write_all((graph for _, graph in graphs()), file)
    elif format_.name.startswith(_PARQUET):
        from strategraph.export.rdf.tables import write_table

        write_table(format_.name.removeprefix(_PARQUET), (graph for _, graph in graphs()), file)
    elif format_.name in _PLAN_BY_PLAN:
        for _, graph in graphs():
            write_to(graph, format_.name, file)
    else:
        merged = merge({str(path): graph for path, graph in graphs()})
        write_to(merged, format_.name, file, options)
