"""How a staging graph takes the place of the graph before it, in one update.

The update may come late, when its client is no more and the next load has removed the staging graph. So it
deletes only where one triple that was sent, the witness, is in that graph: a late one changes nothing, in any
store, and a triple that is spelled out takes no store long to find.

``merge``
    Insert what the staging graph has, delete what it has not, drop it. No triple is ever deleted to be
    inserted again, and a second load of the same graph touches none. Where updates are not transactions, an
    interruption leaves triples too many, none too few.
``replace``
    Clear the old graph, insert what the staging graph has, drop it. For Fuseki, whose updates are
    transactions, and whose TDB2 does not find ``"1"^^xsd:decimal`` again to compare it: a copy of it
    becomes ``"1.0"``.

SPARQL's own ``MOVE`` says the same as ``replace``, but real stores lose triples in it where old and new graph
share some: Fuseki 5.6 lost 66 of 50,000 in one measured case, Virtuoso 7.2 a quarter if it died before its
next checkpoint (``replace`` fares no better there).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from strategraph.querying.stores.client import Store
from strategraph.querying.stores.errors import RefusedError, StoreError
from strategraph.querying.stores.profiles import Swap

if TYPE_CHECKING:
    from strategraph.querying.stores.loading import PlanGraph

_INSERT = "INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
_STAGED = "GRAPH <{staging}> {{ {witness} }}"
_OLD = "GRAPH <{target}> {{ ?s ?p ?o }}"
_GONE = "FILTER NOT EXISTS {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
_DELETE = "DELETE {{ " + _OLD + " }} WHERE {{\n  " + f"{_STAGED}\n  {_OLD} {_GONE}" + "\n}}"
_CLEAR = "DELETE {{ " + _OLD + " }} WHERE {{ " + f"{_STAGED} {_OLD}" + " }}"
_UPDATES: Mapping[Swap, str] = {
    "merge": f"{_INSERT} ;\n{_DELETE} ;\nDROP SILENT GRAPH <{{staging}}>",
    "replace": f"{_CLEAR} ;\n{_INSERT} ;\nDROP SILENT GRAPH <{{staging}}>",
}


# What says for certain that the store has not begun: anything else may come from a proxy that did not wait.
_NOT_BEGUN = frozenset(range(400, 500)) - {408, 425, 429}


def swap(store: Store, staging: str, graph: PlanGraph, way: Swap) -> None:
    """Put the staging graph, which holds a plan's triples, in the place of the plan's graph.

    Raises :class:`StoreError` that says what the target holds now if that did not work. The update is never
    repeated, nor the staging graph removed, while the store may still be at it.
    """
    target, triples = graph.name, graph.triples
    update = _UPDATES[way].format(staging=staging, target=target, witness=_witness(graph.ntriples))
    try:
        store.update(update)
    except StoreError as error:
        if isinstance(error, RefusedError) and error.status in _NOT_BEGUN:
            with suppress(StoreError):
                store.drop(staging)
            raise StoreError(f"{error}; {_state(store, target)}; load again once that is mended") from error
        _settle(store, staging, target, triples, error)
        return
    state = _state(store, target, triples)
    if state:
        raise StoreError(
            f"the store says that the graph is in place, but {state}; a staging graph may be left, which the"
            " next load removes; load again"
        )


def _witness(ntriples: bytes) -> str:
    """Return a triple that the staging graph has, as SPARQL writes it; stores rewrite literals, not IRIs."""
    lines = ntriples.decode("utf-8").rstrip("\n").split("\n")  # other ends of lines may stand in literals
    triples = (line.removesuffix(" .").split(" ", 2) for line in lines)
    said = next((triple for triple in triples if triple[2].startswith("<")), None)
    return " ".join(said or [*lines[0].split(" ", 2)[:2], "?any"])


def _settle(store: Store, staging: str, target: str, triples: int, error: StoreError) -> None:
    """Find out whether an update whose answer was lost was done; raise if it was not, or cannot be told."""
    with suppress(StoreError):
        if store.count(target) == triples and store.count(staging) == 0:
            return
    raise StoreError(
        f"{error}; the store may still be putting the new graph in place; {_state(store, target)}; its"
        " staging graph is left, which the next load removes; load again, which is safe"
    ) from error


def _state(store: Store, target: str, wanted: int | None = None) -> str:
    """Return in words what the target holds; nothing where that is what is wanted."""
    try:
        count = store.count(target)
    except StoreError as error:
        return f"<{target}> has the old graph or the new one, as a whole, which cannot be asked now ({error})"
    if count == wanted:
        return ""
    return f"<{target}> has {count} triple{'' if count == 1 else 's'} now" + (
        f", not {wanted}" if wanted else ""
    )
