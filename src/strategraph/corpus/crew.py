"""Work done by several processes, of which one may die without the others: memory, a fault of native code."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import count, islice
from multiprocessing import get_context
from threading import Thread
from typing import Any, Generic, TypeVar

from strategraph.system.processes import end_with

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 4  # tasks that wait for each process: enough to keep it busy, few to keep in memory


class Crew(Generic[T, R]):
    """Does tasks in so many processes; with one, in this one.

    ``do`` is sent to each process once. ``died`` makes the result of a task whose process died of it.
    """

    def __init__(self, do: Callable[[T], R], processes: int, died: Callable[[T], R]) -> None:
        self._do = do
        self._processes = processes
        self._died = died

    def work(self, tasks: Iterable[T]) -> Generator[tuple[T, R], None, None]:
        """Yield each task with its result, in the order in which they are done."""
        if self._processes == 1:
            for task in tasks:
                yield task, self._do(task)
            return
        left = iter(tasks)
        while True:
            flying: dict[int, T] = {}
            try:
                yield from self._work_together(left, flying)
                return
            except BrokenProcessPool:
                # One of them ended a process; each alone, it shows which.
                for task in flying.values():
                    yield task, self._alone(task)

    def _work_together(self, left: Iterator[T], flying: dict[int, T]) -> Iterator[tuple[T, R]]:
        """Yield what is done; ``flying`` are the tasks that are on the way, also when the processes break."""
        pool = self._pool(self._processes)
        tickets = count()
        futures: dict[Future[R], int] = {}

        def send(task: T) -> None:
            ticket = next(tickets)
            flying[ticket] = task
            futures[pool.submit(_do, task)] = ticket

        try:
            for task in islice(left, self._processes * _AHEAD):
                send(task)
            while futures:
                done, _ = wait(futures, return_when=FIRST_COMPLETED)
                for future in done:
                    result = future.result()
                    task = flying.pop(futures.pop(future))
                    yield task, result
                    for another in islice(left, 1):
                        send(another)
        except BaseException:
            _end(pool)
            raise
        pool.shutdown()

    def _alone(self, task: T) -> R:
        pool = self._pool(1)
        try:
            result: R = pool.submit(_do, task).result()
            return result
        except BrokenProcessPool:
            return self._died(task)
        finally:
            _end(pool)

    def _pool(self, processes: int) -> ProcessPoolExecutor:
        # Not forked: this process may have threads, and locks that they hold.
        return ProcessPoolExecutor(
            processes, get_context("spawn"), initializer=_begin, initargs=(self._do, os.getpid())
        )


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool's processes wherever they are: what they write is whole or not there."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any] | None = None


def _begin(do: Callable[[Any], Any], parent: int) -> None:
    """Make a new process ready: it leaves Ctrl-C to its parent, ends with it, looks for little garbage."""
    global _work  # noqa: PLW0603 (a process of the pool is nothing but this)
    _work = do
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        Thread(target=end_with, args=[parent], daemon=True).start()
    be_sparing_of_collections()


def be_sparing_of_collections() -> None:
    """Have the garbage collector leave alone what stays, and look less often at what comes and goes."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _do(task: Any) -> Any:
    assert _work is not None
    return _work(task)
