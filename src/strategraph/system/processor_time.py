"""A bound on the processor time that something may take, kept by the system's own clock.

Readers of text are bounded by how they are written (see ``benchmarks/growth.py``). This is for what nobody
thought of: a source that keeps a reader busy ends in one line.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from strategraph.errors import UnusableInputError


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
