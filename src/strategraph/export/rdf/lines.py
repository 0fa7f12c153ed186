"""N-Triples and N-Quads, sorted: made to be compared, split and joined line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rdflib import Graph

from strategraph.export.plan_graphs import plan_graphs
from strategraph.export.rdf.blank_nodes import with_stable_names
from strategraph.export.rdf.terms import ntriples


def write(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as canonical N-Triples, in byte order."""
    _write_sorted(_statements(with_stable_names(graph)), file)


def write_nquads(graph: Graph, file: BinaryIO) -> None:
    """Write the graph as canonical N-Quads, in byte order: a named graph for each plan."""
    _write_sorted(
        (
            f"{statement} {ntriples(name)}" if name is not None else statement
            for name, part in plan_graphs(with_stable_names(graph))
            for statement in _statements(part)
        ),
        file,
    )


def _statements(graph: Graph) -> Iterable[str]:
    return (" ".join(map(ntriples, triple)) for triple in graph)


def _write_sorted(statements: Iterable[str], file: BinaryIO) -> None:
    for line in sorted(f"{statement} .\n".encode() for statement in statements):
        file.write(line)
