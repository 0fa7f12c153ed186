"""Real plans, which are not part of the checkout: each makes a graph that holds to its shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.errors import StrategraphError
from strategraph.pipeline import build

DOCUMENTS = Path(__file__).parents[1] / ".." / "shared" / "train" / "docs"
EVERY = 8  # one in so many: all of them take minutes
FOUND = sorted(DOCUMENTS.iterdir())[::EVERY] if DOCUMENTS.is_dir() else []


@pytest.mark.shared
@pytest.mark.skipif(not FOUND, reason="the shared documents are not beside the checkout")
@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_no_real_plan_violates_a_shape(path: Path) -> None:
    try:
        result = build(path)
    except StrategraphError:
        return  # it is no plan: nothing is written, so nothing can be wrong
    assert [one.message for one in result.report.of_severity("Violation")] == []
