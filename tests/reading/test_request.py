"""Ranges of pages, and the limits on what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.errors import UnusableInputError
from strategraph.reading import read
from strategraph.reading.request import Limits, Pages


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("3-40", (3, 40), (2, 41)),
        ("7", (7,), (6, 8)),
        ("12-", (12, 9999), (11,)),
        ("-4", (1, 4), (5,)),
        ("2 – 3", (2,), (4,)),
    ],
)
def test_ranges_of_pages(text: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    pages = Pages.parse(text)
    assert all(number in pages for number in inside)
    assert not any(number in pages for number in outside)


@pytest.mark.parametrize("text", ["", "-", "0", "4-3", "a", "1-2-3", "1,2"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(UnusableInputError, match="no range of pages"):
        Pages.parse(text)


def test_the_size_of_a_file_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Goal 1: Grow\n")
    assert read(path, limits=Limits(size=13)).blocks
    with pytest.raises(UnusableInputError, match="the limit"):
        read(path, limits=Limits(size=12))
