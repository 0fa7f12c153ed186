"""Several graphs as one that conforms: one label a node, one plan an IRI.

Organisations, instruments and candidate groups that stand outside any plan have the names by which plans call
them; where graphs differ, one is the label of all and the others are other names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.rdf.namespace import PREFIXES, SG

_FIRST_LANGUAGE = "en"
_SINGLE = (SG.number, SG.session, SG.revisionPlace)  # what instruments have one of, however it is printed


def merge(graphs: Mapping[str, Graph]) -> Graph:
    """Return the union of some graphs, by the names of their files, so that it conforms if each does.

    Raises :class:`UnusableInputError` if two of them have a plan of one IRI but from different documents.
    """
    _refuse_shared_plans(graphs)
    merged = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        merged.bind(prefix, namespace)
    for graph in graphs.values():
        merged += graph
    _settle_labels(merged)
    for predicate in _SINGLE:
        for node in [
            node for node in set(merged.subjects(predicate)) if (node, RDF.type, SG.Instrument) in merged
        ]:
            _keep_first(merged, node, predicate)
    return merged


def _refuse_shared_plans(graphs: Mapping[str, Graph]) -> None:
    homes: dict[Node, tuple[str, set[Node]]] = {}
    for name, graph in graphs.items():
        for plan in graph.subjects(RDF.type, SG.StrategicPlan):
            sources = set(graph.subjects(SG.presents, plan))
            before, known = homes.setdefault(plan, (name, sources))
            if sources != known:
                raise UnusableInputError(
                    f"{before} and {name} have one plan from two documents, <{plan}>: they cannot be told "
                    "apart; build them in one run, or one of them with another --title or --base-iri"
                )


def _settle_labels(graph: Graph) -> None:
    """Leave each node one label; the others become other names, unless they are names of it already."""
    for node in set(graph.subjects(RDFS.label)):
        labels = sorted(graph.objects(node, RDFS.label), key=_rank)
        for other in labels[1:]:
            graph.remove((node, RDFS.label, other))
            if str(other) not in map(str, _names(graph, node, labels[0])):
                graph.add((node, SKOS.altLabel, other))
        if len(labels) > 1 and any(graph.objects(node, SKOS.prefLabel)):
            _settle_names(graph, node)


def _settle_names(graph: Graph, node: Node) -> None:
    """Leave a concept one preferred label a language, and none that is also another name."""
    seen: set[str] = set()
    for name in sorted(graph.objects(node, SKOS.prefLabel), key=_rank):
        language = name.language if isinstance(name, Literal) else None
        if (language or "") in seen:
            graph.remove((node, SKOS.prefLabel, name))
            graph.add((node, SKOS.altLabel, name))
        seen.add(language or "")
    for name in set(graph.objects(node, SKOS.prefLabel)):
        graph.remove((node, SKOS.altLabel, name))


def _names(graph: Graph, node: Node, label: Node) -> Iterator[Node]:
    yield label
    yield from graph.objects(node, SKOS.prefLabel)
    yield from graph.objects(node, SKOS.altLabel)


def _keep_first(graph: Graph, node: Node, predicate: URIRef) -> None:
    values: Sequence[Node] = sorted(graph.objects(node, predicate), key=_rank)
    for other in values[1:]:
        graph.remove((node, predicate, other))


def _rank(term: Node) -> tuple[bool, bool, str, str]:
    """Return what names are chosen by: English first, then those without a language, then by letters."""
    language = (term.language or "") if isinstance(term, Literal) else ""
    return language != _FIRST_LANGUAGE, bool(language), str(term), language
