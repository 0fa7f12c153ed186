"""How long a safe load takes, against the store's own fastest way to take the same file.

    python -m benchmarks.loading [--triples N…] [--stores NAME…]

Run it from the checkout, with what ``make test-interop`` installs. For each store, one after another, into an
empty graph each time and in one run:

put     ``curl -T``: the bare Graph Store Protocol, which compares nothing and, on some stores, is not atomic
bulk    the store's own loader into a new database (Oxigraph's, which works without a server)
first   ours: staging graph, counts compared, put in place
again   ours, with the same graph in place already
whole   ``strategraph load`` as people run it: reading and validating included
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.interop.stores.plans import graph_name, write_plan
from tests.interop.stores.servers import KINDS, MissingError, Server, running

from strategraph.querying.stores import StoreError
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import PlanGraph, load
from strategraph.querying.stores.profiles import find_profile
from strategraph.querying.stores.transport import Login, Transport

COLUMNS = ("put", "bulk", "first", "again", "whole")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--stores", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--no-whole", action="store_true", help="leave out reading and validating")
    options = parser.parse_args()
    print(f"{'store':<10}{'triples':>10}" + "".join(f"{name:>16}" for name in COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        for size in options.triples:
            path = Path(folder) / f"{size}.nt"
            count = write_plan(path, size)
            for name in options.stores:
                try:
                    measured = dict(_measured(name, path, count, Path(folder), whole=not options.no_whole))
                except (MissingError, StoreError) as error:
                    print(f"{name}: {error}", file=sys.stderr)
                    continue
                cells = (_cell(measured, column) for column in COLUMNS)
                print(f"{name:<10}{count:>10}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def _cell(measured: dict[str, float], column: str) -> str:
    if column not in measured:
        return "-"
    return f"{measured[column]:.1f} s {measured[column] / measured['put']:6.2f}"


def _measured(name: str, path: Path, count: int, folder: Path, *, whole: bool) -> Iterator[tuple[str, float]]:
    """Yield each way of loading with its seconds."""
    graph = PlanGraph(graph_name(), count, path.read_bytes())
    with ExitStack() as stack:
        server = stack.enter_context(running(name, Path(tempfile.mkdtemp(dir=folder))))
        transport = stack.enter_context(Transport(Login(server.environment), timeout=3600))
        profile = find_profile(name)
        store = Store(transport, profile.endpoints(server.url))
        _curl(server, path, "urn:warm-up")  # a server's first load is not counted
        store.drop("urn:warm-up")
        yield "put", _seconds(lambda: _curl(server, path, "urn:put"))
        store.drop("urn:put")
        yield "first", _seconds(lambda: load(store, graph, profile.swap))
        yield "again", _seconds(lambda: load(store, graph, profile.swap))
        store.drop(graph.name)
        if whole:
            yield "whole", _seconds(lambda: _command(server, path))
    if name == "oxigraph":
        binary = KINDS[name].install()
        target = tempfile.mkdtemp(dir=folder)
        bulk = [str(binary), "load", "--location", target, "--file", str(path), "--graph", graph.name]
        yield "bulk", _seconds(lambda: subprocess.run(bulk, check=True, capture_output=True))


def _curl(server: Server, path: Path, graph: str) -> None:
    """Send the file as curl does; the password goes in by a configuration on standard input."""
    address = find_profile(server.kind.name).endpoints(server.url).graph_store
    account = f'user = "{server.kind.user}:{server.kind.password}"\nanyauth\n' if server.kind.user else ""
    subprocess.run(
        ["curl", "--silent", "--fail", "--config", "-", "--header", "Content-Type: application/n-triples",
         "--upload-file", str(path), f"{address}?graph={graph}"],
        input=account.encode(), check=True, capture_output=True,
    )  # fmt: skip


def _command(server: Server, path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "strategraph", "load", str(path), "--to", server.url, "--timeout", "3600"],
        env={**os.environ, **server.environment}, check=True, capture_output=True,
    )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
