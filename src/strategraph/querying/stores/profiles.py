"""The stores that are known, in one table: where their endpoints are, how to tell them, what bites.

An address is that of the dataset or repository, as the store's own documentation gives it; paths are
relative to it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from strategraph.errors import UnusableInputError
from strategraph.querying.stores import RefusedError, UnknownStoreError
from strategraph.querying.stores.transport import StoreRequest, Transport
from strategraph.system.http import redacted

Swap = Literal["merge", "replace"]
"""How a staging graph takes the place of the old one; see :mod:`strategraph.querying.stores.loading`."""
GENERIC = "generic"
"""The name under which a store of any other kind is used, with its endpoints spelled out."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a store is asked, changed, and given whole graphs; the last may be missing.

    ``most`` is how many triples one request may carry.
    """

    query: str
    update: str
    graph_store: str | None
    most: int = sys.maxsize


@dataclass(frozen=True, slots=True)
class StoreKind:
    """A kind of store.

    ``address`` is an example of its address. ``graph_store``, ``query`` and ``update`` are paths below it.
    A store is of this kind if what it answers at ``probe`` has the header ``sign``, with a value that starts
    with ``sign_value``; with ``sign`` "body", if all it says is a number.

    ``most`` is how many triples it takes in one request.

    A query may name the graphs to answer it over, at most ``graphs`` of them. ``merges`` says whether the
    store then sees a triple once that is in several, as SPARQL has it, or as often as it is there.
    """

    name: str
    title: str
    address: str
    query: str
    update: str
    graph_store: str
    probe: str
    sign: str
    sign_value: str = ""
    swap: Swap = "merge"
    most: int = sys.maxsize
    graphs: int = 5000
    merges: bool = False
    note: str = ""

    def endpoints(self, url: str) -> Endpoints:
        """Return the endpoints of the store at an address, which may also be that of one of them.

        >>> PROFILES["fuseki"].endpoints("http://localhost:3030/plans/query").update
        'http://localhost:3030/plans/update'
        """
        base = self.base(url)
        return Endpoints(
            query=base + self.query,
            update=base + self.update,
            graph_store=base + self.graph_store,
            most=self.most,
        )

    def base(self, url: str) -> str:
        """Return the address without the path of an endpoint, should it end in one."""
        url = url.rstrip("/")
        for path in sorted({self.graph_store, self.query, self.update} - {""}, key=len, reverse=True):
            if url.endswith(path):
                return url.removesuffix(path)
        return url


_RDF4J = StoreKind(
    name="rdf4j",
    title="Eclipse RDF4J or GraphDB",
    address="http://localhost:8080/rdf4j-server/repositories/ID",
    query="",
    update="/statements",
    graph_store="/rdf-graphs/service",
    probe="/size",
    sign="body",
    most=200_000,
    graphs=400,
    note="a PUT of a million triples lost the last 580 (5.0.3, native store); MOVE of a graph that is not"
    " there empties the target without an error",
)

PROFILES: Mapping[str, StoreKind] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            StoreKind(
                name="oxigraph",
                title="Oxigraph",
                address="http://localhost:7878",
                query="/query",
                update="/update",
                graph_store="/store",
                probe="/query",
                sign="Server",
                sign_value="Oxigraph",
                note="no authentication of its own; a proxy before it may ask for Basic",
            ),
            StoreKind(
                name="fuseki",
                title="Apache Jena Fuseki",
                address="http://localhost:3030/DATASET",
                query="/query",
                update="/update",
                graph_store="/data",
                probe="/query",
                sign="Fuseki-Request-Id",
                swap="replace",
                merges=True,
                note="named graphs are not in the default graph unless the dataset says so; MOVE can lose"
                " triples that old and new graph share",
            ),
            StoreKind(
                name="virtuoso",
                title="OpenLink Virtuoso",
                address="http://localhost:8890",
                query="/sparql-auth",
                update="/sparql-auth",
                graph_store="/sparql-graph-crud-auth",
                probe="/sparql",
                sign="Server",
                sign_value="Virtuoso",
                graphs=20,
                note="PUT is not atomic, and MOVE does not survive a crash; a graph is read back only up to"
                " ResultSetMaxRows, 10,000 triples by default; graphs of more than some 100,000 triples need"
                " a higher TransactionAfterImageLimit than its 50 MB",
            ),
            _RDF4J,
            StoreKind(
                name="graphdb",
                title="Ontotext GraphDB",
                address="http://localhost:7200/repositories/ID",
                query=_RDF4J.query,
                update=_RDF4J.update,
                graph_store=_RDF4J.graph_store,
                probe=_RDF4J.probe,
                sign=_RDF4J.sign,
                most=_RDF4J.most,
                graphs=_RDF4J.graphs,
                note="same endpoints as RDF4J, and told from it by name only; not tested here",
            ),
        )
    }
)
"""Every kind of store that is known, by name."""

NAMES = (*PROFILES, GENERIC)
"""What a store can be named as."""


def find_profile(name: str) -> StoreKind:
    """Return the profile of that name; raise :class:`UnusableInputError` if there is none."""
    profile = PROFILES.get(name.lower())
    if profile is None:
        raise UnusableInputError(f"unknown store {name!r}: known are {', '.join(NAMES)}")
    return profile


def probe(transport: Transport, url: str) -> StoreKind:
    """Return the profile of the store at an address; only harmless questions are asked.

    Raises :class:`StoreError` if it cannot be reached, :class:`UnknownStoreError` if it is none of those that
    are known.
    """
    for profile in PROFILES.values():
        if _answers(transport, profile, url):
            return profile
    examples = "; ".join(f"{profile.title}: {profile.address}" for profile in PROFILES.values())
    raise UnknownStoreError(
        f"{redacted(url)}: no store that we know answers here. An address looks like this: {examples}."
        " Where a proxy hides what the store is, name it with --store"
    )


def _answers(transport: Transport, profile: StoreKind, url: str) -> bool:
    request = StoreRequest(
        "GET",
        profile.base(url) + profile.probe,
        {} if profile.sign == "body" else {"query": "ASK {}"},
        {"Accept": "text/plain" if profile.sign == "body" else "application/sparql-results+json"},
        repeatable=True,
    )
    try:
        response = transport.send(request)
    except RefusedError as error:
        if error.status in (401, 403):  # a store, and it does not want us: no other question will change that
            raise
        return False
    if profile.sign == "body":
        return response.content.strip().isdigit()
    return profile.sign in response.headers and response.headers[profile.sign].startswith(profile.sign_value)
