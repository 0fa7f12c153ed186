"""Triple stores over HTTP: loading graphs safely, taking them out again, and seeing what is there.

:mod:`~strategraph.querying.stores.profiles` is the one table of the stores that are known, and
:mod:`~strategraph.querying.stores.loading` the order of steps that keeps the old graph until the new one is
whole.
"""

from __future__ import annotations

from strategraph.errors import StrategraphError


class StoreError(StrategraphError):
    """A store that cannot be reached, refuses, or did not do what it said."""


class UnknownStoreError(StoreError):
    """An address where none of the stores answers that are known."""


class RefusedError(StoreError):
    """A store's answer that says no; ``status`` is the HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NoAnswerError(StoreError):
    """No answer came, so that what was asked for may or may not have been done."""
