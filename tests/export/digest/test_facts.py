"""The digest of a graph: its nodes, facts and evidence, held against the triples."""

from __future__ import annotations

from hypothesis import given, settings
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from tests.export.graphs import graphs, valid

from strategraph.export.appearance import is_structural, label_of
from strategraph.export.digest import digest, terms
from strategraph.rdf.namespace import OA, SG

PLAN = URIRef("https://example.org/id/plan/p")
STATEMENTS = {SG.Evidence, SG.GivenFact}


def ours(graph: Graph) -> set[str]:
    return {
        str(node)
        for node, class_ in graph.subject_objects(RDF.type)
        if str(class_).startswith(str(SG)) and class_ not in STATEMENTS
    }


def test_every_node_evidence_and_quoted_triple_of_the_valid_graph_is_there() -> None:
    graph = valid()
    found = digest(graph)
    assert {node.iri for node in found.nodes} == ours(graph)
    assert {each.iri for each in found.evidence} == set(map(str, graph.subjects(RDF.type, SG.Evidence)))
    triples = {
        (
            str(graph.value(e, RDF.subject)),
            str(graph.value(e, RDF.predicate)),
            str(graph.value(e, RDF.object)),
        )
        for e in graph.subjects(RDF.type, SG.Evidence)
    }
    quoted = {
        (
            found.nodes[fact.subject].iri,
            str(SG) + fact.property if ":" not in fact.property else fact.property,
            fact.value if fact.object is None else found.nodes[fact.object].iri,
        )
        for fact in found.facts
        if fact.evidence
    }
    assert quoted == triples


@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_any_graph_has_its_nodes_once_and_parents_before_parts(graph: Graph) -> None:
    found = digest(graph)
    assert sorted(node.iri for node in found.nodes) == sorted(ours(graph))
    for rank, node in enumerate(found.nodes):
        assert node.parent is None or node.parent < rank
        assert all(found.nodes[plan].family == "StrategicPlan" for plan in node.plans)
    for fact in found.facts:
        assert all(each < len(found.evidence) for each in fact.evidence)


def test_what_is_below_a_node_is_all_that_is_part_of_it() -> None:
    found = digest(valid())
    plan = next(found.of_family("StrategicPlan"))
    inside = set(found.below(plan))
    assert plan in inside
    assert all(found.nodes[rank].parent in inside for rank in inside - {plan})


def test_a_class_that_is_new_in_the_data_is_a_node_too() -> None:
    """Other programs may be ahead of this one: what they say is shown, not dropped."""
    graph = Graph()
    new, part = URIRef(f"{PLAN}/novelty/1"), URIRef(f"{PLAN}/novelty/1/part/1")
    graph.add((PLAN, RDF.type, SG.StrategicPlan))
    graph.add((new, RDF.type, URIRef(f"{SG}Novelty")))
    graph.add((part, RDF.type, URIRef(f"{SG}Novelty")))
    graph.add((PLAN, URIRef(f"{SG}hasNovelty"), new))
    graph.add((new, URIRef(f"{SG}hasPart"), part))
    graph.add((new, URIRef(f"{SG}weighs"), Literal("7")))
    found = digest(graph)
    assert [(node.class_, node.family, node.parent) for node in found.nodes] == [
        ("StrategicPlan", "StrategicPlan", None),
        ("Novelty", "Novelty", 0),
        ("Novelty", "Novelty", 1),
    ]
    assert [fact.value for fact in found.of(1) if fact.property == "weighs"] == ["7"]


def test_elements_that_hold_each_other_are_still_shown() -> None:
    graph = Graph()
    one, other = URIRef(f"{PLAN}/goal/1"), URIRef(f"{PLAN}/goal/2")
    for here, there in ((one, other), (other, one)):
        graph.add((here, RDF.type, SG.Goal))
        graph.add((here, SG.hasGoal, there))
    assert {node.iri for node in digest(graph).nodes} == {str(one), str(other)}


def test_broken_evidence_is_read_as_far_as_it_goes() -> None:
    graph = Graph()
    statement = URIRef("https://example.org/e")
    graph.add((PLAN, RDF.type, SG.StrategicPlan))
    graph.add((PLAN, RDFS.label, Literal("Plan", lang="en")))
    graph.add((PLAN, SG.startYear, Literal("2024")))
    for predicate, value in (
        (RDF.type, SG.Evidence),
        (RDF.subject, PLAN),
        (RDF.predicate, SG.startYear),
        (RDF.object, Literal("2024")),
        (SG.confidence, Literal("NaN")),
        (OA.start, Literal("soon")),
        (DCTERMS.source, URIRef("https://example.org/gone")),
    ):
        graph.add((statement, predicate, value))
    graph.add((URIRef("https://example.org/f"), RDF.type, SG.Evidence))  # says nothing at all
    (each,) = digest(graph).evidence
    assert (each.confidence, each.start, each.source) == (0.0, 0, None)


def test_given_facts_say_who_gave_them() -> None:
    graph = Graph()
    given_fact = URIRef("https://example.org/g")
    graph.add((PLAN, RDF.type, SG.StrategicPlan))
    graph.add((PLAN, SG.startYear, Literal("2024")))
    for predicate, value in (
        (RDF.type, SG.GivenFact),
        (RDF.subject, PLAN),
        (RDF.predicate, SG.startYear),
        (RDF.object, Literal("2024")),
        (SG.givenBy, Literal("curator")),
    ):
        graph.add((given_fact, predicate, value))
    assert [fact.given_by for fact in digest(graph).facts if fact.property == "startYear"] == ["curator"]


def test_terms_have_the_ontologys_labels_and_families() -> None:
    assert terms()["Goal"].family == "PlanElement"
    assert terms()["addresses"].provenance == "extracted"
    assert label_of(str(SKOS.broader)) == "broader"
    assert is_structural("hasGoal")
    assert not is_structural("harms")
