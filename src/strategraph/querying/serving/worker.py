"""A process that answers one query after another, and can be stopped in the middle of one."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from strategraph.querying.dataset import Dataset
from strategraph.querying.serving.answering import AnswerBounds, QueryAnswer, QueryRefusal, Task, answer
from strategraph.querying.stores.embedded import open_to_read
from strategraph.system import processes

_START = 60  # seconds that a process may take to come up; this is not counted as a query's time
_END = 5  # seconds that a process that broke down may take to be gone


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
