"""GraphML as Gephi reads it right: see ``docs/graphml.md`` for the columns and what is folded into them.

The flavour ``strict`` is valid by the schema of GraphML, which has no attribute for an edge's kind; Gephi
then finds it in the column ``label`` only. The file is written as it is made, so that neither the edges nor
the text are held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, Protocol
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph

from strategraph.export.network.assembly import Edge, Vertex
from strategraph.export.network.columns import EDGE_COLUMNS, NetworkColumn, marked
from strategraph.export.options import NetworkOptions

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_ENDS = 3  # the first fields of an edge: its id, source and target


class NetworkRows(Protocol):
    """What is written: a network, or anything else with vertices and edges."""

    def vertices(self) -> Iterator[Vertex]:
        """Yield the vertices."""

    def edges(self) -> Iterator[Edge]:
        """Yield the edges between them."""

    @property
    def node_columns(self) -> tuple[NetworkColumn, ...]:
        """Return the columns of its vertices."""


def write(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the network as GraphML."""
    write_network(options.network(graph), file, strict=options.flavour == "strict")


def write_network(network: NetworkRows, file: BinaryIO, *, strict: bool = False) -> None:
    """Write a network as GraphML, ``strict`` without kinds of edges."""
    file.write(_HEAD.encode())
    # Keys are n0, n1 … and e0, e1 …: importers take some names ("id", "x", yEd's "d3") for more than keys.
    for element, columns in (("node", network.node_columns), ("edge", EDGE_COLUMNS)):
        for number, column in enumerate(columns):
            file.write(
                f'  <key id="{element[0]}{number}" for="{element}" '
                f'attr.name="{column.name}" attr.type="{column.type}"/>\n'.encode()
            )
    file.write(b'  <graph edgedefault="directed">\n')
    node_data = _Data("n", network.node_columns, Vertex._fields)
    for vertex in network.vertices():
        file.write(f'    <node id="{vertex.id}">\n{node_data.of(vertex)}    </node>\n'.encode())
    # What edges say comes again and again, but for the evidence: it is written out once.
    edge_data = lru_cache(maxsize=2**10)(_Data("e", EDGE_COLUMNS, Edge._fields[_ENDS:]).of)
    for edge in network.edges():
        id_, source, target = edge[:_ENDS]
        kind = "" if strict else _kind(edge.label)
        file.write(
            f'    <edge id="{id_}" source="{source}" target="{target}"{kind}>\n'
            f"{edge_data(edge[_ENDS:])}    </edge>\n".encode()
        )
    file.write(b"  </graph>\n</graphml>\n")


class _Data:
    """The values of vertices or edges as elements; a value that there is none of is left out."""

    def __init__(self, letter: str, columns: Sequence[NetworkColumn], fields: Sequence[str]) -> None:
        self._columns = [
            (f'      <data key="{letter}{number}">', fields.index(column.field), column.name == "label")
            for number, column in enumerate(columns)
        ]

    def of(self, record: Sequence[str | float]) -> str:
        return "".join(
            [
                f"{start}{_text(value, is_label)}</data>\n"
                for start, place, is_label in self._columns
                if (value := record[place]) != ""
            ]
        )


# Classes, plans, predicates and weights come again and again: these are written out once.
@lru_cache(maxsize=2**10, typed=True)
def _text(value: str | float, is_label: bool) -> str:
    if isinstance(value, str):
        return escape(value if is_label else marked(value))
    return str(value)


@lru_cache(maxsize=2**10)
def _kind(label: str) -> str:
    return f" label={quoteattr(label)}"
