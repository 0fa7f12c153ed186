"""Title, owner and period: what texts say of a plan as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from strategraph.model import Profile
from strategraph.pipeline import read_plan


def profile(folder: Path, text: str, name: str = "plan.txt") -> Profile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_plan(path)[1].profile


def years(found: Profile) -> tuple[str | None, str | None]:
    start, end = (reading.value if reading else None for reading in (found.start, found.end))
    return start, end


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("Water Board Strategic Plan 2024-2027", "2024", "2027"),
        ("Water Board Strategic Plan for FY 2012–2016", "2012", "2016"),
        ("Water Board Strategic Plan 2022-31", "2022", "2031"),
        ("Water Board Strategic Plan 2024/25–2027/28", "2024", "2028"),
        ("Strategic plan of the Water Board for the six-year period 2018 to 2023", "2018", "2023"),
        ("Water Board 2020 Action Plan", "2020", "2020"),
        ("Water Board Strategy 2030", None, "2030"),
        ("Water Board Strategic Plan", None, None),
    ],
)
def test_periods(tmp_path: Path, title: str, start: str | None, end: str | None) -> None:
    found = profile(tmp_path, f"{title}\n\nGoal 1: Water for everyone\n")
    assert years(found) == (start, end)
    assert found.title is not None
    assert found.title.value == title


def test_a_period_from_a_sentence(tmp_path: Path) -> None:
    text = "Climate Plan 2030\n\nThis plan, which covers 2024 to 2030, is ours.\n\nGoal 1: Warm homes\n"
    assert years(profile(tmp_path, text)) == ("2024", "2030")


def test_years_of_other_things_are_no_period(tmp_path: Path) -> None:
    text = "Digital Strategy\n\nNovember 2012\n\nWe spent 2001-2005 learning.\n\nGoal 1: Services\n"
    assert years(profile(tmp_path, text)) == (None, None)


def test_an_extension_is_kept_apart(tmp_path: Path) -> None:
    text = (
        "Town Programme Strategic Plan 2020-2023\n\nThe Assembly decided that the plan be extended until the year 2025."
        "\n\nGoal 1: Safe towns\n"
    )
    found = profile(tmp_path, text)
    assert years(found) == ("2020", "2023")
    assert len(found.notes) == 1
    assert "2025" in found.notes[0]


def test_a_title_on_two_lines(tmp_path: Path) -> None:
    text = "STRATEGIC PLAN FOR THE ORGANIZATION\nFOR THE PERIOD 2024 TO 2029\n\nGoal 1: Safe ships\n"
    found = profile(tmp_path, text)
    assert found.title is not None
    assert found.title.value == "STRATEGIC PLAN FOR THE ORGANIZATION FOR THE PERIOD 2024 TO 2029"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("FAO Strategic Framework 2022-31\n", "FAO"),
        (
            "The Reading Rooms Strategic Plan 2020-2025\n\nThe Reading Rooms teach. The Reading Rooms lend.\n",
            "The Reading Rooms",
        ),
        ("Kestrel University: Strategy to 2030\n", "Kestrel University"),
        ("NATIONAL OFFICE FOR HILLS\n\nStrategic Plan 2024-2028\n", "NATIONAL OFFICE FOR HILLS"),
        ("Strategic Plan\n\nThe mission of the Hill Trust (HT) is to keep hills.\n", "Hill Trust"),
        (
            "HTO STRATEGIC PLAN 2024-2027\n\nThe Hill Track Organization keeps tracks.\n",
            "Hill Track Organization",
        ),
        ("Plan 2024-2027\n\nThe Assembly of the Hill Union decides as follows.\n", "Hill Union"),
        ("Climate Plan 2030\n\nThe climate changes.\n", None),
        ("Strategic plan for the Union for 2016-2019\n", None),
        ("Strategic Plan 2024\n\nOur mission is clear.\n", None),
    ],
)
def test_owners(tmp_path: Path, text: str, owner: str | None) -> None:
    found = profile(tmp_path, f"{text}\nGoal 1: Something good\n")
    assert (found.owner.name if found.owner else None) == owner


def test_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: Plan\norganization: Hill Trust\n---\n\n# Strategic Plan 2024-2027\n\n## Goal 1: Keep hills\n"
    found = profile(tmp_path, text, "plan.md")
    assert found.owner is not None
    assert found.owner.name == "Hill Trust"
    assert found.owner.support is not None


def test_a_text_that_is_no_plan_has_no_profile(tmp_path: Path) -> None:
    text = "Report of the seminar\n\nThe National Action Plan 2020-2024 was praised, and so was Resolution 71 (Rev. Dubai, 2018).\n"
    found = profile(tmp_path, text)
    assert (found.title, found.owner, found.start) == (None, None, None)


def test_a_cover_in_two_lines_is_one_title(tmp_path: Path) -> None:
    text = "# Federal Data Strategy\n\n# 2021 Action Plan\n\n## Action 1: Gather data\n"
    found = profile(tmp_path, text, "plan.md")
    assert found.title is not None
    assert found.title.value == "Federal Data Strategy 2021 Action Plan"
