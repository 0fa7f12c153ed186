"""None"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.evaluation.matching import Candidate, SourceLines, best_pairs, contains, overlap, words

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
