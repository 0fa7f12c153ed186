"""CSV: a table of the nodes and a table of the edges.

The flavour ``gephi`` has the headers that Gephi's spreadsheet import knows, ``neo4j`` those of
``neo4j-admin database import``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

from rdflib import Graph

from strategraph.export.columns import marked
from strategraph.export.network import Edge, Vertex
from strategraph.export.options import Options


class _Header(NamedTuple):
    """A column's header in each flavour, and the field of a vertex or edge that stands below it."""

    gephi: str
    neo4j: str
    field: str


_NODES = (
    _Header("Id", "id:ID", "id"),
    _Header("Label", "label", "label"),
    _Header("type", ":LABEL", "type"),
    _Header("uri", "uri", "uri"),
    _Header("plan", "plan:string[]", "plan"),
    _Header("number", "number", "number"),
    _Header("statement", "statement", "statement"),
    _Header("sameAs", "sameAs:string[]", "same_as"),
    _Header("color", "color", "color"),
    _Header("size", "size:double", "size"),
    _Header("x", "x:double", "x"),
    _Header("y", "y:double", "y"),
)
_EDGES = (
    _Header("Source", ":START_ID", "source"),
    _Header("Target", ":END_ID", "target"),
    _Header("Id", "id", "id"),
    _Header("Kind", ":TYPE", "label"),
    _Header("predicate", "predicate", "predicate"),
    _Header("Weight", "weight:int", "weight"),
    _Header("evidence", "evidence", "evidence"),
)
_AS_THEY_ARE = ("id", "source", "target", "label")


def write_nodes(graph: Graph, file: BinaryIO, options: Options) -> None:
    """Write the table of nodes."""
    _write(options.network(graph).vertices(), _NODES, file, options)


def write_edges(graph: Graph, file: BinaryIO, options: Options) -> None:
    """Write the table of edges; all are directed."""
    _write(options.network(graph).edges(), _EDGES, file, options)


def _write(
    records: Iterable[Vertex | Edge], headers: Sequence[_Header], file: BinaryIO, options: Options
) -> None:
    for_gephi = options.flavour == "gephi"
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")

    def put(row: Iterable[object]) -> None:
        writer.writerow(row)
        file.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()

    put(header.gephi if for_gephi else header.neo4j for header in headers)
    for record in records:
        row = [(header.field, getattr(record, header.field)) for header in headers]
        put(
            marked(value) if for_gephi and isinstance(value, str) and field not in _AS_THEY_ARE else value
            for field, value in row
        )
