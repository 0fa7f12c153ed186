"""A store seen through the W3C's protocols, and questions to it, answered as over the plans in a folder.

The protocols are SPARQL 1.1 Query, Update and Graph Store HTTP Protocol. A graph is always named: the
protocol's default graph is never written, since on some stores that replaces the whole dataset.

In a folder, the default graph is the union of the plans' graphs, each triple once. In most stores it is
empty, or has a triple as often as plans share it. So a question names the plans' graphs. A store that merges
them as SPARQL says answers any query; one that does not, those of the catalogue, in whose answers nothing
counts twice. For any other query the graphs are fetched, and it is answered here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset, base_of, prefixes_of_stores
from strategraph.querying.engine import check, declared, has_from, run
from strategraph.querying.stores import RefusedError, StoreError
from strategraph.querying.stores.profiles import Endpoints, StoreKind
from strategraph.querying.stores.transport import Progress, StoreRequest, Transport
from strategraph.system.http import redacted

if TYPE_CHECKING:
    from pyoxigraph import Literal

    from strategraph.querying.engine import Answer

CHUNK = 1000
"""How many triples one update holds at most: what the most cautious of stores takes."""

_NTRIPLES = "application/n-triples"
_ROWS = "application/sparql-results+json"
_NO_GRAPH_STORE = frozenset({404, 405, 501})
_NOT_US = frozenset({401, 403})
_PLANS = """PREFIX sg: <https://w3id.org/strategraph/ns#>
SELECT DISTINCT ?g WHERE {
  GRAPH ?g { ?plan a sg:StrategicPlan }
  FILTER(STR(?g) = CONCAT(STR(?plan), "/graph"))
}"""


class Store:
    """A store at its endpoints; what it does over the wire is said in its methods."""

    def __init__(self, transport: Transport, endpoints: Endpoints) -> None:
        self._transport = transport
        self.endpoints = endpoints

    def query(self, text: str, accept: str, graphs: Sequence[str] = ()) -> bytes:
        """Return the answer to a query in the wanted media type.

        With ``graphs`` it sees these and no others: each by its name, all together as the default graph.
        """
        dataset = [(role, name) for role in ("default-graph-uri", "named-graph-uri") for name in graphs]
        request = StoreRequest(
            "POST",
            self.endpoints.query,
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
            body=urlencode([("query", text), *dataset]).encode(),
            repeatable=True,
        )
        return self._transport.send(request).content

    def select(self, text: str, *bound: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT query: from a variable's name to the text of its value, if bound.

        Raises :class:`StoreError` for what is no such answer, and for a row in which one of ``bound`` is not.
        """
        answer = self.query(text, _ROWS)
        try:
            rows = json.loads(answer)["results"]["bindings"]
            found = [{name: term["value"] for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._no_results() from error
        if any(not isinstance(value, str) for row in found for value in row.values()) or any(
            name not in row for row in found for name in bound
        ):
            raise self._no_results()
        return found

    def counts(self, text: str) -> dict[str, int]:
        """Return the numbers ``?n`` that a query gives by ``?g``; an aggregate of nothing has no ``?g``."""
        try:
            return {row["g"]: int(row["n"]) for row in self.select(text) if "g" in row}
        except (ValueError, KeyError) as error:
            raise self._no_results() from error

    def count(self, graph: str) -> int:
        """Return how many triples a named graph has; 0 if there is no such graph."""
        rows = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {_iri(graph)} {{ ?s ?p ?o }} }}")
        try:
            return int(rows[0]["n"])
        except (ValueError, LookupError, TypeError) as error:
            raise self._no_results() from error

    def _no_results(self) -> StoreError:
        return StoreError(f"{redacted(self.endpoints.query)}: the answer is not SPARQL results in JSON")

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Run an update."""
        self._transport.send(
            StoreRequest(
                "POST",
                self.endpoints.update,
                headers={"Content-Type": "application/sparql-update; charset=utf-8"},
                body=text.encode(),
                repeatable=repeatable,
            )
        )

    def drop(self, graph: str) -> None:
        """Remove a named graph, if it is there."""
        self.update(f"DROP SILENT GRAPH {_iri(graph)}", repeatable=True)

    def put(self, graph: str, ntriples: bytes, progress: Progress | None = None) -> None:
        """Make a named graph hold these triples: sorted N-Triples without blank nodes.

        More than the store takes in one request are sent in several, so until this returns the graph may hold
        a part of them. Stores without Graph Store Protocol get them as updates of :data:`CHUNK` triples.
        """
        if self.endpoints.graph_store is None or not self._put_whole(graph, ntriples, progress):
            self._insert(graph, ntriples, progress)

    def fetch(self, graph: str) -> bytes:
        """Return a named graph as N-Triples."""
        if self.endpoints.graph_store is None:
            return self.query(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {_iri(graph)} {{ ?s ?p ?o }} }}", _NTRIPLES
            )
        request = StoreRequest(
            "GET", self.endpoints.graph_store, {"graph": graph}, {"Accept": _NTRIPLES}, repeatable=True
        )
        return self._transport.send(request).content

    def _put_whole(self, graph: str, ntriples: bytes, progress: Progress | None) -> bool:
        """Put the graph and return True; False if there is no Graph Store Protocol here.

        A small request goes first, so that a server that asks who we are does not do so in the middle of a
        large one. What else it says to that does not matter: Fuseki 5.6 says 500 where it means that there is
        no graph of a name beyond ASCII.
        """
        address = self.endpoints.graph_store
        assert address is not None
        try:
            self._transport.send(StoreRequest("DELETE", address, {"graph": graph}, repeatable=True))
        except RefusedError as error:
            if error.status in _NOT_US:
                raise
        sent = 0
        for part in chunks(ntriples, self.endpoints.most):
            method = "POST" if sent else "PUT"  # a POST adds; sent twice, triples are there once
            try:
                self._transport.send(
                    StoreRequest(
                        method,
                        address,
                        {"graph": graph},
                        {"Content-Type": _NTRIPLES},
                        body=part,
                        repeatable=True,
                        progress=_part_of(progress, sent, len(ntriples)),
                    )
                )
            except RefusedError as error:
                if error.status not in _NO_GRAPH_STORE:
                    raise
                return False
            sent += len(part)
        return True

    def _insert(self, graph: str, ntriples: bytes, progress: Progress | None) -> None:
        self.drop(graph)
        sent = 0
        for chunk in chunks(ntriples):
            self.update(f"INSERT DATA {{ GRAPH {_iri(graph)} {{\n{chunk.decode()}}} }}", repeatable=True)
            sent += len(chunk)
            if progress is not None:
                progress(sent, len(ntriples))


def _part_of(progress: Progress | None, before: int, whole: int) -> Progress | None:
    """Return what tells how much of the whole is sent while a part of it is."""
    return None if progress is None else lambda sent, _: progress(before + sent, whole)


def chunks(ntriples: bytes, size: int = CHUNK) -> Iterator[bytes]:
    """Yield N-Triples in pieces of at most so many triples; nothing at all is one piece, too.

    >>> list(chunks(b"<a:> <b:> 1 .\\n<a:> <b:> 2 .\\n<a:> <b:> 3 .\\n", 2))[1]
    b'<a:> <b:> 3 .\\n'
    """
    lines = ntriples.splitlines(keepends=True)
    for start in range(0, len(lines) or 1, size):
        yield b"".join(lines[start : start + size])


def _iri(graph: str) -> str:
    """Return the IRI as SPARQL writes it; it cannot end early, whatever is in it."""
    if any(character in '<>"{}|^`\\' or character <= " " for character in graph):
        raise StoreError(f"{graph!r} is not an IRI")
    return f"<{graph}>"


# --------------------------------------------------------------------------------------------------
# Questions


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """Where to ask: a store, and its kind; None for an endpoint that is asked over whatever it has."""

    store: Store
    kind: StoreKind | None


def ask(
    place: RemoteStore,
    query: str,
    *,
    counts_once: bool = False,
    allow_service: bool = False,
    notice: Callable[[str], None] = lambda _: None,
) -> tuple[Answer, Dataset]:
    """Return the answer to a query, and the dataset with the prefixes and base to show it with.

    ``counts_once`` says that the query has the same answer where a triple is there twice. One with FROM
    clauses of its own is left to the store. ``notice`` is told how the fetching goes on. Raises
    :class:`UnusableInputError` for what :func:`run` refuses, before anything is sent, and
    :class:`StoreError` if the store gives no answer.
    """
    prefixes = prefixes_of_stores()
    kind = check(query, prefixes, allow_service=allow_service)
    sent = declared(query, prefixes)
    if place.kind is None or has_from(query, prefixes):
        return _answer(place.store, sent, kind, ()), _nothing()
    plans = _plans(place.store)
    if not plans:
        raise UnusableInputError(
            f"{redacted(place.store.endpoints.query)}: there is no plan's graph in this store, as"
            " `strategraph load` puts it there"
        )
    if len(plans) <= place.kind.graphs and (place.kind.merges or counts_once):
        return _answer(place.store, sent, kind, plans), _nothing(plans)
    dataset = fetch(place.store, plans, notice)
    return run(dataset, query, allow_service=allow_service), dataset


def fetch(store: Store, plans: Sequence[str], notice: Callable[[str], None] = lambda _: None) -> Dataset:
    """Return the plans' graphs of a store as a dataset: each by its name, and their union.

    Raises :class:`StoreError` if the store does not give a graph as a whole.
    """
    from pyoxigraph import NamedNode, RdfFormat
    from pyoxigraph import Store as Here

    here = Here()
    for number, name in enumerate(plans, start=1):
        triples = store.fetch(name)
        try:
            here.bulk_load(triples, RdfFormat.N_TRIPLES, to_graph=NamedNode(name))
            here.bulk_load(triples, RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"<{name}>: what the store sends is not N-Triples") from error
        kept = sum(1 for _ in here.quads_for_pattern(None, None, None, NamedNode(name)))
        there = store.count(name)
        if kept != there:
            raise StoreError(
                f"<{name}> has {there} triples, but the store sends {kept}: it may have a limit, or the graph"
                " was changed meanwhile"
            )
        notice(f"fetched {number} of {len(plans)} plans, to ask them here")
    return Dataset(here, prefixes_of_stores(), base_of(plans))


def _plans(store: Store) -> tuple[str, ...]:
    return tuple(sorted({row["g"] for row in store.select(_PLANS, "g")}))


def _nothing(plans: Sequence[str] = ()) -> Dataset:
    """Return an empty dataset, which has but the names to show an answer with."""
    from pyoxigraph import Store as Here

    return Dataset(Here(), prefixes_of_stores(), base_of(plans))


def _answer(store: Store, query: str, kind: type[Answer], graphs: Sequence[str]) -> Answer:
    """Return the store's own answer, its literals written as the engine here writes them."""
    from pyoxigraph import QueryTriples

    of_triples = kind is QueryTriples
    content = store.query(query, _NTRIPLES if of_triples else _ROWS, graphs)
    try:
        return _triples(content) if of_triples else _rows(content)
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        wanted = "N-Triples" if of_triples else "SPARQL results in JSON"
        raise StoreError(f"{redacted(store.endpoints.query)}: the answer is not {wanted}") from error


def _triples(content: bytes) -> Answer:
    from pyoxigraph import RdfFormat
    from pyoxigraph import Store as Here

    here = Here()
    here.bulk_load(content, RdfFormat.N_TRIPLES)
    return here.query("CONSTRUCT WHERE { ?s ?p ?o }")


def _rows(content: bytes) -> Answer:
    from pyoxigraph import QueryResultsFormat, parse_query_results

    results = json.loads(content)
    if "boolean" not in results:
        for row in results["results"]["bindings"]:
            for term in row.values():
                _write_as_here(term)
    wanted = QueryResultsFormat.JSON
    answer = parse_query_results(json.dumps(results).encode(), wanted)
    # It is read as late as it is used; what is wrong in it is to be found here.
    whole = answer.serialize(format=wanted)
    assert whole is not None
    return parse_query_results(whole, wanted)


def _write_as_here(term: dict[str, Any]) -> None:
    """Write a number of the W3C's results as the engine here does: a store may say 1.0 for 1."""
    datatype = term.get("datatype")
    if datatype is not None:
        term["value"] = _canonical(term["value"], datatype).value
        term["type"] = "literal"  # "typed-literal" in Virtuoso, as in the format's first drafts


@cache
def _canonical(value: str, datatype: str) -> Literal:
    from pyoxigraph import Literal, NamedNode, Quad
    from pyoxigraph import Store as Here

    any_node = NamedNode("x:")
    here = Here()
    here.add(Quad(any_node, any_node, Literal(value, datatype=NamedNode(datatype))))
    (quad,) = here
    assert isinstance(quad.object, Literal)
    return quad.object
