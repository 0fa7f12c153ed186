"""Merged graphs conform: one label a node, one plan an IRI, or a refusal that says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options, build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.merging import merge
from strategraph.rdf.namespace import SG
from strategraph.validation import validate

ITALIAN = """Piano strategico 2024-2027 dell'Agenzia dei Laghi

Obiettivo 1: Acqua per tutte le famiglie, con l'Unione europea e le Nazioni Unite, secondo la risoluzione 70/1.
"""
ENGLISH = """River Council Plan 2024-2027

Goal 1: Water for all families, with the European Union and United Nations General Assembly resolution 70/1.
"""
OTHER = """River Council Plan 2024-2027

Goal 1: Boats for all farmers.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("it.txt", ITALIAN), ("en.txt", ENGLISH), ("other.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def labels(graph: Graph, end: str) -> set[Literal]:
    return {
        o for s, o in graph.subject_objects(RDFS.label) if str(s).endswith(end) and isinstance(o, Literal)
    }


def test_names_of_tables_have_the_language_of_the_table(folder: Path) -> None:
    for name in ("it.txt", "en.txt"):
        graph = build(folder / name).graph
        assert labels(graph, "organization/european-union") == {Literal("European Union", lang="en")}
        assert all(not label.language for label in labels(graph, str(next(graph.subjects(SG.presents)))))


def test_plans_that_would_share_an_iri_are_told_apart_in_one_run(folder: Path) -> None:
    out = folder / "out"
    sources = [str(folder / name) for name in ("en.txt", "other.txt", "it.txt")]
    assert CliRunner().invoke(main, ["build", *sources, "-o", str(out)]).exit_code == 0
    plans = {
        name: next(load_graph(out / f"{name}.ttl").subjects(RDF.type, SG.StrategicPlan))
        for name in ("en", "other")
    }
    shared = "plan/river-council-plan-2024-2027-"
    assert len(set(plans.values())) == 2
    assert all(shared in str(plan) for plan in plans.values())  # each with its source's checksum
    merged = out / "all.ttl"
    graphs = [str(out / f"{name}.ttl") for name in ("en", "other", "it")]
    result = CliRunner().invoke(main, ["merge", *graphs, "-o", str(merged)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "conforms" in result.stdout
    assert len(set(load_graph(merged).subjects(RDF.type, SG.StrategicPlan))) == 3
    of_folder = folder / "all-of-the-folder.ttl"
    assert CliRunner().invoke(main, ["merge", str(out), "-o", str(of_folder)]).exit_code == 0
    assert of_folder.read_bytes() == merged.read_bytes()


def test_a_set_that_is_mixed_is_told_before_it_is_merged(folder: Path) -> None:
    out = folder / "out"
    assert CliRunner().invoke(main, ["build", str(folder / "it.txt"), "-o", str(out)]).exit_code == 0
    (out / "it.txt").write_text("Other words", encoding="utf-8")
    result = CliRunner().invoke(main, ["merge", str(out / "it.ttl"), "-o", str(folder / "all.ttl")])
    assert "it.sha256" in result.stderr


def test_the_same_source_keeps_its_iri(folder: Path) -> None:
    plan = build(folder / "en.txt").plan
    again = build(folder / "en.txt", Options(taken={plan.iri: plan.source.sha256})).plan
    assert again.iri == plan.iri
    other = build(folder / "en.txt", Options(taken={plan.iri: "0" * 64})).plan
    assert other.iri == f"{plan.iri}-{plan.source.sha256[:8]}"


def test_two_documents_under_one_plan_are_refused(folder: Path) -> None:
    graphs = {name: build(folder / name).graph for name in ("en.txt", "other.txt")}
    with pytest.raises(UnusableInputError, match=r"en\.txt and other\.txt have one plan from two documents"):
        merge(graphs)


def test_one_label_stays_and_the_others_become_other_names() -> None:
    node = URIRef("https://example.org/id/target-group/parents")
    first, second = Graph(), Graph()
    for graph, label in (
        (first, Literal("parents", lang="fr")),
        (second, Literal("parents and carers", lang="en")),
    ):
        graph.add((node, RDF.type, SG.TargetGroup))
        graph.add((node, RDFS.label, label))
        graph.add((node, SKOS.prefLabel, label))
    merged = merge({"first": first, "second": second})
    assert list(merged.objects(node, RDFS.label)) == [Literal("parents and carers", lang="en")]
    assert set(merged.objects(node, SKOS.prefLabel)) == {
        Literal("parents", lang="fr"),
        Literal("parents and carers", lang="en"),
    }
    assert merge({"second": second, "first": first}).isomorphic(merged)


def test_merging_one_graph_changes_nothing(folder: Path) -> None:
    graph = build(folder / "en.txt").graph
    merged = merge({"en": graph})
    assert set(merged) == set(graph)
    assert validate(merged).conforms
