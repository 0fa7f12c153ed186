"""Words, numbers and differences of two texts.

Which part of one edition became which of another.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.export.editions.edition import NamedThing, Part
from strategraph.export.editions.matching import (
    KEPT,
    NEW,
    OLD,
    WordWeights,
    difference,
    match,
    numbers,
    words,
)


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


def part(
    text: str, number: str = "", kind: str = "Goal", parent: int | None = None, title: str = "", *links: str
) -> Part:
    return Part(
        f"x:{kind}/{text}",
        kind,
        text,
        number,
        title,
        text,
        "en",
        parent,
        0 if parent is None else 1,
        links=tuple(
            NamedThing("addresses", f"http://{one}", f"http://{one}", one, "TargetGroup") for one in links
        ),
    )


def pairs(old: list[Part], new: list[Part], **options: bool) -> list[tuple[int, int]]:
    return [(pair.old, pair.new) for pair in match(old, new, **options)]


def test_the_whole_is_as_alike_as_can_be_and_not_the_first_pair() -> None:
    # Each of the old is most alike to the first of the new, which only one can have; greedy, the other is lost.
    others = [part(f"word{n} other{n} more{n}", kind="Action") for n in range(9)]
    old = [part("rain wind snow hail"), part("rain wind sun moon"), *others]
    new = [part("rain wind snow hail sun moon"), part("snow hail ice"), *others]
    assert pairs(old, new)[:2] == [(1, 0), (0, 1)]


def test_numbers_and_titles_speak_for_a_pair() -> None:
    old = [part("Bridge the divide and reach the poor", "2"), part("Grow the economy of towns", "1")]
    new = [part("Grow the economy of villages", "1"), part("Bridge all rivers and reach the sea", "2")]
    assert pairs(old, new) == [(1, 0), (0, 1)]
    titled = [part("many words of old", title="Health")], [part("others altogether", title="Health")]
    assert pairs(*titled) == [(0, 0)]


def test_what_has_nothing_in_common_is_no_pair() -> None:
    assert pairs([part("Water for everyone", "1")], [part("Schools in every town", "1")]) == []
    assert pairs([], [part("x")]) == pairs([part("x")], []) == []


def test_another_kind_needs_nearly_the_same_words() -> None:
    old = [part("train five hundred teachers in rural schools", kind="Action")]
    same = [part("train five hundred teachers in rural schools", kind="Objective")]
    less = [part("train many teachers in urban schools soon", kind="Objective")]
    assert pairs(old, same) == [(0, 0)]
    assert pairs(old, less) == []
    assert pairs(old, [part("train five hundred teachers in rural schools", kind="Commitment")]) == []


def test_the_same_words_in_two_places_go_with_their_parents() -> None:
    old = [
        part("Health of rural families", "1"),
        part("Reach women", kind="Target", parent=0),
        part("Schools in all towns", "2"),
        part("Reach women", kind="Target", parent=2),
    ]
    new = [
        part("Schools in all towns", "1"),
        part("Reach women", kind="Target", parent=0),
        part("Health of rural families", "2"),
        part("Reach women", kind="Target", parent=2),
    ]
    assert pairs(old, new) == [(2, 0), (3, 1), (0, 2), (1, 3)]


def test_two_languages_go_by_place_and_number_and_by_what_is_named() -> None:
    old = [part("one 5", "1"), part("two", "2"), part("three", "3", "Goal", None, "", "youth")]
    new = [part("un 5", "1"), part("trois", "3", "Goal", None, "", "youth")]
    assert pairs(old, new, across_languages=True) == [(0, 0), (2, 1)]
