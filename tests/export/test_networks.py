"""The formats of networks beside GraphML: each says what the GraphML says."""

from __future__ import annotations

import csv
import io
import json
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
from hypothesis import given, settings
from rdflib import RDF, XSD, Graph, Literal, URIRef

from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS, NetworkOptions, write
from strategraph.export.network import Edge, Network, Period, Vertex, merged, year
from strategraph.export.network.projection import EDGE_COLUMNS, NODE_COLUMNS, marked, unmarked
from strategraph.rdf.namespace import SG

from .graphs import BASE, graphs, valid

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
NETWORKS = [name for name, format_ in FORMATS.items() if format_.view]
P, Q = (URIRef(f"{BASE}plan/{name}") for name in "pq")
SHARED = URIRef(f"{BASE}target-group/g")


def said(record: Vertex | Edge) -> dict[str, Any]:
    """Return the columns that a vertex or an edge has a value for."""
    columns = NODE_COLUMNS if isinstance(record, Vertex) else EDGE_COLUMNS
    return {
        column.name: getattr(record, column.field)
        for column in columns
        if getattr(record, column.field) != ""
    }


def periods(first: tuple[str, str], second: tuple[str, str] | None) -> Graph:
    """Return two plans that share a group, with their years."""
    graph = Graph()
    for plan, years in ((P, first), (Q, second)):
        graph.add((plan, RDF.type, SG.StrategicPlan))
        graph.add((plan, SG.addresses, SHARED))
        for predicate, text in zip((SG.startYear, SG.endYear), years or (), strict=False):
            if text:
                graph.add((plan, predicate, Literal(text, datatype=XSD.gYear)))
    graph.add((SHARED, RDF.type, SG.TargetGroup))
    return graph


# --------------------------------------------------------------------------------------------------
# Options


def test_formats_of_triples_take_no_options() -> None:
    with pytest.raises(UnusableInputError, match="turtle writes triples"):
        write(valid(), "turtle", NetworkOptions(view="plan"))


def test_an_unknown_flavour_or_view_is_told_with_the_known_ones() -> None:
    with pytest.raises(
        UnusableInputError, match="unknown flavour 'neo' of csv-nodes: known are gephi, neo4j"
    ):
        write(valid(), "csv-nodes", NetworkOptions(flavour="neo"))
    with pytest.raises(UnusableInputError, match="of gexf: it has none"):
        write(valid(), "gexf", NetworkOptions(flavour="strict"))
    with pytest.raises(UnusableInputError, match="unknown view 'all'"):
        write(valid(), "graphml", NetworkOptions(view="all"))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_format_of_networks_takes_views_and_nodes(name: str) -> None:
    usual = write(valid(), name)
    assert write(valid(), name, NetworkOptions(view=FORMATS[name].view)) == usual
    assert write(valid(), name, NetworkOptions(view="groups")) != usual
    assert write(valid(), name, NetworkOptions(literals_as_nodes=True)) != usual
    assert write(valid(), name, NetworkOptions(types_as_edges=True)) != usual


@pytest.mark.parametrize("name", ["graphml", "gexf", "csv-nodes", "cytoscape"])
@pytest.mark.parametrize(
    "term", [URIRef("http://example.org/a b"), URIRef("relative"), URIRef("http://example.org/\x07")]
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_an_iri_that_is_none_is_refused(name: str, term: URIRef) -> None:
    graph = Graph()
    graph.add((term, RDF.type, SG.StrategicPlan))
    with pytest.raises(UnusableInputError, match="cannot be written as RDF"):
        write(graph, name)


# --------------------------------------------------------------------------------------------------
# GraphML, by other readers


@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_igraph_reads_the_same_graphml(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    network = Network(graph)
    path = tmp_path_factory.mktemp("igraph") / "x.graphml"
    path.write_bytes(write(graph, "graphml"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it wonders about the attribute "id"
        found = igraph.Graph.Read_GraphML(str(path))
    assert found.is_directed()
    # By IRIs and columns: igraph 1.0.0 mixes up the ids of nodes and edges.
    nodes = {vertex["uri"]: vertex.attributes() for vertex in found.vs}
    uris = {vertex.id: vertex.uri for vertex in network.vertices()}
    for vertex in network.vertices():
        row = nodes.pop(vertex.uri)
        assert {name: row[name] for name in said(vertex)} == {
            name: marked(value) if isinstance(value, str) and name != "label" else value
            for name, value in said(vertex).items()
        }
    assert not nodes
    edges = [
        (found.vs[edge.source]["uri"], found.vs[edge.target]["uri"], edge["predicate"], edge["weight"])
        for edge in found.es
    ]
    wanted = [(uris[edge.source], uris[edge.target], edge.predicate, edge.weight) for edge in network.edges()]
    assert sorted(edges) == sorted(wanted)


def test_the_strict_flavour_only_leaves_the_kinds_of_edges_out() -> None:
    usual = write(valid(), "graphml")
    strict = write(valid(), "graphml", NetworkOptions(flavour="strict"))
    root = ET.fromstring(usual)
    edges = list(root.iter("{http://graphml.graphdrawing.org/xmlns}edge"))
    assert edges
    for edge in edges:
        del edge.attrib["label"]
    left = ET.canonicalize(ET.tostring(root), rewrite_prefixes=True)
    assert left == ET.canonicalize(strict, rewrite_prefixes=True)


# --------------------------------------------------------------------------------------------------
# GEXF


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_gexf_says_what_the_network_is(graph: Graph) -> None:
    root = ET.fromstring(write(graph, "gexf"))
    network = Network(graph)
    nodes = {node.attrib["id"]: node for node in root.iter(f"{GEXF}node")}
    for vertex in network.vertices():
        node = nodes.pop(vertex.id)
        row: dict[str, Any] = {"label": node.attrib["label"], **values(node)}
        size, position, color = (node.find(f"{VIZ}{name}") for name in ("size", "position", "color"))
        assert size is not None
        assert position is not None
        assert color is not None
        row |= {"size": float(size.attrib["value"])}
        row |= {axis: float(position.attrib[axis]) for axis in "xy"}
        row |= {"color": "#" + bytes(int(color.attrib[part]) for part in "rgb").hex()}
        assert row == {
            name: unmarked(value) if isinstance(value, str) and name != "label" else value
            for name, value in said(vertex).items()
        }
    assert not nodes
    edges = {edge.attrib["id"]: edge for edge in root.iter(f"{GEXF}edge")}
    for edge in network.edges():
        found = edges.pop(edge.id)
        assert (found.attrib["source"], found.attrib["target"]) == (edge.source, edge.target)
        assert found.attrib["kind"] == found.attrib["label"] == edge.label
        assert float(found.attrib["weight"]) == edge.weight
        assert values(found) == {
            name: unmarked(str(value))
            for name, value in said(edge).items()
            if name not in ("label", "weight")
        }
    assert not edges


def values(element: ET.Element) -> dict[str, str]:
    return {each.attrib["for"]: unmarked(each.attrib["value"]) for each in element.iter(f"{GEXF}attvalue")}


def spells(graph: Graph) -> dict[str, list[tuple[str | None, str | None]]]:
    """Return the years of each node, by IRI, and of each edge, by the IRI of its plan and "edge"."""
    root = ET.fromstring(write(graph, "gexf"))
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    name = {}
    for node in root.iter(f"{GEXF}node"):
        name[node.attrib["id"]] = values(node)["uri"]
        found[values(node)["uri"]] = list(times(node))
    for edge in root.iter(f"{GEXF}edge"):
        found[name[edge.attrib["source"]] + " edge"] = list(times(edge))
    return found


def times(element: ET.Element) -> Iterator[tuple[str | None, str | None]]:
    for spell in element.iter(f"{GEXF}spell"):
        yield spell.get("start"), spell.get("end")


def test_a_plan_is_there_in_its_years_and_what_plans_share_in_those_of_all() -> None:
    found = spells(periods(("2020", "2022"), ("2025", "2027")))
    early, late = ("2020-01-01", "2022-12-31"), ("2025-01-01", "2027-12-31")
    assert found == {
        str(P): [early],
        str(Q): [late],
        str(SHARED): [early, late],
        f"{P} edge": [early],
        f"{Q} edge": [late],
    }


def test_years_that_touch_are_one_spell() -> None:
    found = spells(periods(("2020", "2023"), ("2024", "2027")))
    assert found[str(SHARED)] == [("2020-01-01", "2027-12-31")]


def test_a_plan_without_an_end_goes_on_and_one_without_years_is_always_there() -> None:
    found = spells(periods(("2020", ""), None))
    assert found[str(P)] == [("2020-01-01", None)]
    assert found[str(Q)] == found[f"{Q} edge"] == found[str(SHARED)] == []


def test_a_graph_without_years_has_no_timeline() -> None:
    assert b'mode="dynamic"' not in write(periods(("", ""), None), "gexf")
    assert b'mode="dynamic"' in write(periods(("2020", ""), None), "gexf")


def test_periods_are_merged_whatever_their_order() -> None:
    assert merged([Period(2024, None), Period(None, 2020), Period(2021, 2022)]) == [
        Period(None, 2022),
        Period(2024, None),
    ]
    assert merged([Period(2020, 2030), Period(2021, 2022)]) == [Period(2020, 2030)]
    assert year(Literal("soon")) is None
    assert year(None) is None


def test_networkx_reads_gexf() -> None:
    found = networkx.read_gexf(io.BytesIO(write(valid(), "gexf")))
    network = Network(valid())
    assert set(found) == {vertex.id for vertex in network.vertices()}
    assert found.number_of_edges() == len(list(network.edges()))


# --------------------------------------------------------------------------------------------------
# Tables and Cytoscape JSON


def table(graph: Graph, name: str, flavour: str) -> list[dict[str, str]]:
    text = write(graph, name, NetworkOptions(flavour=flavour)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_the_tables_say_what_the_network_is(graph: Graph) -> None:
    network = Network(graph)
    wanted = [{"Id": vertex.id, **said(vertex)} for vertex in network.vertices()]
    found = table(graph, "csv-nodes", "gephi")
    for row in found:
        row["label"] = row.pop("Label")
    assert [{name: unmarked(text) for name, text in row.items() if text} for row in found] == [
        {name: unmarked(str(value)) for name, value in row.items()} for row in wanted
    ]
    links = [(edge.source, edge.target, edge.id, edge.label, str(edge.weight)) for edge in network.edges()]
    edges = table(graph, "csv-edges", "gephi")
    assert [(row["Source"], row["Target"], row["Id"], row["Kind"], row["Weight"]) for row in edges] == links
    assert [row["Label"] for row in edges] == [row["Kind"] for row in edges]
    edges = table(graph, "csv-edges", "neo4j")
    assert [
        (row[":START_ID"], row[":END_ID"], row["id"], row[":TYPE"], row["weight:double"]) for row in edges
    ] == links
    assert [row["evidence"] for row in edges] == [edge.evidence for edge in network.edges()]


def test_the_headers_of_neo4j() -> None:
    (nodes, *_), (edges, *_) = (table(valid(), f"csv-{kind}", "neo4j") for kind in ("nodes", "edges"))
    assert list(nodes) == [
        "id:ID", ":LABEL", "label", "uri", "plan:string[]", "number", "statement", "sameAs:string[]", "color",
        "size:double", "x:double", "y:double",
    ]  # fmt: skip
    assert list(edges) == [
        ":START_ID",
        ":END_ID",
        ":TYPE",
        "id",
        "predicate",
        "weight:double",
        "count:int",
        "evidence",
    ]
    assert nodes[":LABEL"] == "StrategicPlan"


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_cytoscape_says_what_the_network_is(graph: Graph) -> None:
    elements = json.loads(write(graph, "cytoscape"))["elements"]
    network = Network(graph)
    for vertex, node in zip(network.vertices(), elements["nodes"], strict=True):
        row = said(vertex)
        assert node["position"] == {"x": row.pop("x"), "y": -row.pop("y")}
        assert node["data"] == {"id": vertex.id, "name": vertex.label, **row}
    for edge, found in zip(network.edges(), elements["edges"], strict=True):
        ends = {"id": edge.id, "source": edge.source, "target": edge.target, "interaction": edge.label}
        assert found["data"] == ends | said(edge)


def test_no_format_writes_a_control_character(tmp_path: Path) -> None:
    graph = periods(("2020", "2023"), None)
    graph.add((P, SG.statement, Literal("bell \x07, nul \x00, line\r\nend\x85\u2028")))
    graph.add((P, SG.number, Literal("\x07")))
    for name in NETWORKS:
        if name != "png":
            options = NetworkOptions(literals_as_nodes=True)
            text = write(graph, name, options).decode()
            assert not [letter for letter in text if letter < " " and letter != "\n"]
            assert not {"\x85", "\u2028", "\x7f"} & set(text)
