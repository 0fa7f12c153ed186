"""Turtle and TriG as people read them.

RDF 1.2 says the same as 1.1, and OWL DL keeps what evidence is about.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from tests.export.graphs import BASE, valid

from strategraph.export import find_format, write
from strategraph.export.rdf import safe
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

PLAN = URIRef(f"{BASE}plan/p")


def turtle(*triples: tuple[URIRef, URIRef, URIRef | Literal]) -> str:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return write(graph, "turtle").decode()


def plan_and(*triples: tuple[URIRef, URIRef, URIRef | Literal]) -> str:
    return turtle((PLAN, RDF.type, SG.StrategicPlan), *triples)


def test_the_document_reads_from_the_plan_to_the_evidence() -> None:
    headings = re.findall(r"(?m)^# (.*)$", write(valid(), "turtle").decode())
    assert headings == [
        "Plans",
        "Elements",
        "Measures",
        "Stakeholders",
        "Relationships",
        "Target groups",
        "Themes",
        "Instruments",
        "Organizations",
        "Events",
        "Sources",
        "Evidence",
        "Given facts",
        "Modalities",
        "What made the graph",
    ]


def test_elements_stand_in_the_order_of_the_plan() -> None:
    text = write(valid(), "turtle").decode()
    subjects = re.findall(r"(?m)^<plan/[^/]+/((?:vision|mission|goal)\S*)> a ", text)
    assert subjects == [
        "vision",
        "mission",
        "goal/1",
        "goal/1/objective/1.1",
        "goal/1/commitment/1",
        "goal/1/purpose/1",
        "goal/2",
        "goal/1/objective/1.1/measure/1",
        "goal/1/objective/1.1/stakeholder/1",
        "goal/1/objective/1.1/stakeholder/1/role/1",
        "goal/1/objective/1.1/relationship/1",
    ]


def test_a_block_starts_with_its_most_specific_class_and_the_label() -> None:
    text = plan_and(
        (PLAN, SG.hasGoal, URIRef(f"{PLAN}/goal/1")),
        (URIRef(f"{PLAN}/goal/1"), RDF.type, SG.PlanElement),
        (URIRef(f"{PLAN}/goal/1"), RDF.type, SG.Goal),
        (URIRef(f"{PLAN}/goal/1"), SG.number, Literal("1")),
        (URIRef(f"{PLAN}/goal/1"), RDFS.label, Literal("Goal 1", lang="en")),
    )
    assert '\n<plan/p/goal/1> a sg:Goal, sg:PlanElement ;\n    rdfs:label "Goal 1"@en ;\n' in text


def test_few_objects_stand_on_the_line_many_below_it_in_order() -> None:
    goals = [URIRef(f"{PLAN}/goal/{number}") for number in range(1, 12)]
    few = plan_and(*((PLAN, SG.hasGoal, goal) for goal in goals[:2]))
    assert "sg:hasGoal <plan/p/goal/1>, <plan/p/goal/2> .\n" in few
    described = [
        triple
        for number, goal in enumerate(goals, 1)
        for triple in ((goal, RDF.type, SG.Goal), (goal, SG.position, Literal(number, datatype=XSD.integer)))
    ]
    many = plan_and(*((PLAN, SG.hasGoal, goal) for goal in goals), *described)
    assert "sg:hasGoal\n        <plan/p/goal/1>,\n        <plan/p/goal/2>,\n" in many
    assert many.index("<plan/p/goal/9>") < many.index("<plan/p/goal/10>")


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (Literal("7", datatype=XSD.integer), "7"),
        (Literal("-7", datatype=XSD.integer), "-7"),
        (Literal("0.9", datatype=XSD.decimal), "0.9"),
        (Literal("1", datatype=XSD.decimal, normalize=False), '"1"^^xsd:decimal'),
        (Literal("x", datatype=XSD.integer, normalize=False), '"x"^^xsd:integer'),
        (Literal("true", datatype=XSD.boolean), "true"),
        (Literal("2024", datatype=XSD.gYear, normalize=False), '"2024"^^xsd:gYear'),
        (Literal("text", datatype=XSD.string), '"text"'),
        (Literal('a "b"\n\\'), r'"a \"b\"\n\\"'),
        (Literal("ü", lang="de"), '"ü"@de'),
        (Literal("x", datatype=URIRef("http://example.org/t")), '"x"^^<http://example.org/t>'),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_literals_are_written_short_where_nothing_is_lost(literal: Literal, written: str) -> None:
    assert f"    rdfs:comment {written} .\n" in turtle(
        (URIRef("http://example.org/x"), RDFS.comment, literal)
    )


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (f"{BASE}source/1", "<source/1>"),
        (f"{BASE}a/b:c", "<a/b:c>"),
        (f"{BASE}a:b", f"<{BASE}a:b>"),
        (f"{BASE}", f"<{BASE}>"),
        (f"{BASE}/a", f"<{BASE}/a>"),
        (f"{BASE}a/../b", f"<{BASE}a/../b>"),
        (f"{BASE}a/..", f"<{BASE}a/..>"),
        (f"{BASE}./a", f"<{BASE}./a>"),
        (f"{BASE}a?b", f"<{BASE}a?b>"),
        (f"{BASE}目标/١", "<目标/١>"),
        (str(SG.Goal), "sg:Goal"),
        (f"{SG}a/b", f"<{SG}a/b>"),
        (f"{SG}1a", f"<{SG}1a>"),
        (f"{SG}a-", f"<{SG}a->"),
        (f"{SG}", f"<{SG}>"),
        ("urn:x:y", "<urn:x:y>"),
    ],
)
def test_iris_are_written_short_where_every_reader_gives_them_back(iri: str, written: str) -> None:
    text = plan_and((PLAN, RDFS.seeAlso, URIRef(iri)))
    assert f"    rdfs:seeAlso {written} .\n" in text
    again = Graph().parse(data=text, format="turtle")
    assert URIRef(iri) in set(again.objects(PLAN, RDFS.seeAlso))


def test_shipped_concepts_have_prefixes() -> None:
    text = write(valid(), "turtle").decode()
    assert "@prefix target-group: <https://w3id.org/strategraph/concept/target-group/> .\n" in text
    assert "sg:addresses target-group:everyone" in text


def test_without_a_plan_there_is_no_base() -> None:
    assert "@base" not in turtle((URIRef("http://example.org/x"), RDFS.label, Literal("x")))


def test_a_plan_named_otherwise_gives_no_base() -> None:
    text = turtle((URIRef("urn:plan:p"), RDF.type, SG.StrategicPlan))
    assert "@base" not in text
    assert "<urn:plan:p> a sg:StrategicPlan .\n" in text


def test_trig_is_turtle_moved_in() -> None:
    lines = write(valid(), "trig").decode().splitlines()
    start = next(index for index, line in enumerate(lines) if line.endswith("/graph> {"))
    inner = [line.removeprefix("    ") for line in lines[start + 1 : -1]]
    assert lines[-1] == "}"
    assert "\n".join(inner) in write(valid(), "turtle").decode()


VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
FORMATS = {
    "turtle12": pyoxigraph.RdfFormat.TURTLE,
    "ntriples12": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig12": pyoxigraph.RdfFormat.TRIG,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_round_trip_gives_the_same_graph(name: str, tmp_path: Path) -> None:
    graph = load_graph(VALID)
    content = write(graph, name)
    assert content == write(load_graph(VALID), name)
    path = tmp_path / f"valid{find_format(name).suffix}"
    path.write_bytes(content)
    assert set(load_graph(path)) == set(graph)


@pytest.mark.parametrize("name", FORMATS)
def test_each_evidence_reifies_one_triple_and_names_no_parts(name: str) -> None:
    quads = list(pyoxigraph.parse(write(load_graph(VALID), name), format=FORMATS[name]))
    reified = [quad for quad in quads if isinstance(quad.object, pyoxigraph.Triple)]
    graph = load_graph(VALID)
    assert len(reified) == len(set(graph.subjects(RDF.type, RDF.Statement)))
    assert {quad.predicate.value for quad in reified} == {f"{RDF}reifies"}
    parts = {str(part) for part in (RDF.subject, RDF.predicate, RDF.object)}
    assert not any(quad.predicate.value in parts for quad in quads)


def test_a_statement_that_names_no_one_triple_stays_as_it_is() -> None:
    graph = load_graph(VALID)
    broken = next(iter(graph.subjects(RDF.type, SG.Evidence)))
    graph.remove((broken, RDF.object, None))
    again = list(pyoxigraph.parse(write(graph, "ntriples12"), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert any(quad.predicate.value == str(RDF.subject) for quad in again)


def test_owl_keeps_what_evidence_is_about() -> None:
    graph = load_graph(VALID)
    found = safe(graph)
    assert not any(str(p).startswith(str(RDF)) for p in found.predicates() if p != RDF.type)
    assert not any(str(o).startswith(str(RDF)) for o in found.objects(None, RDF.type))
    facts = set(graph.subjects(RDF.type, RDF.Statement))
    for predicate in (SG.aboutSubject, SG.aboutProperty):
        assert set(found.subjects(predicate)) == facts
    assert set(found.subjects(SG.aboutObject)) | set(found.subjects(SG.aboutValue)) == facts
    assert all(isinstance(value, Literal) for value in found.objects(None, SG.aboutValue))
    assert not any(isinstance(value, Literal) for value in found.objects(None, SG.aboutObject))


def test_owl_declares_each_property_and_class() -> None:
    found = Graph().parse(data=write(load_graph(VALID), "owl"), format="turtle")
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for predicate in set(found.predicates()):
        if not str(predicate).startswith((str(RDF), "http://www.w3.org/2000/01/rdf-schema#", str(OWL))):
            assert sum((predicate, RDF.type, kind) in found for kind in kinds) == 1, predicate
    for class_ in set(found.objects(None, RDF.type)):
        assert str(class_).startswith(str(OWL)) or (class_, RDF.type, OWL.Class) in found
