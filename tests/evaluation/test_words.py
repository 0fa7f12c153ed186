from collections import Counter

import pytest

from strategraph.evaluation.words import contains, overlap, words


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
