"""The time a fetch has left, over all of its connections."""

from __future__ import annotations

import time

from strategraph.errors import UnusableInputError


class Clock:
    """Counts down from its making."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raise :class:`TimeoutError` if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def ran_out(self, what: object) -> UnusableInputError:
        """Return the error to raise when time is up for ``what``."""
        return UnusableInputError(
            f"{what}: took more than {self._seconds:g} seconds, the limit; raise it with --max-time"
        )
