"""Which plan a triple belongs to."""

from __future__ import annotations

from hypothesis import given, settings
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from strategraph.export.snapshot import Snapshot, nodes_by_plan, plan_graphs
from strategraph.rdf.namespace import SG

from .graphs import BASE, graphs, valid

P, Q = URIRef(f"{BASE}plan/p"), URIRef(f"{BASE}plan/q")
GROUP, BROADER, LOOSE = (URIRef(f"{BASE}{name}") for name in ("group", "broader", "loose"))


def two_plans() -> Graph:
    graph = Graph()
    for plan in (P, Q):
        goal, source, evidence = (URIRef(f"{plan}/{name}") for name in ("goal/1", "source", "evidence"))
        for triple in (
            (plan, RDF.type, SG.StrategicPlan),
            (plan, SG.hasGoal, goal),
            (goal, SG.inPlan, plan),
            (goal, SG.addresses, GROUP),
            (source, SG.presents, plan),
            (evidence, RDF.subject, goal),
            (evidence, DCTERMS.source, source),
        ):
            graph.add(triple)
    graph.add((P, RDFS.seeAlso, Q))
    graph.add((GROUP, RDFS.seeAlso, BROADER))
    graph.add((BROADER, RDFS.label, Literal("broader")))
    graph.add((LOOSE, RDFS.label, Literal("in no plan")))
    return graph


def test_one_plan_has_everything() -> None:
    ((name, part),) = plan_graphs(valid())
    assert name == URIRef(f"{next(valid().subjects(RDF.type, SG.StrategicPlan))}/graph")
    assert set(part) == set(valid())


def test_each_of_several_plans_has_its_own_and_what_it_points_at() -> None:
    parts = dict(plan_graphs(two_plans()))
    assert list(parts) == [URIRef(f"{P}/graph"), URIRef(f"{Q}/graph"), None]
    for plan, other in ((P, Q), (Q, P)):
        subjects = set(parts[URIRef(f"{plan}/graph")].subjects())
        own = {URIRef(f"{plan}{end}") for end in ("", "/goal/1", "/source", "/evidence")}
        assert subjects == own | {GROUP, BROADER}
        assert not any(str(subject).startswith(str(other)) for subject in subjects)
    assert set(parts[None].subjects()) == {LOOSE}


def test_a_graph_without_plans_has_no_name() -> None:
    graph = Graph()
    graph.add((LOOSE, RDFS.label, Literal("x")))
    ((name, part),) = plan_graphs(graph)
    assert name is None
    assert set(part) == set(graph)
    assert not list(nodes_by_plan(Snapshot(graph)))


@given(graphs(plans=3))
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_and_no_plan_has_what_is_anothers(graph: Graph) -> None:
    parts = dict(plan_graphs(graph))
    assert {triple for part in parts.values() for triple in part} == set(graph)
    for name, part in parts.items():
        plans = {str(plan) for plan in part.objects(None, SG.inPlan)}
        assert plans <= ({str(name).removesuffix("/graph")} if name else set())
