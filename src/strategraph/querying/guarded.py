"""A question answered in a process of its own: bounded in time and memory, and if it breaks down, alone.

The engine is native code. A query of a line can take it hours, all memory, or more stack than there is, and
nothing in its own process could stop it.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO

from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.querying.answers import Expectations, find_format, reasons, render
from strategraph.querying.dataset import Dataset, load_dataset
from strategraph.querying.engine import QueryFailedError, refuse_deep, run
from strategraph.system import processes

_LONGEST_HEAD = 4096  # bytes
_WORKER = processes.program("strategraph.querying.guarded")


@dataclass(frozen=True, slots=True)
class ProcessBounds:
    """What loading the graphs and answering may take: seconds, and bytes of memory."""

    seconds: float = 600.0
    memory: int = 4 * 2**30


@dataclass(frozen=True, slots=True)
class GuardedQuery:
    """A query, the graphs it is put to (see :func:`load_dataset`), and how its answer is to be written.

    ``expected`` is what must be so for an answer: with it, one that has no rows is explained.
    """

    graphs: Path
    query: str
    format: str
    width: int | None = None
    allow_service: bool = False
    expected: Expectations | None = None


def ask(
    asked: GuardedQuery, bounds: ProcessBounds | None = None, explain: Callable[[str], object] | None = None
) -> bytes:
    """Return the answer, as :func:`render` writes it; ``explain`` is told why it has no rows, line by line.

    Raises what :func:`load_dataset`, :func:`run` and :func:`render` raise, and :class:`QueryFailedError`,
    with the true cause, for a query that takes more than it may. Where this interpreter cannot start another
    one, the query is answered in this process, without bounds on time and memory.
    """
    refuse_deep(asked.query)
    if not processes.can_start():
        return _answer(asked, explain)
    bounds = bounds or ProcessBounds()
    with TemporaryFile() as said, processes.started(_WORKER, said) as process:
        late = Timer(bounds.seconds, processes.kill, [process])
        late.start()
        try:
            processes.send(process, asked, bounds)
            for reply in processes.messages(process):
                if isinstance(reply, bytes):
                    return reply
                if isinstance(reply, str):
                    if explain is not None:
                        explain(reply)
                    continue
                assert isinstance(reply, StrategraphError)
                raise reply
        finally:
            in_time = late.is_alive()
            late.cancel()
        if not in_time:
            raise QueryFailedError(
                f"the query was stopped: it took more than {bounds.seconds:g} seconds, the limit"
                " (--max-seconds)"
            )
        why = processes.reason(
            processes.cause(process.wait(), said), megabytes=bounds.memory >> 20, seconds=bounds.seconds
        )
        raise QueryFailedError(f"the query broke down: {why}")


def main(parent: int) -> None:
    """Answer the question on standard input; this is what the other process does."""
    work(sys.stdin.buffer, processes.listen(parent), bounded=True)


def work(questions: IO[bytes], answers: IO[bytes], *, bounded: bool) -> None:
    """Read a question from ``questions`` and write its answer, or the error it ends in, to ``answers``."""
    asked, bounds = pickle.load(questions), pickle.load(questions)
    assert isinstance(asked, GuardedQuery)
    assert isinstance(bounds, ProcessBounds)
    if bounded:
        processes.bound("DATA", bounds.memory)
        processes.bound("CPU", int(bounds.seconds) + processes.SPARE)
    reply: bytes | StrategraphError
    try:
        reply = _answer(asked, lambda why: pickle.dump(why, answers))
    except StrategraphError as error:
        reply = error
    except MemoryError:
        reply = UnusableInputError(
            f"the query broke down: it needed more than {bounds.memory >> 20:,} MB of memory, the limit"
            " (--max-memory)"
        )
    pickle.dump(reply, answers)
    answers.flush()


def _answer(asked: GuardedQuery, explain: Callable[[str], object] | None = None) -> bytes:
    dataset = load_dataset(asked.graphs)
    answer = run(dataset, asked.query, allow_service=asked.allow_service)
    content = render(answer, find_format(asked.format), dataset, width=asked.width)
    if asked.expected is not None and explain is not None and _is_empty(dataset, asked, content):
        for why in reasons(dataset, asked.expected):
            explain(why)
    return content


def _is_empty(dataset: Dataset, asked: GuardedQuery, content: bytes) -> bool:
    """Whether the answer has no rows; what is longer than any head is not asked for again."""
    from pyoxigraph import QuerySolutions

    if len(content) > _LONGEST_HEAD:
        return False
    answer = run(dataset, asked.query, allow_service=asked.allow_service)
    return isinstance(answer, QuerySolutions) and next(iter(answer), None) is None
