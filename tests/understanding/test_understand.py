"""The outline of whole texts, in the layouts that plans come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.model import Passage, Section
from strategraph.reading import read
from strategraph.understanding import understand


def sections(folder: Path, text: str, name: str = "plan.txt") -> tuple[Section, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return understand(read(path))


def told(found: tuple[Section, ...]) -> list[tuple[str, str | None, str | None, str | None, int | None]]:
    def text(part: Passage | None) -> str | None:
        return part.text if part else None

    return [(s.kind, s.number, text(s.title), text(s.statement), s.parent) for s in found]


def test_title_and_statement_in_one_paragraph(tmp_path: Path) -> None:
    text = "Plan 2025-2028\n\nGoal 1 – Clean Water: Bring safe water to every village.\n"
    assert told(sections(tmp_path, text)) == [
        ("Goal", "1", "Clean Water", "Bring safe water to every village.", None)
    ]


def test_label_alone_and_text_on_the_next_line(tmp_path: Path) -> None:
    text = "Goal 1: Excellence\n\nObjective 1.1\nRecruit and retain teachers\nObjective 1.2\nInvest in them\n"
    found = sections(tmp_path, text)
    assert [(s.kind, s.number, s.parent) for s in found] == [
        ("Goal", "1", None),
        ("Objective", "1.1", 0),
        ("Objective", "1.2", 0),
    ]
    assert found[1].title is not None
    assert found[1].title.text == "Recruit and retain teachers"


def test_a_sentence_introduces_a_list(tmp_path: Path) -> None:
    text = "The Fund has the following goals:\n\n- Plant one million trees.\n- Protect the old ones.\n\nThat is all.\n"
    assert [(s.kind, s.statement and s.statement.text) for s in sections(tmp_path, text)] == [
        ("Goal", "Plant one million trees."),
        ("Goal", "Protect the old ones."),
    ]


def test_a_heading_names_the_class_of_what_is_under_it(tmp_path: Path) -> None:
    text = "# Plan\n\n## Our values\n\n**Courage**: We speak up.\n\n**Care**: We look after others.\n\n## Staff\n\nTen.\n"
    assert told(sections(tmp_path, text, "plan.md")) == [
        ("Value", None, "Courage", "We speak up.", None),
        ("Value", None, "Care", "We look after others.", None),
    ]


def test_objectives_under_a_bold_word(tmp_path: Path) -> None:
    text = "## GOAL 1: Grow.\n\n### Rationale:\n\nWe are small.\n\n__Objectives__:\n\n- Hire.\n- Train.\n\n## GOAL 2: Give.\n"
    assert told(sections(tmp_path, text, "plan.md")) == [
        ("Goal", "1", "Grow.", "We are small.", None),
        ("Objective", None, None, "Hire.", 0),
        ("Objective", None, None, "Train.", 0),
        ("Goal", "2", "Give.", None, None),
    ]


def test_an_element_printed_twice_is_one_with_two_supports(tmp_path: Path) -> None:
    text = (
        "Goal 1 – Growth: Enable access to water for all people in the land.\n\nTargets\n\nGoal 1: Growth\n"
        "Target 1.1: By 2030, 65% of households have a tap\n"
    )
    found = sections(tmp_path, text)
    assert [(s.kind, s.number, s.parent, len(s.supports)) for s in found] == [
        ("Goal", "1", None, 2),
        ("Target", "1.1", 0, 1),
    ]
    assert found[0].statement is not None


def test_one_number_for_two_goals_keeps_both(tmp_path: Path) -> None:
    text = "Goal 1: Water for every village\n\nGoal 1: Schools in all towns\n"
    assert [s.number for s in sections(tmp_path, text)] == ["1", "1"]


@pytest.mark.parametrize(
    "text",
    [
        "This report supports SDG 5: Gender equality and Goal 17 of the 2030 Agenda.\n",
        "Sustainable Development Goals\n\nThe world agreed on goals.\n",
        "Goals matter. Our vision is clear. To reach these goals we work hard.\n",
    ],
)
def test_other_peoples_goals_are_not_the_plans(tmp_path: Path, text: str) -> None:
    assert sections(tmp_path, text) == ()


def test_supports_quote_heading_and_statement(tmp_path: Path) -> None:
    text = "# Plan\n\n## Goal 1: Grow\n\nWe *grow*.\n"
    (goal,) = sections(tmp_path, text, "plan.md")
    span = goal.supports[0].span
    assert text[span.start : span.end].startswith("Goal 1: Grow")
    assert "grow" in text[span.start : span.end]


def test_what_is_told_before_its_parent_comes_after_it(tmp_path: Path) -> None:
    text = "Outcome 1.1: Clean rivers\n\n# Goal 1: Restore the valley\n\nOutcome 1.1: Clean rivers\n"
    found = sections(tmp_path, text, "plan.md")
    assert [(s.kind, s.parent, len(s.supports)) for s in found] == [("Goal", None, 1), ("Outcome", 0, 2)]


def test_one_numbered_action_under_a_line_that_announces_some(tmp_path: Path) -> None:
    text = "Objective 2.2. Share what we know\n\n   Actions:\n   2.2.1. Open a laboratory for the people of the town.\n"
    found = sections(tmp_path, text)
    assert [(s.kind, s.number, s.parent) for s in found] == [
        ("Objective", "2.2", None),
        ("Action", "2.2.1", 0),
    ]


@pytest.mark.xfail(
    reason="the first bold line is taken for a principle, though with little confidence", strict=True
)
def test_bold_lines_behind_the_list_that_a_heading_announces(tmp_path: Path) -> None:
    text = "## Our principles\n\n- **Children first.** They decide.\n- **Lean by design.** We own little.\n\n"
    text += "**What we heard**\n\nWe asked 4,200 pupils.\n\n**What we did**\n\nWe wrote it down.\n"
    found = sections(tmp_path, text, "plan.md")
    assert [s.title.text for s in found if s.title] == ["Children first", "Lean by design"]


def test_text_behind_a_numbered_label_on_a_line_of_its_own(tmp_path: Path) -> None:
    text = "# Town Plan 2025-2028\n\n## Goal 1\n\nThe town will build schools.\n\n## Goal 2\n\nWe open parks.\n\n"
    text += "Parks are for all.\n"
    assert told(sections(tmp_path, text, "plan.md")) == [
        ("Goal", "1", None, "The town will build schools.", None),
        ("Goal", "2", None, "We open parks.", None),
    ]


def test_a_name_on_its_line_after_a_sentence_on_its_own(tmp_path: Path) -> None:
    text = "Goal 1: Open three centres by 2026.\n\nGoal 2: School\nImprove the buildings for students and teachers.\n"
    assert told(sections(tmp_path, text))[1][2:4] == (
        "School",
        "Improve the buildings for students and teachers.",
    )
