"""The pages that show plans: the one that ``strategraph view`` writes, for what is served.

A small collection is one page with all its facts. Of a large one the first page tells which plans there are,
whom they name and under what they stand, and leads to a page for each.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store
from rdflib import RDF, Graph

from strategraph.digest import Text, texts_beside
from strategraph.embedded import open_to_read
from strategraph.export.plan_graphs import plan_graphs
from strategraph.graph_io import add_quads
from strategraph.namespace import PREFIXES, SG
from strategraph.page import assemble, content, policy, title
from strategraph.serving.messages import RequestError, Response
from strategraph.serving.negotiation import HTML
from strategraph.serving.source import Source

PLAN = "/plan"
WHOLE = 40_000  # triples up to which a collection is one page
_KEPT = 16  # pages that are not made anew
_LINKS = {"Ask": "ask"}
_LINKS_OF_ONE = {"All plans": "./", **_LINKS}

# Of each plan what tells it from others, and what it or anything in it names.
_FIRST = """
PREFIX sg: <https://w3id.org/strategraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {
  ?plan a sg:StrategicPlan ; ?said ?value .
  ?plan ?names ?named . ?named a ?class ; rdfs:label ?label .
}
WHERE {
  ?plan a sg:StrategicPlan .
  { ?plan ?said ?value . FILTER(isLiteral(?value)) }
  UNION {
    { ?plan ?names ?named } UNION { ?element sg:inPlan ?plan ; ?names ?named }
    ?named a ?class ; rdfs:label ?label .
    FILTER(?class IN (sg:TargetGroup, sg:Organization, sg:Instrument, sg:Resolution, sg:Decision))
  }
}
"""


class PlanPages:
    """Makes the pages of plans when they are asked for, one at a time, and keeps the last of them."""

    def __init__(self, source: Source) -> None:
        """Show what is in ``source``; texts that stand beside its graphs are shown with them."""
        self._source = source
        self._lock = threading.Lock()
        self._pages: dict[str, bytes] = {}

    def first(self) -> Response:
        """Return the page of the collection."""
        return self._response("")

    def plan(self, iri: str) -> Response:
        """Return the page of one plan; raises :class:`RequestError` if there is none of that IRI."""
        return self._response(iri)

    def _response(self, iri: str) -> Response:
        with self._lock:
            page = self._pages.get(iri)
            if page is None:
                page = self._made(iri)
                while len(self._pages) >= _KEPT:
                    self._pages.pop(next(iter(self._pages)))
                self._pages[iri] = page
        said = f"{policy(page)}; frame-ancestors 'none'"
        return Response(page, HTML, headers=(("Content-Security-Policy", said),))

    def _made(self, iri: str) -> bytes:
        # Opened for this page only: what is read of a store is not kept in memory.
        opened = open_to_read(self._source.folder)
        if iri:
            return self._page(self._plan(opened.store, iri), _LINKS_OF_ONE)
        quads = list(opened.store.quads_for_pattern(None, None, None, DefaultGraph()))
        if len(quads) <= WHOLE:
            return self._page(self._graph(quads), _LINKS)
        found = opened.store.query(_FIRST)
        assert isinstance(found, QueryTriples)
        graph = self._graph([Quad(each.subject, each.predicate, each.object) for each in found])
        pages = {
            str(plan): f"plan?iri={quote(str(plan), safe='')}"
            for plan in graph.subjects(RDF.type, SG.StrategicPlan)
        }
        shown = content(graph, {}, validated=False, files=False, links=_LINKS, pages=pages)
        return assemble(shown, title(graph))

    def _plan(self, store: Store, iri: str) -> Graph:
        name = f"{iri}/graph"
        if name in self._source.graphs:
            return self._graph(store.quads_for_pattern(None, None, None, NamedNode(name)))
        whole = self._graph(store.quads_for_pattern(None, None, None, DefaultGraph()))
        for found, part in plan_graphs(whole):
            if str(found) == name:
                return part
        raise RequestError(HTTPStatus.NOT_FOUND, f"no plan {iri[:200]!r} here")

    def _graph(self, quads: object) -> Graph:
        graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        add_quads(graph, quads, self._source.path)  # type: ignore[arg-type]
        return graph

    def _page(self, graph: Graph, links: Mapping[str, str]) -> bytes:
        texts: dict[str, Text] = dict(texts_beside(graph, [self._source.path]))
        return assemble(content(graph, texts, validated=False, links=links), title(graph))
