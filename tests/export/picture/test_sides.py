"""Pictures in columns: no two boxes overlap, and no line has to run behind one."""

from __future__ import annotations

import itertools
from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from strategraph.export.picture.sides import UnplacedBox, place_sides

sizes = st.floats(10, 300)
Columns = tuple[list[UnplacedBox], list[UnplacedBox], list[UnplacedBox], list[tuple[Hashable, Hashable]]]


@st.composite
def columns(draw: st.DrawFn) -> Columns:
    def rows(name: str, most: int, depth: int) -> list[UnplacedBox]:
        return [
            UnplacedBox(f"{name}{n}", draw(sizes), draw(sizes), draw(st.integers(0, depth if n else 0)))
            for n in range(draw(st.integers(0, most)))
        ]

    left, middle, right = rows("l", 5, 0), rows("m", 12, 3), rows("r", 12, 0)
    pairs = [(a.key, b.key) for a in middle for b in (*left, *right)]
    links = draw(st.lists(st.sampled_from(pairs), max_size=30)) if pairs else []
    return left, middle, right, links


@given(columns())
def test_no_two_boxes_overlap_and_columns_stand_apart(
    given_columns: Columns,
) -> None:
    left, middle, right, links = given_columns
    boxes = place_sides(left, middle, right, links)
    assert set(boxes) == {row.key for row in (*left, *middle, *right)}
    for one, other in itertools.combinations(boxes.values(), 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2 - 1e-6
        above = abs(one.y - other.y) >= (one.height + other.height) / 2 - 1e-6
        assert beside or above
    edges = {round(boxes[row.key].x + boxes[row.key].width / 2, 6) for row in middle}
    assert len(edges) <= 1
    for row in (*left, *middle, *right):
        assert boxes[row.key].width >= row.width - 1e-6
        assert boxes[row.key].height == row.height


def test_a_group_stands_beside_what_names_it_and_lines_cross_less() -> None:
    middle = [UnplacedBox(f"goal {n}", 100, 20) for n in range(6)]
    right = [UnplacedBox("named last", 50, 10), UnplacedBox("named first", 50, 10)]
    boxes = place_sides([], middle, right, [("goal 5", "named last"), ("goal 0", "named first")])
    assert boxes["named first"].y == boxes["goal 0"].y
    assert boxes["named last"].y == boxes["goal 5"].y


def test_nothing_has_a_picture_too() -> None:
    assert place_sides([], [], [], []) == {}
