"""Every pattern of every language holds its examples and refuses its counter-examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from strategraph.knowledge import languages
from strategraph.knowledge.languages import Rule
from strategraph.understanding.labels import is_foreign
from strategraph.understanding.view import KINDS


def cases() -> Iterator[object]:
    for tag in languages.available():
        rules = languages.rules(tag)
        for family in ("codes", "periods", "owners"):
            for number, rule in enumerate(getattr(rules, family)):
                yield pytest.param(family, rule, id=f"{tag}-{family}-{number}")


@pytest.mark.parametrize(("family", "rule"), list(cases()))
def test_pattern_both_ways(family: str, rule: Rule) -> None:
    assert rule.examples
    assert rule.counter_examples
    search: Callable[[str], object] = rule.pattern.match if family == "codes" else rule.pattern.search
    for example in rule.examples:
        assert search(example), f"should match: {example}"
    for example in rule.counter_examples:
        assert not search(example), f"should not match: {example}"


@pytest.mark.parametrize("tag", languages.available())
def test_somebody_elses_goals_both_ways(tag: str) -> None:
    rules = languages.rules(tag)
    assert rules.foreign_examples
    assert rules.foreign_counter_examples
    assert [text for text in rules.foreign_examples if not is_foreign(text, tag)] == []
    assert [text for text in rules.foreign_counter_examples if is_foreign(text, tag)] == []


def test_a_language_without_rules_falls_back_to_english() -> None:
    assert languages.rules("tlh").language == "en"
    assert languages.rules("en-GB").language == "en"


def test_no_word_labels_two_classes() -> None:
    for tag in languages.available():
        labels = languages.rules(tag).labels
        words = [
            word
            for label in labels
            for word in {w.casefold() for w in (*label.words, *label.plurals, *label.headings)}
        ]
        assert len(words) == len(set(words))


def test_hints_are_of_classes_that_there_are() -> None:
    for tag in languages.available():
        hints = languages.rules(tag).hints
        assert set(hints) <= set(KINDS)
        assert all(hints.values())
