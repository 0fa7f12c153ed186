"""The network as a graph of networkx, for those who go on with it in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph

from strategraph.errors import UnusableInputError
from strategraph.export.network.columns import EDGE_COLUMNS
from strategraph.export.options import NetworkOptions

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def to_networkx(graph: Graph, options: NetworkOptions) -> MultiDiGraph:
    """Return the network with the columns of GraphML as attributes; a value that there is none of has none.

    Nodes and edges come in the order of the files, under the same ids. Texts are as the graph has them:
    nothing in them is marked for Gephi. Raises :class:`UnusableInputError` if networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise UnusableInputError("networks in Python need one more package: pip install networkx") from error
    network, found = options.network(graph), networkx.MultiDiGraph()
    for vertex in network.vertices():
        values = ((column.name, getattr(vertex, column.field)) for column in network.node_columns)
        found.add_node(vertex.id, **{name: value for name, value in values if value != ""})
    for edge in network.edges():
        values = ((column.name, getattr(edge, column.field)) for column in EDGE_COLUMNS)
        found.add_edge(
            edge.source, edge.target, key=edge.id, **{name: value for name, value in values if value != ""}
        )
    return found
