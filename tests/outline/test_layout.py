"""What only the whole document tells: numbered paragraphs, repeated headings, other names of a class."""

from __future__ import annotations

from pathlib import Path

from strategraph.outline import outline
from strategraph.reading import read


def told(folder: Path, text: str, name: str = "plan.txt") -> list[tuple[str, str | None, str, int | None]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [
        (s.kind, s.number, " ".join(" ".join(p.text for p in s.passages).split()), s.parent)
        for s in outline(read(path))
    ]


NUMBERED = """I.    Overview

1.    The world is far from its goals, and one child in five lives in a country at war.

II.   Vision

2.    The Fund envisions a world in which every child is safe.

III.  Results

A.    Goal Area 1: Every child is healthy

3.    Some four million children died last year.

Outcome statement

4.    By 2029, more children use health care.

Result areas

5.    The Fund will contribute to the following outputs:

      (a)   Stronger clinics in every district;
      (b)   Vaccines for every child.

B.    Goal Area 2: Every child learns

6.    Many children are out of school.

Outcome statement

7.    By 2029, more children attend school.

Result areas

8.    The Fund will contribute to the following outputs:

      (a)   Teachers who stay;
      (b)   Books for every pupil.
"""


def test_numbered_paragraphs_and_headings_that_come_back(tmp_path: Path) -> None:
    assert told(tmp_path, NUMBERED) == [
        ("Vision", None, "The Fund envisions a world in which every child is safe.", None),
        ("Goal", "1", "Every child is healthy Some four million children died last year.", None),
        ("Outcome", None, "By 2029, more children use health care.", 1),
        ("Output", "a", "Stronger clinics in every district;", 1),
        ("Output", "b", "Vaccines for every child.", 1),
        ("Goal", "2", "Every child learns Many children are out of school.", None),
        ("Outcome", None, "By 2029, more children attend school.", 5),
        ("Output", "a", "Teachers who stay;", 5),
        ("Output", "b", "Books for every pupil.", 5),
    ]


def test_a_name_that_the_text_gives_its_goals(tmp_path: Path) -> None:
    text = (
        "The Programme has two goals, referred to as “Domains of change”.\n\n"
        "DOMAIN OF CHANGE 1\nLESS POVERTY IN TOWNS\nAND VILLAGES\n\nPoverty has a place.\n"
    )
    assert told(tmp_path, text) == [
        ("Goal", "1", "LESS POVERTY IN TOWNS AND VILLAGES Poverty has a place.", None)
    ]


def test_without_it_the_label_decides(tmp_path: Path) -> None:
    assert told(tmp_path, "DOMAIN OF CHANGE 1\nLESS POVERTY\n")[0][0] == "Priority"


def test_a_list_of_values_in_one_line(tmp_path: Path) -> None:
    text = "CORE VALUES\nIntegrity | Inclusion | Curiosity\n\nThat is all we say.\n"
    assert [(kind, words) for kind, _, words, _ in told(tmp_path, text)] == [
        ("Value", "Integrity"),
        ("Value", "Inclusion"),
        ("Value", "Curiosity"),
    ]


def test_values_in_one_paragraph(tmp_path: Path) -> None:
    text = "# Plan\n\n## Our values\n\nFairness: we share. Candour: we tell. Patience: we stay.\n"
    assert [(kind, words) for kind, _, words, _ in told(tmp_path, text, "plan.md")] == [
        ("Value", "Fairness we share."),
        ("Value", "Candour we tell."),
        ("Value", "Patience we stay."),
    ]


def test_subheadings_under_a_heading_of_their_class(tmp_path: Path) -> None:
    text = "# Plan\n\n## Strategic priorities\n\nThere are two.\n\n### Water\n\nWe dig.\n\n### Air\n\nWe plant.\n\n## Annex\n"
    assert told(tmp_path, text, "plan.md") == [
        ("Priority", None, "Water We dig.", None),
        ("Priority", None, "Air We plant.", None),
    ]


def test_measures_under_a_bold_line_belong_to_the_heading(tmp_path: Path) -> None:
    text = (
        "## Priority A: Access\n\nObjective A.1: Widen the way in\n\nActions:\n\n- A new course\n- A new prize\n\n"
        "**KPIs**\n\n1. Share of students who stay\n2. Share who pass\n"
    )
    assert [(kind, parent) for kind, _, _, parent in told(tmp_path, text, "plan.md")] == [
        ("Priority", None),
        ("Objective", 0),
        ("Action", 1),
        ("Action", 1),
        ("Indicator", 0),
        ("Indicator", 0),
    ]


def test_a_contents_list_states_nothing(tmp_path: Path) -> None:
    text = "Contents\n\nGoal 1: Water\nGoal 2: Air\n\nThe plan has been written by many hands over a year.\n\nGoal 1: Water for all people\n"
    assert told(tmp_path, text) == [("Goal", "1", "Water for all people", None)]


def test_the_goals_of_the_world_are_not_the_plans(tmp_path: Path) -> None:
    text = "Progress report\n\nGoal 2: Zero hunger\n\nThe region eats.\n\nGoal 4: Quality education\n\nThe region reads.\n"
    assert told(tmp_path, text) == []


def test_a_statement_goes_on_below_its_heading(tmp_path: Path) -> None:
    text = "Goal 1 – Growth: Enable access for all\n\nRecognizing its role, the Union will work.\n"
    assert told(tmp_path, text) == [
        ("Goal", "1", "Growth Enable access for all Recognizing its role, the Union will work.", None)
    ]


def test_names_in_bold(tmp_path: Path) -> None:
    text = "## Our values\n\n**Courage**\nWe ask hard questions.\n\n**Kindness.** We look after others.\n"
    assert told(tmp_path, text, "plan.md") == [
        ("Value", None, "Courage We ask hard questions.", None),
        ("Value", None, "Kindness We look after others.", None),
    ]


def test_goals_named_in_bold_in_a_list(tmp_path: Path) -> None:
    text = "## Our goals\n\n1. **More libraries.** Grow the network.\n2. **Fair rules** – Win exceptions.\n"
    assert told(tmp_path, text, "plan.md") == [
        ("Goal", "1", "More libraries Grow the network.", None),
        ("Goal", "2", "Fair rules Win exceptions.", None),
    ]
