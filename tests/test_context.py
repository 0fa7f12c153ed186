"""The JSON-LD context of ``ontology/``: each term of data with its type, and the right RDF from what uses it."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SDO, XSD, Graph

from strategraph.knowledge import resources
from strategraph.rdf.namespace import INVERSES, PREFIXES, SG

OF_TERMS = {"provenance", "stratmlElement", "ProvenanceKind", "extracted", "computed", "table"} | {
    str(inverse).removeprefix(str(SG)) for inverse in INVERSES
}  # not of data


@pytest.fixture(scope="module")
def context() -> dict[str, str | dict[str, object]]:
    document = json.loads(resources.path("ontology", "context.jsonld").read_text(encoding="utf-8"))
    result: dict[str, str | dict[str, object]] = document["@context"]
    return result


def test_the_context_has_each_term_of_data_with_its_type(
    context: dict[str, str | dict[str, object]],
) -> None:
    ontology = Graph().parse(resources.path("ontology", "strategraph.ttl"), format="turtle")
    for name in sorted(SG.__annotations__.keys() - OF_TERMS):
        entry = context[name]
        if isinstance(entry, str):
            entry = {"@id": entry}
        assert entry["@id"] == f"sg:{name}"
        if (SG[name], RDF.type, OWL.Class) in ontology:
            continue
        targets = set(ontology.objects(SG[name], RDFS.range | SDO.rangeIncludes))
        expected: dict[str, object] = {"@id": f"sg:{name}"}
        if (SG[name], RDF.type, OWL.ObjectProperty) in ontology:
            expected["@type"] = "@id"
        elif RDF.langString in targets:
            expected["@container"] = "@language"
        elif len(targets) == 1 and targets != {XSD.string}:
            (datatype,) = targets
            expected["@type"] = f"xsd:{str(datatype).removeprefix(str(XSD))}"
        assert entry == expected


def test_the_context_names_no_term_that_does_not_exist(context: dict[str, str | dict[str, object]]) -> None:
    known = {f"sg:{name}" for name in SG.__annotations__}
    ids = {entry["@id"] if isinstance(entry, dict) else entry for entry in context.values()}
    assert {i for i in ids if str(i).startswith("sg:")} == known - {f"sg:{name}" for name in OF_TERMS}
    prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.startswith("http")}
    assert prefixes.items() <= PREFIXES.items()


DOCUMENT = """{
  "id": "https://example.org/plan/x",
  "type": ["StrategicPlan", "prov:Plan"],
  "label": "A plan",
  "title": {"en": "A plan"},
  "language": "en",
  "startYear": "2024",
  "owner": {
    "id": "https://example.org/organization/itu", "type": "Organization",
    "altLabel": {"en": ["ITU", "the Union"]}
  },
  "hasGoal": {
    "id": "https://example.org/plan/x/goal/1", "type": ["Goal", "PlanElement"],
    "number": "1", "position": 1, "statement": {"en": "Close the gap."},
    "inPlan": "https://example.org/plan/x",
    "hasCommitment": {
      "id": "https://example.org/plan/x/goal/1/commitment/1", "type": "Commitment",
      "verb": "close", "object": "the gap"
    }
  }
}"""

EVIDENCE = """{
  "id": "https://example.org/evidence/1", "type": ["Evidence", "rdf:Statement"],
  "subject": "https://example.org/plan/x", "predicate": "title",
  "object": {"@value": "A plan", "@language": "en"},
  "source": "https://example.org/source/1",
  "exact": "A plan", "prefix": "", "suffix": " for", "start": 0, "end": 6,
  "line": 1, "rule": "title", "confidence": "0.9"
}"""

EXPECTED = """
@prefix : <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sg: <https://w3id.org/strategraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://example.org/plan/x> a sg:StrategicPlan, prov:Plan ;
    rdfs:label "A plan" ; dcterms:title "A plan"@en ; dcterms:language "en" ;
    sg:startYear "2024"^^xsd:gYear ;
    sg:owner <https://example.org/organization/itu> ;
    sg:hasGoal <https://example.org/plan/x/goal/1> .
<https://example.org/organization/itu> a sg:Organization ; skos:altLabel "ITU"@en, "the Union"@en .
<https://example.org/plan/x/goal/1> a sg:Goal, sg:PlanElement ;
    sg:number "1" ; sg:position 1 ; sg:statement "Close the gap."@en ;
    sg:inPlan <https://example.org/plan/x> ;
    sg:hasCommitment <https://example.org/plan/x/goal/1/commitment/1> .
<https://example.org/plan/x/goal/1/commitment/1> a sg:Commitment ; sg:verb "close" ; sg:object "the gap" .
<https://example.org/evidence/1> a sg:Evidence, rdf:Statement ;
    rdf:subject <https://example.org/plan/x> ; rdf:predicate dcterms:title ; rdf:object "A plan"@en ;
    dcterms:source <https://example.org/source/1> ;
    oa:exact "A plan" ; oa:prefix "" ; oa:suffix " for" ; oa:start 0 ; oa:end 6 ;
    sg:line 1 ; sg:rule "title" ; sg:confidence 0.9 .
"""


# rdflib's own JSON-LD parser uses what rdflib has deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_with_the_context_is_the_right_rdf(context: dict[str, str | dict[str, object]]) -> None:
    document = json.dumps({"@context": context, "graph": [json.loads(DOCUMENT), json.loads(EVIDENCE)]})
    expected = Graph().parse(data=EXPECTED, format="turtle")
    assert set(Graph().parse(data=document, format="json-ld")) == set(expected)
    triples = pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.JSON_LD)
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert set(Graph().parse(data=lines, format="nt")) == set(expected)
