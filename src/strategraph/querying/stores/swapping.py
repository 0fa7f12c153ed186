"""How a staging graph takes the place of the graph before it, in one update.

``merge``
    Insert what the staging graph has, delete what it has not, drop it. No triple is ever deleted to be
    inserted again, and a second load of the same graph touches none. Where updates are not transactions, an
    interruption leaves triples too many, none too few.
``replace``
    Clear the old graph, insert what the staging graph has, drop it. For Fuseki, whose updates are
    transactions, and whose TDB2 does not find ``"1"^^xsd:decimal`` again to compare it: a copy of it
    becomes ``"1.0"``.
``plain``
    ``merge`` without a look whether there is a staging graph, for Virtuoso, which on a busy machine once took
    more than 300 s for 50,000 triples with it; whether the look or the machine was the cause is not known.

SPARQL's own ``MOVE`` says the same as ``replace``, but real stores lose triples in it where old and new graph
share some: Fuseki 5.6 lost 66 of 50,000 in one measured case, Virtuoso 7.2 a quarter if it died before its
next checkpoint (``replace`` fares no better there).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from strategraph.querying.stores.client import Store
from strategraph.querying.stores.errors import RefusedError, StoreError
from strategraph.querying.stores.profiles import Swap

_INSERT = "INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
# One row if there is a staging graph, else none, and nothing is deleted: an update whose client is no more
# may come after the graph was tidied away.
_IF_STAGED = "{{ SELECT ?staged WHERE {{ GRAPH <{staging}> {{ ?staged ?with ?what }} }} LIMIT 1 }}"
_OLD = "GRAPH <{target}> {{ ?s ?p ?o }}"
_GONE = "FILTER NOT EXISTS {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
_DELETE = "DELETE {{ " + _OLD + " }} WHERE {{\n  " + f"{_IF_STAGED}\n  {_OLD} {_GONE}" + "\n}}"
_PLAIN = "DELETE {{ " + _OLD + " }} WHERE {{\n  " + f"{_OLD} {_GONE}" + "\n}}"
_CLEAR = "DELETE {{ " + _OLD + " }} WHERE {{ " + f"{_IF_STAGED} {_OLD}" + " }}"
_UPDATES: Mapping[Swap, str] = {
    "merge": f"{_INSERT} ;\n{_DELETE} ;\nDROP SILENT GRAPH <{{staging}}>",
    "plain": f"{_INSERT} ;\n{_PLAIN} ;\nDROP SILENT GRAPH <{{staging}}>",
    "replace": f"{_CLEAR} ;\n{_INSERT} ;\nDROP SILENT GRAPH <{{staging}}>",
}


# What says for certain that the store has not begun: anything else may come from a proxy that did not wait.
_NOT_BEGUN = frozenset(range(400, 500)) - {408, 425, 429}


def swap(store: Store, staging: str, target: str, triples: int, way: Swap) -> None:
    """Put the staging graph, of so many triples, in the target's place.

    Raises :class:`StoreError` that says what the target holds now if that did not work. The update is never
    repeated, nor the staging graph removed, while the store may still be at it.
    """
    try:
        store.update(_UPDATES[way].format(staging=staging, target=target))
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
