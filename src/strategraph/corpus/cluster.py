"""The workers of a Dask cluster: whoever has a scheduler's address can have them build.

Dask gives a task whose worker died to another one; only what it gave up is tried alone. A task may so be done
twice, which makes no difference: its files are put in place whole, with the same bytes, and it is noted once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from strategraph.corpus.crew import WorkerPool
from strategraph.errors import StrategraphError, UnusableInputError

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
