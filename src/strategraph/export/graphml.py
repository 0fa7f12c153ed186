"""GraphML as Gephi reads it right: see ``docs/graphml.md`` for the columns and what is folded into them.

The flavour ``strict`` is valid by the schema of GraphML, which has no attribute for an edge's kind; Gephi
then finds it in the column ``label`` only. The file is written as it is made, so that neither the edges nor
the text are held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph

from strategraph.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, marked
from strategraph.export.network import Edge, Network, Vertex
from strategraph.export.options import Options

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(graph: Graph, file: BinaryIO, options: Options) -> None:
    """Write the network as GraphML."""
    kind = (lambda edge: "") if options.flavour == "strict" else _kind
    file.writelines(line.encode() for line in _lines(options.network(graph), kind))


def _kind(edge: Edge) -> str:
    return f" label={quoteattr(edge.label)}"


def _lines(network: Network, kind: Callable[[Edge], str]) -> Iterator[str]:
    yield _HEAD
    # Keys are n0, n1 … and e0, e1 …: importers take some names ("id", "x", yEd's "d3") for more than keys.
    for element, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        for number, column in enumerate(columns):
            yield (
                f'  <key id="{element[0]}{number}" for="{element}" '
                f'attr.name="{column.name}" attr.type="{column.type}"/>\n'
            )
    yield '  <graph edgedefault="directed">\n'
    for vertex in network.vertices():
        yield f'    <node id="{vertex.id}">\n'
        yield from _data(vertex, "n", NODE_COLUMNS)
        yield "    </node>\n"
    for edge in network.edges():
        yield f'    <edge id="{edge.id}" source="{edge.source}" target="{edge.target}"{kind(edge)}>\n'
        yield from _data(edge, "e", EDGE_COLUMNS)
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(record: Vertex | Edge, letter: str, columns: Sequence[Column]) -> Iterator[str]:
    """Yield the values that a vertex or an edge has."""
    for number, column in enumerate(columns):
        value = getattr(record, column.field)
        text = f"{value:.1f}" if isinstance(value, float) else str(value)
        if column.name != "label":
            text = marked(text)
        if text:
            yield f'      <data key="{letter}{number}">{escape(text)}</data>\n'
