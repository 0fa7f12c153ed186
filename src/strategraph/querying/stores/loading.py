"""Loads graphs into a store so that the old stays until the new is there; tells what it holds.

For each plan: put its triples into a staging graph of its own, compare counts, let it take the place of
``{plan}/graph``, compare counts again. Whatever goes wrong before the last step leaves the store as it was,
but for a staging graph that could not be removed.

How a staging graph takes the place of the graph before it, in one update.

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

import os
import re
import secrets
import socket
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from rdflib import BNode, Graph

from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.model.identifiers import GRAPH
from strategraph.querying.stores import RefusedError, StoreError
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.profiles import Swap
from strategraph.querying.stores.transport import Progress
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG
from strategraph.validation import Report, validate

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

STAGING = "/staging/"
"""What stands in a staging graph's name between the name of the plan's graph and the time."""

_TIME = "%Y%m%dT%H%M%SZ"
_STAGING = re.compile(
    r"(?P<time>\d{8}T\d{6}Z)-[0-9a-f]{8}(?:-(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,9}))?$", re.ASCII
)
_DEAD_AFTER = timedelta(days=1)
_COUNTS = f"""SELECT ?g (COUNT(*) AS ?n) WHERE {{
  GRAPH ?g {{ ?s ?p ?o }} FILTER(STRENDS(STR(?g), "{GRAPH}") || CONTAINS(STR(?g), "{GRAPH}{STAGING}"))
}} GROUP BY ?g"""
_PLANS = f"""PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?g ?plan ?title ?sha WHERE {{
  GRAPH ?g {{
    ?plan a <{SG.StrategicPlan}> .
    OPTIONAL {{ ?plan dcterms:title ?title }}
    OPTIONAL {{ ?source <{SG.presents}> ?plan ; <{SG.byteSha256}> ?sha }}
  }}
}}"""


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


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan in a store: its IRI, title, number of triples, and the SHA-256 of the file it was read from."""

    plan: str
    triples: int
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A staging graph: of a load that was interrupted, or is still running."""

    name: str
    triples: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds of ours, by name."""

    plans: tuple[StoredPlan, ...]
    leftovers: tuple[Leftover, ...]


def status(store: Store) -> Status:
    """Return what the store holds of ours; it is only asked, never changed."""
    counts = store.counts(_COUNTS)
    plans: dict[str, StoredPlan] = {}
    for row in sorted(store.select(_PLANS, "g", "plan"), key=lambda row: sorted(row.items())):
        plan, graph = row["plan"], row["g"]
        if graph == f"{plan}{GRAPH}":
            found = StoredPlan(plan, counts.get(graph, 0), row.get("title", ""), row.get("sha", ""))
            plans.setdefault(plan, found)
    return Status(
        tuple(plans[plan] for plan in sorted(plans)),
        tuple(Leftover(name, counts[name]) for name in sorted(counts) if f"{GRAPH}{STAGING}" in name),
    )
