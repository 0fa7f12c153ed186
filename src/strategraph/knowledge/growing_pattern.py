"""Patterns of long lists of names that are compiled with the names that texts have."""

from __future__ import annotations

import re
from collections.abc import Callable

_TRIES = 4  # how often a pattern is compiled anew for further names, before it gets all of them


class GrowingPattern:
    """A pattern that has, of a list of names, those that the texts had so far.

    A thousand names cost more to compile than a short text to search, and a name that a text does not have
    cannot match in it. ``make`` compiles the pattern of some names; ``everything`` are all of them.
    """

    def __init__(
        self, make: Callable[[frozenset[str]], re.Pattern[str]], everything: Callable[[], frozenset[str]]
    ) -> None:
        self._make = make
        self._everything = everything
        self._names: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        self._tries = 0

    def holding(self, names: frozenset[str]) -> re.Pattern[str]:
        """Return the pattern, with these names of the list at least; it matches in their text as the whole.

        >>> either = lambda names: re.compile("|".join(sorted(names)) or "(?!)")
        >>> GrowingPattern(either, lambda: frozenset({"FAO", "ITU"})).holding(frozenset({"ITU"})).pattern
        'ITU'
        """
        if self._pattern is None or not names <= self._names:
            self._tries += 1
            self._names = self._everything() if self._tries > _TRIES else self._names | names
            self._pattern = self._make(self._names)
        return self._pattern
