"""Worker processes that share the queries: so many run at once, more wait, the rest is refused.

Each answers one query after another, and can be stopped in the middle of one.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Self

from strategraph.errors import UnusableInputError
from strategraph.querying.answers import find_format, render, render_triples
from strategraph.querying.dataset import Dataset, open_to_read
from strategraph.querying.engine import (
    QueryFailedError,
    Scope,
    ServiceRefusedError,
    UpdateRefusedError,
    first_rows,
    first_triples,
    run,
)
from strategraph.system import processes

_START = 60  # seconds that a process may take to come up; this is not counted as a query's time
_END = 5  # seconds that a process that broke down may take to be gone


@dataclass(frozen=True, slots=True)
class Task:
    """A query, the graphs it is put to, and what the client reads.

    ``rows`` and ``triples`` name the format for an answer of that kind; "" where the client takes none.
    """

    query: str
    scope: Scope | None
    rows: str
    triples: str


@dataclass(frozen=True, slots=True)
class AnswerBounds:
    """How many rows or triples (0: any number), and how many bytes, an answer may have."""

    limit: int
    size: int


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """The bytes of an answer; whether they are triples; whether there would have been more."""

    body: bytes
    is_triples: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class QueryRefusal:
    """Why there is no answer: an HTTP status, and a line for people."""

    status: HTTPStatus
    message: str


def answer(dataset: Dataset, task: Task, bounds: AnswerBounds) -> QueryAnswer | QueryRefusal:
    """Return the answer to a query, or why there is none."""
    try:
        found = _answer(dataset, task, bounds.limit)
    except UpdateRefusedError as error:
        return QueryRefusal(HTTPStatus.FORBIDDEN, str(error))
    except ServiceRefusedError:
        return QueryRefusal(
            HTTPStatus.FORBIDDEN, "SERVICE would call another host, which this server never does"
        )
    except QueryFailedError as error:
        return QueryRefusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    except UnusableInputError as error:
        return QueryRefusal(HTTPStatus.BAD_REQUEST, str(error))
    if isinstance(found, QueryAnswer) and len(found.body) > bounds.size:
        return QueryRefusal(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            f"the answer has {len(found.body):,} bytes, more than the {bounds.size:,} that are sent; "
            "ask for less, or use LIMIT",
        )
    return found


def _answer(dataset: Dataset, task: Task, limit: int) -> QueryAnswer | QueryRefusal:
    from pyoxigraph import QuerySolutions, QueryTriples

    found = run(dataset, task.query, scope=task.scope)
    if isinstance(found, QueryTriples):
        if not task.triples:
            return _not_acceptable("triples")
        triples, cut = first_triples(found, limit) if limit else (found, False)
        return QueryAnswer(render_triples(triples, find_format(task.triples), dataset.prefixes), True, cut)
    if not task.rows:
        return _not_acceptable("rows, or yes or no")
    cut = False
    if isinstance(found, QuerySolutions) and limit:
        found, cut = first_rows(found, limit)
    return QueryAnswer(render(found, find_format(task.rows), dataset), False, cut)


def _not_acceptable(kind: str) -> QueryRefusal:
    return QueryRefusal(
        HTTPStatus.NOT_ACCEPTABLE, f"the answer is {kind}, in none of the formats that Accept asks for"
    )


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker needs to know: the store, the prefixes and base to write IRIs with, and its bounds.

    ``seconds`` and ``memory`` (MB) are what a query may take.
    """

    folder: Path
    prefixes: Mapping[str, str]
    base: str
    bounds: AnswerBounds
    seconds: float
    memory: int


class Worker:
    """A worker process, seen from the server."""

    def __init__(self, plan: WorkerSettings) -> None:
        """Start the process. Nothing is inherited: the server has threads, and must not be forked."""
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._seconds = plan.seconds
        self._memory = plan.memory
        self._up = False
        self._process = context.Process(target=work, args=(theirs, plan), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, task: Task) -> QueryAnswer | QueryRefusal:
        """Return the answer to a query.

        Raises :class:`TimeoutError` if it takes too long and :class:`EOFError`, with what ended it, if the
        process has ended; in both cases the worker is of no more use.
        """
        try:
            if not self._up:
                self._receive(_START)
                self._up = True
            self._connection.send(task)
            reply = self._receive(self._seconds)
        except TimeoutError:
            raise
        except (OSError, EOFError) as error:
            raise EOFError(self._cause()) from error
        assert isinstance(reply, QueryAnswer | QueryRefusal)
        return reply

    def _receive(self, seconds: float) -> object:
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv()

    def _cause(self) -> str:
        """Return in words why the process ended."""
        self._process.join(_END)
        status = self._process.exitcode
        how = signal.Signals(-status).name if status and status < 0 else f"exit status {status}"
        return processes.reason(how, megabytes=self._memory, seconds=self._seconds)

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def work(connection: Connection, plan: WorkerSettings) -> None:
    """Answer queries until the server hangs up; this is what the process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it, too, but the server decides when to end
    processes.bound("DATA", plan.memory << 20)
    opened = open_to_read(plan.folder)
    answer_all(connection, Dataset(opened.store, plan.prefixes, plan.base, opened.lock), plan)


def answer_all(connection: Connection, dataset: Dataset, plan: WorkerSettings) -> None:
    """Say that we are up, then answer one query after another until the other end hangs up."""
    try:
        connection.send(None)
        while True:
            task = connection.recv()
            bound_time(plan.seconds)
            connection.send(answer(dataset, task, plan.bounds))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def bound_time(seconds: float) -> None:
    """Have the system end this process after a query's time, should the server be gone that would do it."""
    processes.bound("CPU", int(time.process_time() + seconds + processes.SPARE))


class Pool:
    """Keeps a number of workers alive: one that had to be stopped, or broke down, is replaced.

    To be used with ``with``; the workers end with it.
    """

    def __init__(self, start: Callable[[], Worker], *, workers: int, waiting: int, seconds: float) -> None:
        """Make a pool of ``workers`` that ``start`` starts; ``waiting`` queries more may wait for one.

        A query may take ``seconds``, and may wait as long.
        """
        self._start = start
        self._seconds = seconds
        self._size = workers
        self._places = threading.BoundedSemaphore(workers + waiting)
        self._idle: LifoQueue[Worker] = LifoQueue()
        self._alive: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        for _ in range(self._size):
            self._add()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers. A query that is running gets a refusal."""
        with self._lock:
            self._closed = True
            workers = tuple(self._alive)
            self._alive.clear()
        for worker in workers:
            worker.end()

    def ask(self, task: Task) -> QueryAnswer | QueryRefusal:
        """Return the answer to a query, or why there is none."""
        if not self._places.acquire(blocking=False):
            return _busy()
        try:
            worker = self._idle.get(timeout=self._seconds)
        except Empty:
            return _busy()
        else:
            return self._ask(worker, task)
        finally:
            self._places.release()

    def _ask(self, worker: Worker, task: Task) -> QueryAnswer | QueryRefusal:
        try:
            reply = worker.ask(task)
        except TimeoutError:
            self._replace(worker)
            return QueryRefusal(
                HTTPStatus.GATEWAY_TIMEOUT,
                f"the query was stopped: it took longer than the {self._seconds:g} s it may",
            )
        except EOFError as error:
            self._replace(worker)
            if self._closed:
                return QueryRefusal(HTTPStatus.SERVICE_UNAVAILABLE, "the server is being stopped")
            return QueryRefusal(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                f"the query broke down: {error}",
            )
        self._idle.put(worker)
        return reply

    def _replace(self, worker: Worker) -> None:
        with self._lock:
            known = worker in self._alive
            self._alive.discard(worker)
        if known:
            worker.end()
            self._add()

    def _add(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = self._start()
            self._alive.add(worker)
        self._idle.put(worker)


def _busy() -> QueryRefusal:
    return QueryRefusal(
        HTTPStatus.SERVICE_UNAVAILABLE, "as many queries as can be are running or waiting; try again soon"
    )
