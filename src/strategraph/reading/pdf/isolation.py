"""PDFs in a process of their own, so that a page that takes forever, or breaks PDFium, ends in one line.

PDFium is native code: nothing in this process could stop it inside a page, and a fault in it would end this
process. The other process gets the file through its standard input and answers with a row of messages; it is
not forked, as this process may have threads, and does not run the caller's main module again. It is a guard
against files that break a reader, no sandbox: the other process may do what this one may.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from tempfile import TemporaryFile
from threading import Timer
from typing import IO

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.pdf.worker import Message, Progress, Refusal
from strategraph.reading.request import Request

_WORKER = (
    "import sys; parent, *sys.path[:] = sys.argv[1:]; from strategraph.reading.pdf.worker import main; "
    "main(int(parent))"
)
_OUTCOMES = (Content, Refusal)


def can_isolate() -> bool:
    """Whether this interpreter can start another one; a program it is frozen into cannot."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def parse(data: bytes, request: Request) -> Content:
    """Return what :func:`strategraph.reading.pdf.parse` does, from another process.

    Raises :class:`UnusableInputError` also if that process takes longer than the limit or breaks down. The
    process has ended when this returns or raises, whatever stopped it.
    """
    limits = request.limits
    with TemporaryFile() as said, _process(said) as process:
        late = Timer(limits.seconds, _kill, [process])
        late.start()
        try:
            _send(process, data, request)
            for message in _messages(process):
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
            f"{request.name}: is a broken PDF: what reads it broke down ({_cause(process.wait(), said)}), "
            f"perhaps as it needs more memory than {limits.memory // 2**20:,} MB, the limit (--max-memory)"
        )


@contextmanager
def _process(said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the other process; it is gone on leaving, with all that it started."""
    # In a session of its own, Ctrl-C does not reach it: this process decides when it ends.
    process = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(os.getpid()), *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process
    finally:
        _kill(process)
        process.wait()
        process.stdout.close()
        with suppress(OSError):  # what could not be sent cannot be flushed either
            process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it started, where it has not ended yet."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _send(process: subprocess.Popen[bytes], data: bytes, request: Request) -> None:
    """Give the process its work; that it has ended already, its missing answer tells."""
    assert process.stdin is not None
    with suppress(OSError):
        pickle.dump(replace(request, progress=None), process.stdin)
        pickle.dump(data, process.stdin)
        process.stdin.close()


def _messages(process: subprocess.Popen[bytes]) -> Iterator[Message]:
    """Yield what the process says, until it has ended."""
    assert process.stdout is not None
    with suppress(EOFError, pickle.UnpicklingError):  # cut off
        while True:
            message = pickle.load(process.stdout)
            assert isinstance(message, Progress | Refusal | Content)
            yield message


def _cause(status: int, said: IO[bytes]) -> str:
    """Return how a process ended: by which signal, or the last line that it said."""
    if status < 0:
        return signal.Signals(-status).name
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"exit status {status}")
