"""The stores that the suite runs against, one after another."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from strategraph.querying.stores.client import Store

from .acting import BYSTANDER, connected, everything
from .servers import KINDS, MissingError, Server, running


@pytest.fixture(scope="session", autouse=True)
def _terminable() -> Iterator[None]:
    """End as after an interruption when CI cancels the run, so that no server stays behind."""
    before = signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session", params=list(KINDS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real store; one that this machine cannot have is skipped, but never in CI."""
    name: str = request.param
    try:
        with running(name, tmp_path_factory.mktemp(name)) as found:
            yield found
    except MissingError as error:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing: {error}")
        pytest.skip(f"{name} was not tried: {error}")


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    """The store, empty but for a graph of someone else's, which must still be there at the end."""
    with connected(server) as found:
        for name in everything(found):
            found.drop(name)
        found.put(BYSTANDER, b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
        yield found
    if server.process is None:
        server.start()
    with connected(server) as found:
        assert everything(found)[BYSTANDER] == 1
