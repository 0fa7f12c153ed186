"""The native engine says what pySHACL says, or nothing: over every fixture, mutation and plan of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node
from tests.test_mutations import mutated, mutations

from strategraph.pipeline import build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG
from strategraph.validation import engine, validate
from strategraph.validation.engine import Finding
from strategraph.validation.shapes import load_shapes

pytest.importorskip("shacl", reason="the extra `fast` is not installed")

HERE = Path(__file__).parents[1]
SEED = HERE.parent / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
FIXTURES = sorted(
    path
    for folder in ("shapes", "querying")
    for path in (HERE / folder).rglob("*.ttl")
    if not path.name.endswith(".report.ttl")
)
SHARED = HERE.parents[1] / "shared" / "plans"


def described(finding: Finding) -> tuple[str, ...]:
    """A finding in words, since rdflib takes literals for equal that differ in their form."""
    terms = (finding.shape, finding.component, finding.focus, finding.value)
    return (*("" if term is None else term.n3() for term in terms), str(finding.path), finding.message)


def compared(graph: Graph) -> bool:
    """Hold the engines against each other; whether the native one said anything."""
    shapes = load_shapes(())
    theirs = engine.run_natively(shapes, graph)
    if theirs is None:
        return False
    assert sorted(map(described, theirs)) == sorted(map(described, engine.run(shapes, graph)))
    return True


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_fixture(path: Path) -> None:
    compared(load_graph(path))


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: str(mutation["name"]))
def test_every_mutation(mutation: dict[str, object]) -> None:
    compared(mutated(mutation))


def test_most_fixtures_and_mutations_are_for_it() -> None:
    shapes = load_shapes(())
    graphs = [*(load_graph(path) for path in FIXTURES), *(mutated(mutation) for mutation in mutations())]
    said = sum(engine.run_natively(shapes, graph) is not None for graph in graphs)
    assert said > 0.8 * len(graphs)


def test_the_seed() -> None:
    assert compared(build(SEED).graph)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real plans beside the checkout")
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("*")) if SHARED.is_dir() else [], ids=lambda path: path.name
)
def test_real_plans(path: Path) -> None:
    assert compared(build(path).graph)


def test_what_it_is_not_sure_of_it_leaves() -> None:
    shapes = load_shapes(())
    blank, ill = build(SEED).graph, build(SEED).graph
    blank.add((BNode(), RDF.type, SG.Goal))
    ill.add(
        (
            URIRef("urn:x"),
            SG.position,
            Literal("x", datatype=URIRef("http://www.w3.org/2001/XMLSchema#integer")),
        )
    )
    assert engine.run_natively(shapes, blank) is None
    assert engine.run_natively(shapes, ill) is None
    own = load_shapes((str(next(iter(sorted(HERE.parent.joinpath("shapes").glob("*.ttl"))))),))
    assert engine.run_natively(own, Graph()) is None


def test_without_it_the_report_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = build(SEED).graph
    fast = validate(graph, fast=True)
    monkeypatch.setattr(engine, "_compiled", lambda: None)
    assert validate(graph, fast=True) == fast == validate(graph)


def test_whatever_breaks_in_it_the_referee_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def validate_text(self, *_: object) -> None:
            raise ValueError("no")

    graph = build(SEED).graph
    monkeypatch.setattr(engine, "_compiled", Broken)
    assert engine.run_natively(load_shapes(()), graph) is None
    assert validate(graph, fast=True) == validate(graph)


@pytest.mark.parametrize(
    "result",
    [
        {"path": "(<urn:p>)+"},
        {"source_shape": "_:b0"},
        {"focus_node": "<urn:elsewhere>"},
        {"value": '"another form"'},
    ],
)
def test_a_result_that_is_not_understood_is_none(result: dict[str, str]) -> None:
    said = {
        "source_shape": "<urn:s>", "component_iri": "urn:c", "focus_node": "<urn:f>", "path": "<urn:p>",
        "value": None, "messages": ["m"],
    }  # fmt: skip
    terms: dict[str | None, Node] = {"<urn:f>": URIRef("urn:f")}
    report = type("Report", (), {"results": [type("Result", (), said)()]})()
    found = engine._findings(report, terms)
    assert found is not None
    (finding,) = found
    assert (finding.focus, finding.path, finding.message) == (URIRef("urn:f"), URIRef("urn:p"), "m")
    report = type("Report", (), {"results": [type("Result", (), said | result)()]})()
    assert engine._findings(report, terms) is None
