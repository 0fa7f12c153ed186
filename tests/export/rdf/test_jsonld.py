"""JSON-LD: short where the context allows it, whole where it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from tests.export.graphs import BASE, valid

from strategraph.export import write
from strategraph.rdf.namespace import OA, SG

NODE = URIRef(f"{BASE}x")
OTHER = URIRef(f"{BASE}y")


def document(graph: Graph) -> Any:
    return json.loads(write(graph, "jsonld"))


def node(*properties: tuple[URIRef, URIRef | Literal]) -> dict[str, Any]:
    graph = Graph()
    for predicate, object_ in properties:
        graph.add((NODE, predicate, object_))
    (found,) = document(graph)["graph"]
    assert found.pop("id") == str(NODE)
    return dict(found)


def test_the_context_is_within_and_nothing_is_elsewhere() -> None:
    context = document(valid())["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context


def test_nodes_stand_in_reading_order() -> None:
    types = [found["type"] for found in document(valid())["graph"]]
    assert types[:3] == [
        ["StrategicPlan", "prov:Entity", "prov:Plan"],
        ["Vision", "PlanElement"],
        ["Mission", "PlanElement"],
    ]


@pytest.mark.parametrize(
    ("predicate", "object_", "key", "value"),
    [
        (RDF.type, SG.Goal, "type", "Goal"),
        (RDF.type, SKOS.Concept, "type", "skos:Concept"),
        (RDF.type, URIRef("http://example.org/T"), "type", "http://example.org/T"),
        (RDF.type, Literal("odd"), "rdf:type", "odd"),
        (SG.inPlan, OTHER, "inPlan", str(OTHER)),
        (SG.inPlan, Literal("odd"), "sg:inPlan", "odd"),
        (SG.number, Literal("1"), "number", "1"),
        (SG.number, OTHER, "number", {"id": str(OTHER)}),
        (SG.number, Literal("1", lang="en"), "number", {"@value": "1", "@language": "en"}),
        (SG.position, Literal("3", datatype=XSD.integer), "position", 3),
        (SG.position, Literal("03", datatype=XSD.integer, normalize=False), "position", "03"),
        (SG.position, Literal("1" * 20, datatype=XSD.integer), "position", "1" * 20),
        (SG.position, Literal("3"), "sg:position", "3"),
        (SG.confidence, Literal("0.9", datatype=XSD.decimal), "confidence", "0.9"),
        (SG.startYear, Literal("2024", datatype=XSD.gYear, normalize=False), "startYear", "2024"),
        (RDFS.label, Literal("a", lang="en"), "label", {"en": "a"}),
        (RDFS.label, Literal("a"), "rdfs:label", "a"),
        (SKOS.altLabel, Literal("a", lang="en"), "altLabel", {"en": ["a"]}),
        (DCTERMS.subject, OTHER, "dcterms:subject", {"id": str(OTHER)}),
        (URIRef("http://example.org/p"), Literal("a"), "http://example.org/p", "a"),
        (
            URIRef("http://example.org/p"),
            Literal("true", datatype=XSD.boolean),
            "http://example.org/p",
            {"@value": "true", "type": "xsd:boolean"},
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_one_value(predicate: URIRef, object_: URIRef | Literal, key: str, value: object) -> None:
    assert node((predicate, object_)) == {key: value}


def test_several_values_make_a_list() -> None:
    found = node(*((SG.cites, URIRef(f"{BASE}{n}")) for n in "cab"))
    assert found == {"cites": [f"{BASE}a", f"{BASE}b", f"{BASE}c"]}
    assert node((RDFS.label, Literal("a", lang="en")), (RDFS.label, Literal("b", lang="en"))) == {
        "label": {"en": ["a", "b"]}
    }


def test_a_class_brings_its_own_terms() -> None:
    found = node(
        (RDF.type, SG.Evidence),
        (RDF.subject, OTHER),
        (RDF.predicate, SG.hasGoal),
        (RDF.object, OTHER),
        (OA.start, Literal(3)),
    )
    assert found == {
        "type": "Evidence",
        "subject": str(OTHER),
        "predicate": "hasGoal",
        "object": {"id": str(OTHER)},
        "start": 3,
    }
    assert node((RDF.type, SG.Commitment), (SG.object, Literal("the divide"))) == {
        "type": "Commitment",
        "object": "the divide",
    }
    assert node((RDF.type, SG.Evidence), (SG.object, Literal("x")))["sg:object"] == "x"
