"""The words that give groups a part, against their own examples."""

from __future__ import annotations

import pytest

from strategraph.extraction.groups import (
    INVOLVED,
    MENTIONED,
    GroupReader,
    role_by_words,
    role_words,
)
from strategraph.knowledge.vocabulary import load


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


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("for all, but not ", "en"),
        ("less often than those of ", "en"),
        ("für alle, aber nicht für die ", "de"),
        ("im Vergleich zu ", "de"),
        ("para todos, exceto os ", "pt"),
        ("sus derechos a los del resto de las ", "es"),
        ("par rapport aux ", "fr"),
    ],
)
def test_what_is_left_out_or_compared_with_is_only_mentioned(before: str, language: str) -> None:
    assert role_by_words(before, language) == MENTIONED


def test_every_language_that_is_read_has_words() -> None:
    assert set(role_words()) == {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"}


def labels(text: str) -> list[str]:
    return [group.label for group in GroupReader(load(), "en", statements=True).groups(text)]


def test_what_people_have_is_nobody_without_all() -> None:
    assert labels("Otter Trust will offer swimming for all ages.") == ["all ages"]
    assert labels("We will build playgrounds for all ages and abilities.") == ["all ages and abilities"]


def test_all_is_no_part_of_a_name() -> None:
    assert "beekeepers" in labels("Otter Trust will offer training to all beekeepers.")
