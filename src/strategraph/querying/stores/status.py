"""What a store holds of ours: plans, how many triples each has, which source they were read from."""

from __future__ import annotations

from dataclasses import dataclass

from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import STAGING
from strategraph.rdf.namespace import SG

_SUFFIX = "/graph"

_COUNTS = f"""SELECT ?g (COUNT(*) AS ?n) WHERE {{
  GRAPH ?g {{ ?s ?p ?o }} FILTER(STRENDS(STR(?g), "{_SUFFIX}") || CONTAINS(STR(?g), "{_SUFFIX}{STAGING}"))
}} GROUP BY ?g"""

_PLANS = f"""PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?g ?plan ?title ?sha WHERE {{
  GRAPH ?g {{
    ?plan a <{SG.StrategicPlan}> .
    OPTIONAL {{ ?plan dcterms:title ?title }}
    OPTIONAL {{ ?source <{SG.presents}> ?plan ; <{SG.byteSha256}> ?sha }}
  }}
}}"""


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
        if graph == f"{plan}{_SUFFIX}":
            found = StoredPlan(plan, counts.get(graph, 0), row.get("title", ""), row.get("sha", ""))
            plans.setdefault(plan, found)
    return Status(
        tuple(plans[plan] for plan in sorted(plans)),
        tuple(Leftover(name, counts[name]) for name in sorted(counts) if f"{_SUFFIX}{STAGING}" in name),
    )
