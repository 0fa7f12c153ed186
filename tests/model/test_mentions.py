"""Sections in reading order, parents before children, whatever order they came in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from strategraph.model import Section, Span, Support
from strategraph.model.mentions import in_order, without_circles


def section(start: int, parent: int | None = None) -> Section:
    return Section("Goal", str(start), None, None, parent, (Support(Span(start, start + 1), "test"),))


def numbers(sections: tuple[Section, ...]) -> list[tuple[str | None, int | None]]:
    return [(one.number, one.parent) for one in sections]


def test_a_parent_that_stands_behind_its_child_comes_first() -> None:
    assert numbers(in_order([section(5, 1), section(9), section(1)])) == [("1", None), ("9", None), ("5", 1)]


def test_circles_are_opened() -> None:
    assert without_circles([1, 2, 0]) == [1, 2, None]
    assert without_circles([0]) == [None]
    assert numbers(in_order([section(1, 1), section(2, 0)])) == [("2", None), ("1", 0)]


def test_a_chain_of_thousands() -> None:
    chain = [section(n, n + 1 if n < 4999 else None) for n in range(5000)]
    assert in_order(chain)[0].number == "4999"


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=10))
def test_every_parent_comes_before_its_child(parents: list[int | None]) -> None:
    size = len(parents)
    given_ = [section(n, p if p is not None and p < size else None) for n, p in enumerate(parents)]
    found = in_order(given_)
    assert sorted(str(one.number) for one in found) == sorted(str(one.number) for one in given_)
    for index, one in enumerate(found):
        assert one.parent is None or one.parent < index
