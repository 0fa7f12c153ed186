"""Describes the endpoint to programs, with the W3C's SPARQL 1.1 Service Description vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from strategraph.querying.dataset import known_prefixes

if TYPE_CHECKING:
    from pyoxigraph import Triple

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = tuple(
    f"http://www.w3.org/ns/formats/{name}"
    for name in (
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
    )
)  # fmt: skip
"""What the endpoint writes, by the IRIs of the W3C's list of formats."""


def describe_service(endpoint: str, graphs: Sequence[str]) -> Iterator[Triple]:
    """Yield what the endpoint at that IRI is, which formats it writes, and which named graphs it has."""
    from pyoxigraph import Literal, NamedNode, Triple

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    def part(name: str) -> NamedNode:
        return NamedNode(f"{endpoint}#{name}")

    prefixes = known_prefixes()
    is_a, label = NamedNode(f"{prefixes['rdf']}type"), NamedNode(f"{prefixes['rdfs']}label")
    service = NamedNode(endpoint)
    yield Triple(service, is_a, sd("Service"))
    yield Triple(service, label, Literal("strategraph: strategic plans, to be asked"))
    yield Triple(service, sd("endpoint"), service)
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for format_ in FORMATS:
        yield Triple(service, sd("resultFormat"), NamedNode(format_))
    yield Triple(service, sd("defaultDataset"), part("dataset"))
    yield Triple(part("dataset"), is_a, sd("Dataset"))
    yield Triple(part("dataset"), sd("defaultGraph"), part("default-graph"))
    yield Triple(part("default-graph"), is_a, sd("Graph"))
    for number, graph in enumerate(graphs, 1):
        named = part(f"graph-{number}")
        yield Triple(part("dataset"), sd("namedGraph"), named)
        yield Triple(named, is_a, sd("NamedGraph"))
        yield Triple(named, sd("name"), NamedNode(graph))
