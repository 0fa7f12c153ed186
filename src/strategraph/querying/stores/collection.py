"""A collection of plans on disk: an embedded store with one named graph for each plan, ``{plan}/graph``.

The default graph is the union of the named ones, each triple once, and every change keeps it so: a query
that names no graph is answered over all plans, here and in any other program that opens the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.model.identifiers import GRAPH
from strategraph.querying.dataset import known_prefixes, open_to_read, open_to_write

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

    from strategraph.querying.stores.loading import PlanGraph

_PLANS = f"""
SELECT ?plan (MIN(?t) AS ?title) (MIN(?o) AS ?owner) (MIN(?s) AS ?start) (MIN(?e) AS ?end) WHERE {{
  GRAPH ?graph {{
    ?plan a sg:StrategicPlan ; rdfs:label ?label .
    OPTIONAL {{ ?plan dcterms:title ?given }}
    OPTIONAL {{ ?plan sg:owner/rdfs:label ?name }}
    OPTIONAL {{ ?plan sg:startYear ?first }}
    OPTIONAL {{ ?plan sg:endYear ?last }}
  }}
  FILTER(STR(?graph) = CONCAT(STR(?plan), "{GRAPH}"))
  BIND(STR(COALESCE(?given, ?label)) AS ?t)
  BIND(STR(?name) AS ?o) BIND(STR(?first) AS ?s) BIND(STR(?last) AS ?e)
}} GROUP BY ?plan ORDER BY ?plan
"""

_SHARED = """
SELECT ?s ?p ?o WHERE {
  GRAPH <%(graph)s> { ?s ?p ?o }
  FILTER EXISTS { GRAPH ?other { ?s ?p ?o } FILTER(?other != <%(graph)s>) }
}
"""


@dataclass(frozen=True, slots=True)
class CollectedPlan:
    """A plan of a collection; what its graph does not say is empty."""

    iri: str
    title: str
    owner: str
    start: str
    end: str
    triples: int

    @property
    def graph(self) -> str:
        """Return the name of its graph."""
        return self.iri + GRAPH

    @property
    def slug(self) -> str:
        """Return the last part of the IRI, by which people name the plan."""
        return self.iri.rpartition("/")[2]

    @property
    def period(self) -> str:
        """Return the years as far as they are known: "2024–2027", "2024–", or nothing."""
        return f"{self.start}–{self.end}" if self.start or self.end else ""


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: how many triples the plan's graph had and has, and whether they are others."""

    graph: str
    before: int
    after: int
    changed: bool


def plans(folder: Path) -> tuple[CollectedPlan, ...]:
    """Return the plans of a collection, by IRI."""
    opened = open_to_read(folder)
    return tuple(_plans(opened.store))


def add(folder: Path, graphs: Sequence[PlanGraph]) -> Iterator[Added]:
    """Add plans one by one, each in place of its graph before, and yield what was done.

    Each is added as a whole or not at all. The collection is made if there is none.
    """
    store = open_to_write(folder, create=True)
    for graph in graphs:
        yield _replace(store, graph.name, graph.ntriples)
    _settle(store)


def remove(folder: Path, name: str) -> CollectedPlan:
    """Remove the plan that is named by IRI, the last part of it, or title, and return what it was.

    Raises :class:`UnusableInputError` if none or more than one has this name.
    """
    store = open_to_write(folder, create=False)
    plan = _find(tuple(_plans(store)), name, folder)
    _replace(store, plan.graph, b"")
    _settle(store)
    return plan


def _plans(store: Store) -> Iterator[CollectedPlan]:
    for row in store.query(_PLANS, prefixes=dict(known_prefixes())):  # type: ignore[union-attr]  # a SELECT
        iri = row["plan"].value
        title, owner, start, end = (
            row[name].value if row[name] is not None else "" for name in ("title", "owner", "start", "end")
        )
        yield CollectedPlan(iri, title, owner, start, end, _count(store, iri + GRAPH))


def _replace(store: Store, graph: str, ntriples: bytes) -> Added:
    """Let a graph hold these triples, and the default graph with it; only what differs is written."""
    new, old = _as_stored(ntriples), _triples(store, graph)
    if new != old:
        unsaid = old - new - _shared(store, graph) if old - new else set()
        try:
            store.update(_update(graph, old, new, unsaid))
        except (OSError, RuntimeError) as error:
            raise UnusableInputError(f"<{graph}> stays as it was: {' '.join(str(error).split())}") from error
    return Added(graph, len(old), len(new), changed=new != old)


def _update(graph: str, old: set[Triple], new: set[Triple], unsaid: set[Triple]) -> str:
    """Return the update from old to new, and without ``unsaid`` in the default graph.

    The operations of one update are one transaction: all of them happen, or none.
    """
    gone, come = _text(old - new), _text(new - old)
    steps = [
        f"DELETE DATA {{ {_text(unsaid)} GRAPH <{graph}> {{ {gone} }} }}",
        f"INSERT DATA {{ {come} GRAPH <{graph}> {{ {come} }} }}",
    ]
    if not new:
        steps.append(f"DROP GRAPH <{graph}>")
    return " ;\n".join(steps)


def _settle(store: Store) -> None:
    """Move what was written from the store's log, which every reader replays, to where it is looked up.

    It is safe in the log, too: a failure here is none of what was asked for.
    """
    with suppress(OSError, RuntimeError):
        store.flush()


def _as_stored(ntriples: bytes) -> set[Triple]:
    """Return the triples as a store gives them back: it writes some literals, such as ``01``, its own way."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(input=ntriples, format=RdfFormat.N_TRIPLES)
    return {quad.triple for quad in store}


def _triples(store: Store, graph: str) -> set[Triple]:
    from pyoxigraph import NamedNode

    return {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))}


def _shared(store: Store, graph: str) -> set[Triple]:
    """Return the triples of a graph that other plans' graphs have, too."""
    from pyoxigraph import Triple

    rows = store.query(_SHARED % {"graph": graph})
    return {Triple(row["s"], row["p"], row["o"]) for row in rows}  # type: ignore[union-attr]  # a SELECT


def _text(triples: set[Triple]) -> str:
    return "\n".join(f"{triple} ." for triple in triples)


def _count(store: Store, graph: str) -> int:
    from pyoxigraph import NamedNode

    return sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _find(found: Sequence[CollectedPlan], name: str, folder: Path) -> CollectedPlan:
    wanted = name.strip().removeprefix("<").removesuffix(">").casefold()
    matches = [plan for plan in found if wanted in _names(plan)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UnusableInputError(
            f"{name!r} names {len(matches)} plans, give the IRI: {', '.join(plan.iri for plan in matches)}"
        )
    slugs = {each: plan.slug for plan in found for each in _names(plan)}
    close = dict.fromkeys(slugs[each] for each in get_close_matches(wanted, slugs, n=3, cutoff=0.5))
    hint = f"did you mean {' or '.join(close)}?" if close else f"`strategraph store {folder} list` shows them"
    raise UnusableInputError(f"{folder}: no plan {name!r}; {hint}")


def _names(plan: CollectedPlan) -> tuple[str, ...]:
    return tuple(text.casefold() for text in (plan.iri, plan.graph, plan.slug, plan.title))
