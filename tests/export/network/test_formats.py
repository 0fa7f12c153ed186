"""The GraphML: what an importer sees of it, and that it agrees with the triples, both ways."""

from __future__ import annotations

import io
import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

import networkx
from hypothesis import given, settings
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from tests.export.graphs import BASE, HOSTILE, graphs, valid

from strategraph.export import write
from strategraph.export.appearance import LABEL_LENGTH, colors, one_line
from strategraph.export.network.projection import WORD_JOINER
from strategraph.rdf.namespace import OA, SG

XML = "{http://graphml.graphdrawing.org/xmlns}"
NOT_NODES = {SG.Evidence, SG.GivenFact}
PLAN = URIRef(f"{BASE}plan/p")
GOAL = URIRef(f"{BASE}plan/p/goal/1")
RESOLUTION = URIRef(f"{BASE}instrument/b/resolution/1")


def plain(text: str | None) -> str:
    """Return a column's text without the marks that are only there for Gephi."""
    return (text or "").replace(WORD_JOINER, "")


class Read:
    """A GraphML file as an importer that knows nothing of us reads it."""

    def __init__(self, graph: Graph) -> None:
        self.content = write(graph, "graphml")
        root = ET.fromstring(self.content)
        self.keys = [key.attrib for key in root.findall(f"{XML}key")]
        names = {key["id"]: key["attr.name"] for key in self.keys}
        (self.graph,) = root.findall(f"{XML}graph")

        def rows(tag: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
            for element in self.graph.findall(f"{XML}{tag}"):
                data = [(names[data.attrib["key"]], plain(data.text)) for data in element]
                assert len(dict(data)) == len(data)
                yield element.attrib, dict(data)

        self.nodes = list(rows("node"))
        self.edges = list(rows("edge"))
        self.uri = {attributes["id"]: data["uri"] for attributes, data in self.nodes}


def small() -> Graph:
    """Return a plan with one goal and one resolution, which the plan cites and is adopted by."""
    graph = Graph()
    for node, classes, label in (
        (PLAN, (SG.StrategicPlan,), "Plan"),
        (GOAL, (SG.Goal, SG.PlanElement), "Goal 1"),
        (RESOLUTION, (SG.Resolution, SG.Instrument), "Resolution 1"),
    ):
        for class_ in classes:
            graph.add((node, RDF.type, class_))
        graph.add((node, RDFS.label, Literal(label)))
    for triple in (
        (PLAN, SG.hasGoal, GOAL),
        (PLAN, SG.hasElement, GOAL),
        (GOAL, SG.inPlan, PLAN),
        (PLAN, SG.cites, RESOLUTION),
        (PLAN, SG.adoptedBy, RESOLUTION),
    ):
        graph.add(triple)
    return graph


def node(read: Read, uri: URIRef) -> dict[str, str]:
    (found,) = [data for _, data in read.nodes if data["uri"] == str(uri)]
    return found


def edge(read: Read, predicate: URIRef) -> dict[str, str]:
    (found,) = [data for _, data in read.edges if data["predicate"] == str(predicate)]
    return found


def evidence(graph: Graph, name: str, triple: tuple[URIRef, URIRef, URIRef], quote: str, start: int) -> None:
    statement = URIRef(f"{BASE}evidence/{name}")
    graph.add((statement, RDF.type, SG.Evidence))
    for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        graph.add((statement, predicate, term))
    graph.add((statement, OA.exact, Literal(quote)))
    graph.add((statement, OA.start, Literal(start, datatype=XSD.integer)))


# --------------------------------------------------------------------------------------------------
# Keys


def test_keys_are_declared_first_with_all_attributes_and_neutral_ids() -> None:
    read = Read(valid())
    assert read.content.rindex(b"<key ") < read.content.index(b"<graph ")
    assert all(set(key) == {"id", "for", "attr.name", "attr.type"} for key in read.keys)
    assert {key["for"] for key in read.keys} == {"node", "edge"}
    assert {key["attr.type"] for key in read.keys} == {"string", "double", "int"}
    ids = [key["id"] for key in read.keys]
    assert all(re.fullmatch(r"[ne]\d+", id_) for id_ in ids)
    assert len({id_.casefold() for id_ in ids}) == len(ids)
    for kind in ("node", "edge"):
        names = [key["attr.name"] for key in read.keys if key["for"] == kind]
        assert len({name.casefold() for name in names}) == len(names)
        assert "id" not in names


def test_columns_are_those_of_the_contract() -> None:
    read = Read(valid())
    columns = {
        kind: [key["attr.name"] for key in read.keys if key["for"] == kind] for kind in ("node", "edge")
    }
    assert columns == {
        "node": ["label", "type", "uri", "plan", "number", "statement", "sameAs", "color", "size", "x", "y"],
        "edge": ["label", "predicate", "weight", "count", "evidence"],
    }


# --------------------------------------------------------------------------------------------------
# Agreement with the triples


def assert_agrees(graph: Graph) -> Read:
    """Hold nodes and edges against the triples, both ways, without the exporter's own means."""
    read = Read(graph)
    ours = {
        subject
        for subject, class_ in graph.subject_objects(RDF.type)
        if str(class_).startswith(str(SG)) and class_ not in NOT_NODES
    }
    assert Counter(data["uri"] for _, data in read.nodes) == Counter(map(str, ours))
    triples = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if s in ours and o in ours and p not in (RDF.type, SG.hasElement, SG.inPlan)
    }
    edges = [
        (read.uri[attributes["source"]], data["predicate"], read.uri[attributes["target"]])
        for attributes, data in read.edges
    ]
    assert Counter(edges) == Counter(triples)
    ids = [attributes["id"] for attributes, _ in (*read.nodes, *read.edges)]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert read.graph.attrib["edgedefault"] == "directed"
    for attributes, data in read.edges:
        assert attributes["label"] == data["label"] == re.split("[/#]", data["predicate"])[-1]
        statements = [
            statement
            for statement in graph.subjects(RDF.type, SG.Evidence)
            if str(graph.value(statement, RDF.subject)) == read.uri[attributes["source"]]
            and str(graph.value(statement, RDF.predicate)) == data["predicate"]
            and str(graph.value(statement, RDF.object)) == read.uri[attributes["target"]]
        ]
        assert int(data["count"]) == max(len(statements), 1)
        assert float(data["weight"]) == round(1 + math.log2(int(data["count"])), 3)
        for statement in statements:
            quote = plain(one_line(str(graph.value(statement, OA.exact))))
            assert quote in data.get("evidence", "")
    for _, data in read.nodes:
        subject = URIRef(data["uri"])
        assert (subject, RDF.type, SG[data["type"]]) in graph
        assert data["color"] == colors()[data["type"]]
        assert 0 < len(data["label"]) <= LABEL_LENGTH
        for column in ("number", "statement"):
            values = [plain(one_line(str(value))) for value in graph.objects(subject, SG[column])]
            assert data.get(column, "") in (values or [""])
        external = {
            str(object_)
            for predicate, object_ in graph.predicate_objects(subject)
            if predicate in (SKOS.closeMatch, SKOS.exactMatch)
        }
        assert set(data.get("sameAs", "").split(";")) - {""} >= external
        assert 4 <= float(data["size"]) <= 100
        assert all(abs(float(data[axis])) < 1e6 for axis in "xy")
    return read


def test_the_valid_graph_agrees() -> None:
    read = assert_agrees(valid())
    assert {"StrategicPlan", "Goal", "TargetGroup", "Theme", "Resolution", "Event", "SourceDocument"} <= {
        data["type"] for _, data in read.nodes
    }


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_any_graph_agrees(graph: Graph) -> None:
    assert_agrees(graph)


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_networkx_reads_the_same(graph: Graph) -> None:
    read = Read(graph)
    network = networkx.read_graphml(io.BytesIO(read.content), force_multigraph=True)
    assert network.is_directed()
    assert network.number_of_nodes() == len(read.nodes)
    assert network.number_of_edges() == len(read.edges)
    for attributes, data in read.nodes:
        found = network.nodes[attributes["id"]]
        assert {name: plain(str(value)) for name, value in found.items()} == data
    for attributes, data in read.edges:
        found = network.edges[attributes["source"], attributes["target"], attributes["id"]]
        assert found["predicate"] == data["predicate"]
        assert found["weight"] == float(data["weight"])


# --------------------------------------------------------------------------------------------------
# Point by point


def test_parallel_edges_are_kept_apart() -> None:
    read = assert_agrees(small())
    between = [attributes for attributes, data in read.edges if data["label"] in ("cites", "adoptedBy")]
    assert len({(attributes["source"], attributes["target"]) for attributes in between}) == 1
    assert {attributes["label"] for attributes in between} == {"cites", "adoptedBy"}


def test_the_superproperty_is_no_edge() -> None:
    assert str(SG.hasElement) not in {data["predicate"] for _, data in Read(small()).edges}


def test_evidence_is_weight_and_words_in_the_order_of_the_text() -> None:
    graph = small()
    evidence(graph, "a", (PLAN, SG.cites, RESOLUTION), "second", 20)
    evidence(graph, "b", (PLAN, SG.cites, RESOLUTION), "first", 3)
    read = assert_agrees(graph)
    assert (edge(read, SG.cites)["weight"], edge(read, SG.cites)["count"]) == ("2.0", "2")
    assert edge(read, SG.cites)["evidence"] == "first | second"
    assert (edge(read, SG.adoptedBy)["weight"], edge(read, SG.adoptedBy)["count"]) == ("1.0", "1")
    assert "evidence" not in edge(read, SG.adoptedBy)
    assert len(read.nodes) == 3


def test_a_given_fact_is_no_quotation() -> None:
    graph = small()
    given_fact = URIRef(f"{BASE}given/1")
    graph.add((given_fact, RDF.type, SG.GivenFact))
    graph.add((given_fact, RDF.subject, PLAN))
    graph.add((given_fact, RDF.predicate, SG.cites))
    graph.add((given_fact, RDF.object, RESOLUTION))
    read = assert_agrees(graph)
    assert edge(read, SG.cites)["count"] == "1"
    assert len(read.nodes) == 3


def test_words_that_look_like_other_types_stay_words() -> None:
    for word in ("INF", "NaN", "null", "true", "None", "007", "1e5"):
        graph = small()
        graph.add((GOAL, SG.number, Literal(word)))
        graph.add((GOAL, SG.statement, Literal(word, lang="en")))
        graph.set((GOAL, RDFS.label, Literal(word)))
        data = node(Read(graph), GOAL)
        assert (data["number"], data["statement"], data["label"]) == (word, word, word)


def test_words_that_gephi_takes_for_values_are_marked_where_it_does() -> None:
    for text, written in (
        ("INFORMATION, INF and Infinity", "I\u2060NFORMATION, I\u2060NF and Infinity"),
        ("Null", "N\u2060ull"),
        ("null and void", "null and void"),
        ("information", "information"),
    ):
        graph = small()
        graph.add((GOAL, SG.statement, Literal(text)))
        graph.set((GOAL, RDFS.label, Literal(text)))
        content = write(graph, "graphml").decode()
        assert f'<data key="n5">{written}</data>' in content
        assert f'<data key="n0">{text}</data>' in content


def test_hostile_texts_survive_but_for_control_characters() -> None:
    for text in HOSTILE:
        graph = small()
        graph.add((GOAL, SG.statement, Literal(text, lang="en")))
        read = Read(graph)
        assert node(read, GOAL).get("statement", "") == one_line(text).replace(WORD_JOINER, "")
        assert not re.search(rb"[\x00-\x09\x0b-\x1f]", read.content)
    assert one_line("bell \x07, tab\t, end\r\n.") == "bell , tab , end ."
    assert one_line("\x85\u2028\ufffe\ud800x") == "  x"


def test_labels_are_cut_with_an_ellipsis_and_never_empty() -> None:
    graph = small()
    graph.set((GOAL, RDFS.label, Literal("word " * 40)))
    assert node(Read(graph), GOAL)["label"] == ("word " * 15 + "word") + "…"
    graph.set((GOAL, RDFS.label, Literal("e\u0301" * 60)))
    label = node(Read(graph), GOAL)["label"]
    assert len(label) <= LABEL_LENGTH
    assert label.endswith("\u0301…")  # no letter is parted from its accent
    for empty in ("", " \n\x07"):
        graph.set((GOAL, RDFS.label, Literal(empty)))
        assert node(Read(graph), GOAL)["label"] == "1"
    graph.remove((GOAL, RDFS.label, None))
    assert node(Read(graph), GOAL)["label"] == "1"


def test_external_iris_are_a_column_and_no_nodes() -> None:
    graph = small()
    for iri in ("http://b.example/2", "http://a.example/1"):
        graph.add((GOAL, SKOS.closeMatch, URIRef(iri)))
    graph.add((GOAL, SKOS.inScheme, URIRef(f"{BASE}scheme")))
    read = assert_agrees(graph)
    assert node(read, GOAL)["sameAs"] == "http://a.example/1;http://b.example/2"
    assert "sameAs" not in node(read, PLAN)


def test_the_plan_column_tells_whose_a_node_is() -> None:
    graph = small()
    other = URIRef(f"{BASE}plan/q")
    graph.add((other, RDF.type, SG.StrategicPlan))
    graph.add((other, SG.cites, RESOLUTION))
    read = assert_agrees(graph)
    assert node(read, GOAL)["plan"] == str(PLAN)
    assert node(read, other)["plan"] == str(other)
    assert node(read, RESOLUTION)["plan"] == f"{PLAN};{other}"


def test_no_value_is_the_word_none_or_empty() -> None:
    read = Read(valid())
    values = [value for _, data in (*read.nodes, *read.edges) for value in data.values()]
    assert "" not in values
    assert "None" not in values


def test_sizes_fill_the_range_that_gephi_leaves_alone() -> None:
    sizes = [float(data["size"]) for _, data in Read(valid()).nodes]
    assert (min(sizes), max(sizes)) == (4, 100)
