"""Forests: sums of trees, and what each feature adds to them."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.understanding import forests
from strategraph.understanding.forests import Forest, Tree, probability, scores, softmax

STUMP = Tree((0,), (1.5,), (-1,), (-2,), (0.0,), (-2.0, 1.0))
DEEP = Tree((1, 0), (0.0, 5.0), (-1, -2), (1, -3), (0.1, 0.4), (-0.5, 0.25, 0.75))
FOREST = Forest(("length", "depth"), (STUMP, DEEP))


@pytest.mark.parametrize(
    ("row", "odds"), [((0, 0), -2.5), ((2, 0), 0.5), ((2, 1), 1.25), ((9, 1), 1.75), ((1.5, -1), -2.5)]
)
def test_the_sum_of_the_leaves(row: tuple[float, float], odds: float) -> None:
    assert probability(FOREST.score(row)) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_features_add_what_the_means_change_by() -> None:
    assert dict(FOREST.reasons((9, 1))) == pytest.approx({"length": 1.0 + 0.35, "depth": 0.3})


@given(st.tuples(st.floats(-10, 10), st.floats(-10, 10)))
def test_the_reasons_make_up_the_sum(row: tuple[float, float]) -> None:
    start = STUMP.means[0] + DEEP.means[0]
    odds = start + sum(share for _, share in FOREST.reasons(row))
    assert probability(FOREST.score(row)) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_odds_out_of_bounds_are_certain() -> None:
    sure = Forest(("x",), (Tree((0,), (0.0,), (-1,), (-2,), (0.0,), (-900.0, 900.0)),))
    assert probability(sure.score((-1,))) < 1e-12
    assert probability(sure.score((1,))) > 1 - 1e-12


def test_one_forest_for_each_outcome_makes_probabilities() -> None:
    other = Forest(("length", "depth"), (STUMP,))
    first, second = softmax(scores((FOREST, other), [(9, 1)])[0])
    assert first + second == pytest.approx(1.0)
    assert first / second == pytest.approx(math.exp(1.75 - 1.0))


VALUES = st.sampled_from([-2.0, -1.0, 0.0, 0.5, 1.0, 2.0])


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree of up to 64 leaves, each node of which asks for one of three features."""
    size = draw(st.integers(1, 63))
    free = [(0, 0), (0, 1)]
    ways: list[list[int]] = [[0, 0]]
    for node in range(1, size):
        parent, side = free.pop(draw(st.integers(0, len(free) - 1)))
        ways[parent][side] = node
        ways.append([0, 0])
        free += [(node, 0), (node, 1)]
    for leaf, (parent, side) in enumerate(free):
        ways[parent][side] = -1 - leaf
    below, above = zip(*ways, strict=True)
    several = st.lists(VALUES, min_size=size, max_size=size)
    asked = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    leaves = draw(st.lists(st.floats(-3, 3), min_size=size + 1, max_size=size + 1))
    return Tree(tuple(asked), tuple(draw(several)), below, above, (0.0,) * size, tuple(leaves))


@given(
    st.lists(st.lists(trees(), min_size=1, max_size=4), min_size=1, max_size=3),
    st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=5),
)
def test_many_rows_at_once_are_answered_as_one_by_one(
    several: list[list[Tree]], rows: list[tuple[float, float, float]]
) -> None:
    import numpy as np

    asked = [Forest(("a", "b", "c"), tuple(each)) for each in several]
    alone = [[forest.score(row) for forest in asked] for row in rows]
    assert scores(asked, rows) == alone
    matrix = np.array(rows, dtype=float).reshape(len(rows), 3)
    assert [forest.answers.scores(matrix) for forest in asked] == [
        [row[n] for row in alone] for n in range(len(asked))
    ]


def test_few_rows_import_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    monkeypatch.setattr(forests, "_MANY", 5)
    assert scores((FOREST,), [(9, 1)] * 2) == [[1.75]] * 2
    assert "numpy" not in sys.modules
    monkeypatch.setattr(forests, "find_spec", lambda _: None)
    assert scores((FOREST,), [(9, 1)] * 9) == [[1.75]] * 9
    assert "numpy" not in sys.modules


def test_more_rows_than_fit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forests, "_AT_ONCE", 2)
    rows = [(0, 0), (2, 0), (2, 1), (9, 1), (1.5, -1)]
    assert scores((FOREST,), rows) == [[FOREST.score(row)] for row in rows]
