"""A line on a terminal that tells what is being done, and is gone when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from strategraph.cli.terminal import put_up
from strategraph.system.terminal_text import spelled_out


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
