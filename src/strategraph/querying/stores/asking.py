"""A question put to a triple store or endpoint elsewhere, with the rows that the plans in a folder give.

In a folder, the default graph is the union of the plans' graphs, each triple once. In most stores it is
empty, or has a triple as often as plans share it. So the plans' graphs are named in the request. A store that
merges them as SPARQL says answers any query; one that does not, those of the catalogue, in whose answers
nothing counts twice. For any other query the graphs are fetched, and it is answered here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import Dataset, base_of, prefixes_of_stores
from strategraph.querying.engine import check, declared, has_from, run
from strategraph.querying.stores import StoreError
from strategraph.system.web_addresses import redacted

if TYPE_CHECKING:
    from pyoxigraph import Literal

    from strategraph.querying.engine import Answer
    from strategraph.querying.stores.client import Store
    from strategraph.querying.stores.profiles import StoreKind

_PLANS = """PREFIX sg: <https://w3id.org/strategraph/ns#>
SELECT DISTINCT ?g WHERE {
  GRAPH ?g { ?plan a sg:StrategicPlan }
  FILTER(STR(?g) = CONCAT(STR(?plan), "/graph"))
}"""

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


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
    content = store.query(query, _TRIPLES if of_triples else _ROWS, graphs)
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
