"""Cytoscape JSON, for Cytoscape and for cytoscape.js in web pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from rdflib import Graph

from strategraph.export.network.assembly import Edge, Network, Vertex
from strategraph.export.network.columns import EDGE_COLUMNS, NetworkColumn
from strategraph.export.options import NetworkOptions


def write(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the network as Cytoscape JSON, a node or an edge a line."""
    file.writelines(line.encode() for line in _lines(options.network(graph)))


def _lines(network: Network) -> Iterator[str]:
    yield '{"format_version": "1.0", "target_cytoscapejs_version": "~2.1", "data": {}, "elements": {\n'
    yield '"nodes": ['
    yield from _items(_node(vertex, network.node_columns) for vertex in network.vertices())
    yield '],\n"edges": ['
    yield from _items(map(_edge, network.edges()))
    yield "]\n}}\n"


def _items(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield ("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False)


def _node(vertex: Vertex, columns: Sequence[NetworkColumn]) -> dict[str, Any]:
    # "name" is what Cytoscape shows; the y axis of its pictures goes down.
    values = {column.name: getattr(vertex, column.field) for column in columns}
    position = {"x": values.pop("x"), "y": 0.0 - values.pop("y")}
    return {"data": {"id": vertex.id, "name": vertex.label} | _said(values), "position": position}


def _edge(edge: Edge) -> dict[str, Any]:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target, "interaction": edge.label}
    return {"data": ends | _said({column.name: getattr(edge, column.field) for column in EDGE_COLUMNS})}


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value != ""}
