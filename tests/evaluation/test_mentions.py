"""Groups and instruments: pairs of what was found with what the gold has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.evaluation.builders import goal

from strategraph.evaluation import score
from strategraph.evaluation.gold import Gold, GoldGroup, GoldInstrument
from strategraph.evaluation.scores import Tally
from strategraph.model import Plan

from .builders import element, instrument, iri, perfect_plan

GROUPS = Gold(
    "plan.txt",
    elements=(goal("g", "north"), goal("h", "south")),
    groups=(GoldGroup("women and girls", "g"), GoldGroup("youth", "h")),
)


def with_groups(*mentions: tuple[str, str]) -> Plan:
    """Return the plan of GROUPS that reads these words on these elements as groups."""
    return perfect_plan(replace(GROUPS, groups=tuple(GoldGroup(*mention) for mention in mentions)))


@pytest.mark.parametrize(
    ("mentions", "strict", "lenient"),
    [
        ([("women and girls", "g"), ("youth", "h")], Tally(2, 2, 2), Tally(2, 2, 2)),
        ([("Women  and girls,", "g")], Tally(1, 1, 2), Tally(1, 1, 2)),
        ([("girls", "g"), ("youth", "h")], Tally(1, 2, 2), Tally(2, 2, 2)),
        ([("all women and girls", "g")], Tally(0, 1, 2), Tally(1, 1, 2)),
        ([("women", "g"), ("girls", "g")], Tally(0, 2, 2), Tally(1, 2, 2)),  # one to one
        ([("girls", "g"), ("women and girls", "g")], Tally(1, 2, 2), Tally(1, 2, 2)),  # the equal one first
        ([("women girls", "g")], Tally(0, 1, 2), Tally(0, 1, 2)),  # not in a row
        ([("youth", "g")], Tally(0, 1, 2), Tally(0, 1, 2)),  # said elsewhere
        ([("youth", "h"), ("Youth", "h")], Tally(1, 1, 2), Tally(1, 1, 2)),  # counted once
        ([], Tally(0, 0, 2), Tally(0, 0, 2)),
    ],
)
def test_groups_by_words_and_element(mentions: list[tuple[str, str]], strict: Tally, lenient: Tally) -> None:
    scores = score(with_groups(*mentions), GROUPS)
    assert (scores.groups, scores.groups_lenient) == (strict, lenient)


def test_one_entry_of_the_gold_for_one_wording_on_one_element() -> None:
    repeated = replace(GROUPS, groups=(*GROUPS.groups, GoldGroup("Youth", "h")))
    assert score(perfect_plan(GROUPS), repeated).groups == Tally(2, 2, 2)


def test_groups_on_invented_elements_are_false_hits_and_on_commitments_ignored() -> None:
    plan = with_groups(("women and girls", "g"), ("youth", "h"))
    elements = (
        *plan.elements,
        element(goal("x", "invented")),
        element(goal("c", "close", type="Commitment")),
    )
    links = (*plan.links, *(replace(plan.links[-1], subject=iri(name)) for name in ("x", "c")))
    scores = score(replace(plan, elements=elements, links=links), GROUPS)
    assert scores.groups == Tally(2, 3, 2)


DUBAI = GoldInstrument("Resolution 71 (Rev. Dubai, 2018)", "Resolution", "71", "Dubai", 2018, "adoptedBy")
ACT = GoldInstrument("Communications Act of 1934", "Legislation")


@pytest.mark.parametrize(
    ("expected", "found", "hits"),
    [
        (DUBAI, replace(DUBAI, surface="RÉSOLUTION 71 (RÉV. DUBAÏ, 2018)", revision_place="DUBAÏ"), 1),
        (DUBAI, replace(DUBAI, type="Decision"), 0),
        (DUBAI, replace(DUBAI, number="72"), 0),
        (DUBAI, replace(DUBAI, revision_place="Dublin"), 0),
        (DUBAI, replace(DUBAI, revision_place=None), 0),
        (DUBAI, replace(DUBAI, revision_year=2014), 0),
        (DUBAI, replace(DUBAI, number=None), 0),
        (replace(DUBAI, number="A.1173(33)"), replace(DUBAI, number="A .1173 (33)"), 1),
        (ACT, replace(ACT, surface="the Communications Act of 1934, as amended"), 1),
        (ACT, replace(ACT, surface="Communications Act"), 1),
        (ACT, replace(ACT, surface="Telegraph Act of 1934"), 0),
        (ACT, replace(ACT, number="416"), 0),
    ],
)
def test_instruments_by_type_number_or_name_and_revision(
    expected: GoldInstrument, found: GoldInstrument, hits: int
) -> None:
    scores = score(
        perfect_plan(Gold("plan.txt", instruments=(found,))), Gold("plan.txt", instruments=(expected,))
    )
    assert scores.instruments == Tally(hits, 1, 1)


def test_the_nearest_name_is_taken() -> None:
    gold = Gold(
        "plan.txt",
        instruments=(GoldInstrument("Act", "Legislation"), GoldInstrument("Evidence Act", "Legislation")),
    )
    found = Gold("plan.txt", instruments=(GoldInstrument("Evidence Act", "Legislation"),))
    scores = score(perfect_plan(found), gold)
    assert scores.instruments == Tally(1, 1, 2)
    assert [fault.text for fault in scores.faults] == ["Act"]


def test_only_what_is_cited_counts_not_the_base_of_a_revision() -> None:
    gold = Gold("plan.txt", instruments=(DUBAI,))
    plan = perfect_plan(gold)
    base = instrument(GoldInstrument("Resolution 71", "Resolution", "71"), "base")
    assert score(replace(plan, instruments=(*plan.instruments, base)), gold).instruments == Tally(1, 1, 1)


@pytest.mark.parametrize(
    ("expected", "found", "adoption"),
    [
        ("adoptedBy", "adoptedBy", Tally(1, 1, 1)),
        ("adoptedBy", "cites", Tally(0, 0, 1)),
        ("cites", "adoptedBy", Tally(0, 1, 0)),
        ("cites", "cites", Tally()),
    ],
)
def test_adoption_is_the_set_of_adopting_instruments(expected: str, found: str, adoption: Tally) -> None:
    plan = perfect_plan(Gold("plan.txt", instruments=(replace(DUBAI, relation=found),)))
    scores = score(plan, Gold("plan.txt", instruments=(replace(DUBAI, relation=expected),)))
    assert scores.adoption == adoption
    assert scores.instruments == Tally(1, 1, 1)


def test_a_wrong_instrument_is_no_adoption() -> None:
    plan = perfect_plan(Gold("plan.txt", instruments=(replace(DUBAI, number="72"),)))
    assert score(plan, Gold("plan.txt", instruments=(DUBAI,))).adoption == Tally(0, 1, 1)
