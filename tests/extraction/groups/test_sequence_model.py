"""The linear-chain model against an enumeration of all labellings."""

from __future__ import annotations

import math
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.extraction.groups.sequence_model import (
    BEGIN,
    INSIDE,
    LABELS,
    OUT,
    PROSE,
    STATEMENT,
    UNIT,
    Scores,
    SequenceModel,
    Sureness,
    group_model,
    likely,
    load,
    open_runs,
    packed,
    unpacked,
)  # fmt: skip

weight = st.integers(-3000, 3000)
row = st.tuples(weight, weight, weight)
emissions = st.lists(row, min_size=1, max_size=5)
steps = st.tuples(row, row, row)


def labellings(size: int) -> list[tuple[int, ...]]:
    return [
        labels
        for labels in product((OUT, BEGIN, INSIDE), repeat=size)
        if labels[0] != INSIDE and not any(a == OUT and b == INSIDE for a, b in pairwise(labels))
    ]


def spans(labels: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the (first, last) words of each mention that labels tell."""
    return [
        (
            first,
            next((at for at in range(first, len(labels) - 1) if labels[at + 1] != INSIDE), len(labels) - 1),
        )
        for first, label in enumerate(labels)
        if label == BEGIN
    ]


def score(labels: tuple[int, ...], given_emissions: list[Scores], given_steps: tuple[Scores, ...]) -> int:
    total = sum(scores[label] for label, scores in zip(labels, given_emissions, strict=True))
    return total + sum(given_steps[a][b] for a, b in pairwise(labels))


@given(emissions, steps)
def test_probabilities_are_those_of_all_labellings(
    words: list[Scores], transitions: tuple[Scores, Scores, Scores]
) -> None:
    sureness = Sureness(words, transitions)
    weights = {
        labels: math.exp(score(labels, words, transitions) / UNIT) for labels in labellings(len(words))
    }
    total = sum(weights.values())
    for first in range(len(words)):
        touched = sum(w for labels, w in weights.items() if labels[first] != OUT)
        assert sureness.touching[first] == pytest.approx(touched / total, abs=1e-6)
        for last in range(first, len(words)):
            share = sum(w for labels, w in weights.items() if (first, last) in spans(labels))
            assert sureness.of(first, last) == pytest.approx(share / total, abs=1e-6)
    told = {(first, last): found for first, last, found in sureness.mentions(0.0, len(words))}
    for (first, last), found in told.items():
        assert found == pytest.approx(sureness.of(first, last), abs=1e-9)
    for first in range(len(words)):
        for last in range(first, len(words)):
            if min(sureness.touching[first : last + 1]) > 0:
                assert (first, last) in told


@given(emissions, steps)
def test_likely_mentions_do_not_overlap(
    words: list[Scores], transitions: tuple[Scores, Scores, Scores]
) -> None:
    above = [(0, begin - out, inside - out) for out, begin, inside in words]
    found = likely(open_runs(above, SequenceModel({}, transitions), 0.1), 0.1)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert all(0.1 < probability <= 1 for _, _, probability in found)


@given(emissions, steps)
def test_what_is_not_worked_out_holds_no_mention(
    words: list[Scores], transitions: tuple[Scores, Scores, Scores]
) -> None:
    above = [(0, begin - out, inside - out) for out, begin, inside in words]
    expected = {(first, last) for first, last, _ in Sureness(above, transitions).mentions(0.2, len(above))}
    told = {
        (run.start + first, run.start + last)
        for run in open_runs(above, SequenceModel({}, transitions), 0.2)
        for first, last, _ in run.mentions
    }
    assert told == expected


def test_no_words_have_no_labels() -> None:
    assert likely(open_runs([], SequenceModel({}, ((0, 0, 0), (0, 0, 0), (0, 0, 0))), 0.3), 0.3) == []


def test_a_model_is_read_from_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "model.tsv"
    lines = ["# a model", *(f"after {label}\t1\t2\t3" for label in LABELS), "w=women\t-5\t7\t0"]
    path.write_text("\n".join(lines), "utf-8")
    model = load(path)
    assert model.scores(["w=women", "w=men"]) == (0, 12, 5)
    assert model.transitions == ((1, 2, 3),) * 3


@pytest.mark.parametrize("name", [PROSE, STATEMENT])
def test_models_hold_no_run_of_words(name: str) -> None:
    model = group_model(name)
    assert len(model.weights) > 5000
    assert max(attribute.count(" ") for attribute in model.weights) <= 4


@given(st.lists(st.tuples(row, row), max_size=6))
def test_two_models_add_up_in_one_number(pairs: list[tuple[Scores, Scores]]) -> None:
    total = sum(packed(one) + packed(other, 1) for one, other in pairs)
    for place in (0, 1):
        out, begin, inside = (sum(pair[place][label] for pair in pairs) for label in (OUT, BEGIN, INSIDE))
        assert unpacked(total, place) == (0, begin - out, inside - out)
