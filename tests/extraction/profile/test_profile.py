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


@pytest.mark.xfail(reason="a range in the past tense is taken for the period", strict=True)
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
        ("Kestrel University: Strategy to 2030\n", "Kestrel University"),
        ("NATIONAL OFFICE FOR HILLS\n\nStrategic Plan 2024-2028\n", "NATIONAL OFFICE FOR HILLS"),
        ("Strategic Plan\n\nThe mission of the Hill Trust (HT) is to keep hills.\n", "Hill Trust"),
        (
            "HTO STRATEGIC PLAN 2024-2027\n\nThe Hill Track Organization keeps tracks.\n",
            "Hill Track Organization",
        ),
        (
            "World Hill Organization (WHO)\nA7/4\n10 April\n\nStrategic Plan 2024-2027\n\nWHO keeps hills.\n",
            "World Hill Organization",
        ),
        ("Climate Plan 2030\n\nThe climate changes.\n", None),
        ("Strategic plan for the Union for 2016-2019\n", None),
        ("Strategic Plan 2024\n\nOur mission is clear.\n", None),
    ],
)
def test_owners(tmp_path: Path, text: str, owner: str | None) -> None:
    found = profile(tmp_path, f"{text}\nGoal 1: Something good\n")
    assert (found.owner.name if found.owner else None) == owner


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (
            "Strategia pluriennale 2026-2030 dell’Agenzia europea per i monti\n\nObiettivo 1: Monti sani\n",
            "Agenzia europea per i monti",
        ),
        (
            "PLAN STRATÉGIQUE DE L'UNION POUR LA PÉRIODE 2026-2029\n\nL’Union internationale des monts (UIM) est forte.\n\nBut 1 : Des monts sains\n",
            "Union internationale des monts",
        ),
    ],
)
def test_owners_in_other_languages(tmp_path: Path, text: str, owner: str) -> None:
    found = profile(tmp_path, text, "plan.md" if text.startswith(("#", "*")) else "plan.txt")
    assert (found.owner.name if found.owner else None) == owner


def test_what_the_fields_at_the_top_say(tmp_path: Path) -> None:
    text = "Piano strategico\n================\n\n:Ente: Comune di Monte\n:Periodo: 2025-2030\n:Versione: 1.2\n\nIl piano del comune è per le persone che vivono nella valle.\n\nObiettivo 1: Strade sicure\n"
    found = profile(tmp_path, text, "plan.rst")
    assert found.owner is not None
    assert (found.owner.name, *years(found)) == ("Comune di Monte", "2025", "2030")


def test_the_title_of_a_chinese_plan_is_no_sentence(tmp_path: Path) -> None:
    found = profile(tmp_path, "国际应急联盟2026-2029年战略规划\n\n目标1：人人平安\n")  # 应 is also a verb
    assert found.title is not None
    assert found.title.value == "国际应急联盟2026-2029年战略规划"


def test_a_period_in_brackets_beside_the_title(tmp_path: Path) -> None:
    found = profile(tmp_path, "# Strategic Plan\n\n(2021-2025)\n\n## Goal 1: Keep hills\n", "plan.md")
    assert years(found) == ("2021", "2025")


def test_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: Plan\norganization: Hill Trust\n---\n\n# Strategic Plan 2024-2027\n\n## Goal 1: Keep hills\n"
    found = profile(tmp_path, text, "plan.md")
    assert found.owner is not None
    assert found.owner.name == "Hill Trust"
    assert found.owner.support is not None


@pytest.mark.xfail(reason="a cited plan's period is taken for the document's", strict=True)
def test_a_text_that_is_no_plan_has_no_period(tmp_path: Path) -> None:
    text = "Report of the seminar\n\nThe National Action Plan 2020-2024 was praised, and so was Resolution 71 (Rev. Dubai, 2018).\n"
    found = profile(tmp_path, text)
    assert (found.owner, found.start) == (None, None)


def test_no_sign_of_rights_is_part_of_an_owner() -> None:
    held_out = Path(__file__).parents[3] / "data" / "gold" / "held-out"
    found = read_plan(held_out / "wizarat-al-thaqafa-nahr-al-rimal-2025-2029.ar.html")[1].profile
    assert found.owner is not None
    assert found.owner.name == "وزارة الثقافة والتراث"
