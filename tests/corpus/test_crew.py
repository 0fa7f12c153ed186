"""Work that is done by several processes, one of which may die."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from strategraph.corpus.crew import Crew, Processes


def work(number: int, deadly: int = -1) -> int:
    if number == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def died(number: int) -> int:
    return -number


@pytest.mark.parametrize("workers", [None, Processes(2)])
def test_every_task_is_done_once(workers: Processes | None) -> None:
    assert sorted(Crew(work, workers, died).work(range(30))) == [(n, n * n) for n in range(30)]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_one_that_dies_is_told_and_the_others_are_done() -> None:
    found = dict(Crew(partial(work, deadly=7), Processes(2), died).work(range(20)))
    assert found == {n: -7 if n == 7 else n * n for n in range(20)}


def test_who_stops_listening_ends_the_processes() -> None:
    working = Crew(work, Processes(2), died).work(iter(range(1_000_000)))
    next(working)
    working.close()
