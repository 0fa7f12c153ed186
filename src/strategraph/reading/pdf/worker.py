"""The process that reads one PDF for another process, and what it says to it."""

from __future__ import annotations

import logging
import os
import pickle
import sys
import time
from dataclasses import dataclass, replace
from threading import Thread
from typing import IO

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.request import Limits, Request

_SPARE = 5  # seconds of processor time beyond the limit, for the case that the other process is no more


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
    if os.name == "posix":  # elsewhere what starts Python may start it by way of another process
        Thread(target=_end_with, args=[parent], daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    work(sys.stdin.buffer, answers, bounded=True)


def _end_with(parent: int) -> None:
    """End this process soon after its parent, should that be killed: nobody listens any more."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


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
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = int(limits.seconds) + _SPARE
    for kind, most in ((resource.RLIMIT_AS, limits.memory + size), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most < hard:
            try:
                resource.setrlimit(kind, (most, hard))
            except (ValueError, OSError):  # macOS knows the bound on memory but refuses to set it
                logging.getLogger(__name__).debug("this system sets no bound of kind %s", kind)
