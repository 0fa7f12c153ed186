"""The graph that the shapes pass, and what breaks it."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, URIRef

from strategraph.rdf.loading import load_graph
from strategraph.validation import Report
from strategraph.validation.shapes import SGSH

FOLDER = Path(__file__).parents[1] / "shapes"
VALID = FOLDER / "valid.ttl"
TEXT = (FOLDER / "valid.txt").read_text(encoding="utf-8")
FIXTURES = {path.stem: path for path in sorted((FOLDER / "invalid").glob("*.ru"))}
PROLOGUE = (FOLDER / "prologue.ru").read_text(encoding="utf-8")
PLAN = URIRef("https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025")
GOAL = URIRef(f"{PLAN}/goal/1")
PREFIXES = """
    @prefix ex: <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sg: <https://w3id.org/strategraph/ns#> .
    @prefix sgsh: <https://w3id.org/strategraph/shapes#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def updated(*updates: str) -> Graph:
    """Return the valid graph after some SPARQL updates."""
    graph = load_graph(VALID)
    for update in updates:
        before = set(graph)
        graph.update(update if "PREFIX" in update else PROLOGUE + update)
        assert set(graph) != before, "the update changes nothing"
    return graph


def broken(*names: str) -> Graph:
    """Return the valid graph, broken as the named fixtures say."""
    return updated(*(FIXTURES[name].read_text(encoding="utf-8") for name in names))


def failing(report: Report) -> dict[str, str]:
    """Return the failed constraints of a report with their severities."""
    return {str(result.shape).removeprefix(str(SGSH)): result.severity for result in report.results}
