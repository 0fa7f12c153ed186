"""How a staging graph takes the place of the graph before it.

Two ways, each one update, so that a store whose updates are transactions is never seen in between:

``move``
    ``MOVE``: the standard way, and a cheap one.
``difference``
    Delete what is no longer in the graph and insert what is new, in one operation, then drop the staging
    graph. It touches only what differs: a second load of the same graph changes no triple. Virtuoso needs
    it (what it logs of a MOVE does not survive a crash where old and new graph share triples), and a store
    that refuses MOVE gets it.

Neither is ever repeated unseen: on some stores a second MOVE, with the staging graph gone, empties the
target.
"""

from __future__ import annotations

from strategraph.stores.client import Store
from strategraph.stores.errors import NoAnswerError, RefusedError, StoreError
from strategraph.stores.profiles import Swap


def swap(store: Store, staging: str, target: str, triples: int, way: Swap) -> None:
    """Put the staging graph, of so many triples, in the target's place.

    Raises :class:`StoreError` that says what the target holds now if that did not work. The staging graph
    is gone then, too, unless the store may still be at work on it: a MOVE that finds it missing is worse.
    """
    before = store.count(target)
    try:
        _replace(store, staging, target, way)
    except RefusedError as error:
        unchanged = store.count(target) == before and store.count(staging) == triples
        if way == "difference" or not unchanged:
            store.drop(staging)
            raise StoreError(f"{error}; {_state(store, target)}") from error
        swap(store, staging, target, triples, "difference")
    except NoAnswerError as error:
        _settle(store, staging, target, triples, error)
    after = store.count(target)
    if after != triples:
        raise StoreError(
            f"the store says that the graph is in place, but {_state(store, target)}, not {triples};"
            " load again"
        )


def _replace(store: Store, staging: str, target: str, way: Swap) -> None:
    if way == "move":
        store.update(f"MOVE GRAPH <{staging}> TO GRAPH <{target}>")
    else:
        store.update(_difference(staging, target))
        store.drop(staging)


def _difference(staging: str, target: str) -> str:
    return f"""DELETE {{ GRAPH <{target}> {{ ?s ?p ?o }} }}
INSERT {{ GRAPH <{target}> {{ ?x ?y ?z }} }}
WHERE {{
  {{ GRAPH <{target}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH <{staging}> {{ ?s ?p ?o }} }} }}
  UNION
  {{ GRAPH <{staging}> {{ ?x ?y ?z }} FILTER NOT EXISTS {{ GRAPH <{target}> {{ ?x ?y ?z }} }} }}
}}"""


def _settle(store: Store, staging: str, target: str, triples: int, error: NoAnswerError) -> None:
    """Find out whether an update whose answer was lost was done; raise if it was not, or cannot be told."""
    try:
        done = store.count(target) == triples and store.count(staging) == 0
    except StoreError:
        raise StoreError(
            f"{error}; the store was replacing the graph: it holds the old or the new one, as a whole;"
            " once it is back, load again, which is safe"
        ) from error
    if not done:
        raise StoreError(f"{error}; {_state(store, target)}; load again, which is safe") from error


def _state(store: Store, target: str) -> str:
    count = store.count(target)
    return f"<{target}> has {count} triple{'' if count == 1 else 's'} now"
