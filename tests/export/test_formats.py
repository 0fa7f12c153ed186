"""What holds for every format: it is in the table, it is stable, and the RDF ones give the graph back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from strategraph.errors import UnusableInputError
from strategraph.export import FORMATS, find_format, write, write_to
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

from .graphs import VALID, graphs, valid

# That for OWL says another thing than the graph: rdf/test_rdf.py is about it.
RDF_FORMATS = [
    name
    for name, format_ in FORMATS.items()
    if format_.writer.startswith(("rdf:", "rdf.jsonld:")) and name != "owl"
]
OF_ANY_GRAPH = [name for name in FORMATS if name != "stratml"]
EXAMPLE = "https://example.org/"


def reread(content: bytes, name: str, folder: Path) -> Graph:
    path = folder / f"x{FORMATS[name].suffix}"
    path.write_bytes(content)
    return load_graph(path)


def reread_by_rdflib(content: bytes, name: str) -> Graph:
    parser = {"ntriples": "nt", "jsonld": "json-ld"}.get(name, name)
    union = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, by rdflib
        dataset = Dataset()
        dataset.parse(data=content, format=parser)
        for graph in dataset.graphs():
            union += graph
    return union


def test_the_table_names_each_suffix_once() -> None:
    assert len({format_.suffix for format_ in FORMATS.values()}) == len(FORMATS)
    assert all(name == format_.name for name, format_ in FORMATS.items())


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_name_and_suffix(name: str) -> None:
    suffix = FORMATS[name].suffix
    found = [find_format(text).name for text in (name, name.upper(), suffix, suffix.lstrip("."))]
    assert found == [name] * 4


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnusableInputError) as caught:
        write(valid(), "graphlm")
    message = str(caught.value)
    assert "did you mean graphml?" in message
    assert all(name in message for name in FORMATS)
    assert "\n" not in message


def test_an_unknown_format_like_no_other_has_no_suggestion() -> None:
    with pytest.raises(UnusableInputError, match="unknown format 'xyz': known are"):
        find_format("xyz")


@pytest.mark.parametrize("name", FORMATS)
def test_writing_to_a_file_is_the_same(name: str, tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        write_to(valid(), name, file)
    assert (tmp_path / "x").read_bytes() == write(valid(), name)


@pytest.mark.parametrize("name", OF_ANY_GRAPH)
def test_an_empty_graph_can_be_written(name: str) -> None:
    assert isinstance(write(Graph(), name), bytes)


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_the_valid_graph_comes_back(name: str, tmp_path: Path) -> None:
    content = write(valid(), name)
    assert isomorphic(reread(content, name, tmp_path), valid())
    if not name.endswith("12"):  # rdflib reads RDF 1.1
        assert isomorphic(reread_by_rdflib(content, name), valid())


@pytest.mark.parametrize("name", RDF_FORMATS)
@given(graph=graphs())
@settings(max_examples=25, deadline=None)
def test_any_graph_comes_back(name: str, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    content = write(graph, name)
    if not name.endswith("12"):
        assert isomorphic(reread_by_rdflib(content, name), graph)
    if len(graph):
        assert isomorphic(reread(content, name, tmp_path_factory.mktemp("graph")), graph)


@pytest.mark.parametrize("name", OF_ANY_GRAPH)
@given(graph=graphs(), seed=st.integers(0, 9))
@settings(max_examples=10, deadline=None)
def test_the_order_of_adding_does_not_matter(name: str, graph: Graph, seed: int) -> None:
    triples = sorted(graph)
    random.Random(seed).shuffle(triples)
    other = Graph(bind_namespaces="none")
    for triple in triples:
        other.add(triple)
    assert write(other, name) == write(graph, name)


@pytest.mark.parametrize("name", FORMATS)
def test_hash_seed_and_folder_do_not_matter(name: str, tmp_path: Path) -> None:
    program = "import sys; from strategraph.cli import main; main(sys.argv[1:])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, "export", str(VALID), "-f", name],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=folder,
            check=True,
            capture_output=True,
        ).stdout
        for seed, folder in (("1", tmp_path), ("2", VALID.parent))
    }
    assert outputs == {write(valid(), name)}


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_blank_nodes_are_named_by_what_they_say(name: str, tmp_path: Path) -> None:
    def graph() -> Graph:
        made = Graph()
        first, second = BNode(), BNode()
        for node, label in ((first, "one"), (second, "two")):
            made.add((node, RDFS.label, Literal(label)))
            made.add((URIRef(EXAMPLE), RDFS.seeAlso, node))
        made.add((first, RDFS.seeAlso, second))
        return made

    content = write(graph(), name)
    assert content == write(graph(), name)
    assert isomorphic(reread(content, name, tmp_path), graph())


@pytest.mark.parametrize("name", RDF_FORMATS)
@pytest.mark.parametrize(
    "triple",
    [
        (URIRef("http://example.org/a b"), RDFS.label, Literal("x")),
        (URIRef("relative"), RDFS.label, Literal("x")),
        (URIRef(EXAMPLE), URIRef("http://example.org/<"), Literal("x")),
        (URIRef(EXAMPLE), RDFS.seeAlso, URIRef("http://example.org/{}")),
        (URIRef(EXAMPLE), RDFS.label, Literal("x", datatype=URIRef("no scheme"))),
        (URIRef(EXAMPLE), RDFS.label, Literal("\ud800")),
        (URIRef(EXAMPLE), RDF.type, URIRef("http://example.org/ ")),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_rdf_cannot_say_is_refused(name: str, triple: tuple[URIRef, URIRef, URIRef | Literal]) -> None:
    graph = Graph()
    graph.add(triple)
    with pytest.raises(UnusableInputError, match="cannot be written as RDF") as caught:
        write(graph, name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_a_plan_has_its_named_graph(name: str) -> None:
    parser = {"trig": pyoxigraph.RdfFormat.TRIG, "nquads": pyoxigraph.RdfFormat.N_QUADS}[name]
    plan = next(valid().subjects(RDF.type, SG.StrategicPlan))
    quads = list(pyoxigraph.parse(write(valid(), name), format=parser))
    assert {str(quad.graph_name) for quad in quads} == {f"<{plan}/graph>"}
    assert len(quads) == len(valid())
