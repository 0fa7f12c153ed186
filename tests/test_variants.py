"""The seed and its variants: when the text changes, the graph follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from strategraph.model import Plan
from strategraph.pipeline import Options, Result, build
from strategraph.rdf.namespace import SG

SEED = Path(__file__).parents[1] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
PLAN = "https://w3id.org/strategraph/id/plan/itu-strategic-plan-2024-2027"
Variant = Callable[..., Result]


@pytest.fixture(scope="module")
def seed() -> Result:
    return build(SEED)


@pytest.fixture
def variant(tmp_path: Path) -> Variant:
    def make(*changes: tuple[str, str]) -> Result:
        text = SEED.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "variant.txt"
        path.write_text(text, encoding="utf-8")
        return build(path)

    return make


def labels(graph: Graph, subject: str, predicate: URIRef) -> list[str]:
    return sorted(str(graph.value(o, RDFS.label)) for o in graph.objects(URIRef(subject), predicate))


def verbs(plan: Plan, parent: str, kind: str) -> list[str]:
    return [str(e.verb) for e in plan.elements if e.parent == parent and e.kind == kind]


def test_the_plan(seed: Result) -> None:
    graph = seed.graph
    assert [str(s) for s in graph.subjects(RDF.type, SG.StrategicPlan)] == [PLAN]
    assert str(graph.value(URIRef(PLAN), DCTERMS.title)) == "ITU Strategic Plan 2024-2027"
    assert str(graph.value(URIRef(PLAN), SG.startYear)) == "2024"
    assert str(graph.value(URIRef(PLAN), SG.endYear)) == "2027"
    assert labels(graph, PLAN, SG.owner) == ["ITU"]
    assert seed.report.conforms
    assert not seed.report.of_severity("Warning")


def test_commitments_and_purposes(seed: Result) -> None:
    first, second = f"{PLAN}/goal/1", f"{PLAN}/goal/2"
    assert verbs(seed.plan, first, "Commitment") == [
        "enable", "foster", "achieve", "coordinate", "facilitate", "leverage",
    ]  # fmt: skip
    assert verbs(seed.plan, first, "Purpose") == ["advance", "prevent", "eliminate", "close"]
    assert verbs(seed.plan, second, "Commitment") == [
        "foster", "facilitate", "close", "promote", "enable", "address", "foster",
    ]  # fmt: skip
    assert verbs(seed.plan, second, "Purpose") == ["empower", "build"]
    assert verbs(seed.plan, f"{PLAN}/vision", "Commitment") == []


def test_who_benefits_from_a_commitment(seed: Result) -> None:
    close = next(e for e in seed.plan.elements if e.verb == "close" and e.kind == "Commitment")
    assert "women and girls" in labels(seed.graph, close.iri, SG.addresses)
    empower = next(e for e in seed.plan.elements if e.verb == "empower")
    assert labels(seed.graph, empower.iri, SG.addresses) == ["people", "societies"]


def test_adoption(seed: Result) -> None:
    (resolution,) = seed.graph.objects(URIRef(PLAN), SG.adoptedBy)
    base = "https://w3id.org/strategraph/id/instrument/itu-plenipotentiary-conference/resolution/71"
    assert str(resolution) == f"{base}/rev/bucharest-2022"
    assert str(seed.graph.value(resolution, SG.revisionOf)) == base
    assert labels(seed.graph, str(resolution), SG.issuedBy) == ["ITU Plenipotentiary Conference"]


def test_the_event_is_mentioned_and_adopts_nothing(seed: Result) -> None:
    source = URIRef(seed.plan.source_iri)
    assert labels(seed.graph, str(source), SG.mentions) == ["GSR 2023"]


def test_themes(seed: Result) -> None:
    names = {concept.label for concept in seed.plan.concepts if concept.scheme == "theme"}
    assert {
        "telecommunications/ICTs",
        "digital divide",
        "digital transformation",
        "harmful interference",
    } <= names
    icts = next(c for c in seed.plan.concepts if c.label == "telecommunications/ICTs")
    assert "ICTs" in {name for name, _ in icts.alternatives}


def test_a_renamed_goal(variant: Variant) -> None:
    graph = variant(("Universal Connectivity:", "Meaningful Access:")).graph
    assert str(graph.value(URIRef(f"{PLAN}/goal/1"), DCTERMS.title)) == "Meaningful Access"


def test_a_third_goal(variant: Variant) -> None:
    third = "Goal 3 – Resilience: Protect networks in small island developing states.\n\nResolution 71 (Rev."
    result = variant(("Resolution 71 (Rev.", third))
    assert str(result.graph.value(URIRef(f"{PLAN}/goal/3"), SG.number)) == "3"
    assert labels(result.graph, f"{PLAN}/goal/3", SG.addresses) == ["small island developing states"]
    assert verbs(result.plan, f"{PLAN}/goal/3", "Commitment") == ["protect"]


def test_another_resolution(variant: Variant) -> None:
    graph = variant(("Resolution 71 (Rev. Bucharest, 2022)", "Resolution 72 (Rev. Dubai, 2018)")).graph
    (resolution,) = graph.objects(URIRef(PLAN), SG.adoptedBy)
    assert str(resolution).endswith("itu-plenipotentiary-conference/resolution/72/rev/dubai-2018")


def test_a_resolution_that_adopted_something_else_did_not_adopt_the_plan(variant: Variant) -> None:
    graph = variant(("adopted the ITU Strategic Plan for 2024-2027", "adopted the budget")).graph
    assert list(graph.objects(URIRef(PLAN), SG.adoptedBy)) == []
    assert len(list(graph.objects(URIRef(PLAN), SG.cites))) == 1


def test_a_listed_group_that_no_vocabulary_has(variant: Variant) -> None:
    result = variant(("women and girls", "itinerant beekeepers, women and girls"))
    groups = labels(result.graph, f"{PLAN}/goal/2", SG.addresses)
    assert "itinerant beekeepers" in groups
    candidate = next(c for c in result.plan.concepts if c.label == "itinerant beekeepers")
    assert candidate.candidate
    assert candidate.iri == "https://w3id.org/strategraph/id/target-group/itinerant-beekeepers"


def test_no_goals_no_goals(variant: Variant) -> None:
    result = variant(("Our Strategic\xa0Goals:", "In short"), ("Goal 1 –", "First –"), ("Goal 2 –", "Then –"))
    assert not [element for element in result.plan.elements if element.kind == "Goal"]
    assert result.report.conforms
    assert result.report.of_severity("Warning")


def test_what_the_user_says_is_marked_as_given() -> None:
    result = build(SEED, Options(title="A plan", owner="Somebody", start=2030, end=2034, language="en"))
    graph = result.graph
    (plan,) = graph.subjects(RDF.type, SG.StrategicPlan)
    assert str(graph.value(plan, DCTERMS.title)) == "A plan"
    given = {graph.value(fact, RDF.predicate) for fact in graph.subjects(RDF.type, SG.GivenFact)}
    assert given == {DCTERMS.title, SG.owner, SG.startYear, SG.endYear}
    evidenced = {graph.value(e, RDF.predicate) for e in graph.subjects(RDF.type, SG.Evidence)}
    assert not given & evidenced
    assert result.report.conforms


def test_the_light_graph_has_the_same_facts(seed: Result) -> None:
    light = build(SEED, Options(evidence=False)).graph
    assert not list(light.subjects(RDF.type, SG.Evidence))
    evidence = set(seed.graph.subjects(RDF.type, SG.Evidence))
    told = set(light.triples((None, SG.option, Literal("evidence=none"))))
    assert len(told) == 1
    assert set(light) - told == {triple for triple in seed.graph if triple[0] not in evidence}


def test_every_quote_stands_in_the_source(seed: Result) -> None:
    text = seed.document.source.text
    for link in seed.plan.links:
        for support in link.supports:
            assert text[support.span.start : support.span.end].strip()
