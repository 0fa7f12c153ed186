"""The views: what each keeps of the triples, held against them without the exporter's own means."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node
from tests.export.graphs import BASE, graphs, valid

from strategraph.errors import UnusableInputError
from strategraph.export import VIEW_NAMES
from strategraph.export.network import Network
from strategraph.export.network.views import VIEWS, find_view
from strategraph.rdf.namespace import HAS, OA, SG

PLAN = URIRef(f"{BASE}plan/p")
GOAL = URIRef(f"{BASE}plan/p/goal/1")
OBJECTIVE = URIRef(f"{BASE}plan/p/goal/1/objective/1.1")
COMMITMENT = URIRef(f"{BASE}plan/p/goal/1/commitment/1")
GROUP = URIRef(f"{BASE}target-group/youth")
WIDER = URIRef(f"{BASE}target-group/people")
RESOLUTION = URIRef(f"{BASE}instrument/b/resolution/1")
SOURCE = URIRef(f"{BASE}source/s")

STATEMENTS = {SG.Evidence, SG.GivenFact}
PROSE = {SG.Commitment, SG.Purpose}
ELEMENTS = {SG[kind] for kind in HAS} | {SG.PlanElement}
MANDATES = {
    SG.hasProvision, SG.addressee, SG.reportsTo, SG.textOf, SG.adoptedBy, SG.approvedBy, SG.endorsedBy,
    SG.revisedBy, SG.extendedBy, SG.implements, SG.amends, SG.pursuantTo,
}  # fmt: skip
RELATED = {SKOS.broader, SKOS.narrower, SKOS.related}


def small() -> Graph:
    """Return a plan with a goal that has an objective and a commitment, both for a group."""
    graph = Graph()
    for node, *classes in (
        (PLAN, SG.StrategicPlan),
        (GOAL, SG.Goal, SG.PlanElement),
        (OBJECTIVE, SG.Objective, SG.PlanElement),
        (COMMITMENT, SG.Commitment, SG.PlanElement),
        (GROUP, SG.TargetGroup),
        (WIDER, SG.TargetGroup),
        (RESOLUTION, SG.Resolution, SG.Instrument),
        (SOURCE, SG.SourceDocument),
    ):
        for class_ in classes:
            graph.add((node, RDF.type, class_))
    for triple in (
        (PLAN, SG.hasGoal, GOAL),
        (GOAL, SG.hasObjective, OBJECTIVE),
        (GOAL, SG.hasCommitment, COMMITMENT),
        (OBJECTIVE, SG.addresses, GROUP),
        (COMMITMENT, SG.addresses, GROUP),
        (OBJECTIVE, SG.cites, RESOLUTION),
        (GROUP, SKOS.broader, WIDER),
        (SOURCE, SG.presents, PLAN),
        *((node, SG.inPlan, PLAN) for node in (GOAL, OBJECTIVE, COMMITMENT)),
    ):
        graph.add(triple)
    return graph


def quote(graph: Graph, name: str, triple: tuple[URIRef, URIRef, URIRef], start: int) -> None:
    """Add evidence that quotes the word at a place of the source."""
    statement = URIRef(f"{BASE}evidence/{name}")
    graph.add((statement, RDF.type, SG.Evidence))
    for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        graph.add((statement, predicate, term))
    graph.add((statement, DCTERMS.source, SOURCE))
    graph.add((statement, OA.exact, Literal(f"word {start}")))
    for predicate, offset in ((OA.start, start), (OA.end, start + 6)):
        graph.add((statement, predicate, Literal(offset, datatype=XSD.integer)))


def shown(graph: Graph, view: str) -> tuple[set[str], dict[tuple[str, str, str], int]]:
    """Return the IRIs of a view's vertices, and its edges with their weights."""
    network = Network(graph, find_view(view))
    iri = {vertex.id: vertex.uri for vertex in network.vertices()}
    edges = {
        (iri[edge.source], edge.predicate, iri[edge.target]): edge.quotations for edge in network.edges()
    }
    assert len(edges) == len(list(network.edges()))
    return set(iri.values()), edges


def test_the_views_are_those_that_the_command_line_offers() -> None:
    assert tuple(VIEWS) == VIEW_NAMES
    with pytest.raises(UnusableInputError, match="unknown view 'goals': known are full, plan"):
        find_view("goals")


def test_the_mandates_view_shows_whom_the_provisions_of_a_resolution_address() -> None:
    graph = small()
    provision, office = URIRef(f"{RESOLUTION}/provision/1"), URIRef(f"{RESOLUTION}/organization/office")
    graph.add((provision, RDF.type, SG.OperativeParagraph))
    graph.add((provision, RDF.type, SG.Provision))
    graph.add((office, RDF.type, SG.Organization))
    graph.add((RESOLUTION, SG.hasProvision, provision))
    graph.add((provision, SG.addressee, office))
    nodes, edges = shown(graph, "mandates")
    assert nodes == {str(RESOLUTION), str(provision), str(office)}
    assert set(edges) == {
        (str(RESOLUTION), str(SG.hasProvision), str(provision)),
        (str(provision), str(SG.addressee), str(office)),
    }


def test_the_plan_view_lets_goals_tell_what_their_commitments_say() -> None:
    nodes, edges = shown(small(), "plan")
    assert nodes == set(map(str, (PLAN, GOAL, OBJECTIVE, GROUP, RESOLUTION)))
    assert set(edges) == {
        (str(PLAN), str(SG.hasGoal), str(GOAL)),
        (str(GOAL), str(SG.hasObjective), str(OBJECTIVE)),
        (str(OBJECTIVE), str(SG.addresses), str(GROUP)),
        (str(GOAL), str(SG.addresses), str(GROUP)),
        (str(OBJECTIVE), str(SG.cites), str(RESOLUTION)),
    }


def test_the_groups_view_weighs_by_places_in_the_text() -> None:
    graph = small()
    quote(graph, "a", (OBJECTIVE, SG.addresses, GROUP), 5)
    quote(graph, "b", (COMMITMENT, SG.addresses, GROUP), 5)  # the same word
    quote(graph, "c", (COMMITMENT, SG.addresses, GROUP), 50)
    nodes, edges = shown(graph, "groups")
    assert nodes == set(map(str, (GOAL, GROUP)))
    assert edges == {(str(GOAL), str(SG.addresses), str(GROUP)): 2}
    (edge,) = Network(graph, VIEWS["groups"]).edges()
    assert edge.evidence == "word 5 | word 50"


@pytest.mark.parametrize("class_", [SG.Priority, SG.Objective])
def test_the_groups_view_of_a_plan_without_goals_takes_what_stands_for_them(class_: URIRef) -> None:
    graph = small()
    graph.remove((GOAL, RDF.type, SG.Goal))
    graph.add((GOAL, RDF.type, class_))
    nodes, _ = shown(graph, "groups")
    assert str(GOAL) in nodes
    assert (str(OBJECTIVE) in nodes) == (class_ == SG.Objective)


def test_the_citations_view_lets_plans_tell_what_their_elements_cite() -> None:
    graph = small()
    base = URIRef(f"{BASE}instrument/b/resolution/0")
    graph.add((base, RDF.type, SG.Resolution))
    graph.add((RESOLUTION, SG.revisionOf, base))
    nodes, edges = shown(graph, "citations")
    assert nodes == set(map(str, (PLAN, RESOLUTION, base)))
    assert set(edges) == {
        (str(PLAN), str(SG.cites), str(RESOLUTION)),
        (str(RESOLUTION), str(SG.revisionOf), str(base)),
    }


def test_what_an_element_says_of_itself_is_kept_only_where_it_is_shown() -> None:
    graph = small()
    graph.add((GOAL, RDFS.seeAlso, GOAL))
    assert (str(GOAL), str(RDFS.seeAlso), str(GOAL)) in shown(graph, "plan")[1]
    assert not [edge for edge in shown(graph, "citations")[1] if edge[0] == edge[2]]


def test_elements_that_hold_each_other_do_no_harm() -> None:
    graph = small()
    graph.add((COMMITMENT, SG.hasGoal, COMMITMENT))
    graph.add((OBJECTIVE, SG.hasGoal, GOAL))
    for view in VIEWS:
        shown(graph, view)


# --------------------------------------------------------------------------------------------------
# Parity: nothing is lost that docs/views.md does not name


def kept_by(view: str, graph: Graph) -> set[Node]:
    """Return the nodes that a view keeps, as ``docs/views.md`` tells it."""
    classes: dict[Node, set[Node]] = defaultdict(set)
    for node, class_ in graph.subject_objects(RDF.type):
        if str(class_).startswith(str(SG)) and class_ not in STATEMENTS:
            classes[node].add(class_)

    def of(*wanted: Node) -> set[Node]:
        return {node for node, found in classes.items() if found & set(wanted)}

    instruments = of(SG.Instrument)
    groups = of(SG.TargetGroup) & {o for s in of(SG.StrategicPlan, *ELEMENTS) for o in graph.objects(s)}
    if view == "full":
        return set(classes)
    if view == "plan":
        return (of(SG.StrategicPlan, *ELEMENTS) - of(*PROSE)) | groups | instruments
    if view == "citations":
        return of(SG.StrategicPlan) | instruments
    if view == "mandates":
        ends = {end for s, p, o in graph for end in (s, o) if p in MANDATES}
        ends |= {o for s, o in graph.subject_objects(SG.issuedBy) if s in ends}
        whole = of(SG.StrategicPlan, SG.Provision, SG.Organization, SG.TargetGroup) | instruments
        return ends & (whole - of(SG.PreambularParagraph))
    aims: set[Node] = set()
    for plan in {graph.value(node, SG.inPlan) for node in of(*ELEMENTS)}:
        own = {node for node in of(*ELEMENTS) if graph.value(node, SG.inPlan) == plan}
        found = (own & of(class_) for class_ in (SG.Goal, SG.Priority, SG.Objective))
        aims |= next(filter(None, found), set())
    under = {node: set(graph.objects(node, SG.hasElement)) for node in of(*ELEMENTS)}
    saying = set(aims)
    while more := {part for node in saying for part in under.get(node, ())} - saying:
        saying |= more
    return aims | groups & {o for node in saying for o in graph.objects(node)}


def expected(view: str, graph: Graph) -> set[tuple[str, str, str]]:
    """Return the edges that a view should have: each triple, told by the kept nodes nearest above its ends."""
    kept = kept_by(view, graph)
    parent = {o: s for s, p, o in graph if p in HAS.values()}

    def teller(node: Node | None) -> Node | None:
        while node is not None and node not in kept:
            node = parent.get(node)
        return node

    dropped = {RDF.type, SG.hasElement}
    dropped |= {SG.inPlan} if view != "citations" else set()
    dropped |= RELATED if view in ("plan", "groups", "mandates") else set()
    if view == "mandates":
        dropped |= {SG.cites, SG.recalls, SG.reaffirms, SG.concerns}
    edges = set()
    for s, p, o in graph:
        source, target = teller(s), teller(o)
        if p in dropped or source is None or target is None:
            continue
        if source != target or s == o == source:
            edges.add((str(source), str(p), str(target)))
    return edges


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_the_valid_graph_in_a_view_agrees_with_its_triples(view: str) -> None:
    nodes, edges = shown(valid(), view)
    assert nodes == set(map(str, kept_by(view, valid())))
    assert set(edges) == expected(view, valid())
    assert edges


@pytest.mark.parametrize("view", VIEW_NAMES)
@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_any_graph_in_a_view_agrees_with_its_triples(view: str, graph: Graph) -> None:
    nodes, edges = shown(graph, view)
    assert nodes == set(map(str, kept_by(view, graph)))
    assert set(edges) == expected(view, graph)


@given(graph=graphs())
@settings(max_examples=25, deadline=None)
def test_literals_and_types_can_be_nodes(graph: Graph) -> None:
    kept = kept_by("full", graph)
    network = Network(graph, literals_as_nodes=True, types_as_edges=True)
    vertices = {vertex.id: vertex for vertex in network.vertices()}
    types = [vertex.type for vertex in vertices.values()]
    assert types.count("Literal") == len({o for s, _, o in graph if s in kept and isinstance(o, Literal)})
    assert types.count("Class") == len({o for s, o in graph.subject_objects(RDF.type) if s in kept})
    found = sorted((vertices[edge.source].uri, edge.predicate) for edge in network.edges())
    wanted = sorted(
        (str(s), str(p))
        for s, p, o in graph
        if s in kept
        and p not in (SG.hasElement, SG.inPlan)
        and (isinstance(o, Literal) or p == RDF.type or o in kept)
    )
    assert found == wanted
    assert not [vertex.uri for vertex in vertices.values() if re.search(r"[\x00-\x1f\x7f-\x9f]", vertex.uri)]
