"""A graph says what made it: the same bytes for the same input, other checksums for other tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import PROV, RDF, Literal, URIRef

from strategraph import __version__
from strategraph.pipeline import Options, build
from strategraph.rdf.namespace import SG
from strategraph.rdf.provenance import checksums

TEXT = "Meadow Plan 2025-2027\n\nGoal 1: Meadows for all families.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_plan_s_graph_was_generated_by_a_run(source: Path) -> None:
    result = build(source, Options(language="en", end=2028))
    graph, plan = result.graph, result.plan
    run = graph.value(URIRef(f"{plan.iri}/graph"), PROV.wasGeneratedBy)
    assert run == URIRef(f"{plan.iri}/build")
    assert graph.value(run, PROV.used) == URIRef(plan.source_iri)
    assert (graph.value(run, PROV.wasAssociatedWith), RDF.type, PROV.SoftwareAgent) in graph
    assert graph.value(run, SG.version) == Literal(__version__)
    assert {str(option) for option in graph.objects(run, SG.option)} == {"language=en", "end=2028"}
    assert graph.value(run, PROV.endedAtTime) is None
    assert result.report.conforms


def test_tables_are_told_by_their_checksums(source: Path) -> None:
    graph = build(source).graph
    for predicate, checksum in checksums().items():
        assert len(checksum) == 64
        assert list(graph.objects(None, predicate)) == [Literal(checksum)]
    assert {SG.vocabulariesSha256, SG.rulesSha256, SG.shapesSha256, SG.ontologySha256} <= set(checksums())


def test_a_clock_only_where_one_is_set(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (moment,) = build(source).graph.objects(None, PROV.endedAtTime)
    assert str(moment) == "2023-11-14T22:13:20Z"


def test_files_given_are_told_by_their_checksums(source: Path, tmp_path: Path) -> None:
    vocabulary = Path(__file__).parents[1] / "vocabulary.ttl"
    options = {
        str(o) for o in build(source, Options(vocabularies=(vocabulary,))).graph.objects(None, SG.option)
    }
    assert len(options) == 1
    assert options.pop().startswith("vocabulary=sha256:")
