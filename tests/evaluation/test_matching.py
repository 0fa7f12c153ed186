from hypothesis import given
from hypothesis import strategies as st

from strategraph.evaluation.matching import Candidate, best_pairs

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
