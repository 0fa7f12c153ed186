"""What can be asked of a format that writes the network, not the triples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

    from strategraph.export.network.assembly import Network

VIEW_NAMES = ("full", "plan", "groups", "citations", "mandates")
"""The views' names; ``views.py`` says what they are, once rdflib is there."""


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """A view and a flavour by name, "" for the format's usual ones, and what to show besides.

    That is nodes for literals, edges to classes, and ``measures`` as columns of nodes.
    """

    view: str = ""
    flavour: str = ""
    literals_as_nodes: bool = False
    types_as_edges: bool = False
    measures: bool = False

    def network(self, graph: Graph) -> Network:
        """Return the graph as a network in the view, with the nodes asked for."""
        from strategraph.export.network.assembly import Network
        from strategraph.export.network.views import find_view

        return Network(
            graph,
            find_view(self.view),
            literals_as_nodes=self.literals_as_nodes,
            types_as_edges=self.types_as_edges,
            measures=self.measures,
        )


USUAL = NetworkOptions()
"""Each format's own view and flavour, and nothing besides."""
