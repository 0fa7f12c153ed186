"""Scores of plans against gold: optional elements, parents, fields, faults, and what holds of any gold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.builders import TEN, goal, plan_of

from strategraph.evaluation import Scores, score, total
from strategraph.evaluation.gold import (
    ELEMENT_TYPES,
    INSTRUMENT_TYPES,
    RELATIONS,
    Gold,
    GoldElement,
    GoldGroup,
    GoldInstrument,
    GoldPlan,
)
from strategraph.evaluation.scores import Share, Tally
from strategraph.model import Element, Link, Organization, OwnerReading, Plan, Reading, Span, Support

from .builders import PLAN, instrument, iri, perfect_plan

# --------------------------------------------------------------------------------------------------
# Optional and unannotated elements


def test_optional_elements_are_neither_hit_nor_miss() -> None:
    gold = Gold("plan.txt", elements=(goal("g", "north"), goal("h", "south")), optional=frozenset({"h"}))
    assert score(plan_of(goal("p", "north"), goal("q", "south")), gold).all_elements == Tally(1, 1, 1)
    assert score(plan_of(goal("p", "north")), gold).all_elements == Tally(1, 1, 1)
    assert score(plan_of(goal("p", "north"), goal("r", "east")), gold).all_elements == Tally(1, 2, 1)


def test_required_elements_choose_first() -> None:
    gold = Gold("plan.txt", elements=(goal("h", TEN), goal("g", TEN + " x")), optional=frozenset({"h"}))
    assert score(plan_of(goal("p", TEN)), gold).all_elements == Tally(1, 1, 1)


def test_an_optional_element_read_as_another_type_is_no_false_hit() -> None:
    gold = Gold("plan.txt", elements=(goal("g", "north"), goal("h", "south")), optional=frozenset({"h"}))
    plan = plan_of(goal("p", "north"), goal("q", "south", type="Action"), goal("r", "north", type="Action"))
    assert score(plan, gold).all_elements == Tally(1, 2, 1)


def test_what_stands_below_an_optional_element_counts_unless_it_is_optional_itself() -> None:
    gold = Gold(
        "plan.txt",
        elements=(
            goal("p", "coast", type="Priority"),
            goal("g", "north", parent="p"),
            goal("o", "build", type="Objective", parent="g"),
            goal("i", "length", type="Indicator", parent="o"),
        ),
        optional=frozenset({"g", "i"}),
    )
    coast = goal("p", "coast", type="Priority")
    above = goal("g", "north", type="Priority", parent="p")  # optional, and of another type
    below = goal("o", "build", type="Objective", parent="g")
    invented = goal("x", "elsewhere", type="Action", parent="g")
    scores = score(plan_of(coast, above, below, invented), gold)
    assert scores.elements == {
        "Priority": Tally(1, 1, 1),
        "Objective": Tally(1, 1, 1),
        "Action": Tally(0, 1, 0),
    }
    assert scores.parents == Share(2, 2)
    assert score(plan_of(coast, replace(below, parent="p")), gold).parents == Share(2, 2)
    assert score(plan_of(coast, replace(below, parent=None)), gold).parents == Share(1, 2)


def test_groups_and_citations_of_optional_elements_are_left_out_on_both_sides() -> None:
    text = "young people; Accord"
    gold = Gold(
        "plan.txt",
        elements=(goal("g", "north"), goal("o", "build", type="Objective", parent="g")),
        groups=(GoldGroup("youth", "g"), GoldGroup("girls", "o")),
        instruments=(GoldInstrument("Pact", "Treaty", element="g"),),
        optional=frozenset({"g"}),
    )
    accord = replace(instrument(GoldInstrument("Accord", "Treaty"), "accord"))
    plan = plan_of(
        goal("g", "north", type="Priority"),
        links=(
            Link(iri("g"), "addresses", "group", (Support(Span(0, 12), "test"),)),
            Link(iri("g"), "cites", "accord", (Support(Span(14, 20), "test"),)),
        ),
        text=text,
    )
    scores = score(replace(plan, instruments=(accord,)), gold)
    assert scores.elements == {"Objective": Tally(0, 0, 1)}
    assert scores.groups == scores.groups_lenient == Tally(0, 0, 1)
    assert scores.instruments == Tally()
    cited_by_plan = (*plan.links, Link(PLAN, "cites", "accord", (Support(Span(14, 20), "test"),)))
    scores = score(replace(plan, instruments=(accord,), links=cited_by_plan), gold)
    assert scores.instruments == Tally(0, 1, 0)


def test_optional_instruments_absorb_what_was_found() -> None:
    gold = Gold(
        "plan.txt",
        elements=(goal("g", "north"),),
        instruments=(GoldInstrument("Pact of Norr", "Treaty", element="g"),),
        optional=frozenset({"g"}),
    )
    plan = perfect_plan(replace(gold, instruments=(replace(gold.instruments[0], element=None),)))
    assert score(plan, gold).instruments == Tally()


def test_types_that_are_not_annotated_are_left_out() -> None:
    gold = Gold("plan.txt", elements=(goal("g", "north"),), not_annotated=frozenset({"Output"}))
    plan = plan_of(
        goal("p", "north"),
        goal("q", "a bridge", type="Output", parent="p"),
        links=(Link(iri("q"), "addresses", "group", (Support(Span(0, 5), "test"),)),),
        text="youth",
    )
    scores = score(plan, gold)
    assert scores.all_elements == Tally(1, 1, 1)
    assert scores.groups == Tally()


def test_parents_are_looked_for_beyond_types_that_are_not_annotated() -> None:
    gold = Gold(
        "plan.txt",
        elements=(goal("g", "north"), goal("t", "by 2030", type="Target", parent="g")),
        not_annotated=frozenset({"Outcome"}),
    )
    plan = plan_of(
        goal("g", "north"),
        goal("o", "anything", type="Outcome", parent="g"),
        goal("t", "by 2030", type="Target", parent="o"),
    )
    assert score(plan, gold).parents == Share(2, 2)


# --------------------------------------------------------------------------------------------------
# Parents

FAMILY = (goal("g", "north"), goal("h", "south"), goal("o", "build", type="Objective", parent="g"))


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        (FAMILY, 3),
        ((*FAMILY[:2], replace(FAMILY[2], parent="h")), 2),
        ((*FAMILY[:2], replace(FAMILY[2], parent=None)), 2),
        ((replace(FAMILY[0], parent="h"), *FAMILY[1:]), 2),  # the gold has it at the top
        ((replace(FAMILY[0], statement="unlike"), *FAMILY[1:]), 1),  # its parent matches nothing
    ],
)
def test_parents_are_right_when_their_match_is_the_gold_parent(
    predicted: tuple[GoldElement, ...], right: int
) -> None:
    matched = 2 if predicted[0].statement == "unlike" else 3
    assert score(plan_of(*predicted), Gold("plan.txt", elements=FAMILY)).parents == Share(right, matched)


# --------------------------------------------------------------------------------------------------
# The plan's fields

FIELDS = Gold("plan.txt", plan=GoldPlan("Plan for the Union", "ITU", 2024, None))


def profile(plan: Plan, **changes: object) -> Plan:
    return replace(plan, profile=replace(plan.profile, **changes))  # type: ignore[arg-type]


def test_fields_count_each_and_saying_nothing_agrees_with_nothing() -> None:
    plan = perfect_plan(FIELDS)
    assert score(plan, FIELDS).fields == Share(4, 4)
    assert score(profile(plan, title=Reading("PLAN for the  union")), FIELDS).fields == Share(4, 4)
    assert score(profile(plan, title=Reading("Plan")), FIELDS).fields == Share(3, 4)
    assert score(profile(plan, title=None), FIELDS).fields == Share(3, 4)
    assert score(profile(plan, end=Reading("2027")), FIELDS).fields == Share(3, 4)
    assert score(profile(plan, start=Reading("2023")), FIELDS).fields == Share(3, 4)


def test_the_owner_may_have_other_names() -> None:
    plan = replace(perfect_plan(FIELDS), organizations=(Organization("owner", "Union", ("ITU",)),))
    assert score(plan, FIELDS).fields == Share(4, 4)
    assert score(replace(plan, organizations=(Organization("owner", "Union"),)), FIELDS).fields == Share(3, 4)


@pytest.mark.parametrize("owner", [OwnerReading("ITU"), OwnerReading("Union", other="ITU")])
def test_the_owner_may_be_known_from_the_profile_only(owner: OwnerReading) -> None:
    plan = replace(profile(perfect_plan(FIELDS), owner=owner), organizations=(), links=())
    assert score(plan, FIELDS).fields == Share(4, 4)


@pytest.mark.parametrize(("language", "right"), [("en", 5), ("en-GB", 5), ("fr", 4), ("und", 4)])
def test_the_language_counts_where_the_gold_gives_it(language: str, right: int) -> None:
    gold = replace(FIELDS, language="en")
    assert score(profile(perfect_plan(gold), language=language), gold).fields == Share(right, 5)


# --------------------------------------------------------------------------------------------------
# Faults


def test_faults_say_what_and_where() -> None:
    text = "Plan\n\nGoal 1: north\nGoal 9: nothing of ours\n**Goal 2**: *south* for youth\nResolution 5\n"
    gold = Gold(
        "plan.txt",
        elements=(goal("g", "north", number="1"), goal("h", "south for youth", number="2")),
        groups=(GoldGroup("youth", "h"), GoldGroup("all children", "g")),
        instruments=(GoldInstrument("Resolution 5", "Resolution", "5", relation="adoptedBy"),),
        plan=GoldPlan(title="Plan"),
    )
    links = (
        Link(PLAN, "hasGoal", iri("g"), (Support(Span(6, 19), "test"),)),
        Link(PLAN, "hasGoal", iri("x"), (Support(Span(20, 43), "test"),)),
        Link(iri("g"), "addresses", "group", (Support(Span(14, 19), "test"),)),
    )
    plan = plan_of(
        goal("g", "north", number="1", parent="x"),
        goal("x", "nothing of ours", number="9"),
        links=links,
        text=text,
    )
    faults = [(f.kind, f.what, f.text, f.line, f.note) for f in score(plan, gold).faults]
    assert faults == [
        ("missed", "plan title", "Plan", None, ""),
        ("missed", "Goal 2", "south for youth", 5, ""),
        ("false hit", "Goal 9", "nothing of ours", 4, ""),
        ("wrong", "parent of Goal 1", "north", 3, "under Goal 9, not the plan"),
        ("missed", "target group", "youth", 5, "in h"),
        ("missed", "target group", "all children", None, "in g"),
        ("false hit", "target group", "north", 3, ""),
        ("missed", "Resolution", "Resolution 5", 6, "5"),
        ("missed", "adoption", "Resolution 5", 6, ""),
    ]


def test_long_texts_are_quoted_from_their_beginning() -> None:
    gold = Gold("plan.txt", elements=(goal("g", TEN * 5),))
    (fault,) = score(plan_of(), gold).faults
    assert fault.text.startswith("one two")
    assert fault.text.endswith("…")
    assert len(fault.text) <= 70


# --------------------------------------------------------------------------------------------------
# Undefined scores, totals, and gold as its own prediction


def test_nothing_expected_and_nothing_found_is_undefined_not_perfect() -> None:
    scores = score(plan_of(), Gold("plan.txt"))
    assert (scores.all_elements.precision, scores.all_elements.recall, scores.all_elements.f1) == (
        None,
        None,
        None,
    )
    assert scores.parents.accuracy is None
    assert Tally(0, 3, 0).f1 == Tally(0, 0, 3).f1 == 0.0


def test_totals_are_sums_over_documents() -> None:
    first = Scores(elements={"Goal": Tally(1, 2, 3)}, parents=Share(1, 2), fields=Share(4, 4))
    second = Scores(elements={"Vision": Tally(1, 1, 1), "Goal": Tally(2, 2, 2)}, groups=Tally(1, 2, 2))
    both = total([first, second])
    assert both.elements == {"Vision": Tally(1, 1, 1), "Goal": Tally(3, 4, 5)}
    assert list(both.elements) == ["Vision", "Goal"]
    assert (both.parents, both.groups, both.fields) == (Share(1, 2), Tally(1, 2, 2), Share(4, 4))
    assert total([]) == Scores()


TEXT = st.lists(st.sampled_from(TEN.split()), min_size=1, max_size=6).map(" ".join)


@st.composite
def golds(draw: st.DrawFn) -> Gold:
    """Draw gold in which every element has words of its own."""
    elements: list[GoldElement] = []
    for number in range(draw(st.integers(0, 6))):
        own = f"e{number} " * 10
        parents = [None, *(e.id for e in elements)]
        elements.append(
            GoldElement(
                id=f"id-{number}",
                type=draw(st.sampled_from(ELEMENT_TYPES)),
                number=draw(st.none() | st.just(str(number))),
                title=draw(st.none() | TEXT),
                statement=own + draw(TEXT),
                parent=draw(st.sampled_from(parents)),
            )
        )
    ids = [e.id for e in elements]
    groups = draw(st.lists(st.builds(GoldGroup, TEXT, st.sampled_from(ids)), max_size=6)) if ids else []
    instruments = [
        GoldInstrument(
            surface=f"Pact {number}",
            type=draw(st.sampled_from(INSTRUMENT_TYPES)),
            number=draw(st.none() | st.just(str(number))),
            relation=draw(st.sampled_from(RELATIONS)),
            element=draw(st.none() | st.sampled_from(ids)) if ids else None,
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return Gold(
        document="plan.txt",
        language=draw(st.none() | st.just("en")),
        plan=GoldPlan(draw(st.none() | TEXT), draw(st.none() | TEXT), draw(st.none() | st.just(2024)), None),
        elements=tuple(elements),
        groups=tuple(groups),
        instruments=tuple(instruments),
        optional=frozenset(draw(st.sets(st.sampled_from(ids)))) if ids else frozenset(),
    )


def rates(scores: Scores) -> list[float | None]:
    tallies = (
        *scores.elements.values(),
        scores.groups,
        scores.groups_lenient,
        scores.instruments,
        scores.adoption,
    )
    values = [rate for tally in tallies for rate in (tally.precision, tally.recall, tally.f1)]
    return [*values, scores.parents.accuracy, scores.fields.accuracy]


@given(golds())
def test_gold_as_its_own_prediction_is_perfect(gold: Gold) -> None:
    scores = score(perfect_plan(gold), gold)
    assert set(rates(scores)) <= {1.0, None}
    assert scores.faults == ()


@given(golds(), st.data())
def test_leaving_out_a_required_element_lowers_recall(gold: Gold, data: st.DataObject) -> None:
    gold = replace(gold, optional=frozenset())
    if not gold.elements:
        return
    gone = data.draw(st.sampled_from(gold.elements))
    plan = perfect_plan(gold)
    left: tuple[Element, ...] = tuple(e for e in plan.elements if e.iri != iri(gone.id))
    tally = score(replace(plan, elements=left), gold).elements[gone.type]
    assert tally.hits == tally.expected - 1


@given(golds())
def test_numbers_of_faults_and_counts_agree(gold: Gold) -> None:
    scores = score(plan_of(), gold)
    missed = [fault for fault in scores.faults if fault.what.split()[0] in ELEMENT_TYPES]
    assert len(missed) == scores.all_elements.expected
    assert scores.all_elements.hits == 0
