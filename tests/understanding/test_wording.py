"""Wording: the forms that texts begin with, and the share of words that signal what they do.

Words: their weights make probabilities; no token has more than two words.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.understanding.test_units import document

from strategraph.knowledge import languages
from strategraph.understanding.model import shipped
from strategraph.understanding.units import units
from strategraph.understanding.view import view
from strategraph.understanding.wording import (
    NAMES,
    OUTCOMES,
    SIGNALS,
    WORD_FORMS,
    WordModel,
    tokens,
    wordings,
)

ALL = languages.available()
RULES = [(tag, rule) for tag in ALL for rule in languages.rules(tag).forms]


def told(*texts: str, language: str = "en") -> list[dict[str, float]]:
    made = document(*(("item", text) for text in texts), language=language)
    return wordings(view(made, units(made)))


def form(text: str, language: str) -> str:
    (row,) = told(text, language=language)
    return next(name for name in (*WORD_FORMS, "none") if row[f"begins with form {name}"])


@pytest.mark.parametrize(("tag", "rule"), RULES, ids=[f"{tag}-{rule.kind}" for tag, rule in RULES])
def test_every_form_holds_of_its_examples_and_of_no_counter_example(tag: str, rule: languages.Rule) -> None:
    assert rule.kind in WORD_FORMS
    assert rule.examples
    assert rule.counter_examples
    assert {form(text, tag) for text in rule.examples} == {rule.kind}
    assert rule.kind not in {form(text, tag) for text in rule.counter_examples}


@pytest.mark.parametrize("tag", ALL)
def test_every_language_signals_the_same(tag: str) -> None:
    signals = languages.rules(tag).signals
    assert tuple(signals) == SIGNALS
    assert all(signals.values())


@pytest.mark.parametrize(
    ("text", "language", "signal", "share"),
    [
        ("We will protect our rivers", "en", "owner", 0.4),
        ("We will protect our rivers", "en", "future", 0.2),
        ("The rivers", "en", "owner", 0.0),
        ("Unsere Werte", "de", "owner", 0.5),
        ("والشفافية", "ar", "value", 1.0),
        ("我们的河流", "zh", "owner", 0.5),
    ],
)
def test_shares_of_words(text: str, language: str, signal: str, share: float) -> None:
    (row,) = told(text, language=language)
    assert row[f"share of {signal} words"] == pytest.approx(share)


def test_a_series_is_put_as_its_members_are_in_the_mean() -> None:
    first, second = told("Protect rivers", "Protection of rivers")
    assert first["series begins with form infinitive"] == second["series begins with form infinitive"] == 0.5
    assert first["begins with form infinitive"] == 1.0


@given(st.text(max_size=60).filter(str.strip), st.sampled_from(ALL))
def test_all_are_shares(text: str, language: str) -> None:
    for row in told(text, language=language):
        assert len(row) == 2 * len(NAMES)
        assert all(value >= 0.0 for value in row.values())
        assert sum(row[f"begins with form {name}"] for name in (*WORD_FORMS, "none")) <= 1.0


def test_probabilities_sum_to_one_and_follow_the_weights() -> None:
    weights = tuple(2.0 if outcome == "Goal" else 0.0 for outcome in OUTCOMES)
    model = WordModel({"own:water": weights}, (0.0,) * len(OUTCOMES), 3.0)
    scores = model.scores(["own:water", "own:unknown"])
    assert math.isclose(sum(map(math.exp, scores)), 1.0, abs_tol=0.01)
    assert scores.index(max(scores)) == OUTCOMES.index("Goal")
    assert model.scores([]) == model.scores(["own:unknown"])


def test_tokens_of_a_unit_and_of_what_stands_above_it() -> None:
    made = document(("heading", "Our big goals"), ("paragraph", "Bring safe water."))
    found = tokens(view(made, units(made)), 1)
    assert {"own:water", "first:bring", "pair:bring safe", "heading:goals", "heading:our big"} <= set(found)


def test_no_token_of_the_shipped_model_has_more_than_two_words() -> None:
    assert max(len(token.partition(":")[2].split()) for token in shipped().words.weights) <= 2
