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
