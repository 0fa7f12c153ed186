"""Pairing two lists one to one, as well as it can be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things, by their position in their lists, that may be paired; the higher rank is the better."""

    left: int
    right: int
    rank: tuple[float, ...]


def best_pairs(candidates: Iterable[Candidate]) -> dict[int, int]:
    """Return a pairing, left to right, in which nothing is used twice and no pair more would fit.

    The best candidates are taken first, ties in the order of the lists; what is then left over is
    paired by rearranging pairs where that makes room.

    >>> best_pairs([Candidate(0, 0, (0.9,)), Candidate(0, 1, (0.8,)), Candidate(1, 0, (0.8,))])
    {0: 1, 1: 0}
    """
    ordered = sorted(candidates, key=lambda c: (tuple(-value for value in c.rank), c.left, c.right))
    partners: dict[int, list[int]] = {}
    right_of: dict[int, int] = {}
    left_of: dict[int, int] = {}
    for candidate in ordered:
        partners.setdefault(candidate.left, []).append(candidate.right)
        if candidate.left not in right_of and candidate.right not in left_of:
            right_of[candidate.left] = candidate.right
            left_of[candidate.right] = candidate.left
    for left in sorted(partners):
        if left not in right_of:
            _make_room(left, partners, right_of, left_of)
    return dict(sorted(right_of.items()))


def _make_room(
    start: int, partners: dict[int, list[int]], right_of: dict[int, int], left_of: dict[int, int]
) -> None:
    """Pair ``start`` along the shortest chain of pairs that can be moved, if there is one."""
    reached_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        left = queue.popleft()
        for right in partners[left]:
            if right in reached_from:
                continue
            reached_from[right] = left
            if right in left_of:
                queue.append(left_of[right])
                continue
            free: int | None = right
            while free is not None:  # each one on the chain hands its partner to the one before it
                mover = reached_from[free]
                given_up = right_of.get(mover)
                right_of[mover], left_of[free] = free, mover
                free = given_up
            return
