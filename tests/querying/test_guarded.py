"""A question in a process of its own: the same answer, and the true cause where there is none."""

from __future__ import annotations

import pickle
import sys
from io import BytesIO
from pathlib import Path

import pytest

from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.querying import guarded
from strategraph.querying.guarded import GuardedQuery, ProcessBounds, ask, work

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
HUGE = "SELECT (SUM(STRLEN(?s)) AS ?n) { SELECT (CONCAT(%s) AS ?s) { ?a ?b ?c . ?d ?e ?f } }"


def asked(query: str, graphs: Path = VALID) -> GuardedQuery:
    return GuardedQuery(graphs, query, "csv")


def test_the_answer_is_that_of_this_process() -> None:
    assert ask(asked("SELECT (COUNT(?g) AS ?n) { ?g a sg:Goal }")).split()[0] == b"n"
    assert ask(GuardedQuery(VALID, "ASK {}", "table")) == b"yes\n"


@pytest.mark.parametrize(
    ("query", "words"),
    [("ASK {", "does not parse"), ("DROP ALL", "update"), ("ASK { SERVICE <x:> {} }", "SERVICE")],
)
def test_refusals_are_those_of_this_process(query: str, words: str) -> None:
    with pytest.raises(UnusableInputError, match=words):
        ask(asked(query))


def test_a_graph_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no such file"):
        ask(asked("ASK {}", tmp_path / "x.ttl"))


def test_a_query_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnusableInputError, match=r"took more than 1 seconds, the limit"):
        ask(asked(CROSS), ProcessBounds(seconds=1))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound memory this way")
def test_a_query_that_takes_too_much_memory_is_told_so() -> None:
    query = "SELECT DISTINCT ?a ?c ?d ?f ?g ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(UnusableInputError, match=r"needed more than 300 MB of memory, the limit"):
        ask(asked(query), ProcessBounds(memory=300 << 20))


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "deeper than the stack reaches"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "processor time"),
        ("import os; os.abort()", "of memory"),
        ("raise SystemExit('no idea')", r"what answers it ended \(no idea\)"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_true_cause_is_told(monkeypatch: pytest.MonkeyPatch, program: str, words: str) -> None:
    monkeypatch.setattr(guarded, "_WORKER", program)
    with pytest.raises(UnusableInputError, match=words):
        ask(asked("ASK {}"))


def test_without_another_interpreter_it_is_answered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert ask(GuardedQuery(VALID, "ASK {}", "table")) == b"yes\n"


def replies(question: GuardedQuery) -> object:
    given, said = BytesIO(pickle.dumps(question) + pickle.dumps(ProcessBounds())), BytesIO()
    work(given, said, bounded=False)
    return pickle.loads(said.getvalue())


def test_what_the_other_process_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert replies(GuardedQuery(VALID, "ASK {}", "table")) == b"yes\n"
    assert isinstance(replies(asked("ASK {")), StrategraphError)

    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(guarded, "run", refuse)
    assert "of memory" in str(replies(asked("ASK {}")))
