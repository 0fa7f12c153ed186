"""Measures of nodes: the same in every format, and what they say of a graph small enough to count in."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic
from tests.export.graphs import BASE, graphs, valid

import strategraph
from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS, NetworkOptions, write
from strategraph.export.network import projection
from strategraph.export.network.networkx_graph import to_networkx
from strategraph.rdf.namespace import SG

MEASURED = NetworkOptions(view="full", measures=True)
NAMES = ("ties", "partners", "betweenness", "community")


def two_goals() -> Graph:
    """Return a plan whose goals 1 and 2 share a group, while 3 has one of its own and 4 none."""
    graph = Graph()
    plan = URIRef(f"{BASE}plan/p")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    for goal, groups in {"1": "ab", "2": "b", "3": "c", "4": ""}.items():
        node = URIRef(f"{BASE}plan/p/goal/{goal}")
        graph.add((node, RDF.type, SG.Goal))
        graph.add((plan, SG.hasGoal, node))
        for group in groups:
            graph.add((node, SG.addresses, URIRef(f"{BASE}target-group/{group}")))
            graph.add((URIRef(f"{BASE}target-group/{group}"), RDF.type, SG.TargetGroup))
    return graph


def told(graph: Graph) -> dict[str, dict[str, Any]]:
    nodes = to_networkx(graph, MEASURED).nodes(data=True)
    return {d["uri"].removeprefix(BASE): {name: d.get(name) for name in NAMES} for _, d in nodes}


def test_what_goals_and_groups_share() -> None:
    found = told(two_goals())
    shared = {name: (node["ties"], node["partners"]) for name, node in found.items()}
    assert shared == {
        "plan/p": (None, None),
        "plan/p/goal/1": (2, 1),
        "plan/p/goal/2": (1, 1),
        "plan/p/goal/3": (1, 0),
        "plan/p/goal/4": (None, None),
        "target-group/a": (1, 1),
        "target-group/b": (2, 1),
        "target-group/c": (1, 0),
    }
    assert max(found, key=lambda name: found[name]["betweenness"]) == "plan/p"
    assert found["target-group/a"]["betweenness"] == 0
    assert found["plan/p/goal/3"]["community"] == found["target-group/c"]["community"]
    sizes = [sum(node["community"] == number for node in found.values()) for number in (1, 2, 3)]
    assert all(first >= second for first, second in pairwise(sizes))


def test_every_format_says_the_same() -> None:
    expected = list(told(valid()).values())
    read = networkx.read_graphml(io.BytesIO(write(valid(), "graphml", MEASURED)), force_multigraph=True)
    assert [{name: d.get(name) for name in NAMES} for _, d in read.nodes(data=True)] == expected
    gexf = networkx.read_gexf(io.BytesIO(write(valid(), "gexf", MEASURED)))
    assert [{name: d.get(name) for name in NAMES} for _, d in gexf.nodes(data=True)] == expected
    nodes = json.loads(write(valid(), "cytoscape", MEASURED))["elements"]["nodes"]
    assert [{name: node["data"].get(name) for name in NAMES} for node in nodes] == expected
    texts = [{name: "" if v is None else str(v) for name, v in node.items()} for node in expected]
    rows = csv.DictReader(io.StringIO(write(valid(), "csv-nodes", MEASURED).decode()))
    assert [{name: row[name] for name in NAMES} for row in rows] == texts
    neo4j = write(valid(), "csv-nodes", NetworkOptions(flavour="neo4j", measures=True)).decode()
    assert neo4j.splitlines()[0].endswith("ties:int,partners:int,betweenness:double,community:int")


@given(graph=graphs())
@settings(max_examples=20, deadline=None)
def test_any_graph_has_measures(graph: Graph) -> None:
    first = to_networkx(graph, MEASURED)
    assert all({"betweenness", "community"} <= set(told) for _, told in first.nodes(data=True))
    again = Graph()
    for triple in sorted(graph, reverse=True):
        again.add(triple)
    assert dict(first.nodes(data=True)) == dict(to_networkx(again, MEASURED).nodes(data=True))


def test_a_large_network_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "_SAMPLE", 3)
    assert told(two_goals()) == told(two_goals())


def test_formats_without_columns_refuse_measures() -> None:
    for name in ("turtle", "svg", "csv-edges"):
        with pytest.raises(UnusableInputError):
            FORMATS[name].resolved(NetworkOptions(measures=True))


@pytest.mark.parametrize("literals", [True, False])
def test_networkx_and_back_is_the_light_graph(
    literals: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from strategraph.export.network.networkx_graph import read

    options = NetworkOptions(view="full", literals_as_nodes=literals)
    path = tmp_path_factory.mktemp("light") / "x.graphml"
    path.write_bytes(write(valid(), "graphml", options))
    made = strategraph.from_networkx(to_networkx(valid(), options))
    assert isomorphic(made, read(path))


def test_a_part_of_a_network_is_a_graph_too() -> None:
    network = to_networkx(two_goals(), MEASURED)
    goals = [n for n, type_ in network.nodes(data="type") if type_ == "Goal"]
    graph = strategraph.from_networkx(network.subgraph(goals))
    assert set(graph.subjects(RDF.type, SG.Goal)) == set(two_goals().subjects(RDF.type, SG.Goal))
    assert not list(graph.triples((None, SG.addresses, None)))


def test_another_network_is_refused() -> None:
    with pytest.raises(UnusableInputError, match="not a network of strategraph"):
        strategraph.from_networkx(networkx.MultiDiGraph([("a", "b")]))
    with pytest.raises(UnusableInputError, match="not a network of strategraph"):
        strategraph.from_networkx(networkx.MultiDiGraph())
