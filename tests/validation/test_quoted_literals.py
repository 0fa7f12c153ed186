"""Words that are quoted, and words that are not, in any script and through any markup."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from strategraph.validation.quoted_literals import is_quoted, says_number, says_year

WORDS = st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=2, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Wild Bees", "Goal 1 – Wild Bees: Bring wild bees back"),
        ("digital development", "digital develop-\nment"),
        ("Engage TSC now", "Engage [TSC](https://example.org/tsc) now"),
        ("access for all", "access\n\nPage 12 of 30\n\nfor all"),
        ("recherche & société", "recherche &amp; soci&eacute;t&eacute;"),
        ("CERT di prossimità", "CERT di prossimit <about:blank>`__ à"),
        ("农业农村现代化", "乡村振兴取得进展，农业农村现代化基本实现"),
        ("الطاقة", "كفاءة الطَّاقة المتجددة"),
        ("1", "Goal 1: Water"),
        ("2.10", "Objective 2.10 – Soil"),
        ("", "anything"),
    ],
)
def test_quoted(claim: str, quote: str) -> None:
    assert is_quoted(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("tame bees", "Bring wild bees back"),
        ("bees wild", "Bring wild bees back"),
        ("bring bees", "Bring wild bees back"),
        ("ring wild", "Bring wild bees back"),
        ("wild bee", "Bring wild bees back"),
        ("7", "Goal 1: Water"),
        ("1", "Goal 11: Water"),
        ("moon base", ""),
        ("!", "Bring wild bees back"),
    ],
)
def test_not_quoted(claim: str, quote: str) -> None:
    assert not is_quoted(claim, quote)


@given(WORDS, st.data())
def test_a_run_of_words_is_quoted_and_one_with_a_hole_is_not(words: list[str], data: st.DataObject) -> None:
    quote = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert is_quoted(" ".join(words[start:end]), quote)
    if end - start > 2:
        hole = data.draw(st.integers(start + 1, end - 2))
        assert not is_quoted(" ".join(words[start:hole] + words[hole + 1 : end]), quote)


@given(st.text(), st.text())
@example("", "\u0345A")  # a mark that folds to a letter
def test_any_texts_are_compared(claim: str, quote: str) -> None:
    is_quoted(claim, quote)
    says_year(quote, "2025")
    says_number(quote, "12.5")
    assert is_quoted(quote, quote) or not quote.strip()


@pytest.mark.parametrize(
    ("quote", "year", "expected"),
    [("2024-2027", "2027", True), ("2024-27", "2027", True), ("٢٠٢٥", "2025", True), ("2024", "2025", False)],
)
def test_years(quote: str, year: str, expected: bool) -> None:
    assert says_year(quote, year) is expected


@pytest.mark.parametrize(
    ("quote", "value", "expected"),
    [("1,200 people", "1200", True), ("14,5 %", "14.5", True), ("forty", "40", True), ("65%", "66", False)],
)
def test_numbers(quote: str, value: str, expected: bool) -> None:
    assert says_number(quote, value) is expected


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("by Annex № 5 of the order", "by Annex № 5\nof the order"),
        ("We act as we speak.", "INTEGRITYWe act as we speak."),
        ("waste 👉&nbsp;and more", "waste 👉&nbsp;and more"),
    ],
)
def test_signs_made_of_letters_and_words_that_ran_together(claim: str, quote: str) -> None:
    assert is_quoted(claim, quote)
    assert not is_quoted(f"{claim} twice", quote)
