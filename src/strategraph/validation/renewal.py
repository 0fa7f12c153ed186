"""Evidence of older graphs under the names that their words give."""

from __future__ import annotations

from rdflib import Graph, URIRef
from rdflib.term import Node

from strategraph.validation.claims import evidence_names
from strategraph.validation.quotes import Quotes


def renewed(graph: Graph) -> tuple[Graph, list[tuple[str, str]]]:
    """Return the graph with each whole evidence under its name, and the names that changed, old and new."""
    names = evidence_names(graph, Quotes.of(graph))
    changed = {node: URIRef(name) for node, name in names.items() if str(node) != name}
    found = Graph(bind_namespaces="none")

    def named(node: Node) -> Node:
        return changed.get(node, node)

    for subject, predicate, object_ in graph:
        found.add((named(subject), predicate, named(object_)))
    return found, sorted((str(old), str(new)) for old, new in changed.items())
