"""Names for blank nodes that depend on the triples alone."""

from __future__ import annotations

from rdflib import BNode, Graph
from rdflib.compare import to_canonical_graph

from strategraph.export.rdf.blank_trees import names_in_trees
from strategraph.system.processor_time import at_most

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
