"""GEXF 1.3: the network with its years, so that Gephi's timeline plays the plans of a corpus.

A node is there in the years of the plans that it belongs to, an edge in those of the plans of both its ends;
what belongs to a plan without years is always there. Colours, sizes and places are ``viz`` attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from rdflib import Graph

from strategraph.export.network.assembly import Edge, Network, Period, Vertex, merged
from strategraph.export.network.columns import EDGE_COLUMNS, NetworkColumn, marked
from strategraph.export.options import NetworkOptions

# What GEXF has an element or attribute of its own for is no column.
_OWN = {"label", "color", "size", "x", "y", "weight"}
_EDGE_COLUMNS = tuple(column for column in EDGE_COLUMNS if column.name not in _OWN)

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""


def write(graph: Graph, file: BinaryIO, options: NetworkOptions) -> None:
    """Write the network as GEXF."""
    file.writelines(line.encode() for line in _lines(options.network(graph)))


def _lines(network: Network) -> Iterator[str]:
    periods = {iri: plan.period for iri, plan in network.plans.items() if any(plan.period)}
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if periods else 'mode="static"'
    node_columns = [column for column in network.node_columns if column.name not in _OWN]
    yield _HEAD
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
