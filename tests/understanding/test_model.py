"""Forests: sums of trees, and what each feature adds to them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.understanding.model import Forest, Tree, softmax

STUMP = Tree((0,), (1.5,), (-1,), (-2,), (0.0,), (-2.0, 1.0))
DEEP = Tree((1, 0), (0.0, 5.0), (-1, -2), (1, -3), (0.1, 0.4), (-0.5, 0.25, 0.75))
FOREST = Forest(("length", "depth"), (STUMP, DEEP))


@pytest.mark.parametrize(
    ("row", "odds"), [((0, 0), -2.5), ((2, 0), 0.5), ((2, 1), 1.25), ((9, 1), 1.75), ((1.5, -1), -2.5)]
)
def test_the_sum_of_the_leaves(row: tuple[float, float], odds: float) -> None:
    assert FOREST.probability(row) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_features_add_what_the_means_change_by() -> None:
    assert dict(FOREST.reasons((9, 1))) == pytest.approx({"length": 1.0 + 0.35, "depth": 0.3})


@given(st.tuples(st.floats(-10, 10), st.floats(-10, 10)))
def test_the_reasons_make_up_the_sum(row: tuple[float, float]) -> None:
    start = STUMP.means[0] + DEEP.means[0]
    odds = start + sum(share for _, share in FOREST.reasons(row))
    assert FOREST.probability(row) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_odds_out_of_bounds_are_certain() -> None:
    sure = Forest(("x",), (Tree((0,), (0.0,), (-1,), (-2,), (0.0,), (-900.0, 900.0)),))
    assert sure.probability((-1,)) < 1e-12
    assert sure.probability((1,)) > 1 - 1e-12


def test_one_forest_for_each_outcome_makes_probabilities() -> None:
    other = Forest(("length", "depth"), (STUMP,))
    first, second = softmax((FOREST, other), (9, 1))
    assert first + second == pytest.approx(1.0)
    assert first / second == pytest.approx(math.exp(1.75 - 1.0))
