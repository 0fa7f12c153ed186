"""Pairs: one to one, the best first; which element of a plan is which of the gold; words compared."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.builders import TEN, goal, plan_of

from strategraph.evaluation import score
from strategraph.evaluation.gold import Gold
from strategraph.evaluation.matching import Candidate, SourceLines, best_pairs, contains, overlap, words
from strategraph.evaluation.scores import Share, Tally

candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(0, 5),
        st.integers(0, 5),
        st.tuples(st.sampled_from([0.8, 0.9, 1.0])),
    ),
    max_size=20,
    unique_by=lambda c: (c.left, c.right),
)


def test_the_best_candidate_is_taken_first() -> None:
    pairs = best_pairs([Candidate(0, 0, (0.8,)), Candidate(0, 1, (1.0,)), Candidate(1, 0, (0.9,))])
    assert pairs == {0: 1, 1: 0}


def test_ties_are_decided_by_the_next_value_then_by_order() -> None:
    even = [Candidate(left, right, (1.0, 0.0)) for left in (0, 1) for right in (0, 1)]
    assert best_pairs(even) == {0: 0, 1: 1}
    assert best_pairs([*even[:1], Candidate(0, 1, (1.0, 1.0)), *even[2:]]) == {0: 1, 1: 0}


def test_pairs_are_rearranged_where_that_makes_room() -> None:
    chain = [
        Candidate(0, 0, (1.0,)),
        Candidate(0, 1, (0.8,)),
        Candidate(1, 1, (0.9,)),
        Candidate(1, 2, (0.8,)),
        Candidate(2, 0, (0.8,)),
    ]
    assert best_pairs(chain) == {0: 1, 1: 2, 2: 0}


def test_many_equal_ones_neither_recurse_nor_repeat() -> None:
    pairs = best_pairs(Candidate(left, right, (1.0,)) for left in range(300) for right in range(200))
    assert len(pairs) == len(set(pairs.values())) == 200


@given(candidates)
def test_nothing_is_used_twice_and_no_pairing_is_larger(given_candidates: list[Candidate]) -> None:
    pairs = best_pairs(given_candidates)
    allowed = {(c.left, c.right) for c in given_candidates}
    assert set(pairs.items()) <= allowed
    assert len(set(pairs.values())) == len(pairs)
    assert len(pairs) == _largest(sorted(allowed), frozenset(), frozenset())


@given(candidates)
def test_the_order_of_the_candidates_does_not_matter(given_candidates: list[Candidate]) -> None:
    assert best_pairs(given_candidates) == best_pairs(reversed(given_candidates))


def _largest(allowed: list[tuple[int, int]], lefts: frozenset[int], rights: frozenset[int]) -> int:
    """Return the size of the largest pairing, by trying them all."""
    for index, (left, right) in enumerate(allowed):
        if left not in lefts and right not in rights:
            rest = allowed[index + 1 :]
            return max(1 + _largest(rest, lefts | {left}, rights | {right}), _largest(rest, lefts, rights))
    return 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Women and Girls", "women  and\u00a0girls,"),
        ("the nation’s “best”", "the nation's best"),
        ("ﬁnance", "finance"),  # NFKC takes the ligature apart
        ("**Goal** _one_", "goal one"),
        ("STRASSE", "straße"),
    ],
)
def test_texts_that_differ_only_in_print_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("youth", "youths"), ("all countries", "countries"), ("A.31(8)", "A.318")]
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_no_text_has_no_words() -> None:
    assert words(None) == words(" – ") == ()


def test_overlap_counts_repeated_words() -> None:
    assert overlap(Counter(("a", "a", "b")), Counter(("a", "b", "b"))) == pytest.approx(2 / 3)


def test_nothing_overlaps_with_nothing() -> None:
    assert overlap(Counter(), Counter()) == 0.0


def test_containing_needs_words_in_a_row_and_some_words() -> None:
    assert contains(words("girls"), words("women and girls"))
    assert not contains(words("women girls"), words("women and girls"))
    assert not contains(words("girl"), words("girls"))
    assert not contains((), words("girls"))


PLACES = SourceLines("Youth first\n\n**Goal 2**:\n*Help* the youth ½ day\nend")


def test_lines_count_from_one() -> None:
    assert [PLACES.line(offset) for offset in (0, 11, 12, 13, 54)] == [1, 1, 2, 3, 5]


def test_words_are_found_through_markup_and_over_lines() -> None:
    assert PLACES.line_of("goal 2 help the youth") == 3
    assert PLACES.line_of("youth 1⁄2 day") == 4


def test_words_are_looked_for_from_where_the_element_begins() -> None:
    assert PLACES.line_of("youth") == 1
    assert PLACES.line_of("youth", inside="Goal 2: Help") == 4
    assert PLACES.line_of("youth", inside="not there") == 1


def test_the_first_words_of_a_long_text_are_enough() -> None:
    assert PLACES.line_of("Goal 2: Help the youth ½ and more that is not there") == 3
    assert PLACES.line_of("Goal 2: Help the youth and more that is not there") is None


def test_what_is_not_there_has_no_line() -> None:
    assert PLACES.line_of("goal 3") is None
    assert PLACES.line_of("–") is None


@pytest.mark.parametrize(
    ("statement", "hits"),
    [
        (TEN, 1),
        (TEN.upper() + ".", 1),
        ("one two three four five six seven eight x y", 1),  # 8 of 10 on both sides: F1 0.8
        ("one two three four five six seven x y z", 0),  # 0.7
        ("one two three four five six seven", 1),  # 7 of 7 and of 10: F1 14/17
        ("one two three four five six", 0),  # 12/16
        ("ten nine eight seven six five four three two one", 1),  # a bag of words has no order
    ],
)
def test_an_element_matches_from_an_f1_of_eight_tenths(statement: str, hits: int) -> None:
    scores = score(plan_of(goal("p", statement)), Gold("plan.txt", elements=(goal("g", TEN),)))
    assert scores.all_elements == Tally(hits, 1, 1)


def test_title_and_statement_are_compared_together() -> None:
    gold = Gold("plan.txt", elements=(goal("g", "three four five", title="one two"),))
    assert score(plan_of(goal("p", "one two three four five")), gold).all_elements.hits == 1
    assert score(plan_of(goal("p", title="one two three four five")), gold).all_elements.hits == 1


@pytest.mark.parametrize(
    ("title", "number", "hits"),
    [("Reach", "1", 1), ("REACH:", "1", 1), ("Reach", "2", 0), ("Reach", None, 0), ("Reach all", "1", 0)],
)
def test_the_same_title_and_number_match_whatever_the_statement(
    title: str, number: str | None, hits: int
) -> None:
    gold = Gold("plan.txt", elements=(goal("g", TEN, title="Reach", number="1"),))
    predicted = goal("p", "quite another text altogether", title=title, number=number)
    assert score(plan_of(predicted), gold).all_elements.hits == hits


def test_a_number_alone_matches_only_where_there_are_no_texts() -> None:
    bare = goal("g", number="1.1")
    assert score(plan_of(bare), Gold("plan.txt", elements=(bare,))).all_elements.hits == 1
    with_text = goal("g", TEN, number="1.1")
    assert score(plan_of(bare), Gold("plan.txt", elements=(with_text,))).all_elements.hits == 0
    nothing = goal("g")
    assert score(plan_of(nothing), Gold("plan.txt", elements=(nothing,))).all_elements.hits == 0


def test_the_type_must_be_the_same() -> None:
    gold = Gold("plan.txt", elements=(goal("g", TEN),))
    scores = score(plan_of(goal("p", TEN, type="Objective")), gold)
    assert scores.elements == {"Goal": Tally(0, 0, 1), "Objective": Tally(0, 1, 0)}


def test_every_element_is_matched_once() -> None:
    gold = Gold("plan.txt", elements=(goal("g", TEN),))
    assert score(plan_of(goal("p", TEN), goal("q", TEN)), gold).all_elements == Tally(1, 2, 1)


def test_commitments_and_purposes_are_no_part_of_it() -> None:
    gold = Gold("plan.txt", elements=(goal("g", TEN),))
    plan = plan_of(
        goal("p", TEN), goal("c", TEN, type="Commitment", parent="p"), goal("u", TEN, type="Purpose")
    )
    assert score(plan, gold).all_elements == Tally(1, 1, 1)


def test_equal_texts_are_told_apart_by_number_then_by_parent() -> None:
    gold = Gold(
        "plan.txt",
        elements=(
            goal("a", "north"),
            goal("b", "south"),
            goal("a1", "review", type="Action", parent="a"),
            goal("b1", "review", type="Action", parent="b"),
        ),
    )
    plan = plan_of(
        goal("b", "south"),
        goal("b1", "review", type="Action", parent="b"),
        goal("a", "north"),
        goal("a1", "review", type="Action", parent="a"),
    )
    assert score(plan, gold).parents == Share(4, 4)
    numbered = Gold("plan.txt", elements=(goal("x", "review", number="2"), goal("y", "review", number="1")))
    again = score(plan_of(goal("y", "review", number="1")), numbered)
    assert [fault.what for fault in again.faults] == ["Goal 2"]
