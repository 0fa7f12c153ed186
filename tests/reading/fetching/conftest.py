from __future__ import annotations

from collections.abc import Iterator

import pytest

from .server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on the loopback interface, empty at first."""
    with serving() as site:
        yield site
