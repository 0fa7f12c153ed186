"""Takes plans out of a store again."""

from __future__ import annotations

from strategraph.querying.stores.client import Store
from strategraph.querying.stores.errors import StoreError


def unload(store: Store, graph: str) -> int:
    """Remove a named graph and return how many triples it had; 0 if it was not there.

    Raises :class:`StoreError` if it is still there afterwards.
    """
    before = store.count(graph)
    if before:
        store.drop(graph)
        left = store.count(graph)
        if left:
            raise StoreError(f"<{graph}> still has {left} of {before} triples; unload it again")
    return before
