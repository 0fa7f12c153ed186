"""Loads graphs into a store so that the old graph stays until the new one is there as a whole.

For each plan: put its triples into a staging graph of its own, compare counts, let it take the place of
``{plan}/graph``, compare counts again. Whatever goes wrong before the last step leaves the store as it was,
but for a staging graph that could not be removed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rdflib import BNode, Graph

from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.export.plan_graphs import plan_graphs
from strategraph.graph_io import load_graph
from strategraph.stores.client import Store
from strategraph.stores.errors import StoreError
from strategraph.stores.profiles import Swap
from strategraph.stores.swapping import swap
from strategraph.stores.transport import Progress
from strategraph.validation import Report, validate

STAGING = "/staging/"
"""What stands in a staging graph's name between the name of the plan's graph and the time."""


@dataclass(frozen=True, slots=True)
class PlanGraph:
    """A plan's graph, ready to be sent: its name, its triples as sorted N-Triples, and how many they are."""

    name: str
    triples: int
    ntriples: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: the graph's name, how many triples it had before, and has now."""

    name: str
    before: int
    after: int


def read(path: str | Path) -> tuple[Report, tuple[PlanGraph, ...]]:
    """Return a file's validation report, and its graphs by plan if it conforms (none if it does not).

    Raises :class:`UnusableInputError` if it cannot be read, or holds what a store would not give back: blank
    nodes, or triples that are of no plan.
    """
    graph = load_graph(path)
    report = validate(graph)
    if not report.conforms:
        return report, ()
    if any(isinstance(term, BNode) for triple in graph for term in triple):
        raise UnusableInputError(f"{path}: has blank nodes, which a second load would double; name them")
    return report, tuple(_parts(graph, path))


def _parts(graph: Graph, path: str | Path) -> Iterable[PlanGraph]:
    for name, part in plan_graphs(graph):
        if name is None:
            raise UnusableInputError(
                f"{path}: {len(part)} triples belong to no plan, so there is no graph to load them into"
            )
        yield PlanGraph(str(name), len(part), write(part, "ntriples"))


def check_names(graphs: Sequence[PlanGraph]) -> None:
    """Raise :class:`UnusableInputError` if two of the graphs are of the same plan."""
    names = [graph.name for graph in graphs]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise UnusableInputError(f"<{name}> is in more than one of the files; load one of them")


def load(
    store: Store,
    graph: PlanGraph,
    way: Swap = "merge",
    *,
    step: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
) -> Loaded:
    """Load one plan's graph; ``step`` is told what is being done, ``progress`` how much was sent.

    Raises :class:`StoreError` if it fails, in words that say what the store holds now.
    """
    staging = staging_name(graph.name)
    before = store.count(graph.name)
    try:
        step(f"sending {graph.triples} triples to a staging graph")
        store.put(staging, graph.ntriples, progress)
        step("comparing counts")
        kept = store.count(staging)
        if kept != graph.triples:
            raise StoreError(f"the store kept {kept} of {graph.triples} triples")
    except BaseException as error:
        # An interruption, too: what can be tidied up is; the error that is raised matters more.
        with suppress(StoreError):
            store.drop(staging)
        if isinstance(error, StoreError):
            raise StoreError(
                f"{error}; <{graph.name}> stays as it was, load again once that is mended"
            ) from error
        raise
    step("putting the staging graph in place")
    swap(store, staging, graph.name, graph.triples, way)
    return Loaded(graph.name, before, graph.triples)


def staging_name(name: str, now: datetime | None = None) -> str:
    """Return a new name for a staging graph: it tells when, and no other load has the same."""
    time = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return f"{name}{STAGING}{time}-{secrets.token_hex(4)}"
