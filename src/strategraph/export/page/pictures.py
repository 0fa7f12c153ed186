"""The pictures of a page: where each node stands, in boxes around the lines of its label.

The places are worked out here and not in the browser: the same graph gives the same picture, and a page with
thousands of nodes is there at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import Graph

from strategraph.export.network.assembly import Network
from strategraph.export.network.views import VIEWS, NetworkView
from strategraph.export.picture.drawing import Shape, shape
from strategraph.export.picture.sided import ELEMENTS, place_network
from strategraph.export.picture.sides import PlacedBox
from strategraph.rdf.namespace import INSTRUMENT_CLASSES, SG

OVERVIEW = VIEWS["plan"]
WHOLE = VIEWS["full"]
_LETTERS, _NARROW = 28, 18  # of a line of a label, and of one in a column at the side
COLLECTION = NetworkView(
    "collection",
    "plans, the groups they name and the instruments they cite",
    frozenset({SG.StrategicPlan, SG.TargetGroup, SG.Instrument, *INSTRUMENT_CLASSES}),
    dropped=VIEWS["plan"].dropped,
)


def picture(graph: Graph, view: NetworkView, ranks: Mapping[str, int]) -> Mapping[str, Any]:
    """Return the boxes of a view and the lines between them.

    All of a graph is laid out as files of networks have it, a part of it in columns. ``ranks`` say which
    number of the page's a node has; a box is that number, x, y (down), width, height, the size of its letters
    (negative where they are bold) and the lines of its label; a line the places of two boxes, the property's
    IRI and the quotations for it.
    """
    network = Network(graph, view)
    narrow = not ELEMENTS.isdisjoint(network.classes) and view is not WHOLE
    shapes = [
        shape(network.label(rank), class_, _NARROW if narrow and class_ not in ELEMENTS else _LETTERS)
        for rank, class_ in enumerate(network.classes)
    ]
    sizes = [(made.width, made.height) for made in shapes]
    if view is WHOLE:
        xs, ys = network.places(sizes.__getitem__)
        boxes = {rank: PlacedBox(xs[rank], -ys[rank], *sizes[rank]) for rank in range(len(shapes))}
    else:
        boxes = place_network(network, sizes)
    shown = [rank for rank, node in enumerate(network.nodes) if str(node) in ranks]
    places = {rank: place for place, rank in enumerate(shown)}
    return {
        "columns": int(view is not WHOLE),
        "boxes": [_box(ranks[str(network.nodes[rank])], boxes[rank], shapes[rank]) for rank in shown],
        "lines": list(_lines(network, places)),
    }


def _box(node: int, box: PlacedBox, made: Shape) -> list[Any]:
    size = int(made.style.size) * (-1 if made.style.bold else 1)
    return [node, *map(round, box), size, list(made.lines)]


def _lines(network: Network, places: Mapping[int, int]) -> Iterator[list[Any]]:
    for rank, place in places.items():
        for link in network.links(rank):
            if link.target in places and link.target != rank:
                yield [place, places[link.target], str(link.predicate), link.quotations]
