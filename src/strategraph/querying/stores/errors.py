"""What can go wrong between us and a store."""

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
