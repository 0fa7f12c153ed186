"""Loads graphs into a store so that the old graph stays until the new one is there as a whole.

For each plan: put its triples into a staging graph of its own, compare counts, let it take the place of
``{plan}/graph``, compare counts again. Whatever goes wrong before the last step leaves the store as it was,
but for a staging graph that could not be removed.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from rdflib import BNode, Graph

from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.export.plan_graphs import plan_graphs
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.errors import StoreError
from strategraph.querying.stores.profiles import Swap
from strategraph.querying.stores.swapping import swap
from strategraph.querying.stores.transport import Progress
from strategraph.rdf.loading import load_graph
from strategraph.validation import Report, validate

STAGING = "/staging/"
"""What stands in a staging graph's name between the name of the plan's graph and the time."""


_TIME = "%Y%m%dT%H%M%SZ"
_STAGING = re.compile(
    r"(?P<time>\d{8}T\d{6}Z)-[0-9a-f]{8}(?:-(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,9}))?$", re.ASCII
)
_DEAD_AFTER = timedelta(days=1)


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
        left = ", and a staging graph may be left, which the next load removes"
        with suppress(StoreError):
            store.drop(staging)
            left = left if store.count(staging) else ""  # what answered need not be the store
        if isinstance(error, StoreError):
            raise StoreError(
                f"{error}; <{graph.name}> stays as it was{left}; load again once that is mended"
            ) from error
        raise
    step("putting the staging graph in place")
    swap(store, staging, graph, way)
    return Loaded(graph.name, before, graph.triples)


def staging_name(name: str, now: datetime | None = None) -> str:
    """Return a new name for a staging graph: it tells when and by whom, and no other load has the same."""
    time = (now or datetime.now(UTC)).strftime(_TIME)
    return f"{name}{STAGING}{time}-{secrets.token_hex(4)}-{_machine()}-{os.getpid()}"


def tidy(store: Store, name: str, now: datetime | None = None) -> int:
    """Remove the staging graphs that loads of a plan's graph left which are no more; return how many.

    A load on this machine is no more when its process is; one elsewhere after a day.
    """
    begin = _text(name + STAGING)
    found = store.select(
        f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {begin})) }}",
        "g",
    )
    dead = sorted(row["g"] for row in found if _is_dead(row["g"], now or datetime.now(UTC)))
    for graph in dead:
        store.drop(graph)
    return len(dead)


def _is_dead(staging: str, now: datetime) -> bool:
    match = _STAGING.search(staging)
    if match is None:
        return False
    if match["machine"] == _machine():
        return not _runs(int(match["process"]))
    return now - datetime.strptime(match["time"], _TIME).replace(tzinfo=UTC) > _DEAD_AFTER


def _runs(process: int) -> bool:
    if process == os.getpid() or os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _machine() -> str:
    """Return a name for this machine that tells nobody else which one it is."""
    return sha256(f"strategraph {socket.gethostname()} {uuid.getnode()}".encode()).hexdigest()[:8]


def _text(value: str) -> str:
    """Return a SPARQL string; what cannot be in an IRI cannot end it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


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
