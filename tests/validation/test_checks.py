"""The constraints in code are those that the shapes declare."""

from __future__ import annotations

from strategraph.validation.checks import CHECKS
from strategraph.validation.shapes import load_shapes


def test_each_check_in_code_is_declared() -> None:
    assert set(load_shapes().checks) == set(CHECKS)
