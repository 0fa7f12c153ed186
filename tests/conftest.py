"""What all tests share: the switch that rewrites golden files, and the seed's graph, built once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

# Elsewhere new examples are tried on every run. CI tries the same ones every time, so that it fails for a
# change and not by chance; and a busy machine is no failure.
settings.register_profile("everywhere", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("everywhere"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "everywhere")

SEED = Path(__file__).parents[1] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="rewrite the golden files from what is computed now"
    )


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def seed_turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's graph as a Turtle file."""
    from strategraph.export import write
    from strategraph.pipeline import build

    path = tmp_path_factory.mktemp("seed") / "seed.ttl"
    path.write_bytes(write(build(SEED).graph, "turtle"))
    return path


@pytest.fixture
def in_proportion() -> Iterator[None]:
    """A test whose text is long enough that reading it takes seconds where time grows with the length, and many
    minutes where it grows with its square. The minute of CPU that it has is a watchdog that no slow machine meets,
    not a measure."""

    def too_long(_: int, frame: FrameType | None) -> None:
        raise AssertionError("the time this takes grows faster than the text")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)
