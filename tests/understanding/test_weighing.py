"""Choices: what is likely enough, siblings of one class, sentences and their paragraphs."""

from __future__ import annotations

from tests.understanding.test_units import document

from strategraph.understanding.units import units
from strategraph.understanding.view import KINDS, view
from strategraph.understanding.weighing import choose

GOAL = [0.9 if kind == "Goal" else 0.01 for kind in KINDS]
ACTION = [0.6 if kind == "Action" else 0.01 for kind in KINDS]


def test_siblings_share_a_class() -> None:
    made = document(("heading", "Plan"), ("item", "Grow more."), ("item", "Share more."), ("item", "Rest."))
    seen = view(made, units(made))
    found = choose(seen, [0.1, 0.9, 0.8, 0.2], {1: GOAL, 2: ACTION})
    assert [(choice.unit, choice.kind) for choice in found] == [(1, "Goal"), (2, "Goal")]
    assert found[0].classes[0][0] == "Goal"


def test_a_label_of_its_own_decides_for_a_sibling() -> None:
    made = document(("heading", "Plan"), ("item", "Grow more."), ("item", "Action 1: Share more."))
    seen = view(made, units(made))
    found = choose(seen, [0.1, 0.9, 0.8], {1: GOAL, 2: ACTION})
    assert [choice.kind for choice in found][1] == "Action"


def test_of_a_sentence_and_its_paragraph_the_likelier_is_chosen() -> None:
    made = document(("paragraph", "We began in 1990. Our mission is to bring water to all."))
    seen = view(made, units(made))
    assert [unit.kind for unit in seen.units] == ["paragraph", "sentence"]
    assert [c.unit for c in choose(seen, [0.5, 0.9], {0: GOAL, 1: GOAL})] == [1]
    assert [c.unit for c in choose(seen, [0.9, 0.5], {0: GOAL, 1: GOAL})] == [0]
    assert [c.unit for c in choose(seen, [0.5, 0.5], {0: GOAL, 1: GOAL})] == [0]


def test_somebody_elses_goals_are_never_chosen() -> None:
    made = document(("item", "SDG 5: Gender equality"), ("item", "Goal 5: Gender equality in our teams"))
    seen = view(made, units(made))
    assert [c.unit for c in choose(seen, [0.9, 0.9], {0: GOAL, 1: GOAL})] == [1]


def test_where_nothing_is_likely_nothing_is_chosen() -> None:
    made = document(("item", "Grow more."), ("item", "Share more."))
    seen = view(made, units(made))
    doubtful = {0: ACTION, 1: ACTION}
    assert len(choose(seen, [0.3, 0.3], doubtful)) == 2
    assert choose(seen, [0.19, 0.19], doubtful) == []


THEME = [0.5 if kind == "Action" else 0.4 if kind == "Priority" else 0.01 for kind in KINDS]
PLAN = (
    ("heading", "Schools"), ("item", "Build two."), ("item", "Hire ten."),
    ("heading", "Roads"), ("item", "Mend them."), ("item", "Clear them."),
    ("heading", "Parks"), ("item", "Open one."), ("item", "Plant trees."),
)  # fmt: skip
HEADS = (0, 3, 6)


def _sections(chance: float, *plan: tuple[str, str], classes: list[float] = ACTION) -> dict[int, str]:
    """Return the class of each heading that is chosen, where its items surely are of a class."""
    made = document(*plan)
    seen = view(made, units(made))
    kinds = [unit.kind for unit in seen.units]
    elements = [0.9 if kind == "item" else chance for kind in kinds]
    odds = {at: classes if kind == "item" else THEME for at, kind in enumerate(kinds)}
    found = choose(seen, elements, odds)
    assert all(c.encloses == (kinds[c.unit] == "heading") for c in found)
    return {c.unit: c.kind for c in found if c.encloses}


def test_a_heading_above_actions_is_a_theme() -> None:
    alone = (("heading", "Our town"), *PLAN[:3])
    assert _sections(0.25, *alone) == {1: "Priority"}
    assert _sections(0.15, *alone) == {}
    assert _sections(0.25, *alone, classes=GOAL) == {}
    assert _sections(0.25, *alone[:3]) == {}  # one item is no list


def test_a_heading_in_a_row_of_such_headings_needs_little_more() -> None:
    assert _sections(0.06, *PLAN) == dict.fromkeys(HEADS, "Priority")
    assert _sections(0.04, *PLAN) == {}
    assert _sections(0.06, *PLAN, ("heading", "Contact"), ("heading", "Press")) == {}


def test_what_leads_on_or_is_printed_again_names_no_theme() -> None:
    assert _sections(0.25, ("heading", "We will:"), *PLAN[1:3]) == {}
    assert _sections(0.25, *PLAN[:3], *PLAN[:3]) == {}
