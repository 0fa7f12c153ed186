"""Which stores take RDF 1.2, as docs/stores.md says: the same evidence, asked for by its triple terms."""

from __future__ import annotations

import pytest
from rdflib import RDF

from strategraph.errors import StrategraphError
from strategraph.export import write
from strategraph.querying.stores.client import Store
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

from .acting import ROOT
from .servers import Server

pytestmark = pytest.mark.interop

TAKE_IT = {"oxigraph", "fuseki"}
GRAPH = "https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025/graph"
ASKED = f"""
    PREFIX rdf: <{RDF}>
    PREFIX sg: <{SG}>
    SELECT (COUNT(*) AS ?n) {{
      GRAPH <{GRAPH}> {{ ?evidence a sg:Evidence ; rdf:reifies <<( ?s ?p ?o )>> . ?s ?p ?o }}
    }}
"""


def test_the_stores_that_take_rdf_1_2_find_the_triple_behind_each_evidence(
    store: Store, server: Server
) -> None:
    graph = load_graph(ROOT / "tests" / "shapes" / "valid.ttl")
    evidence = len(set(graph.subjects(RDF.type, SG.Evidence)))
    try:
        store.put(GRAPH, write(graph, "ntriples12"))
        found = int(store.select(ASKED)[0]["n"])
    except StrategraphError:
        found = 0
    assert found == (evidence if server.kind.name in TAKE_IT else 0)
