"""The one place through which everything that commands say goes out, and how they end when they are stopped.

Words of a plan come from anywhere. On a terminal its escapes would be commands: so what is said to people is
spelled out always, and what is given to programs where it goes to a terminal all the same.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import TextIOBase
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from strategraph.system.files import mixed
from strategraph.system.terminal_text import spelled_out

if TYPE_CHECKING:
    from strategraph.system.files import Content


def say(line: str) -> None:
    """Say one line to people, on standard output. Raises :class:`OSError` if it cannot be written."""
    give(spelled_out(line) + "\n")


def say_all(text: str) -> None:
    """Say all lines of a text."""
    for line in text.removesuffix("\n").split("\n"):
        say(line)


def tell(message: str) -> None:
    """Tell what happens, in one line on standard error."""
    mutter(f"strategraph: {message}")


def tell_if_mixed(*paths: Path) -> None:
    """Tell of each file whether its set is mixed: of a build that was interrupted, or changed afterwards."""
    for path in paths:
        how = mixed(path)
        if how is not None:
            tell(f"warning: {how}")


def complain(error: Exception | str) -> None:
    """Tell what is wrong, in one line on standard error."""
    tell(f"error: {error}")


def mutter(line: str) -> None:
    """Write a line to standard error."""
    put_up(f"{spelled_out(line)}\n")


def put_up(text: str) -> None:
    """Write to standard error as it is; that it is closed or full must not hide what the status says."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True, nl=False)


def deliver(content: bytes, out: Path | None) -> None:
    """Write a result to a file, whole or not at all, and tell so; without one, to standard output."""
    if out is None:
        give(content)
    else:
        put_down({out: content})


def put_down(files: Mapping[Path, Content]) -> None:
    """Write files, whole or not at all, and tell of each that it was written."""
    from strategraph.system.files import write_files

    write_files(files)
    for path in files:
        tell(f"wrote {path}")


def give(content: str | bytes) -> None:
    """Write an answer to standard output: as it is, but for a terminal with all but line ends spelled out.

    Raises :class:`OSError` if it cannot be written, also where standard output is closed.
    """
    if sys.stdout.isatty():
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        content = "\n".join(map(spelled_out, text.replace("\r\n", "\n").split("\n")))
    click.echo(content, nl=False)


def leave_standard_output() -> None:
    """Let nothing more be written to where nothing can be, as the interpreter does when it ends."""
    with suppress(OSError, ValueError, AttributeError):  # closed, or not a file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fill_closed_streams() -> None:
    """Put something in the place of standard streams that are closed.

    Else the next file that is opened would get their numbers, and what a library complains of would be
    written into it. What is written to a standard output that is closed raises :class:`OSError`; what is told
    on a standard error that is closed is told to nobody.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (for as long as the process is)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = _Closed()


class _Closed(TextIOBase):
    """A standard output that is not there."""

    def write(self, text: str) -> int:
        if text:
            raise OSError(errno.EBADF, "standard output is closed")
        return 0


class Terminated(SystemExit):
    """A signal asks the program to end; ``code`` is 128 and the signal's number."""


@contextmanager
def terminable() -> Iterator[None]:
    """Let a request to terminate unwind what is being done, so that nothing half-written stays behind.

    A terminal that is closed is such a request, too. The exit status is that of a program ended by the
    signal, 128 and its number.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise Terminated(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = {}
    for name in ("SIGTERM", "SIGHUP"):  # the second is of POSIX: the terminal is gone
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # unless nohup, or a test
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class ProgressLine:
    """The line as it stands on the terminal; nothing is shown where standard error is none."""

    _width: int = 0

    def tell(self, what: str) -> None:
        """Show what is being done in place of what was shown before."""
        line = spelled_out(what)
        put_up(f"\r{line.ljust(self._width)}\r")
        self._width = len(line)

    def page(self, done: int, of: int) -> None:
        """Show how many pages are read."""
        self.tell(f"reading page {done} of {of}")

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self.tell("")


@contextmanager
def progress_line() -> Iterator[ProgressLine | None]:
    """Give the line, None where there is no terminal; it is gone on leaving, whatever happened."""
    if not sys.stderr.isatty():
        yield None
        return
    line = ProgressLine()
    try:
        yield line
    finally:
        line.clear()
