"""The catalogue's form: descriptions, parameters with defaults, binding that cannot be broken out of."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.querying import catalogue, find_question, load_dataset, run

QUESTIONS = {question.name: question for question in catalogue()}
DATASET = load_dataset(Path(__file__).parents[1] / "shapes" / "valid.ttl")


def goals(group: str) -> int:
    answer = run(DATASET, QUESTIONS["goals-for-group"].bind({"group": group}))
    assert isinstance(answer, ox.QuerySolutions)
    return len(list(answer))


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 20
    assert all(question.description.endswith("?") for question in QUESTIONS.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_sorts_its_answer_and_says_what_its_parameters_are(name: str) -> None:
    assert "ORDER BY" in QUESTIONS[name].text
    assert QUESTIONS[name].text.count("# param:") == len(QUESTIONS[name].parameters)


@given(st.text(max_size=40))
def test_a_value_stays_a_value(value: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in value):
        return
    # it still parses, and nobody is found under a name that is none
    assert goals(value) == 0 or value.strip() == "" or value.casefold() in ("everyone", "all")


def test_injection_is_a_name_that_nobody_has() -> None:
    assert goals('" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } VALUES ?x { "') == 0


def test_unknown_parameters_and_questions() -> None:
    with pytest.raises(UnusableInputError, match="did you mean group"):
        QUESTIONS["goals-for-group"].bind({"grup": "youth"})
    with pytest.raises(UnusableInputError, match="it has none"):
        QUESTIONS["counts"].bind({"x": "y"})
    with pytest.raises(UnusableInputError, match="did you mean goals"):
        find_question("goal")
