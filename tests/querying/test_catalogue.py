"""The catalogue's form: descriptions, parameters with defaults, values that cannot be anything but data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from strategraph import resources
from strategraph.errors import UnusableInputError
from strategraph.namespace import PREFIXES, SG
from strategraph.querying import Parameter, Question, catalogue, find_question

QUESTIONS = {question.name: question for question in catalogue()}
ECHO = Question.parse(
    "echo", '# description: What?\n# param: said — any text\nSELECT ?said {\n  VALUES ?said { "a\\"b" }\n}\n'
)


def echoed(query: str) -> list[str]:
    answer = Store().query(query)
    assert isinstance(answer, QuerySolutions)
    return [row["said"].value for row in answer]


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 20
    assert set(QUESTIONS) == {path.stem for path in resources.files("ontology/queries", ".rq")}
    assert list(QUESTIONS) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_form(name: str) -> None:
    question = QUESTIONS[name]
    assert question.description.endswith("?")
    assert "ORDER BY" in question.text
    # What is declared has its default in a line of its own, and the other way round.
    declared = re.findall(r"^# param: (.*)$", question.text, re.MULTILINE)
    values = re.findall(r'VALUES \?(\w+) \{ "', question.text)
    assert [f"{p.name} — {p.description}" for p in question.parameters] == declared
    assert [p.name for p in question.parameters] == values


@pytest.mark.parametrize("name", QUESTIONS)
def test_only_known_terms_and_declared_prefixes_are_used(name: str) -> None:
    text = QUESTIONS[name].text
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", text, re.MULTILINE))
    body = re.sub(r'^(?:PREFIX|[ ]*#).*$|"[^"]*"', "", text, flags=re.MULTILINE)
    used = re.findall(r"(?<![\w?])(\w+):(\w*)", body)
    assert {prefix for prefix, _ in used} == set(declared)
    assert declared.items() <= PREFIXES.items()
    assert all(SG[term] for prefix, term in used if prefix == "sg" and term)


def test_plain_sparql_is_a_question_without_parameters() -> None:
    question = Question.parse("mine", "ASK {}")
    assert (question.description, question.parameters, question.bind({})) == ("", (), "ASK {}")


def test_a_default_is_read_as_the_engine_reads_it() -> None:
    assert ECHO.parameters == (Parameter("said", "any text", 'a"b'),)
    assert echoed(ECHO.bind({})) == ['a"b']


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_value_arrives_as_it_is(value: str) -> None:
    assert echoed(ECHO.bind({"said": value})) == [value]


@pytest.mark.parametrize(
    "value",
    [
        '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } VALUES ?x { "',
        '\\" } #',
        "\\",
        '\n} VALUES ?said { "evil" } #',
        "'''",
        "\\1\\g<before>",
    ],
)
def test_a_value_cannot_break_out(value: str) -> None:
    assert echoed(ECHO.bind({"said": value})) == [value]


def test_a_value_that_is_no_text() -> None:
    with pytest.raises(UnusableInputError, match="not Unicode"):
        ECHO.bind({"said": "\udcff"})


@pytest.mark.parametrize(
    ("name", "parameter", "message"),
    [
        ("goals-for-group", "grup", "did you mean group?"),
        ("groups-only-here", "x", "it has element, other"),
        ("goals", "x", "it has none"),
    ],
)
def test_unknown_parameters(name: str, parameter: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=re.escape(message)):
        QUESTIONS[name].bind({parameter: "youth"})


def test_unknown_questions() -> None:
    with pytest.raises(UnusableInputError, match=r"did you mean .*goals"):
        find_question("goal")
    with pytest.raises(UnusableInputError, match=r"^no question 'zzzzzz': `strategraph query --list`"):
        find_question("zzzzzz")


def test_the_page_lists_the_questions_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \| (.*) \| (.*) \|$", page, re.MULTILINE)
    assert listed == [
        (q.name, q.description, ", ".join(f"`{p.name}`" for p in q.parameters)) for q in QUESTIONS.values()
    ]
