"""Ranges of pages, and the limits on what is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.model import Block, passage
from strategraph.pipeline import Options, read_plan
from strategraph.reading import read
from strategraph.reading.request import Limits, Pages, ReadingOptions, bounded, left_apart


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
    assert read(path, ReadingOptions(limits=Limits(size=13))).blocks
    with pytest.raises(UnusableInputError, match="the limit"):
        read(path, ReadingOptions(limits=Limits(size=12)))


LONGEST = Limits().paragraph


def _block(text: str) -> Block:
    return Block("paragraph", passage(text, [(0, len(text))]))


def test_leaves_a_paragraph_as_it_is() -> None:
    block = _block("We will grow. " * 100)
    assert list(bounded([block], LONGEST)) == [block]


def test_parts_end_with_sentences() -> None:
    text = "We will grow the trade of women. " * 1000
    parts = [block.passage.text for block in bounded([_block(text)], LONGEST)]
    assert len(parts) > 1
    assert all(part.endswith("women.") and len(part) <= LONGEST for part in parts)


def test_parts_without_sentences_end_with_words() -> None:
    parts = [block.passage.text for block in bounded([_block("goal " * 4000)], LONGEST)]
    assert len(parts) > 1
    assert all(part.endswith("goal") for part in parts)


@given(st.lists(st.sampled_from(["a", " ", ".", "。", "word. ", "”", "x" * 900]), min_size=1, max_size=200))
def test_loses_no_character_but_white_space(pieces: list[str]) -> None:
    text = "".join(pieces) * 30
    whole = passage(text, [(0, len(text))])
    if not whole:
        return
    parts = [block.passage for block in bounded([Block("item", whole)], LONGEST)]
    assert all(part and len(part.text) <= LONGEST for part in parts)
    assert "".join(part.text for part in parts).replace(" ", "") == whole.text.replace(" ", "")
    assert all(text[part.span().start] == part.text[0] for part in parts)
    assert all(text[part.span().end - 1] == part.text[-1] for part in parts)


def test_it_is_told_where_a_paragraph_is_read_in_parts(tmp_path: Path) -> None:
    assert left_apart([_block("goal " * 100)], LONGEST) == ()
    (told,) = left_apart([_block("goal " * 2000), _block("goal " * 3000), _block("a")], LONGEST)
    assert "the first 8,000 characters of each of 2 paragraphs" in told
    path = tmp_path / "long.txt"
    path.write_text("Goal 1: Connect women. " + "women, girls and " * 2_000, encoding="utf-8")
    assert "--max-paragraph" in read(path).left_out[0]
    assert read(path, ReadingOptions(limits=Limits(paragraph=100_000))).left_out == ()


def test_no_group_is_lost_silently(tmp_path: Path) -> None:
    """The same facts at 25 and 100 kB were those of the first 8,000 characters, and nobody was told."""
    named = []
    for times in (1_000, 2_000):
        path = tmp_path / f"{times}.txt"
        path.write_text(
            "Goal 1: Connect all. " + "We reach women, girls and youth. " * times, encoding="utf-8"
        )
        _, plan = read_plan(path, Options(limits=Limits(paragraph=1_000_000)))
        named.append(sum(len(link.supports) for link in plan.links if link.predicate == "addresses"))
    assert named[1] > 1.9 * named[0]
