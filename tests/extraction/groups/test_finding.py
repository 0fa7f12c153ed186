"""The words that give groups a part, against their own examples."""

from __future__ import annotations

import pytest

from strategraph.extraction.groups.finding import INVOLVED, MENTIONED, role_by_words, role_words


def before(marked: str) -> str:
    return marked.partition("[")[0]


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, marked) for language, words in role_words().items() for marked in words.examples],
)
def test_examples(language: str, marked: str) -> None:
    assert role_by_words(before(marked), language) == INVOLVED


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, marked) for language, words in role_words().items() for marked in words.counter_examples],
)
def test_counter_examples(language: str, marked: str) -> None:
    assert role_by_words(before(marked), language) is None


def test_what_is_left_out_is_only_mentioned() -> None:
    assert role_by_words("for all, but not ", "en") == MENTIONED


def test_every_language_that_is_read_has_words() -> None:
    assert set(role_words()) == {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"}
