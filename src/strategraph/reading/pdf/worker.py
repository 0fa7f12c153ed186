"""The process that reads one PDF for another process, and what it says to it."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass, replace
from typing import IO

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.request import Limits, Request
from strategraph.system import processes


@dataclass(frozen=True, slots=True)
class Progress:
    """So many pages of so many are read."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the file cannot be read, in one line."""

    reason: str


Message = Progress | Refusal | Content


def main(parent: int) -> None:
    """Read the PDF on standard input; say on standard output how far it is, and at last what is in it.

    ``parent`` is the process that listens; this one does not outlive it.
    """
    work(sys.stdin.buffer, processes.listen(parent), bounded=True)


def work(questions: IO[bytes], answers: IO[bytes], *, bounded: bool) -> None:
    """Read the request and the PDF from ``questions`` and write messages to ``answers``.

    ``bounded`` is whether the system is to hold this process to the request's limits.
    """
    from strategraph.reading.pdf import parse

    request = pickle.load(questions)
    data = pickle.load(questions)
    assert isinstance(request, Request)

    def say(message: Message) -> None:
        pickle.dump(message, answers)
        answers.flush()

    if bounded:
        bound(request.limits, len(data))
    try:
        say(parse(data, replace(request, progress=lambda done, of: say(Progress(done, of)))))
    except UnusableInputError as error:
        say(Refusal(str(error)))


def bound(limits: Limits, size: int) -> None:
    """Have the system refuse this process more memory, and end it if nobody else does; not on Windows."""
    processes.bound("AS", limits.memory + size)
    processes.bound("CPU", int(limits.seconds) + processes.SPARE)
