"""IRIs and labels of what a plan is made of."""

from __future__ import annotations

from pathlib import Path

from strategraph.model import Plan
from strategraph.model.text import whole_words
from strategraph.pipeline import read_plan


def plan_of(folder: Path, text: str, name: str = "plan.txt") -> Plan:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_plan(path)[1]


def local(plan: Plan) -> list[str]:
    return [element.iri.removeprefix(plan.iri) for element in plan.elements if element.verb is None]


def test_nested_iris(tmp_path: Path) -> None:
    text = "Water Agency Strategic Plan 2025-2028\n\nVision: A world with water.\n\nGoal 1: Wells\n\nObjective 1.2\nDig ten wells\n"
    assert local(plan_of(tmp_path, text)) == ["/vision", "/goal/1", "/goal/1/objective/1.2"]


def test_positions_where_no_number_is_printed(tmp_path: Path) -> None:
    text = "Our goals are:\n\n- Dig wells in the hills.\n- Clean the rivers of the plain.\n"
    assert local(plan_of(tmp_path, text)) == ["/goal/1", "/goal/2"]


def test_a_repeated_number(tmp_path: Path) -> None:
    text = "Goal 1: Water for every village\n\nGoal 1: Schools in all towns\n"
    assert local(plan_of(tmp_path, text)) == ["/goal/1", "/goal/1-2"]


def test_plan_slugs(tmp_path: Path) -> None:
    known = plan_of(tmp_path, "FAO Strategic Plan 2022-2025\n\nGoal 1: Food for everyone\n")
    assert known.iri.endswith("/plan/fao-strategic-plan-2022-2025")
    unsure = plan_of(tmp_path, "Strategic Plan\n\nGoal 1: Food for everyone\n")
    assert unsure.iri.endswith(f"/plan/strategic-plan-{unsure.source.sha256[:8]}")


def test_an_owner_only_this_plan_knows_stands_under_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Ministry of Health Strategic Plan 2022-2025\n\nGoal 1: Health\n")
    (owner,) = plan.organizations
    assert owner.label == "Ministry of Health"
    assert owner.iri == f"{plan.iri}/organization/ministry-of-health"


def test_a_goal_in_the_title_of_another_language_stays_apart(tmp_path: Path) -> None:
    first = plan_of(tmp_path, "Goal 1: 水\n")
    second = plan_of(tmp_path, "Goal 1: 火\n")
    assert first.iri != second.iri


def test_a_number_without_a_title_is_called_by_what_it_states(tmp_path: Path) -> None:
    text = (
        "Town Plan 2025-2028\n\nGoal 1\n\nThe town will dig wells for all families who live in the hills, and "
        "clean the rivers of the plain.\n\nMission: To serve all who live here.\n"
    )
    plan = plan_of(tmp_path, text)
    labels = [element.label for element in plan.elements if element.verb is None]
    assert labels == [
        "Goal 1: The town will dig wells for all families who live in the hills, and…",
        "Mission",
    ]


def test_labels_are_cut_at_a_word() -> None:
    assert whole_words("short") == "short"
    cut = whole_words("a long label of many words " * 10)
    assert len(cut) <= 80
    assert cut.endswith("…")
    assert len(whole_words("x" * 200)) == 80


def test_a_theme_of_how_an_owner_works_leads_to_no_goal(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "Goal 1: Transparency of our budgets\n\nGoal 2: Clean water\n")
    told = {(link.subject.rpartition("/")[2], link.predicate) for link in plan.links}
    assert {("1", "concerns"), ("2", "concerns"), ("2", "contributesTo")} <= told
    assert ("1", "contributesTo") not in told
