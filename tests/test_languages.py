"""Every pattern of every language holds its examples and refuses its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from strategraph import languages
from strategraph.languages import Rule
from strategraph.outline.introductions import announced_kind
from strategraph.outline.labels import read_label


def cases() -> Iterator[object]:
    for tag in languages.available():
        rules = languages.rules(tag)
        for family in ("codes", "end_codes", "introductions", "aliases", "statements", "periods", "owners"):
            for number, rule in enumerate(getattr(rules, family)):
                yield pytest.param(family, rule, id=f"{tag}-{family}-{number}")
        for number, shift in enumerate(rules.shifts):
            yield pytest.param("shifts", shift.beside, id=f"{tag}-shifts-{number}")


@pytest.mark.parametrize(("family", "rule"), list(cases()))
def test_pattern_both_ways(family: str, rule: Rule) -> None:
    assert rule.examples
    assert rule.counter_examples
    search: Callable[[str], object] = (
        rule.pattern.match if family in ("codes", "shifts") else rule.pattern.search
    )
    if family == "end_codes":
        search = re.compile(rf"(?<![\w.])(?:{rule.pattern.pattern})[)\].]?$").search
    for example in rule.examples:
        assert search(example), f"should match: {example}"
    for example in rule.counter_examples:
        assert not search(example), f"should not match: {example}"


@pytest.mark.parametrize("tag", languages.available())
def test_headings_that_announce_both_ways(tag: str) -> None:
    announcement = languages.rules(tag).announcement
    assert announcement.examples
    assert announcement.counter_examples
    assert [text for text in announcement.examples if announced_kind(text, tag) is None] == []
    assert [text for text in announcement.counter_examples if announced_kind(text, tag) is not None] == []


@pytest.mark.parametrize("tag", languages.available())
def test_somebody_elses_goals_both_ways(tag: str) -> None:
    rules = languages.rules(tag)
    assert rules.foreign_examples
    assert rules.foreign_counter_examples
    assert [text for text in rules.foreign_examples if read_label(text, tag) is not None] == []
    assert [text for text in rules.foreign_counter_examples if read_label(text, tag) is None] == []


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
