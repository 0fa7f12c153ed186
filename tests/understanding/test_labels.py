"""Labels: what is one, what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.understanding.labels import (
    are_counted,
    counted_label,
    inner_labels,
    is_foreign,
    number_of,
    read_label,
    serial_label,
    serial_names,
)

LABELS = [
    ("Goal 1 – Universal Connectivity: Enable", "Goal", "1"),
    ("GOAL 1: Build capacity", "Goal", "1"),
    ("Strategic Goal 1: Connect America: Maximize", "Goal", "1"),
    ("Long-Term Goal 1: Sustain", "Goal", "1"),
    ("Priority Area 1: Building the evidence", "Priority", "1"),
    ("A. Goal Area 1: Every child", "Goal", "1"),
    ("Direction 1: Serve", "Priority", "1"),
    ("E. Outcome 1: Health", "Outcome", "1"),
    ("Action 01: Departments will", "Action", "01"),
    ("Target 2.10: By 2023, 40 % of countries", "Target", "2.10"),
    ("Objective 1.1", "Objective", "1.1"),
    ("Vision: A world", "Vision", None),
    ("SD 1 Strengthen the network", "Priority", "1"),
    ("R.1-a: Increased number", "Outcome", "R.1-a"),
    ("R.1-1 Final acts", "Output", "R.1-1"),
    ("Goal One: Reach all", "Goal", "One"),
    ("Goal II – Grow", "Goal", "II"),
    ("Our mission: to serve", "Mission", None),
    ("LONG-TERM OUTCOME 1. Healthy connections", "Outcome", "1"),
    ("Our vision for the future is clear: a world at peace", "Vision", None),
    ("Vision of the Ministry", "Vision", None),
    ("Objectives of the review", "Objective", None),
    ("2.1 Growth", "", "2.1"),
    ("(a) Growth in all regions", "", "a"),
    ("IV. Growth", "", "IV"),
    ("5). Growth", "", "5"),
    ("Goal 2, Staff and halls for all", "Goal", "2"),
    ("Goal IV.15 Plant trees", "Goal", "IV.15"),
]

NO_LABELS = [
    "Goal 1 is to grow",
    "Goals are set every year",
    "Goal 17 of the 2030 Agenda calls for partnership",
    "SDG 5: Gender equality",
    "Sustainable Development Goal 4: Quality education",
    "GBF Target 1: Plan all areas",
    "Targets 1 and 2 were met",
    "Goal 2, then, is to grow",
    "Action is needed now",
    "Mission creep is a risk",
    "Provision: none",
]


@pytest.mark.parametrize(("text", "kind", "number"), LABELS)
def test_labels(text: str, kind: str, number: str | None) -> None:
    label = read_label(text, "en")
    assert label is not None
    assert (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_only_looks_like_a_label(text: str) -> None:
    assert read_label(text, "en") is None


def test_a_heading_of_several_is_bare() -> None:
    label = read_label("Our Strategic Goals", "en")
    assert label is not None
    assert (label.kind, label.several, label.bare) == ("Goal", True, True)


def test_a_heading_of_several_classes_announces_none() -> None:
    assert read_label("Our vision, mission and values", "en") is None


def test_text_whose_lines_ran_together_gives_each_label() -> None:
    text = "Goal 1: Grow the network in all regions. Goal 2: Share what is learned. Goal 3 - Last: Care"
    assert [text[start : start + 6] for start in inner_labels(text, "en")] == ["Goal 2", "Goal 3"]


@pytest.mark.parametrize(
    "text", ["It supports Goal 2: Share.", "Read on. As in SDG Goal 2: Zero hunger", "see Target 2.1: x"]
)
def test_a_reference_inside_a_sentence_is_no_label(text: str) -> None:
    assert inner_labels(text, "en") == []


@pytest.mark.parametrize("text", ["SDG 5: Gender equality", "Goal 17 of the 2030 Agenda", "UN Goal 3"])
def test_somebody_elses_goals(text: str) -> None:
    assert is_foreign(text, "en")
    assert not is_foreign(f"Goal 5: {text}", "en")


@pytest.mark.parametrize(
    ("marker", "number"),
    [("1.", "1"), ("(a)", "a"), ("2.1 ", "2.1"), ("•", None), ("一、", "一"), ("", None)],
)
def test_the_number_of_a_marker(marker: str, number: str | None) -> None:
    assert number_of(marker) == number


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    label = read_label(text, "en")
    assert label is None or 0 < label.end <= len(text)


SERIAL = [
    (["Strategy I: Grow", "Strategy II: Share"], "en", "I", "Grow"),
    (["Key theme 1. Grow", "Key theme 2. Share"], "en", "1", "Grow"),
    (["Phase 2 – Grow", "PHASE 1: Share"], "en", "2", "Grow"),
    (["Направление 3. Рост", "Направление 4. Отдых"], "ru", "3", "Рост"),
    (["【計畫1】成長", "【計畫2】分享"], "zh", "1", "成長"),
    (["主軸一：成長", "主軸二：分享"], "zh", "一", "成長"),
    (["المسار 1: النمو", "المسار 2: العطاء"], "ar", "1", "النمو"),
]
NOT_SERIAL = [
    ["Strategy I: Grow", "Strategy I: Grow"],  # one number
    ["Strategy I: Grow", "Tactic II: Share"],
    ["Figure 1: Growth", "Figure 2: Shares"],  # they number parts of the text
    ["Annex A. Growth", "Annex B. Shares"],
    ["Phase 1 was short", "Phase 2 was long"],
    ["In May 2020: Growth", "In May 2021: Shares"],
    ["Open 7:30 to 9", "Open 8:30 to 9"],
]


@pytest.mark.parametrize(("texts", "language", "number", "rest"), SERIAL)
def test_a_name_with_several_numbers_is_a_label(
    texts: list[str], language: str, number: str, rest: str
) -> None:
    label = serial_label(texts[0], serial_names(texts), language)
    assert label is not None
    assert (label.kind, label.number, texts[0][label.end :]) == ("", number, rest)


@pytest.mark.parametrize("texts", NOT_SERIAL)
def test_what_only_looks_like_a_serial_name(texts: list[str]) -> None:
    assert serial_names(texts) == frozenset()


def test_a_serial_label_is_not_somebody_elses() -> None:
    texts = ["SDG 3: Health", "SDG 4: Schools"]
    assert serial_label(texts[0], serial_names(texts), "en") is None


def test_headings_counted_by_mere_numbers() -> None:
    assert are_counted(["1 Grow", "2 Share", "3 Rest"])
    assert not are_counted(["1 Grow", "3 Rest", "2030 Agenda"])
    label = counted_label("12 Share it")
    assert label is not None
    assert (label.number, label.end) == ("12", 3)
    assert counted_label("2 of 3") is None


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Klimaziele", "Goal", None),
        ("Unsere Unternehmenswerte:", "Value", None),
        ("Bildungsziel 3: Schulen öffnen", "Goal", "3"),
        ("Ziel 1: Wasser", "Goal", "1"),
    ],
)
def test_what_qualifies_a_german_noun_is_written_together_with_it(
    text: str, kind: str, number: str | None
) -> None:
    label = read_label(text, "de")
    assert label is not None
    assert (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize("text", ["Support local initiatives", "Measures of campus sustainability metrics."])
def test_what_says_something_is_no_label_though_it_ends_with_a_class_word(text: str) -> None:
    label = read_label(text, "en")
    assert label is None or not label.kind


@pytest.mark.parametrize("text", ["Strategic initiatives", "Our vision.", "Our strategic goals"])
def test_a_mere_name_of_a_class_stays_a_label(text: str) -> None:
    label = read_label(text, "en")
    assert label is not None
    assert label.bare
