"""What all tests share: the switch that rewrites golden files, and the seed's graph, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

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
