"""Every pattern of every language holds its examples and refuses its counter-examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from strategraph import languages
from strategraph.languages import Rule


def cases() -> Iterator[object]:
    for tag in languages.available():
        rules = languages.rules(tag)
        for family in ("codes", "introductions", "aliases", "statements", "periods"):
            for number, rule in enumerate(getattr(rules, family)):
                yield pytest.param(family, rule, id=f"{tag}-{family}-{number}")


@pytest.mark.parametrize(("family", "rule"), list(cases()))
def test_pattern_both_ways(family: str, rule: Rule) -> None:
    assert rule.examples
    assert rule.counter_examples
    search = rule.pattern.match if family == "codes" else rule.pattern.search
    for example in rule.examples:
        assert search(example), f"should match: {example}"
    for example in rule.counter_examples:
        assert not search(example), f"should not match: {example}"


def test_a_language_without_rules_falls_back_to_english() -> None:
    assert languages.rules("tlh").language == "en"
    assert languages.rules("en-GB").language == "en"


def test_no_word_labels_two_classes() -> None:
    for tag in languages.available():
        labels = languages.rules(tag).labels
        words = [w.casefold() for label in labels for w in (*label.words, *label.plurals, *label.headings)]
        assert len(words) == len(set(words))
