"""What a build tells people stays in order and in line, whatever the script."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.cli.summary import summarise
from strategraph.pipeline import read_plan


def told(folder: Path, text: str) -> list[str]:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return list(summarise(read_plan(path)[1]))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "Strategic Plan 2025-2029\n\nGoal 1: Reach\nWe will reach women and people in our valley.\n",
            "women",
        ),
        ("2025—2029年战略规划\n\n目标1：服务\n为农民和读者提供服务，让他们都能读书。\n", "读者"),
    ],
)
def test_names_of_other_scripts_need_no_mark(tmp_path: Path, text: str, group: str) -> None:
    lines = told(tmp_path, text)
    assert any(group in line for line in lines)
    assert "\u200e" not in "".join(lines)


def test_names_from_right_to_left_keep_their_place_in_a_list(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        "الخطة الاستراتيجية 2025-2029\n\nالهدف 1: الخدمة\n"
        "توفير الخدمات لجميع المزارعين في الوديان البعيدة، ودعم القراء الصغار في المكتبات.\n",
    )
    listed = [
        line for line in lines if line.startswith("      ") and any("\u0600" < c < "\u06ff" for c in line)
    ]
    assert listed
    for line in listed:
        for name in line.rstrip(",").split(", "):
            assert name.isascii() or name.endswith("\u200e")


def test_wide_characters_wrap_by_the_columns_they_take(tmp_path: Path) -> None:
    from unicodedata import east_asian_width

    names = "、".join(
        f"{place}村农民" for place in ("东山", "西山", "南山", "北山", "青河", "白河", "黑河", "红河")
    )
    lines = told(tmp_path, f"2025—2029年战略规划\n\n目标1：服务\n为{names}提供服务，让他们都能读书。\n")
    for line in lines:
        if line.startswith("      "):
            assert sum(2 if east_asian_width(character) in "WF" else 1 for character in line) <= 100


def test_groups_that_a_plan_is_not_for_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    plan = read_plan(path)[1]
    lines = list(summarise(plan))
    named = {
        link.object for link in plan.links if link.predicate in ("addresses", "involves", "mentionsGroup")
    }
    (counted,) = [line.split(maxsplit=2) for line in lines if "TargetGroup" in line]
    assert int(counted[1]) == len(named)
    assert "involved" in counted[2]
    assert sum(int(part.split()[0]) for part in counted[2].split(", ")) == len(named)


PLAN = """Otter Trust Strategic Plan 2025-2029

Goal 1: Clean rivers
Otter Trust will clean rivers for children, in partnership with farmers.
"""
