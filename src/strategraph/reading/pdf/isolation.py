"""PDFs in a process of their own, so that a page that takes forever, or breaks PDFium, ends in one line.

PDFium is native code: nothing in this process could stop it inside a page, and a fault in it would end this
process.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass, replace
from tempfile import TemporaryFile
from threading import Timer
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


_WORKER = processes.program("strategraph.reading.pdf.isolation")


def parse(data: bytes, request: Request) -> Content:
    """Return what :func:`strategraph.reading.pdf.parse` does, from another process.

    Raises :class:`UnusableInputError` also if that process takes longer than the limit or breaks down. The
    process has ended when this returns or raises, whatever stopped it.
    """
    limits = request.limits
    with TemporaryFile() as said, processes.started(_WORKER, said) as process:
        late = Timer(limits.seconds, processes.kill, [process])
        late.start()
        try:
            _send(process, data, request)
            for message in processes.messages(process):
                assert isinstance(message, Progress | Refusal | Content)
                if isinstance(message, Content):
                    return message
                if isinstance(message, Refusal):
                    raise UnusableInputError(message.reason)
                if request.progress is not None:
                    request.progress(message.done, message.of)
        finally:
            in_time = late.is_alive()
            late.cancel()
        if not in_time:
            raise UnusableInputError(
                f"{request.name}: reading it takes more than {limits.seconds:g} seconds, the limit; read a "
                "part of it with --pages, or raise the limit (--max-seconds)"
            )
        raise UnusableInputError(
            f"{request.name}: is a broken PDF: what reads it broke down "
            f"({processes.cause(process.wait(), said)}), "
            f"perhaps as it needs more memory than {limits.memory // 2**20:,} MB, the limit (--max-memory)"
        )


def _send(process: subprocess.Popen[bytes], data: bytes, request: Request) -> None:
    processes.send(process, replace(request, progress=None), data)
