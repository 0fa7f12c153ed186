"""The graph of networkx is the one that networkx reads from our GraphML.

The light graph: what can be read back from GraphML, and what cannot.
"""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from tests.export.graphs import graphs, valid

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export import USUAL, VIEW_NAMES, NetworkOptions, write
from strategraph.export.appearance import LABEL_LENGTH, one_line
from strategraph.export.network.networkx_graph import read, to_networkx
from strategraph.export.network.projection import unmarked
from strategraph.model.text import beginning
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: unmarked(value) if isinstance(value, str) else value
        for name, value in values.items()
        if name != "id"  # where GraphML keeps the id of an edge
    }


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_it_has_what_graphml_has(view: str) -> None:
    options = NetworkOptions(view=view)
    made = to_networkx(valid(), options)
    read = networkx.read_graphml(io.BytesIO(write(valid(), "graphml", options)), force_multigraph=True)
    assert list(made.nodes) == list(read.nodes)
    assert {n: plain(d) for n, d in made.nodes(data=True)} == {n: plain(d) for n, d in read.nodes(data=True)}
    assert {(a, b, key): plain(d) for a, b, key, d in made.edges(keys=True, data=True)} == {
        (a, b, key): plain(d) for a, b, key, d in read.edges(keys=True, data=True)
    }


def test_it_answers_what_people_ask_networkx() -> None:
    network = to_networkx(valid(), NetworkOptions(view="groups"))
    assert networkx.is_directed(network)
    assert set(networkx.degree_centrality(network)) == set(network)


def test_without_networkx_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "networkx":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UnusableInputError, match="pip install networkx"):
        to_networkx(valid(), NetworkOptions(view="full"))


STATEMENTS = {SG.Evidence, SG.GivenFact}


def back(graph: Graph, folder: Path, options: NetworkOptions = USUAL) -> Graph:
    path = folder / "x.graphml"
    path.write_bytes(write(graph, "graphml", options))
    return read(path)


def nodes(graph: Graph) -> set[URIRef]:
    """Return the nodes of our classes, without statements."""
    return {
        node
        for node, class_ in graph.subject_objects(RDF.type)
        if str(class_).startswith(str(SG)) and class_ not in STATEMENTS and isinstance(node, URIRef)
    }


def links(graph: Graph) -> set[tuple[URIRef, URIRef, URIRef]]:
    """Return the triples between nodes, and those that say the nodes' types of ours."""
    ours = nodes(graph)
    return {
        (s, p, o)  # type: ignore[misc]
        for s, p, o in graph
        if s in ours and (o in ours or (p == RDF.type and str(o).startswith(str(SG))))
    }


@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_all_links_and_our_types_come_back(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    if nodes(graph):
        assert links(back(graph, tmp_path_factory.mktemp("light"))) == links(graph)


@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_literals_that_are_nodes_come_back_whole(
    graph: Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ours = nodes(graph)
    if ours:
        found = back(graph, tmp_path_factory.mktemp("light"), NetworkOptions(literals_as_nodes=True))
        literals = {(s, p, o) for s, p, o in graph if s in ours and isinstance(o, Literal)}
        assert {(s, p, o) for s, p, o in found if isinstance(o, Literal)} == literals


def test_the_valid_graph_comes_back_but_for_what_the_docs_name(tmp_path: Path) -> None:
    found = back(valid(), tmp_path)
    assert links(found) == links(valid())
    for node in nodes(valid()):
        (label,) = found.objects(node, RDFS.label)
        assert str(label) == beginning(one_line(str(valid().value(node, RDFS.label))), LABEL_LENGTH)
        for predicate in (SG.number, SG.statement):
            texts = {one_line(str(text)) for text in valid().objects(node, predicate)}
            assert {str(text) for text in found.objects(node, predicate)} == texts
    assert not list(found.subjects(RDF.type, SG.Evidence))


def test_with_literals_and_types_only_evidence_and_external_links_are_lost(tmp_path: Path) -> None:
    found = back(valid(), tmp_path, NetworkOptions(literals_as_nodes=True, types_as_edges=True))
    ours = nodes(valid())
    wanted = Graph()
    for s, p, o in valid():
        if s in ours and (isinstance(o, Literal) or o in ours or p == RDF.type):
            wanted.add((s, p, o))
    found.remove((None, RDFS.seeAlso, None))
    assert isomorphic(found, wanted)


def test_export_reads_graphml(tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_bytes(write(valid(), "graphml"))
    result = CliRunner().invoke(main, ["export", str(path), "-f", "turtle", "-o", str(tmp_path / "x.ttl")])
    assert result.exit_code == 0
    assert isomorphic(load_graph(tmp_path / "x.ttl"), read(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<graphml", "does not parse"),
        ("<graphml/>", "not a GraphML file of strategraph"),
        (
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="a"/></graph></graphml>',
            "uri",
        ),
    ],
)
def test_what_is_none_of_ours_is_refused_in_one_line(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(content)
    with pytest.raises(UnusableInputError, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot be read"):
        read(tmp_path / "x.graphml")


@pytest.mark.parametrize(
    "content",
    [
        '<key for="node" attr.name="uri"/><graph/>',
        '<key id="n0" attr.name="uri"/><graph><node id="a"><data>x</data></node><edge source="a" target="b"/></graph>',
        '<key id="n0" attr.name="uri"/><key id="n1" attr.name="type"/><graph><node id="a"><data key="n1">Literal</data>'
        '<data key="n0">&lt;urn:o&gt; . &lt;urn:a&gt; &lt;urn:b&gt; 1</data></node></graph>',
        '<key id="n0" attr.name="uri"/><key id="n1" attr.name="type"/><graph><node id="a"><data key="n1">Literal</data>'
        '<data key="n0">&lt;urn:o&gt;</data></node></graph>',
    ],
)
def test_finds_of_mutated_inputs(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{content}</graphml>', encoding="utf-8"
    )
    with pytest.raises(UnusableInputError, match="not a GraphML file"):
        read(path)
