"""Parents: by number, by what stands above, by order."""

from __future__ import annotations

import pytest
from tests.understanding.test_units import document

from strategraph.understanding.context import contexts
from strategraph.understanding.drafts import Choice, drafts, levelled
from strategraph.understanding.hierarchy import parents
from strategraph.understanding.units import units


def enclosing(*stated: tuple[str, str, str]) -> list[int | None]:
    """Return the parents of elements, each a kind of block, its text and its class."""
    made = document(*((kind, text) for kind, text, _ in stated))
    found = units(made)
    choices = [Choice(index, kind, 0.9, ((kind, 0.9),)) for index, (_, _, kind) in enumerate(stated) if kind]
    around = contexts(found)
    return parents(found, drafts(found, around, choices), around)


def test_by_number() -> None:
    assert enclosing(
        ("heading", "Goal 1: Grow", "Goal"),
        ("heading", "Goal 2: Share", "Goal"),
        ("heading", "Objective 1.1: Hire", "Objective"),
        ("heading", "Objective 2.1: Teach", "Objective"),
    ) == [None, None, 0, 1]


def test_by_what_stands_above() -> None:
    assert enclosing(
        ("heading", "Growth", "Priority"), ("item", "Hire more.", "Action"), ("item", "Train more.", "Action")
    ) == [None, 0, 0]


def test_by_order_in_one_flow() -> None:
    assert enclosing(
        ("paragraph", "Goal 1: We grow in all regions.", "Goal"), ("paragraph", "Action: We hire.", "Action")
    ) == [None, 0]


def test_visions_and_missions_enclose_nothing_and_stand_at_the_top() -> None:
    assert enclosing(
        ("heading", "A world at peace", "Vision"),
        ("item", "Grow more.", "Goal"),
        ("item", "For all.", "Mission"),
    ) == [None, None, None]


def test_values_are_enclosed_by_values_only() -> None:
    assert enclosing(
        ("heading", "Growth", "Priority"),
        ("item", "Care.", "Value"),
        ("heading", "Care", "Value"),
        ("item", "Ask.", "Value"),
    ) == [None, None, None, 2]


def test_one_word_for_two_levels() -> None:
    made = document(("heading", "Goal 1: Grow"), ("heading", "Goal 1.1: Hire"), ("heading", "Goal 2: Rest"))
    found = units(made)
    choices = [Choice(index, "Goal", 0.9, (("Goal", 0.9),)) for index in range(3)]
    assert [draft.kind for draft in levelled(drafts(found, contexts(found), choices))] == [
        "Goal",
        "Objective",
        "Goal",
    ]


def test_a_heading_that_repeats_a_title_stands_for_it() -> None:
    assert enclosing(
        ("item", "Connect people", "Priority"),
        ("item", "Share wealth", "Priority"),
        ("heading", "Connect people", ""),
        ("paragraph", "It takes many to build one network for all of the people there are.", ""),
        ("item", "Lay cables.", "Action"),
        ("heading", "Share wealth", ""),
        ("paragraph", "It takes many to share what there is with all of those who need it.", ""),
        ("item", "Lend money.", "Action"),
    ) == [None, None, 0, 1]


LABELLED = (
    ("paragraph", "GOAL: We grow in all of the regions and with all of the people.", "Goal"),
    ("heading", "Objectives:", ""),
    ("item", "Hire more.", "Objective"),
    ("heading", "Part two", ""),
    ("paragraph", "GOAL: We share what we have with all of those who need it.", "Goal"),
    ("heading", "Objectives:", ""),
    ("item", "Teach more.", "Objective"),
)


def test_a_label_that_recurs_does_not_end_what_stands_before_it() -> None:
    assert enclosing(*LABELLED) == [None, 0, None, 2]


def test_a_label_that_stands_once_ends_what_stands_before_it() -> None:
    assert enclosing(*LABELLED[:3]) == [None, None]


def test_another_heading_ends_what_stands_before_it() -> None:
    assert (
        enclosing(LABELLED[0], ("heading", "Annex", ""), LABELLED[1], LABELLED[2], *LABELLED[3:])[1] is None
    )


def test_a_plain_line_that_leads_on_does_not_end_what_stands_before_it() -> None:
    goal = ("paragraph", "The goal of the programme is safe water for all who live in the valley.", "Goal")
    item = ("item", "Mend the pipes.", "Objective")
    assert enclosing(goal, ("paragraph", "It has these tasks:", ""), item) == [None, 0]
    assert enclosing(goal, ("paragraph", "What it costs", ""), item) == [None, None]


def test_a_bold_line_stands_beside_what_is_of_its_class() -> None:
    below = ("item", "Teach more people.", "Action")
    assert enclosing(("strong", "Hire more people.", "Action"), below) == [None, None]
    assert enclosing(("heading", "Hire more people", "Action"), below) == [None, 0]


def test_a_list_that_is_over_encloses_nothing() -> None:
    assert enclosing(
        ("paragraph", "Growth for all", "Priority"),
        ("item", "Be the first choice of families.", "Objective"),
        ("item", "Be the first choice of firms.", "Objective"),
        ("paragraph", "How we get there", ""),
        ("item", "Hire more teachers.", "Action"),
        ("item", "Train more nurses.", "Action"),
    ) == [None, 0, 0, 0, 0]


def test_fields_of_a_card_belong_to_what_it_begins_with() -> None:
    def card(number: int) -> tuple[tuple[str, str, str], ...]:
        return (
            ("heading", f"Measure {number}", ""),
            ("heading", "Description", ""),
            ("paragraph", f"The library lends {number} thousand books more.", "Action"),
            ("heading", "Results", ""),
            ("paragraph", f"More than {number} thousand readers come.", "Outcome"),
        )

    assert enclosing(*card(1), *card(2), *card(3)) == [None, 0, None, 2, None, 4]
    assert enclosing(*card(1), *card(2)) == [None] * 4  # what stands twice is no field yet


@pytest.mark.parametrize(
    ("kind", "text", "titled"),
    [
        ("item", "Clean water", True),
        ("item", "Bring clean water to all the villages of the north", False),
        ("heading", "Bring clean water to all the villages of the north", True),
        ("cell", "Bring clean water to all the villages", True),
    ],
)
def test_what_is_too_long_for_a_name_is_a_statement(kind: str, text: str, titled: bool) -> None:
    found = units(document((kind, text)))
    (draft,) = drafts(found, contexts(found), [Choice(0, "Goal", 0.9, (("Goal", 0.9),))])
    said = (draft.title, draft.statement)[not titled]
    assert said is not None
    assert said.text == text
    assert (draft.statement if titled else draft.title) is None
