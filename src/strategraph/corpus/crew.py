"""Work done by several processes, of which one may die without the others: memory, a fault of native code.

Who does it, a maker of pools says: :class:`Processes` here, :class:`Cluster` those of a Dask cluster, which
whoever has the scheduler's address can have build.

Dask gives a task whose worker died to another one; only what it gave up is tried alone. A task may so be done
twice, which makes no difference: its files are put in place whole, with the same bytes, and it is noted once.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing import get_context
from threading import Thread
from typing import Any, Generic, Protocol, TypeVar

from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.system.processes import end_with

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 4  # tasks that wait for each process: enough to keep it busy, few to keep in memory


class WorkerPool(Protocol):
    """Processes that take tasks."""

    def width(self) -> int:
        """Return how many processes there are, at present."""

    def submit(self, task: Any) -> Future[Any]:
        """Have a task done when its turn comes."""

    def result(self, future: Future[Any]) -> Any:
        """Return what came of a task that is done.

        Raises :class:`~concurrent.futures.BrokenExecutor` where the process that did it, or one beside it,
        died.
        """

    def close(self) -> None:
        """End, when all is done."""

    def end(self) -> None:
        """End at once, whatever is being done: what is written is whole or not there."""


class Workers(Protocol):
    """A maker of pools."""

    def pool(self, do: Callable[[Any], Any], *, alone: bool = False) -> WorkerPool:
        """Return processes that do tasks so; with ``alone``, for one at a time."""


class Crew(Generic[T, R]):
    """Does tasks by the processes of ``workers``; without, in this one.

    ``died`` makes the result of a task whose process died of it.
    """

    def __init__(self, do: Callable[[T], R], workers: Workers | None, died: Callable[[T], R]) -> None:
        self._do = do
        self._workers = workers
        self._died = died

    def work(self, tasks: Iterable[T]) -> Generator[tuple[T, R], None, None]:
        """Yield each task with its result, once, in the order in which they are done."""
        if self._workers is None:
            for task in tasks:
                yield task, self._do(task)
            return
        left = iter(tasks)
        while True:
            flying: dict[int, T] = {}
            try:
                yield from self._work_together(self._workers.pool(self._do), left, flying)
                return
            except BrokenExecutor:
                # One of them ended a process; each alone, it shows which.
                for task in flying.values():
                    yield task, self._alone(self._workers.pool(self._do, alone=True), task)

    def _work_together(
        self, pool: WorkerPool, left: Iterator[T], flying: dict[int, T]
    ) -> Iterator[tuple[T, R]]:
        """Yield what is done; ``flying`` are the tasks that are on the way, also when the processes break."""
        tickets = count()
        futures: dict[Future[R], int] = {}
        try:
            while True:
                for task in islice(left, max(0, pool.width() * _AHEAD - len(futures))):
                    ticket = next(tickets)
                    flying[ticket] = task
                    futures[pool.submit(task)] = ticket
                if not futures:
                    break
                done, _ = wait(futures, return_when=FIRST_COMPLETED)
                for future in done:
                    result = pool.result(future)
                    task = flying.pop(futures.pop(future))
                    yield task, result
        except BaseException:
            pool.end()
            raise
        pool.close()

    def _alone(self, pool: WorkerPool, task: T) -> R:
        try:
            result: R = pool.result(pool.submit(task))
            return result
        except BrokenExecutor:
            return self._died(task)
        finally:
            pool.end()


@dataclass(frozen=True, slots=True)
class Processes:
    """So many processes of this machine; what is to be done is sent to each once."""

    many: int

    def pool(self, do: Callable[[Any], Any], *, alone: bool = False) -> WorkerPool:
        """Return new processes."""
        return _ProcessPool(do, 1 if alone else self.many)


class _ProcessPool:
    def __init__(self, do: Callable[[Any], Any], many: int) -> None:
        self._many = many
        # Not forked: this process may have threads, and locks that they hold.
        self._pool = ProcessPoolExecutor(
            many, get_context("spawn"), initializer=_begin, initargs=(do, os.getpid())
        )

    def width(self) -> int:
        return self._many

    def submit(self, task: Any) -> Future[Any]:
        return self._pool.submit(_do, task)

    def result(self, future: Future[Any]) -> Any:
        return future.result()

    def close(self) -> None:
        self._pool.shutdown()

    def end(self) -> None:
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(cancel_futures=True)


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


SECONDS = 60
"""How long a scheduler may take to answer, and to have its first worker."""


@contextmanager
def cluster(scheduler: str, seconds: float = SECONDS) -> Iterator[Cluster]:
    """Give the workers of the scheduler at an address such as ``tcp://10.0.0.1:8786``.

    Raises :class:`UnusableInputError` if Dask is not installed, if no scheduler answers there, or if it has
    no worker.
    """
    try:
        import distributed
    except ImportError as error:
        raise UnusableInputError(
            "--scheduler needs one more package: pip install 'strategraph[cluster]'"
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told as an error of ours
    try:
        client = distributed.Client(scheduler, timeout=seconds, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise UnusableInputError(f"{scheduler}: no Dask scheduler answers there") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError as error:
            raise UnusableInputError(
                f"{scheduler}: has no workers; `dask worker {scheduler} --nthreads 1` starts one"
            ) from error
        yield Cluster(client, scheduler)


class Cluster:
    """The workers that a client of Dask knows."""

    def __init__(self, client: Any, scheduler: str) -> None:
        self._client = client
        self._scheduler = scheduler

    def pool(self, do: Callable[[Any], Any], *, alone: bool = False) -> WorkerPool:
        """Return the workers, as many as there are, also for one task alone."""
        return _ClusterPool(self._client, self._scheduler, do)


class _ClusterPool:
    def __init__(self, client: Any, scheduler: str, do: Callable[[Any], Any]) -> None:
        self._client = client
        self._scheduler = scheduler
        self._do = do
        self._executor = client.get_executor(pure=False)  # a task that is given twice is done twice

    def width(self) -> int:
        """Return how many workers there are; one at least, as those that died may come back."""
        return max(1, len(self._client.nthreads()))

    def submit(self, task: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(on_the_one_thread, self._do, task)
        return future

    def result(self, future: Future[Any]) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as error:
            raise BrokenExecutor from error
        except StrategraphError:
            raise
        except CancelledError as error:
            raise UnusableInputError(
                f"{self._scheduler}: the scheduler has gone; another run goes on where this one was"
            ) from error
        except Exception as error:  # whatever keeps a worker from beginning: it lacks our package, a module
            raise UnusableInputError(
                f"{self._scheduler}: a worker cannot build ({type(error).__name__}: {error})"
            ) from error

    def close(self) -> None:
        self._executor.shutdown()

    def end(self) -> None:
        self._executor.shutdown(wait=False)


_thread = ThreadPoolExecutor(1)


def on_the_one_thread(do: Callable[[Any], Any], task: Any) -> Any:
    """Do a task on the thread of this worker that does all of them, however many threads Dask gave it.

    What a build keeps from plan to plan, some of it native code, belongs to one thread.
    """
    return _thread.submit(do, task).result()
