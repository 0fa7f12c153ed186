"""The Sustainable Development Goals, and where texts cite them."""

from __future__ import annotations

import pytest

from strategraph.knowledge.sdgs import examples, sdg, sdg_of, stated


@pytest.mark.parametrize("marked", examples()[0])
def test_examples(marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    start, end = marked.index("["), marked.index("]") - 1
    assert {(one.start, one.end) for one in stated(text)} == {(start, end)}


@pytest.mark.parametrize("text", examples()[1])
def test_counter_examples(text: str) -> None:
    assert list(stated(text)) == []


def test_a_list_has_one_for_each_number() -> None:
    assert [one.sdg.number for one in stated("SDGs 3, 4.2 and 5")] == ["3", "4.2", "5"]


def test_there_are_17_goals_and_169_targets() -> None:
    numbers = [str(goal) for goal in range(1, 18)]
    targets = [f"{goal}.{part}" for goal in numbers for part in [*map(str, range(1, 20)), *"abcd"]]
    assert all(sdg(number) for number in numbers)
    assert sum(sdg(target) is not None for target in targets) == 169


def test_an_iri_leads_back() -> None:
    target = sdg("6.1")
    assert target is not None
    assert sdg_of(target.iri) == target
    assert (target.goal, target.target) == (6, "6.1")
    assert sdg_of("http://metadata.un.org/sdg/C060101") is None
    assert sdg_of("https://example.org/6") is None
