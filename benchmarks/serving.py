"""Servers under load: requests per second, the slowest of a hundred, and errors, at 1 to 1,000 clients.

    python benchmarks/serving.py [GRAPH] [--seconds 5] [--stores oxigraph fuseki]

Each client is a connection that asks the same short question again and again, and opens another when it is
closed. ``strategraph serve`` and the stores (those that tests/interop can start here) hold the same graph on
the same machine, one after another; the clients are in this process, which takes a part of the machine, too.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

QUERY = "PREFIX sg: <https://w3id.org/strategraph/ns#> SELECT ?g { ?g a sg:Goal } LIMIT 10"
CLIENTS = (1, 10, 200, 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", nargs="?", default="tests/shapes/valid.ttl")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--stores", nargs="*", default=["oxigraph"])
    options = parser.parse_args()
    print(f"{'server':<14}{'clients':>8}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
    with ours(options.graph) as url:
        measure("strategraph", url, options.seconds, "")
    for name in options.stores:
        with other(name, options.graph) as (url, credentials):
            measure(name, url, options.seconds, credentials)


@contextmanager
def ours(graph: str) -> Iterator[str]:
    command = [sys.executable, "-m", "strategraph", "serve", graph, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[1]
        yield f"{address}sparql"
        process.terminate()


@contextmanager
def other(name: str, graph: str) -> Iterator[tuple[str, str]]:
    """Give the address to ask at, and the header that lets us in, "" where anybody is."""
    from tests.interop.stores.servers import running

    from strategraph.export import write
    from strategraph.querying.stores.client import Store
    from strategraph.querying.stores.profiles import find_profile
    from strategraph.querying.stores.transport import Login, Transport
    from strategraph.rdf.loading import load_graph

    with tempfile.TemporaryDirectory() as folder, running(name, Path(folder)) as server:
        endpoints = find_profile(name).endpoints(server.url)
        with Transport(Login(server.environment)) as transport:
            store = Store(transport, endpoints)
            content = write(load_graph(graph), "ntriples").decode()
            store.update(f"INSERT DATA {{ {content} }}")
        user = f"{server.kind.user}:{server.kind.password}".encode()
        credentials = f"Authorization: Basic {b64encode(user).decode()}\r\n" if server.kind.user else ""
        yield endpoints.query, credentials


def measure(name: str, url: str, seconds: float, credentials: str) -> None:
    for clients in CLIENTS:
        times, errors = asyncio.run(load(url, clients, seconds, credentials))
        times.sort()
        p50, p99 = (1000 * times[int(len(times) * part)] if times else 0.0 for part in (0.5, 0.99))
        print(
            f"{name:<14}{clients:>8}{len(times) / seconds:>12,.0f}{p50:>9.1f}{p99:>9.1f}{errors:>8}",
            flush=True,
        )


async def load(url: str, clients: int, seconds: float, credentials: str) -> tuple[list[float], int]:
    """Return the seconds that each answer took, and how many requests got none or another status than 200."""
    place = urlsplit(url)
    head = (
        f"GET {place.path}?query={quote(QUERY)} HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Accept: application/sparql-results+json\r\n{credentials}\r\n"
    ).encode()
    times: list[float] = []
    errors = 0
    over = time.monotonic() + seconds

    async def client() -> None:
        nonlocal errors
        while time.monotonic() < over:
            try:
                reader, writer = await asyncio.open_connection(place.hostname, place.port)
            except OSError:
                errors += 1
                await asyncio.sleep(0.01)
                continue
            try:
                while time.monotonic() < over:
                    begun = time.monotonic()
                    writer.write(head)
                    status, close = await answer(reader)
                    if status != 200:
                        errors += 1
                    else:
                        times.append(time.monotonic() - begun)
                    if close:
                        break
            except (OSError, asyncio.IncompleteReadError, ValueError):
                errors += 1
            finally:
                writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return times, errors


async def answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read an answer as a whole; return its status and whether the connection ends with it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split()[1])
    if "transfer-encoding: chunked" in head:
        while True:
            size = int((await reader.readuntil(b"\r\n")).strip(), 16)
            await reader.readexactly(size + 2)
            if size == 0:
                break
    else:
        length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
        await reader.readexactly(int(length.partition(":")[2]))
    return status, "connection: close" in head


if __name__ == "__main__":
    main()
