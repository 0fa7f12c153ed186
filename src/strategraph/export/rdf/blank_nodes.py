"""Names for blank nodes that depend on the triples alone.

Telling blank nodes apart is hard only where they are shared or point at each other in circles. A blank node
that at most one triple points at is told by what hangs below it and by the way to it, in time that is linear
in the number of triples, however deep; rdflib's general way takes minutes for a list nested 2,000 deep.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from rdflib import BNode, Graph
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from strategraph.rdf.terms import ntriples
from strategraph.system.processes import at_most

_DIGITS = 16


def names_in_trees(graph: Graph) -> Mapping[Node, BNode] | None:
    """Return a name for each blank node that depends on the triples alone; None if they are no trees.

    Blank nodes that are alike in all get numbers: which of them gets which makes no difference.
    """
    above = _above(graph)
    if above is None:
        return None
    order = _from_the_roots(graph, above)
    if order is None:
        return None
    below: dict[Node, str] = {}
    for node in reversed(order):
        said = sorted(
            f"{p} {below[o] if o in below else ntriples(o)}" for p, o in graph.predicate_objects(node)
        )
        below[node] = _hash(*said)
    names: dict[Node, BNode] = {}
    taken: dict[str, int] = {}
    for node in order:
        subject, predicate = above[node] or ("", "")
        way = ntriples(names.get(subject, subject)) if isinstance(subject, Node) else ""
        name = _hash(way, str(predicate), below[node])
        taken[name] = taken.get(name, 0) + 1
        names[node] = BNode(f"b{name}" if taken[name] == 1 else f"b{name}n{taken[name]}")
    return names


def _above(graph: Graph) -> dict[Node, tuple[Node, Node] | None] | None:
    """Return for each blank node the subject and predicate that point at it; None if more than one do."""
    found: dict[Node, tuple[Node, Node] | None] = {}
    for subject, predicate, object_ in graph:
        if isinstance(subject, BNode):
            found.setdefault(subject, None)
        if isinstance(object_, BNode):
            if found.get(object_) is not None:
                return None
            found[object_] = subject, predicate
    return found


def _from_the_roots(graph: Graph, above: Mapping[Node, tuple[Node, Node] | None]) -> list[Node] | None:
    """Return the blank nodes, each after the one above it; None if some go round in a circle."""
    waiting = [node for node, way in above.items() if way is None or way[0] not in above]
    order: list[Node] = []
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += (object_ for object_ in graph.objects(node) if object_ in above)
    return order if len(order) == len(above) else None


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]


_PATIENCE = 60.0  # seconds: hundreds of blank nodes that are alike but in how they hang together


def with_stable_names(graph: Graph) -> Graph:
    """Return the graph, its blank nodes (ours have none) named by what is said of them, not by chance.

    Raises :class:`UnusableInputError` for a graph whose blank nodes are too alike to be told apart in time.
    """
    # rdflib's terms are of an abstract class, for which isinstance() takes as long as all the rest.
    if not any(type(subject) is BNode or type(object_) is BNode for subject, _, object_ in graph):
        return graph
    names = names_in_trees(graph)
    if names is None:
        with at_most(_PATIENCE, "telling the graph's blank nodes apart"):
            return to_canonical_graph(graph)
    renamed = Graph(bind_namespaces="none")
    renamed += ((names.get(s, s), p, names.get(o, o)) for s, p, o in graph)
    return renamed
