"""Some worker processes that share the queries: so many run at once, more wait, the rest is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http import HTTPStatus
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self

from strategraph.querying.serving.answering import QueryAnswer, QueryRefusal, Task
from strategraph.querying.serving.worker import Worker


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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
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
