"""What a worker's process does, done here; and the pool when its workers fail."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from multiprocessing import Pipe
from pathlib import Path

import pytest

from strategraph.querying import load_dataset
from strategraph.querying.serving.workers import (
    AnswerBounds,
    Pool,
    QueryAnswer,
    QueryRefusal,
    Task,
    Worker,
    WorkerSettings,
    answer,
    answer_all,
)

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
MADE = "CONSTRUCT WHERE { ?s a ?type }"
BOUNDS = AnswerBounds(limit=3, size=100_000)


def task(query: str, rows: str = "csv", triples: str = "ntriples") -> Task:
    return Task(query, None, rows, triples)


@pytest.fixture
def no_limit_stays() -> Iterator[None]:
    """Give this process its limits back, which a worker sets for itself."""
    if sys.platform == "win32":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    resource.setrlimit(resource.RLIMIT_CPU, before)


def test_it_answers_until_the_other_end_hangs_up(no_limit_stays: None) -> None:
    ours, theirs = Pipe()
    plan = WorkerSettings(VALID, {}, "", BOUNDS, seconds=100_000, memory=1024)
    working = threading.Thread(target=answer_all, args=(theirs, load_dataset(VALID), plan))
    working.start()
    assert ours.recv() is None  # up
    for query, kind in [("ASK {}", QueryAnswer), ("ASK {", QueryRefusal), (ALL, QueryAnswer)]:
        ours.send(task(query))
        assert isinstance(ours.recv(), kind)
    ours.close()
    working.join(300)
    assert not working.is_alive()
    theirs.close()


@pytest.mark.parametrize(
    ("asked", "bounds", "rows", "cut"),
    [
        (task(ALL), BOUNDS, 4, True),
        (task(f"{ALL} LIMIT 3"), BOUNDS, 4, False),
        (task(f"{ALL} LIMIT 5"), AnswerBounds(0, 100_000), 6, False),
        (task(f"{MADE} LIMIT 3"), BOUNDS, 3, False),
        (task(MADE), BOUNDS, 3, True),
        (task(f"{MADE} LIMIT 5"), AnswerBounds(0, 100_000), 5, False),
    ],
)
def test_answers_are_cut(asked: Task, bounds: AnswerBounds, rows: int, cut: bool) -> None:
    found = answer(load_dataset(VALID), asked, bounds)
    assert isinstance(found, QueryAnswer)
    assert (found.body.count(b"\n"), found.cut) == (rows, cut)


@pytest.mark.parametrize(
    ("asked", "bounds", "status", "words"),
    [
        (task("DROP ALL"), BOUNDS, HTTPStatus.FORBIDDEN, "update"),
        (task("ASK { SERVICE <urn:x> {} }"), BOUNDS, HTTPStatus.FORBIDDEN, "never"),
        (task("ASK {"), BOUNDS, HTTPStatus.BAD_REQUEST, "does not parse"),
        (task(ALL), AnswerBounds(3, 10), HTTPStatus.INTERNAL_SERVER_ERROR, "more than the 10 that are sent"),
        (task(ALL, rows=""), BOUNDS, HTTPStatus.NOT_ACCEPTABLE, "rows"),
        (task(MADE, triples=""), BOUNDS, HTTPStatus.NOT_ACCEPTABLE, "triples"),
    ],
)
def test_refusals(asked: Task, bounds: AnswerBounds, status: HTTPStatus, words: str) -> None:
    found = answer(load_dataset(VALID), asked, bounds)
    assert isinstance(found, QueryRefusal)
    assert found.status == status
    assert words in found.message


class Stub(Worker):
    """A worker without a process, that does as it is told."""

    def __init__(self, replies: list[QueryAnswer | Exception | threading.Event]) -> None:
        self.replies = replies
        self.ended = False

    def ask(self, task: Task) -> QueryAnswer | QueryRefusal:
        reply = self.replies.pop(0)
        if isinstance(reply, threading.Event):
            reply.wait()
            reply = EOFError()
        if isinstance(reply, Exception):
            raise reply
        return reply

    def end(self) -> None:
        self.ended = True


YES = QueryAnswer(b"yes", is_triples=False, cut=False)


def test_the_pool_replaces_workers_that_fail() -> None:
    replies = [TimeoutError(), EOFError("it needed more than 512 MB"), YES]
    workers: list[Stub] = []

    def start() -> Stub:
        workers.append(Stub(replies))  # type: ignore[arg-type]
        return workers[-1]

    with Pool(start, workers=1, waiting=0, seconds=1) as pool:
        late, broken = pool.ask(task(ALL)), pool.ask(task(ALL))
        assert isinstance(late, QueryRefusal)
        assert isinstance(broken, QueryRefusal)
        assert (late.status, broken.status) == (HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.INTERNAL_SERVER_ERROR)
        assert "512 MB" in broken.message
        assert pool.ask(task(ALL)) == YES
        assert [worker.ended for worker in workers] == [True, True, False]
    assert [worker.ended for worker in workers] == [True, True, True]


def test_the_pool_refuses_more_than_can_wait() -> None:
    hold = threading.Event()
    found: list[QueryAnswer | QueryRefusal] = []
    with Pool(lambda: Stub([hold]), workers=1, waiting=0, seconds=0.05) as pool:
        asking = threading.Thread(target=lambda: found.append(pool.ask(task(ALL))))
        asking.start()
        while not pool._idle.empty():
            time.sleep(0.001)
        refused = pool.ask(task(ALL))
        assert isinstance(refused, QueryRefusal)
        assert refused.status == HTTPStatus.SERVICE_UNAVAILABLE
        pool.close()
        hold.set()
        asking.join()
    (stopped,) = found
    assert isinstance(stopped, QueryRefusal)
    assert "being stopped" in stopped.message


def test_the_pool_refuses_what_has_waited_too_long() -> None:
    hold = threading.Event()
    with Pool(lambda: Stub([hold]), workers=1, waiting=1, seconds=0.05) as pool:
        asking = threading.Thread(target=pool.ask, args=(task(ALL),))
        asking.start()
        while not pool._idle.empty():
            time.sleep(0.001)
        refused = pool.ask(task(ALL))
        assert isinstance(refused, QueryRefusal)
        assert refused.status == HTTPStatus.SERVICE_UNAVAILABLE
        hold.set()
        asking.join()
