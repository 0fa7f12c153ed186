"""The formats of networks: GraphML and GEXF (for Gephi), Cytoscape JSON, CSV.

GraphML as Gephi reads it right: see ``docs/graphml.md`` for the columns and what is folded into them.

The flavour ``strict`` is valid by the schema of GraphML, which has no attribute for an edge's kind; Gephi
then finds it in the column ``label`` only. The file is written as it is made, so that neither the edges nor
the text are held in memory.

GEXF 1.3: the network with its years, so that Gephi's timeline plays the plans of a corpus.

A node is there in the years of the plans that it belongs to, an edge in those of the plans of both its ends;
what belongs to a plan without years is always there. Colours, sizes and places are ``viz`` attributes.

Cytoscape JSON, for Cytoscape and for cytoscape.js in web pages.

CSV: a table of the nodes and a table of the edges.

The flavour ``gephi`` has the headers that Gephi's spreadsheet import knows, ``neo4j`` those of
``neo4j-admin database import``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, BinaryIO, Protocol
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph

from strategraph.export import NetworkOptions
from strategraph.export.network import Edge, Network, Period, Vertex, merged
from strategraph.export.network.projection import EDGE_COLUMNS, NetworkColumn, marked

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_ENDS = 3  # the first fields of an edge: its id, source and target
# What GEXF has an element or attribute of its own for is no column.
_OWN = {"label", "color", "size", "x", "y", "weight"}
_EDGE_COLUMNS = tuple(column for column in EDGE_COLUMNS if column.name not in _OWN)
_GEXF_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
# Headers that Gephi knows, and the types by which Neo4j's are told, by the name of the column.
_GEPHI = {"label": "Label", "weight": "Weight"}
_NEO4J = {"int": ":int", "double": ":double", "plan": ":string[]", "sameAs": ":string[]"}
# The headers of what is no column, or is told twice, and the fields of a vertex or edge below them.
_NODES: Mapping[str, Mapping[str, str]] = {"gephi": {"Id": "id"}, "neo4j": {"id:ID": "id", ":LABEL": "type"}}
_EDGES: Mapping[str, Mapping[str, str]] = {
    "gephi": {"Source": "source", "Target": "target", "Id": "id", "Kind": "label"},
    "neo4j": {":START_ID": "source", ":END_ID": "target", ":TYPE": "label", "id": "id"},
}
_AS_THEY_ARE = ("Id", "Label", "Source", "Target", "Kind")


class NetworkRows(Protocol):
    """What is written: a network, or anything else with vertices and edges."""

    def vertices(self) -> Iterator[Vertex]:
        """Yield the vertices."""

    def edges(self) -> Iterator[Edge]:
        """Yield the edges between them."""

    @property
    def node_columns(self) -> tuple[NetworkColumn, ...]:
        """Return the columns of its vertices."""


def write_graphml(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
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


def write_gexf(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the network as GEXF."""
    file.writelines(line.encode() for line in _lines(options.network(graph)))


def _lines(network: Network) -> Iterator[str]:
    periods = {iri: plan.period for iri, plan in network.plans.items() if any(plan.period)}
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if periods else 'mode="static"'
    node_columns = [column for column in network.node_columns if column.name not in _OWN]
    yield _GEXF_HEAD
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    for kind, columns in (("node", node_columns), ("edge", _EDGE_COLUMNS)):
        yield f'    <attributes class="{kind}" mode="static">\n'
        for column in columns:
            type_ = "integer" if column.type == "int" else column.type
            yield f'      <attribute id="{column.name}" title="{column.name}" type="{type_}"/>\n'
        yield "    </attributes>\n"
    plans: dict[str, frozenset[str]] = {}
    yield "    <nodes>\n"
    for vertex in network.vertices():
        plans[vertex.id] = frozenset(vertex.plan.split(";")) if vertex.plan else frozenset()
        yield f'      <node id="{vertex.id}" label={quoteattr(vertex.label)}>\n'
        yield from _values(vertex, node_columns)
        yield from _spells([periods.get(plan) for plan in plans[vertex.id]])
        yield f'        <viz:size value="{vertex.size}"/>\n'
        yield f'        <viz:position x="{vertex.x}" y="{vertex.y}" z="0.0"/>\n'
        red, green, blue = bytes.fromhex(vertex.color[1:])
        yield f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
        yield "      </node>\n"
    yield "    </nodes>\n    <edges>\n"
    for edge in network.edges():
        yield (
            f'      <edge id="{edge.id}" source="{edge.source}" target="{edge.target}" '
            f'kind={quoteattr(edge.label)} label={quoteattr(edge.label)} weight="{edge.weight}">\n'
        )
        yield from _values(edge, _EDGE_COLUMNS)
        yield from _spells([periods.get(plan) for plan in plans[edge.source] & plans[edge.target]])
        yield "      </edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _values(record: Vertex | Edge, columns: Sequence[NetworkColumn]) -> Iterator[str]:
    values = ((column.name, getattr(record, column.field)) for column in columns)
    said = [(name, marked(str(value))) for name, value in values if value != ""]
    if said:
        yield "        <attvalues>\n"
        for name, value in said:
            yield f'          <attvalue for="{name}" value={quoteattr(value)}/>\n'
        yield "        </attvalues>\n"


def _spells(periods: Sequence[Period | None]) -> Iterator[str]:
    """Yield the years of some plans; nothing, which is always, if those of one are not known."""
    known = [period for period in periods if period is not None]
    if known and len(known) == len(periods):
        yield "        <spells>\n"
        for start, end in merged(known):
            first = "" if start is None else f' start="{start:04}-01-01"'
            last = "" if end is None else f' end="{end:04}-12-31"'
            yield f"          <spell{first}{last}/>\n"
        yield "        </spells>\n"


def write_cytoscape(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the network as Cytoscape JSON, a node or an edge a line."""
    file.writelines(line.encode() for line in _json_lines(options.network(graph)))


def _json_lines(network: Network) -> Iterator[str]:
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


def write_nodes(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the table of nodes."""
    network = options.network(graph)
    _write(network.vertices(), _fields(_NODES, network.node_columns, options), file, options)


def write_edges(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the table of edges; all are directed."""
    _write(options.network(graph).edges(), _fields(_EDGES, EDGE_COLUMNS, options), file, options)


def _fields(
    first: Mapping[str, Mapping[str, str]], columns: Iterable[NetworkColumn], options: NetworkOptions
) -> dict[str, str]:
    """Return the headers of a flavour, and the field that stands below each."""
    fields = dict(first[options.flavour])
    if options.flavour == "gephi":
        return fields | {_GEPHI.get(column.name, column.name): column.field for column in columns}
    return fields | {
        column.name + _NEO4J.get(column.name, _NEO4J.get(column.type, "")): column.field
        for column in columns
        if column.field not in fields.values()
    }


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
