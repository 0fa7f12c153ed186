"""The pages of the endpoint: the one to ask from, with the catalogue of questions, and those that show plans.

The latter are what ``strategraph view`` writes, for what is served. A small collection is one page with all
its facts. Of a large one the first page tells which plans there are, whom they name and under what they
stand, and leads to a page for each.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import DCTERMS, RDF, RDFS, Graph, URIRef

from strategraph.errors import UnusableInputError
from strategraph.export.digest import texts_beside, with_pages
from strategraph.export.page import assemble, content, policy, title
from strategraph.export.snapshot import graph_name
from strategraph.model.identifiers import GRAPH
from strategraph.querying.catalogue import Question, catalogue, find_question
from strategraph.querying.dataset import open_to_read
from strategraph.querying.serving import ServedStore, Settings
from strategraph.querying.serving.protocol import HTML, RequestError, Response
from strategraph.rdf.loading import add_quads
from strategraph.rdf.namespace import INSTRUMENT_CLASSES, PREFIXES, SG

_FOLDER = Path(__file__).parent / "static"
_TYPES: Mapping[str, str] = MappingProxyType(
    {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
)
PLAN = "/plan"
_Term = NamedNode | BlankNode
WHOLE = 20_000  # triples up to which a collection is one page
_KEPT = 16  # pages that are not made anew
_LINKS = {"Ask": "ask"}
_LINKS_OF_ONE = {"All plans": "./", **_LINKS}
# What the first page of a large collection tells of its plans, beside their own literals.
_NAMED = (SG.TargetGroup, SG.Organization, SG.Instrument, *INSTRUMENT_CLASSES)


def page() -> Response:
    """Return the page itself."""
    return Response((_FOLDER / "index.html").read_bytes(), HTML)


def file(name: str) -> Response:
    """Return a file of the page; raise :class:`RequestError` if it has none of that name."""
    path = _files().get(name)
    if path is None:
        raise RequestError(HTTPStatus.NOT_FOUND, f"no file {name[:60]!r} here")
    return Response(path.read_bytes(), _TYPES[path.suffix])


def catalogue_response(source: ServedStore, settings: Settings) -> Response:
    """Return what the page needs to know: all questions, the plans' graphs, prefixes, bounds of a query."""
    return _json(
        {
            "questions": [_as_json(question, question.text) for question in catalogue()],
            "graphs": list(source.graphs),
            "prefixes": dict(source.prefixes),
            "base": source.base,
            "limit": settings.limit,
            "timeout": settings.timeout,
        }
    )


def question_response(name: str, values: Mapping[str, str]) -> Response:
    """Return one question, its SPARQL with these values for its parameters.

    Raises :class:`RequestError` if there is no such question or it has no such parameter.
    """
    try:
        question = find_question(name)
    except UnusableInputError as error:
        raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from error
    try:
        return _json(_as_json(question, question.bind(values)))
    except UnusableInputError as error:
        raise RequestError(HTTPStatus.BAD_REQUEST, str(error)) from error


@cache
def _files() -> Mapping[str, Path]:
    """Return the files that there are, by their names in addresses: no other path is ever looked at."""
    return {
        path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*") if path.suffix in _TYPES
    }


def _as_json(question: Question, query: str) -> dict[str, Any]:
    return {
        "name": question.name,
        "description": question.description,
        "parameters": [
            {"name": parameter.name, "description": parameter.description, "default": parameter.default}
            for parameter in question.parameters
        ],
        "query": query,
    }


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode("utf-8"), "application/json")


class PlanPages:
    """Makes the pages of plans when they are asked for, one at a time, and keeps the last of them."""

    def __init__(self, source: ServedStore) -> None:
        """Show what is in ``source``, with the texts that stand beside it and, of PDFs, their pages."""
        self._source = source
        self._beside = source.path.parent if source.folder == source.path else source.path
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
                try:
                    page = self._made(iri)
                except UnusableInputError as error:
                    raise RequestError(HTTPStatus.INTERNAL_SERVER_ERROR, str(error)) from error
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
        graph = self._graph(_summary(opened.store))
        pages = {
            str(plan): f"plan?iri={quote(str(plan), safe='')}"
            for plan in graph.subjects(RDF.type, SG.StrategicPlan)
        }
        shown = content(graph, {}, validated=False, files=False, links=_LINKS, pages=pages)
        return assemble(shown, title(graph))

    def _plan(self, store: Store, iri: str) -> Graph:
        name = iri + GRAPH
        if name in self._source.graphs:
            return self._graph(store.quads_for_pattern(None, None, None, NamedNode(name)))
        try:
            return self._graph(_of_plan(store, NamedNode(iri)))
        except (LookupError, ValueError) as error:
            raise RequestError(HTTPStatus.NOT_FOUND, f"no plan {iri[:200]!r} here") from error

    def _graph(self, quads: object) -> Graph:
        graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        add_quads(graph, quads, self._source.path)  # type: ignore[arg-type]
        return graph

    def _page(self, graph: Graph, links: Mapping[str, str]) -> bytes:
        texts = with_pages(texts_beside(graph, [self._beside]), graph, [self._beside])
        return assemble(content(graph, texts, validated=False, links=links), title(graph))


def _of_plan(store: Store, plan: NamedNode) -> Iterator[Quad]:
    """Yield what belongs to a plan in a store that does not keep plans apart, as ``plan_graphs`` has it.

    Raises :class:`LookupError` if there is no such plan.
    """
    union = DefaultGraph()
    type_, in_plan, presents, subject, source = (
        NamedNode(str(term)) for term in (RDF.type, SG.inPlan, SG.presents, RDF.subject, DCTERMS.source)
    )

    def leading(predicate: NamedNode, to: _Term) -> list[_Term]:
        found = (quad.subject for quad in store.quads_for_pattern(None, predicate, to, union))
        return [term for term in found if isinstance(term, NamedNode | BlankNode)]

    plan_class = NamedNode(str(SG.StrategicPlan))
    if Quad(plan, type_, plan_class, union) not in store:
        raise LookupError(plan)
    sources = leading(presents, plan)
    waiting: list[_Term] = [plan, *leading(in_plan, plan), *sources]
    for node in waiting:  # grows as it is gone through: stakeholders have roles
        waiting += [
            quad.object
            for inner in (SG.hasStakeholder, SG.hasRole, SG.hasRelationship)
            for quad in store.quads_for_pattern(node, NamedNode(str(inner)), None, union)
            if isinstance(quad.object, NamedNode | BlankNode)
        ]
    waiting += [each for node in waiting for each in leading(subject, node)]
    waiting += [each for node in sources for each in leading(source, node)]
    waiting.append(NamedNode(str(graph_name(URIRef(plan.value)))))  # and what made it
    reached: set[_Term] = set(leading(type_, plan_class)) - {plan}  # other plans are not gone into
    while waiting:
        node = waiting.pop()
        if node in reached:
            continue
        reached.add(node)
        said = list(store.quads_for_pattern(node, None, None, union))
        if any(quad.predicate == in_plan and quad.object != plan for quad in said):
            continue  # another plan's own
        yield from said
        waiting += [quad.object for quad in said if isinstance(quad.object, NamedNode | BlankNode)]


def _summary(store: Store) -> Iterator[Quad]:
    """Yield the plans with their literals, and whom and what they or their elements name, as if they did."""
    union = DefaultGraph()
    type_, label, in_plan = (NamedNode(str(term)) for term in (RDF.type, RDFS.label, SG.inPlan))
    plan_class = NamedNode(str(SG.StrategicPlan))
    plans = {quad.subject for quad in store.quads_for_pattern(None, type_, plan_class, union)}
    plan_of = {quad.subject: quad.object for quad in store.quads_for_pattern(None, in_plan, None, union)}
    for plan in plans:
        yield Quad(plan, type_, plan_class)
        for quad in store.quads_for_pattern(plan, None, None, union):
            if isinstance(quad.object, Literal):
                yield quad
    for class_ in map(NamedNode, map(str, _NAMED)):
        for typed in store.quads_for_pattern(None, type_, class_, union):
            yield typed
            yield from store.quads_for_pattern(typed.subject, label, None, union)
            for naming in store.quads_for_pattern(None, None, typed.subject, union):
                teller = naming.subject if naming.subject in plans else plan_of.get(naming.subject)
                if isinstance(teller, NamedNode) and teller in plans:
                    yield Quad(teller, naming.predicate, typed.subject)
