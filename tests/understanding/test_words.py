"""Words: their weights make probabilities; no token has more than two words."""

from __future__ import annotations

import math

from tests.understanding.test_units import document

from strategraph.understanding.features import view
from strategraph.understanding.model import shipped
from strategraph.understanding.units import units
from strategraph.understanding.words import OUTCOMES, WordModel, tokens


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
