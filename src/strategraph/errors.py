"""The errors strategraph raises, each with the exit status the command line gives it.

Broken input raises; a validation that finds faults does not, it returns them.
"""

from __future__ import annotations


class StrategraphError(Exception):
    """Base of every error strategraph raises on purpose.

    ``str(error)`` is one line for people: what was wrong, where, and what to do.
    """

    exit_code = 2


class UnusableInputError(StrategraphError):
    """A source, graph or option value that cannot be worked with."""


class NothingRecognisedError(UnusableInputError):
    """A readable text in which no fact at all was found."""


class EmptyValidationError(StrategraphError):
    """A validation that would pass because nothing was checked."""


class EvidenceError(StrategraphError):
    """A quotation that is not what stands at its offsets in the source."""

    exit_code = 1
