"""What the tests do with a store: run strategraph as a person would, and look what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from strategraph.querying.stores.client import Store
from strategraph.querying.stores.profiles import find_profile
from strategraph.querying.stores.transport import Login, Transport

from .servers import Server

ROOT = Path(__file__).parents[3]
BYSTANDER = "https://example.org/someone-elses-graph"


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "strategraph", *map(str, arguments)]


def environment(server: Server, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STRATEGRAPH_")}
    return {**kept, **server.environment, **more, "PYTHONUNBUFFERED": "1"}


def run(server: Server, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run strategraph as a person would."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(server, **more),
        stdin=subprocess.DEVNULL,
        check=False,
    )


@contextmanager
def connected(server: Server) -> Iterator[Store]:
    with Transport(Login(server.environment)) as transport:
        yield Store(transport, find_profile(server.kind.name).endpoints(server.url))


def everything(store: Store) -> dict[str, int]:
    """Return how many triples each named graph of the store has, but for those a store has by itself."""
    rows = store.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    ours = ("https://w3id.org/", "https://example.org/")
    return {row["g"]: int(row["n"]) for row in rows if row.get("g", "").startswith(ours)}
