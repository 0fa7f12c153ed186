"""The errors strategraph raises, each with the exit status the command line gives it.

Broken input raises; a validation that finds faults does not, it returns them.
"""

from __future__ import annotations

import re

# all that str.splitlines ends a line at
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class StrategraphError(Exception):
    """Base of every error strategraph raises on purpose.

    ``str(error)`` is one line for people: what was wrong, where, and what to do. Line ends in what it quotes,
    such as names of files, are spelled out.

    >>> print(StrategraphError("no such file: a\\nb"))
    no such file: a\\nb
    """

    exit_code = 2

    def __str__(self) -> str:
        """Return the message as one line."""
        return _LINE_END.sub(lambda found: found[0].encode("unicode_escape").decode(), super().__str__())


class UnusableInputError(StrategraphError):
    """A source, graph or option value that cannot be worked with."""


class NothingRecognisedError(UnusableInputError):
    """A readable text in which no fact at all was found."""


class EmptyValidationError(StrategraphError):
    """A validation that would pass because nothing was checked."""


class EvidenceError(StrategraphError):
    """A quotation that is not what stands at its offsets in the source."""

    exit_code = 1
