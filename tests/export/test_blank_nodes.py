"""Blank nodes get names that depend on the triples alone, in time that grows with the graph, however deep."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS, snapshot, write
from strategraph.export.snapshot import names_in_trees, with_stable_names
from strategraph.rdf.loading import load_graph

P, Q = URIRef("urn:p"), URIRef("urn:q")
NODES = st.integers(0, 6)
TREES = st.lists(st.tuples(NODES, st.sampled_from([P, Q]), st.sampled_from(["a", "b", None])), max_size=12)


def grown(edges: list[tuple[int, URIRef, str | None]], prefix: str) -> Graph:
    """Return a graph of trees: each edge hangs a new blank node, or a word, on a node that is there."""
    graph = Graph(bind_namespaces="none")
    nodes: list[Node] = [URIRef("urn:root"), BNode(f"{prefix}x")]
    graph.add((nodes[1], P, Literal("root")))
    for number, (parent, predicate, word) in enumerate(edges):
        new: Node = Literal(word) if word else BNode(f"{prefix}{number}")
        subject = nodes[parent % len(nodes)]
        graph.add((subject, predicate, new))
        if isinstance(new, BNode):
            nodes.append(new)
    return graph


@settings(max_examples=200)
@given(TREES)
def test_names_do_not_depend_on_the_names_before(edges: list[tuple[int, URIRef, str | None]]) -> None:
    one, other = grown(edges, "a"), grown(edges, "z9")
    assert names_in_trees(one) is not None
    named = with_stable_names(one)
    assert isomorphic(named, one)
    assert set(named) == set(with_stable_names(other))


@pytest.mark.parametrize(
    "written",
    ["_:a <urn:p> _:b . _:b <urn:p> _:a .", "_:a <urn:p> _:c . _:b <urn:p> _:c .", "_:a <urn:p> _:a ."],
)
def test_what_is_no_tree_is_named_the_general_way(written: str) -> None:
    graph = Graph().parse(data=written, format="turtle")
    assert names_in_trees(graph) is None
    assert isomorphic(with_stable_names(graph), graph)


def test_what_cannot_be_told_apart_in_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph()
    for number in range(400):  # a circle: all are alike
        graph.add((BNode(f"a{number}"), P, BNode(f"a{(number + 1) % 400}")))
    monkeypatch.setattr(snapshot, "_PATIENCE", 0.2)
    with pytest.raises(UnusableInputError, match="telling the graph's blank nodes apart takes more than"):
        with_stable_names(graph)


DEEP = {
    "lists.ttl": "@prefix : <e:> . :a :b " + "( " * 2_000 + ")" * 2_000 + " .",
    "nodes.ttl": "@prefix : <e:> . :a :b " + "[ :b " * 2_000 + "1" + "]" * 2_000 + " .",
    "long.ttl": "@prefix : <e:> . :a :b ( " + "1 " * 2_000 + ") .",
    "alike.ttl": "@prefix : <e:> . :a :b " + "[ :c 1 ], " * 2_000 + "[ :c 1 ] .",
}
DEEPER = {
    "x.jsonld": '{"@id":"e:a","e:b":' + '{"e:b":' * 20_000 + "1" + "}" * 20_000 + "}",
    "lists.jsonld": '{"@id":"e:a","e:b":' + '{"@list":[' * 20_000 + "]}" * 20_000 + "}",
    "x.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="e:">'
    + "<rdf:Description><e:b>" * 20_000 + "</e:b></rdf:Description>" * 20_000 + "</rdf:RDF>",
    "x.nt": "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "<a:c>" + " )>>" * 100_000 + " .",
    "x": "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "<a:c>" + " )>>" * 100_000 + " .",
}  # fmt: skip


@pytest.mark.parametrize("format_", ["turtle", "trig", "ntriples", "nquads", "jsonld", "graphml"])
@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_deep_is_exported(name: str, format_: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(DEEP[name], encoding="utf-8")
    graph = load_graph(path)
    content = write(graph, format_)
    assert content
    if format_ in ("turtle", "ntriples"):
        (tmp_path / "again.ttl").write_bytes(content)
        again = load_graph(tmp_path / "again.ttl")
        assert len(again) == len(graph)
        assert write(again, format_) == content


@pytest.mark.parametrize("name", DEEPER)
def test_what_the_parsers_cannot_follow_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(DEEPER[name], encoding="utf-8")
    with pytest.raises(UnusableInputError, match="is nested more than"):
        load_graph(path)


def test_many_that_are_not_nested_are_no_nesting(tmp_path: Path) -> None:
    flat = ",".join('{"@id":"e:a","e:b":{"@id":"e:c"}}' for _ in range(5_000))
    (tmp_path / "y.jsonld").write_text(f"[{flat}]", encoding="utf-8")
    assert len(load_graph(tmp_path / "y.jsonld")) == 1
    items = (
        '<rdf:Description rdf:about="e:a/b"><e:b rdf:resource="e:/x/"/><e:c>1</e:c></rdf:Description>' * 5_000
    )
    (tmp_path / "z.rdf").write_text(
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="e:">{items}</rdf:RDF>',
        encoding="utf-8",
    )
    assert len(load_graph(tmp_path / "z.rdf")) == 2


def test_formats_tried_are_formats() -> None:
    assert {"turtle", "trig", "ntriples", "nquads", "jsonld", "graphml"} <= set(FORMATS)
