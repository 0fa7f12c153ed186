"""GraphML as Gephi reads it right: see ``docs/graphml.md`` for the columns and what is folded into them.

The file is written as it is made, so that neither the edges nor the text are held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph

from strategraph.export.network import Edge, Network, Vertex
from strategraph.export.options import Options

# Column names with their types, and the fields they come from. Keys are n0, n1 … and e0, e1 … in this order:
# importers take some names ("id", "x", yEd's "d3") for more than keys.
NODE_COLUMNS: Mapping[str, tuple[str, str]] = {
    "label": ("string", "label"),
    "type": ("string", "type"),
    "uri": ("string", "uri"),
    "plan": ("string", "plan"),
    "number": ("string", "number"),
    "statement": ("string", "statement"),
    "sameAs": ("string", "same_as"),
    "color": ("string", "color"),
    "size": ("double", "size"),
    "x": ("double", "x"),
    "y": ("double", "y"),
}
EDGE_COLUMNS: Mapping[str, tuple[str, str]] = {
    "label": ("string", "label"),
    "predicate": ("string", "predicate"),
    "weight": ("double", "weight"),
    "evidence": ("string", "evidence"),
}

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


# Gephi takes "INF" for infinity even within a word ("INFORMATION"), and "null" for no value, in columns of
# text as well. An invisible word joiner after the first letter keeps the words, to the eye, as they are.
_FREE_TEXT = ("number", "statement", "evidence")
_MISREAD = re.compile(r"(?<=I)(?=NF)|(?i:(?<=^N)(?=ULL$))")
WORD_JOINER = "\u2060"


def write(graph: Graph, file: BinaryIO, options: Options) -> None:
    """Write the graph as GraphML."""
    file.writelines(line.encode() for line in _lines(options.network(graph)))


def _lines(network: Network) -> Iterator[str]:
    yield _HEAD
    for kind, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        for number, (name, (type_, _)) in enumerate(columns.items()):
            yield f'  <key id="{kind[0]}{number}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for vertex in network.vertices():
        yield f'    <node id="{vertex.id}">\n'
        yield from _data(vertex, "n", NODE_COLUMNS)
        yield "    </node>\n"
    for edge in network.edges():
        yield (
            f'    <edge id="{edge.id}" source="{edge.source}" target="{edge.target}" '
            f"label={quoteattr(edge.label)}>\n"
        )
        yield from _data(edge, "e", EDGE_COLUMNS)
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(record: Vertex | Edge, letter: str, columns: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield the values that a vertex or an edge has."""
    for number, (_, field) in enumerate(columns.values()):
        value = getattr(record, field)
        text = f"{value:.1f}" if isinstance(value, float) else str(value)
        if field in _FREE_TEXT:
            text = _MISREAD.sub(WORD_JOINER, text)
        if text:
            yield f'      <data key="{letter}{number}">{escape(text)}</data>\n'
