"""The reader's own sections and a model's, made one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.curation.builders import proposed, section

from strategraph.curation import Placed, join_sections
from strategraph.curation.placing import PROPOSAL
from strategraph.curation.quotations import Quotations
from strategraph.model import Document, Section, Support


def told(sections: tuple[Section, ...]) -> list[tuple[str, str, float, str]]:
    return [
        (one.kind, one.title.text, one.supports[0].confidence, one.supports[0].rule)
        for one in sections
        if one.title
    ]


def test_what_both_say_is_surer_and_stays_as_the_reader_has_it(plan: Document) -> None:
    own = section(plan, "Goal", "Clean water", sure=0.8, number="1")
    joined = join_sections([own], Placed((proposed(plan, "Goal", "Clean water"),)), plan)
    (found,) = joined.sections
    assert found == replace(own, supports=(Support(own.supports[0].span, "test", 0.98),))
    assert joined.notes == ()


def test_of_two_kinds_the_model_s_stands(plan: Document) -> None:
    own = section(plan, "Objective", "Clean water", sure=0.8)
    joined = join_sections([own], Placed((proposed(plan, "Goal", "Clean water"),)), plan)
    assert told(joined.sections) == [("Goal", "Clean water", PROPOSAL, "proposed")]
    assert joined.notes == (
        "line 7, “Clean water”: Objective by the reader, Goal by the model, which stands",
    )


def test_what_only_one_of_them_says(plan: Document) -> None:
    own = section(plan, "Value", "Everyone walks safely.", sure=0.95)
    joined = join_sections([own], Placed((proposed(plan, "Goal", "Clean water"),)), plan)
    assert told(joined.sections) == [("Goal", "Clean water", PROPOSAL, "proposed")]
    assert joined.notes == (
        "line 14, “Everyone walks safely.”: only the reader found a Value here; it was left out",
    )


@pytest.mark.parametrize(
    ("rule", "sure", "number", "stands"),
    [
        ("heading:labelled", 0.95, "2", True),
        ("heading:labelled", 0.9, "2", False),
        ("heading:learnt", 0.95, "2", False),
        ("heading:labelled", 0.95, "1", False),  # of which the model has said where it is
    ],
)
def test_what_the_text_labels_stands_though_the_model_omits_it(
    plan: Document, rule: str, sure: float, number: str, stands: bool
) -> None:
    own = section(plan, "Goal", "Everyone walks safely.", sure=sure, rule=rule, number=number)
    theirs = proposed(plan, "Goal", "Clean water", number="1")
    joined = join_sections([own], Placed((theirs,)), plan)
    assert joined.whole
    assert (own in joined.sections) is stands
    assert bool(joined.notes) is not stands


def test_a_model_that_passes_over_most_has_not_read_the_plan(plan: Document) -> None:
    own = [
        section(plan, "Goal", words, sure=sure)
        for words, sure in (
            ("Clean water", 0.95),
            ("Safe", 0.95),
            ("Everyone", 0.9),
            ("planks", 0.9),
            ("bay", 0.5),
        )
    ]
    joined = join_sections(own, Placed((proposed(plan, "Goal", "Clean water"),)), plan)
    assert not joined.whole
    assert [title for _, title, _, _ in told(joined.sections)] == [
        "Clean water",
        "bay",
        "Safe",
        "Everyone",
        "planks",
    ]


def test_what_the_reader_is_unsure_of_says_little_of_the_model(plan: Document) -> None:
    words = ("Clean water", "Safe", "Everyone", "planks", "bay", "right", "girls")
    own = [section(plan, "Goal", one, sure=0.95 if n < 3 else 0.5) for n, one in enumerate(words)]
    theirs = [proposed(plan, "Goal", one) for one in words]
    assert join_sections(own, Placed(tuple(theirs[:3])), plan).whole
    assert not join_sections(own, Placed(tuple(theirs[4:])), plan).whole


def test_children_of_what_does_not_stand_go_up(plan: Document) -> None:
    own = [
        section(plan, "Goal", "Clean water", sure=0.9),
        section(plan, "Outcome", "Everyone walks safely.", sure=0.5, parent=0),
        section(plan, "Action", "planks", sure=0.9, parent=1),
        *(section(plan, "Action", words, sure=0.9) for words in ("Safe", "Mend", "right", "girls")),
    ]
    others = proposed(plan, "Goal", "Clean water"), proposed(plan, "Target", "walks")
    joined = join_sections(own, Placed(others), plan)
    action = next(one for one in joined.sections if one.title and one.title.text == "planks")
    assert action.parent is not None
    assert joined.sections[action.parent].kind == "Goal"


def test_a_section_that_the_model_has_taken_apart_does_not_stand(plan: Document) -> None:
    whole = section(plan, "Goal", "Everyone walks safely.", sure=0.95)
    others = [section(plan, "Goal", words, sure=0.95) for words in ("Clean water", "planks", "Mend", "bay")]
    joined = join_sections([whole, *others], Placed((proposed(plan, "Action", "walks"),)), plan)
    assert not joined.whole
    assert "Everyone walks safely." not in [title for _, title, _, _ in told(joined.sections)]


def test_the_same_words_at_another_place_are_the_same_element(plan: Document) -> None:
    own = section(plan, "Goal", "Clean water", sure=0.9)
    later = Quotations(plan).place("Clean water", block=10).passage
    other = Section("Goal", None, later, None, None, (Support(later.span(), "proposed", PROPOSAL),))
    joined = join_sections([own], Placed((other,)), plan)
    (found,) = joined.sections
    assert [support.rule for support in found.supports] == ["test", "proposed"]


def test_nothing_proposed_changes_nothing(plan: Document) -> None:
    own = (section(plan, "Goal", "Clean water", sure=0.5),)
    assert join_sections(own, Placed(), plan).sections == own
