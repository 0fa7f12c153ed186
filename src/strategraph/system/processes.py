"""Work that can be stopped: in a process of its own, whatever native code does in it; or here, by a clock.

What cannot be stopped here (a page of a PDF, a query) is done by another process, which gets its work
through its standard input and answers with a row of messages. It is not forked, as this process may have
threads, and does not run the caller's main module again. It is a guard against input that breaks a library,
no sandbox: the other process may do what this one may.

Readers of text are bounded by how they are written (see ``benchmarks/growth.py``). The clock is for what
nobody thought of: a source that keeps a reader busy ends in one line.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from types import FrameType
from typing import IO

from strategraph.errors import UnusableInputError

SPARE = 5
"""Seconds of processor time beyond a limit, for the case that the process that keeps the time is no more."""
# What the system ends a process with, and what that tells of the cause.
_STACK = frozenset({"SIGSEGV", "SIGBUS", "SIGILL"})
_TIME = frozenset({"SIGXCPU"})
_MEMORY = frozenset({"SIGABRT", "SIGKILL"})  # native code gives up without memory; the system may end it


def can_start() -> bool:
    """Whether this interpreter can start another one; a program it is frozen into cannot."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def program(module: str) -> str:
    """Return the program, for :func:`started`, that calls ``main`` of a module with this process's number."""
    return f"import sys; parent, *sys.path[:] = sys.argv[1:]; from {module} import main; main(int(parent))"


@contextmanager
def started(text: str, said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in another process; it is gone on leaving, with all that it started.

    ``said`` gets what it writes to standard error.
    """
    # In a session of its own, Ctrl-C does not reach it: this process decides when it ends.
    process = subprocess.Popen(
        [sys.executable, "-c", text, str(os.getpid()), *sys.path],
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
        kill(process)
        process.wait()
        process.stdout.close()
        with suppress(OSError):  # what could not be sent cannot be flushed either
            process.stdin.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and those that it started, where it has not ended yet."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def send(process: subprocess.Popen[bytes], *work: object) -> None:
    """Give the process its work; that it has ended already, its missing answer tells."""
    assert process.stdin is not None
    with suppress(OSError):
        for part in work:
            pickle.dump(part, process.stdin)
        process.stdin.close()


def messages(process: subprocess.Popen[bytes]) -> Iterator[object]:
    """Yield what the process says, until it has ended."""
    assert process.stdout is not None
    with suppress(EOFError, pickle.UnpicklingError):  # cut off
        while True:
            yield pickle.load(process.stdout)


def cause(status: int, said: IO[bytes]) -> str:
    """Return how a process ended: by which signal, or the last line that it said."""
    if status < 0:
        return signal.Signals(-status).name
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"exit status {status}")


def reason(how: str, *, megabytes: int, seconds: float) -> str:
    """Return in words why a process ended that was bounded so, given :func:`cause`.

    >>> reason("SIGSEGV", megabytes=1024, seconds=30)
    'it went deeper than the stack reaches (SIGSEGV)'
    """
    if how in _STACK:
        return f"it went deeper than the stack reaches ({how})"
    if how in _TIME:
        return f"it took more than {seconds:g} seconds of processor time, the limit"
    if how in _MEMORY or "MemoryError" in how or "memory allocation" in how:
        return f"it needed more than {megabytes:,} MB of memory, the limit"
    return f"what answers it ended ({how})"


def listen(parent: int) -> IO[bytes]:
    """Return where the other process writes its messages, and have it end soon after ``parent`` does.

    For the other process. What a library prints there goes to standard error, for it is no message.
    """
    if os.name == "posix":  # elsewhere what starts Python may start it by way of another process
        Thread(target=end_with, args=[parent], daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def end_with(parent: int) -> None:
    """End this process soon after its parent, should that be killed: nobody listens any more."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def bound(kind: str, most: int) -> None:
    """Have the system hold this process to a bound, "AS" or "DATA" in bytes, "CPU" in seconds.

    Windows knows no such bounds. Nothing that was bounded before is given more. No memory is dumped when the
    process breaks down.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    which = getattr(resource, f"RLIMIT_{kind}")
    _, hard = resource.getrlimit(which)
    if hard == resource.RLIM_INFINITY or most < hard:
        try:
            resource.setrlimit(which, (most, hard))
        except (ValueError, OSError):  # macOS knows the bound on memory but refuses to set it
            logging.getLogger(__name__).debug("this system sets no bound of kind %s", kind)


class _Late(BaseException):
    """The time is over; no ``Exception``, since libraries catch those."""


@contextmanager
def at_most(seconds: float, what: str) -> Iterator[None]:
    """Raise :class:`UnusableInputError` when ``what`` is done has taken so many seconds of processor time.

    Pattern matching is stopped, too, native code as soon as it returns. Where the clock cannot be set (on
    Windows, in any thread but the main one) or somebody else has set it, there is no bound.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
        or signal.getitimer(signal.ITIMER_VIRTUAL)[0]
    ):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise _Late

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _Late as error:
        raise UnusableInputError(
            f"{what} takes more than {seconds:g} seconds of processor time, the limit"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
