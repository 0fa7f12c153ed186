"""Weights are taken apart when asked for, and are else what a mapping is."""

from __future__ import annotations

import pytest

from strategraph.knowledge.learnt_weights import LearntWeights


def test_a_row_is_read_when_its_name_is_asked_for() -> None:
    weights = LearntWeights({"one": "1", "two": "2", "bad": "?"}, int)
    assert ("bad" in weights, "three" in weights) == (True, False)
    assert (list(weights), len(weights)) == (["one", "two", "bad"], 3)
    assert (weights["two"], weights.get("three")) == (2, None)
    with pytest.raises(ValueError, match="invalid literal"):
        weights["bad"]
