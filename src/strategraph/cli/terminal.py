"""What commands say to people, and how they end when they are stopped."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

# Controls would drive the terminal, line and paragraph separators make two lines of one, directional
# overrides show a text in another order, and surrogates cannot be written at all.
_UNSHOWN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """Return one line of text as it is safe to show: what drives a terminal is spelled out.

    >>> shown("a\\x1b[31m b\\nc")
    'a\\\\x1b[31m b\\\\nc'
    """
    return _UNSHOWN.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def complain(error: Exception | str) -> None:
    """Tell what is wrong, in one line on standard error."""
    click.echo(f"strategraph: error: {shown(str(error))}", err=True)


def tell(what: str) -> None:
    """Tell what a person may want to know, in one line on standard error."""
    click.echo(f"strategraph: {shown(what)}", err=True)


@contextmanager
def terminable() -> Iterator[None]:
    """Let a request to terminate unwind what is being done, so that nothing half-written stays behind.

    The exit status is that of a program ended by the signal, 128 and its number.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
