"""Senses of words, against their own examples."""

from __future__ import annotations

import pytest

from strategraph.extraction.theme_senses import Sense, is_theme, senses
from strategraph.knowledge.vocabulary import load


def place(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize("sense", senses(), ids=lambda sense: f"{sense.theme}-{sense.language}")
def test_examples_and_counter_examples(sense: Sense) -> None:
    for marked in sense.examples:
        assert sense.denies(*place(marked)), marked
    for marked in sense.counter_examples:
        assert not sense.denies(*place(marked)), marked


@pytest.mark.parametrize("sense", senses(), ids=lambda sense: f"{sense.theme}-{sense.language}")
def test_themes_exist(sense: Sense) -> None:
    assert f"https://w3id.org/strategraph/concept/theme/{sense.theme}" in load().by_iri


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "the Ministry of [Health]"),
        ("en", "the Department for Digital and [Culture]"),
        ("en", "a [Health] Equity Institute"),
        ("it", "il Ministero per la [trasformazione digitale]"),
        ("fr", "le ministère de la [santé]"),
        ("es", "el Ministerio de [Salud]"),
    ],
)
def test_a_theme_in_the_name_of_a_body_is_that_name(language: str, marked: str) -> None:
    assert not is_theme(*place(marked), "any", language)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "better [health] for all"),
        ("en", "the ministry improves [health]"),
        ("it", "la [trasformazione digitale]"),
    ],
)
def test_a_theme_elsewhere_is_one(language: str, marked: str) -> None:
    assert is_theme(*place(marked), "any", language)
