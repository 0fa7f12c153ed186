"""CSV: a table of the nodes and a table of the edges.

The flavour ``gephi`` has the headers that Gephi's spreadsheet import knows, ``neo4j`` those of
``neo4j-admin database import``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from rdflib import Graph

from strategraph.export.network.assembly import Edge, Vertex
from strategraph.export.network.columns import MEASURE_COLUMNS, marked
from strategraph.export.options import NetworkOptions

# The headers of each flavour, and the fields of a vertex or edge that stand below them.
_NODES: Mapping[str, Mapping[str, str]] = {
    "gephi": {
        "Id": "id",
        "Label": "label",
        "type": "type",
        "uri": "uri",
        "plan": "plan",
        "number": "number",
        "statement": "statement",
        "sameAs": "same_as",
        "color": "color",
        "size": "size",
        "x": "x",
        "y": "y",
    },
    "neo4j": {
        "id:ID": "id",
        ":LABEL": "type",
        "label": "label",
        "uri": "uri",
        "plan:string[]": "plan",
        "number": "number",
        "statement": "statement",
        "sameAs:string[]": "same_as",
        "color": "color",
        "size:double": "size",
        "x:double": "x",
        "y:double": "y",
    },
}
_EDGES: Mapping[str, Mapping[str, str]] = {
    "gephi": {
        "Source": "source",
        "Target": "target",
        "Id": "id",
        "Kind": "label",
        "Label": "label",
        "predicate": "predicate",
        "Weight": "weight",
        "count": "quotations",
        "evidence": "evidence",
    },
    "neo4j": {
        ":START_ID": "source",
        ":END_ID": "target",
        ":TYPE": "label",
        "id": "id",
        "predicate": "predicate",
        "weight:double": "weight",
        "count:int": "quotations",
        "evidence": "evidence",
    },
}
_AS_THEY_ARE = ("Id", "Label", "Source", "Target", "Kind")


def write_nodes(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the table of nodes."""
    types = {} if options.flavour == "gephi" else {"int": ":int", "double": ":double"}
    measures = {f"{column.name}{types.get(column.type, '')}": column.field for column in MEASURE_COLUMNS}
    fields = {**_NODES[options.flavour], **(measures if options.measures else {})}
    _write(options.network(graph).vertices(), fields, file, options)


def write_edges(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the table of edges; all are directed."""
    _write(options.network(graph).edges(), _EDGES[options.flavour], file, options)


def _write(
    records: Iterable[Vertex | Edge], fields: Mapping[str, str], file: BinaryIO, options: NetworkOptions
) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(fields)
    to_mark = fields.keys() - _AS_THEY_ARE if options.flavour == "gephi" else frozenset[str]()
    for record in records:
        values = ((header, getattr(record, field)) for header, field in fields.items())
        rows.writerow(
            marked(value) if header in to_mark and isinstance(value, str) else value
            for header, value in values
        )
    text.detach()
