"""SSSOM: a line for each mapping, with what its readers ask for."""

from __future__ import annotations

import csv

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, URIRef

from strategraph.export import write
from strategraph.knowledge import resources
from strategraph.rdf.loading import load_graph

EXAMPLE = "https://example.org/"


def table(graph: Graph) -> tuple[list[str], list[dict[str, str]]]:
    lines = write(graph, "sssom").decode().splitlines()
    head = [line for line in lines if line.startswith("#")]
    return head, list(csv.DictReader(lines[len(head) :], delimiter="\t"))


@pytest.mark.parametrize("name", ["target-groups", "themes"])
def test_each_mapping_of_our_vocabularies_has_a_line(name: str) -> None:
    graph = load_graph(resources.path("data", "vocabularies", f"{name}.ttl"))
    head, rows = table(graph)
    relations = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    assert len(rows) == sum(len(list(graph.subject_objects(relation))) for relation in relations)
    assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}
    assert "# license: https://creativecommons.org/licenses/by/4.0/" in head
    known = {line.split(":")[0].strip("# ") for line in head if line.startswith("#   ")}
    assert {row[column].split(":")[0] for row in rows for column in row if column.endswith("_id")} <= known
    assert all(row["subject_label"] for row in rows)
    assert all(row["object_label"] or row["object_id"].startswith("unesco:") for row in rows)


def test_a_mapping_by_others_does_not_say_how_it_was_made() -> None:
    graph = Graph()
    concept, other = URIRef(f"{EXAMPLE}my#bees"), URIRef(f"{EXAMPLE}their/b:1")
    graph.add((concept, SKOS.closeMatch, other))
    graph.add((concept, SKOS.prefLabel, Literal("abeilles", "fr")))
    graph.add((concept, SKOS.prefLabel, Literal("bees\tand\nmore", "en")))
    graph.add((concept, RDFS.label, Literal("an insect")))
    head, rows = table(graph)
    assert head[1:3] == [f"#   ns1: {EXAMPLE}my#", f"#   ns2: {EXAMPLE}their/"]
    assert head[-1] == "# license: https://w3id.org/sssom/license/unspecified"
    assert rows == [
        {
            "subject_id": "ns1:bees",
            "subject_label": "bees and more",
            "predicate_id": "skos:closeMatch",
            "object_id": "ns2:b:1",
            "object_label": "",
            "mapping_justification": "semapv:UnspecifiedMatching",
        }
    ]


def test_a_graph_without_mappings_has_a_table_without_lines() -> None:
    head, rows = table(Graph())
    assert head[0] == "# curie_map:"
    assert rows == []
