"""The columns of nodes and edges, the same in every format of networks, and those that measure its shape.

A value that Gephi would take for another is marked with an invisible letter: ``docs/graphml.md`` says where.

It also tells the question that each of the columns of ``--measures`` answers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from strategraph.errors import UnusableInputError
from strategraph.rdf.namespace import ELEMENT_CLASSES, SG

if TYPE_CHECKING:
    import networkx

    from strategraph.export.network.projection import Projection


class NetworkColumn(NamedTuple):
    """A column: its name, its type ("string", "double" or "int"), and the field that it shows."""

    name: str
    type: str
    field: str


NODE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("type", "string", "type"),
    NetworkColumn("uri", "string", "uri"),
    NetworkColumn("plan", "string", "plan"),
    NetworkColumn("number", "string", "number"),
    NetworkColumn("statement", "string", "statement"),
    NetworkColumn("sameAs", "string", "same_as"),
    NetworkColumn("color", "string", "color"),
    NetworkColumn("size", "double", "size"),
    NetworkColumn("x", "double", "x"),
    NetworkColumn("y", "double", "y"),
)
MEASURE_COLUMNS = (
    NetworkColumn("ties", "int", "ties"),
    NetworkColumn("partners", "int", "partners"),
    NetworkColumn("betweenness", "double", "betweenness"),
    NetworkColumn("community", "int", "community"),
)
"""Further columns of nodes, for those who ask for measures."""
EDGE_COLUMNS = (
    NetworkColumn("label", "string", "label"),
    NetworkColumn("predicate", "string", "predicate"),
    NetworkColumn("weight", "double", "weight"),
    NetworkColumn("count", "int", "quotations"),
    NetworkColumn("evidence", "string", "evidence"),
)

WORD_JOINER = "\u2060"

# Gephi takes "INF" for infinity even within a word ("INFORMATION"), and "null" for no value, in columns of
# text as well, but not in labels. A word joiner after the first letter keeps the words, to the eye, as they
# are.
_MISREAD = re.compile(r"(?<=I)(?=NF)|(?i:(?<=^N)(?=ULL$))")


def marked(text: str) -> str:
    """Return a text as Gephi reads it right in a column.

    >>> marked("INF").encode("ascii", "backslashreplace")
    b'I\\\\u2060NF'
    """
    # Most texts have nothing to mark, and looking for it so is quicker.
    return _MISREAD.sub(WORD_JOINER, text) if "INF" in text or len(text) == len("null") else text


def unmarked(text: str) -> str:
    """Return a text as it was before :func:`marked`."""
    return text.replace(WORD_JOINER, "")


_NAMING = frozenset({SG.StrategicPlan, SG.PlanElement, *ELEMENT_CLASSES})
_SAMPLE = 500  # nodes that the shortest ways of a larger network start from
_SEED = 1


class NodeMeasures(NamedTuple):
    """What is told of a node.

    ``ties`` is how many groups an element names, and how many elements name a group; ``partners`` how many
    others of its kind it shares one of these with; "" for what is neither. ``betweenness`` (0 to 1) is how
    many of the shortest ways between others lead over it, ``community`` the number of its community, the
    largest being 1.
    """

    ties: int | str
    partners: int | str
    betweenness: float
    community: int


def measured(projection: Projection) -> Sequence[NodeMeasures]:
    """Return the measures of each node of a network, by rank; the same on every run.

    Raises :class:`UnusableInputError` if networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise UnusableInputError("measures need one more package: pip install networkx") from error
    count = len(projection.nodes)
    whole = networkx.Graph()
    whole.add_nodes_from(range(count))
    for rank in range(count):
        for target, weight in projection.ends(rank):
            known = whole.get_edge_data(rank, target, {"weight": 0.0})["weight"]
            whole.add_edge(rank, target, weight=known + weight)
    naming = _naming(projection)
    between = networkx.betweenness_centrality(whole, k=_SAMPLE if count > _SAMPLE else None, seed=_SEED)
    communities = _communities(whole)
    return [
        NodeMeasures(
            len(naming[rank]) if rank in naming else "",
            len({other for tie in naming[rank] for other in naming[tie]} - {rank}) if rank in naming else "",
            round(between[rank], 4) + 0.0,
            communities[rank],
        )
        for rank in range(count)
    ]


def _naming(projection: Projection) -> dict[int, set[int]]:
    """Return what elements and groups are tied to: an element to groups, a group to elements."""
    found: dict[int, set[int]] = defaultdict(set)
    for rank, class_ in enumerate(projection.classes):
        if class_ in _NAMING:
            for target, _ in projection.ends(rank):
                if projection.classes[target] == SG.TargetGroup:
                    found[rank].add(target)
                    found[target].add(rank)
    return found


def _communities(whole: networkx.Graph) -> dict[int, int]:
    """Return the number of the community of each node, the largest first; equals by their first node."""
    import networkx

    found = networkx.community.louvain_communities(whole, weight="weight", seed=_SEED)
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {rank: number for number, members in enumerate(ordered, 1) for rank in members}
