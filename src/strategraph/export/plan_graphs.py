"""Which triples belong to which plan: the named graphs of TriG and N-Quads, the GraphML column ``plan``.

A plan's graph is all that a build of that plan alone would write, so that it can be loaded, replaced and
understood alone. It starts from the plan, its elements, its source and its evidence, and takes in
everything that these point at, and so on, but nothing that is another plan's own. What several plans point
at (a target group, a resolution) is described in the graph of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rdflib import DCTERMS, PROV, RDF, Graph, URIRef
from rdflib.term import Node

from strategraph.export.snapshot import Snapshot
from strategraph.rdf.namespace import SG


def plan_graphs(graph: Graph) -> Iterator[tuple[URIRef | None, Graph]]:
    """Yield the name ``{plan}/graph`` and the triples of each plan, by name.

    Of a graph with one plan that is all of it. Of several, what belongs to none of them is yielded last,
    as the graph without a name: nothing is lost.
    """
    plans = _plans(graph)
    if len(plans) == 1:
        yield graph_name(plans[0]), graph
        return
    snapshot = Snapshot(graph, statements=True)
    graph = snapshot.graph
    left = set(graph.subjects())
    for plan, nodes in nodes_by_plan(snapshot):
        left -= nodes
        yield graph_name(plan), _described(graph, nodes)
    if left:
        yield None, _described(graph, left)


def _plans(graph: Graph | Snapshot) -> list[URIRef]:
    """Return the plans, and the resolutions whose text a source is that presents no plan."""
    plans = {plan for plan in graph.subjects(RDF.type, SG.StrategicPlan) if isinstance(plan, URIRef)}
    for source in graph.subjects(RDF.type, SG.SourceDocument):
        if next(graph.objects(source, SG.presents), None) is None:
            plans |= {text for text in graph.objects(source, SG.textOf) if isinstance(text, URIRef)}
    return sorted(plans)


def graph_name(plan: URIRef) -> URIRef:
    """Return the name of a plan's graph."""
    return URIRef(f"{plan}/graph")


def nodes_by_plan(graph: Snapshot) -> Iterator[tuple[URIRef, set[Node]]]:
    """Yield each plan, by IRI, with the nodes that its graph describes."""
    own = {plan: _own(graph, plan) for plan in _plans(graph)}
    owners: dict[Node, tuple[URIRef, ...]] = {}
    for plan, nodes in own.items():
        alone = (plan,)  # one for all the nodes that are only this plan's
        for node in nodes:
            owners[node] = (*owners[node], plan) if node in owners else alone
    for plan, nodes in own.items():
        yield plan, _reached(graph, plan, nodes, owners)


def _own(graph: Snapshot, plan: URIRef) -> set[Node]:
    """Return the plan, its elements, its sources, and the statements about or from these."""
    sources = {*graph.subjects(SG.presents, plan), *graph.subjects(SG.textOf, plan)}
    texts = {text for source in sources for text in graph.objects(source, SG.textOf)}
    making = (graph_name(plan), *graph.objects(graph_name(plan), PROV.wasGeneratedBy))
    own = {plan, *graph.subjects(SG.inPlan, plan), *sources, *_below(graph, texts, SG.hasProvision), *making}
    own |= set(_below(graph, own, SG.hasStakeholder, SG.hasRole, SG.hasRelationship))
    about = {statement for node in own for statement in graph.subjects(RDF.subject, node)}
    read = {statement for source in sources for statement in graph.subjects(DCTERMS.source, source)}
    unread = (
        statement for statement in about if next(graph.objects(statement, DCTERMS.source), None) is None
    )
    return own.union(read, unread)


def _below(graph: Snapshot, nodes: Iterable[Node], *predicates: URIRef) -> Iterator[Node]:
    """Yield what some properties lead to from some nodes, all the way down."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        below = [part for predicate in predicates for part in graph.objects(node, predicate)]
        yield from below
        waiting += below


def _reached(
    graph: Snapshot, plan: URIRef, start: Iterable[Node], owners: Mapping[Node, tuple[URIRef, ...]]
) -> set[Node]:
    """Return the described nodes that lead on from a plan's own, leaving out those of other plans."""
    reached: set[Node] = set()
    waiting = list(start)
    here = (plan,)
    while waiting:
        node = waiting.pop()
        if node not in reached and plan in owners.get(node, here) and node in graph:
            reached.add(node)
            waiting += set(graph.targets(node)) - reached
    return reached


def _described(graph: Graph, nodes: Iterable[Node]) -> Graph:
    part = Graph(bind_namespaces="none")
    part += (triple for node in nodes for triple in graph.triples((node, None, None)))
    return part
