"""Descriptions: counts that hold, terms that exist, the same bytes, nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, VOID, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from strategraph import __version__
from strategraph.cli import main
from strategraph.rdf.namespace import SG

ID = Namespace("https://w3id.org/strategraph/id/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
PLANS = {
    "lakes": "Lakes Plan 2024-2027\n\nGoal 1: Clean water\nWe will support young people and women.\n",
    "rivers": "Rivers Plan 2025-2028\n\nGoal 1: Safe banks\nWe will protect women.\nGoal 2: Free passage\n",
}
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def described(*arguments: object) -> Graph:
    result = run("describe", *arguments)
    assert result.exit_code == 0, result.output
    return Graph().parse(data=result.stdout, format="turtle")


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graphs of two plans."""
    folder = tmp_path_factory.mktemp("graphs")
    for name, text in PLANS.items():
        source = tmp_path_factory.mktemp("sources") / f"{name}.txt"
        source.write_text(text, encoding="utf-8")
        result = run("build", source, "-o", folder)
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def rivers(graphs: Path) -> Graph:
    return Graph().parse(graphs / "rivers.ttl")


@pytest.fixture(scope="module")
def name(rivers: Graph) -> URIRef:
    """The name of the graph of the plan for rivers."""
    return URIRef(f"{next(rivers.subjects(RDF.type, SG.StrategicPlan))}/graph")


def test_counts_hold(graphs: Path, rivers: Graph, name: URIRef) -> None:
    found = described(graphs / "rivers.ttl")

    def number(property_: URIRef, node: Node = name) -> int:
        return int(str(found.value(node, property_)))

    assert number(VOID.triples) == len(rivers)
    assert number(VOID.distinctSubjects) == len(set(rivers.subjects()))
    assert number(VOID.distinctObjects) == len(set(rivers.objects()))
    assert number(VOID.classes) == len(set(rivers.objects(None, RDF.type)))
    assert number(VOID.properties) == len(set(rivers.predicates()))
    classes = {found.value(p, VOID["class"]): p for p in found.objects(name, VOID.classPartition)}
    assert set(classes) == set(rivers.objects(None, RDF.type))
    assert number(VOID.entities, classes[SG.Goal]) == 2
    assert str(classes[SG.Goal]) == f"{name}/class/sg:Goal"
    properties = {found.value(p, VOID.property): p for p in found.objects(name, VOID.propertyPartition)}
    assert set(properties) == set(rivers.predicates())
    assert number(VOID.triples, properties[RDFS.label]) == len(list(rivers.triples((None, RDFS.label, None))))


def test_what_the_plan_says_of_itself(graphs: Path, rivers: Graph, name: URIRef) -> None:
    found = described(graphs / "rivers.ttl")
    plan = URIRef(name.removesuffix("/graph"))
    assert found.value(name, DCTERMS.title) == rivers.value(plan, DCTERMS.title)
    assert found.value(name, DCTERMS.subject) == plan
    period = found.value(name, DCTERMS.temporal)
    assert found.value(period, DCAT.startDate) == Literal("2025", datatype=XSD.gYear)
    assert found.value(period, DCAT.endDate) == Literal("2028", datatype=XSD.gYear)
    assert set(found.objects(name, VOID.vocabulary)) >= {URIRef(str(SG)), URIRef(str(RDFS))}


def test_provenance(graphs: Path, rivers: Graph, name: URIRef) -> None:
    found = described(graphs / "rivers.ttl")
    (source,) = rivers.subjects(RDF.type, SG.SourceDocument)
    assert found.value(name, PROV.wasDerivedFrom) == source
    checksum = found.value(source, SPDX.checksum)
    assert found.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    value = found.value(checksum, SPDX.checksumValue)
    assert str(value) == str(rivers.value(source, SG.byteSha256))
    (description,) = found.subjects(RDF.type, VOID.DatasetDescription)
    software = found.value(description, PROV.wasAttributedTo)
    assert found.value(software, OWL.versionInfo) == Literal(__version__)
    assert found.value(description, FOAF.primaryTopic) == name


def test_a_collection(graphs: Path, rivers: Graph, name: URIRef) -> None:
    found = described(graphs)
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    assert str(catalogue).startswith(ID.collection)
    assert len(set(found.objects(catalogue, DCAT.dataset))) == 2
    assert set(found.objects(catalogue, VOID.subset)) == set(found.objects(catalogue, DCAT.dataset))
    assert name in found.objects(catalogue, PROV.hadMember)
    # what both plans say counts once
    together = rivers + Graph().parse(graphs / "lakes.ttl")
    assert found.value(catalogue, VOID.triples) == Literal(len(together))
    own = described(graphs / "rivers.ttl", "--iri", "https://example.org/all")
    assert next(own.subjects(RDF.type, DCAT.Catalog)) == URIRef("https://example.org/all")


def test_files_folder_and_store_give_the_same_bytes(graphs: Path, tmp_path: Path) -> None:
    files = (graphs / "rivers.ttl", graphs / "lakes.ttl")
    assert run("store", tmp_path / "db", "add", *files).exit_code == 0
    expected = run("describe", graphs).stdout_bytes
    assert run("describe", *files).stdout_bytes == expected
    assert run("describe", tmp_path / "db").stdout_bytes == expected
    assert run("describe", graphs, *files, "-o", tmp_path / "new" / "void.ttl").exit_code == 0
    assert (tmp_path / "new" / "void.ttl").read_bytes() == expected


def test_every_term_exists_and_nothing_is_blank(graphs: Path) -> None:
    found = described(graphs, "--license", LICENCE)
    closed = {str(space): space for space in (DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, VOID, SG)}
    for term in map(str, {*found.predicates(), *found.objects(None, RDF.type)}):
        namespace = term[: max(term.rfind("#"), term.rfind("/")) + 1]
        if namespace != str(SPDX):
            assert closed[namespace][term.removeprefix(namespace)] == URIRef(term)
    assert not any(isinstance(node, BNode) for triple in found for node in triple)


def test_a_licence_only_if_one_is_given(graphs: Path) -> None:
    assert not list(described(graphs).triples((None, DCTERMS.license, None)))
    licensed = set(described(graphs, "--license", LICENCE).subjects(DCTERMS.license, LICENCE))
    assert len(licensed) == 3


def test_errors_are_one_line(graphs: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.ttl"
    text = (graphs / "rivers.ttl").read_text(encoding="utf-8")
    changed.write_text(text.replace('endYear "2028"', 'endYear "2029"'), encoding="utf-8")
    none = tmp_path / "none.ttl"
    none.write_text("<x:a> <x:b> <x:c> .", encoding="utf-8")
    for arguments, message in (
        ((tmp_path / "nowhere.ttl",), "no such file"),
        ((none,), "no plan to describe"),
        ((graphs, changed), "than in what was read before"),
        ((graphs, "--license", "CC BY"), "'CC BY' is not an absolute IRI"),
        ((graphs, "--iri", "mine"), "'mine' is not an absolute IRI"),
    ):
        result = run("describe", *arguments)
        assert result.exit_code == 2, arguments
        assert message in result.stderr.lower() or message in result.stderr
        assert result.stderr.count("\n") == 1
