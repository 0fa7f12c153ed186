"""Sections in the order that every stage expects: as they are read, parents before children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from strategraph.model import Section


def in_order(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections in reading order, each under its parent, an index into ``sections``.

    A parent that stands behind its child comes before it all the same. A section that would be its own
    ancestor loses its parent.
    """
    parents = without_circles([section.parent for section in sections])
    order: list[int] = []
    index: dict[int, int] = {}
    for first in sorted(range(len(sections)), key=lambda number: _place(sections[number])):
        chain: list[int] = []
        up: int | None = first
        while up is not None and up not in index:
            chain.append(up)
            up = parents[up]
        for number in reversed(chain):
            index[number] = len(order)
            order.append(number)
    return tuple(
        replace(sections[number], parent=None if (up := parents[number]) is None else index[up])
        for number in order
    )


def without_circles(parents: Sequence[int | None]) -> list[int | None]:
    """Return for each index its parent; None in place of one that leads back to the index.

    >>> without_circles([1, 0, 1])
    [1, None, 1]
    """
    sound = list(parents)
    safe: set[int] = set()
    for first in range(len(sound)):
        seen: dict[int, None] = {}
        up: int | None = first
        while up is not None and up not in safe:
            seen[up] = None
            above = sound[up]
            if above in seen:
                above = sound[up] = None
            up = above
        safe.update(seen)
    return sound


def _place(section: Section) -> tuple[int, int]:
    span = section.supports[0].span
    return span.start, -span.end
