"""Words, numbers and differences of two texts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.export.editions.wording import KEPT, NEW, OLD, WordWeights, difference, numbers, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By 2030, 12,500 of them", ["2030", "12500"]),
        ("d’ici à 2030, 12 500 d’entre eux", ["2030", "12500"]),
        ("3.5 % and 3,5 %", ["3.5", "3.5"]),
        ("Resolution 70/1", ["70", "1"]),
        ("٢٠٣٠", ["2030"]),
        ("no number", []),
    ],
)
def test_numbers_are_the_same_in_every_language(text: str, found: list[str]) -> None:
    assert numbers(text) == Counter(found)


def test_scripts_without_spaces_are_compared_letter_by_letter() -> None:
    assert words("促进合作") == ["促", "进", "合", "作"]
    assert [(run.side, run.text) for run in difference("促进合作", "促进创新")] == [
        (KEPT, "促进"),
        (OLD, "合作"),
        (NEW, "创新"),
    ]


def test_rare_words_say_more() -> None:
    texts = [["the", "goal", "water"], ["the", "goal", "air"], ["the", "goal", "land"]]
    weights = WordWeights(texts)
    water, the = Counter(["the", "water"]), Counter(["the", "goal"])
    assert weights.alike(water, Counter(["water"])) > weights.alike(the, Counter(["the"]) + Counter(["air"]))
    assert weights.alike(Counter(), Counter()) == 1


def test_changes_that_a_mark_parts_are_one() -> None:
    runs = difference("to women, girls and boys", "to youth, elders and boys")
    assert [(run.side, run.text) for run in runs] == [
        (KEPT, "to "),
        (OLD, "women, girls "),
        (NEW, "youth, elders "),
        (KEPT, "and boys"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_each_side_can_be_read_from_the_runs(old: str, new: str) -> None:
    runs = difference(old, new)
    sides = ["".join(run.text for run in runs if run.side in (KEPT, side)) for side in (OLD, NEW)]
    assert sides[0].replace(" ", "") == "".join(old.split())
    assert sides[1].strip() == " ".join(new.split())
