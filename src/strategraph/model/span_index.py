"""Which of many spans hold or meet a given one; which language a place is in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from strategraph.model import Document, Passage, Span

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Values at spans of a text; spans may nest and overlap.

    The spans are ordered by where they start; a tree over them knows how far each half of them reaches at
    most, so that a look-up passes over all that ends too early. An answer costs logarithmic time for each
    value in it, however many places there are.

    >>> places = SpanIndex([(Span(0, 9), "all"), (Span(2, 5), "part"), (Span(7, 9), "rest")])
    >>> places.containing(Span(3, 4)), places.overlapping(Span(4, 8))
    (['all', 'part'], ['all', 'part', 'rest'])
    """

    def __init__(self, entries: Iterable[tuple[Span, T]]) -> None:
        given = list(entries)
        self._values = [value for _, value in given]
        self._order = sorted(range(len(given)), key=lambda index: given[index][0])
        self._starts = [given[index][0].start for index in self._order]
        self._leaves = 1 << max(len(given) - 1, 0).bit_length()
        reach = [0] * (2 * self._leaves)
        for leaf, index in enumerate(self._order):
            reach[self._leaves + leaf] = given[index][0].end
        for node in range(self._leaves - 1, 0, -1):
            reach[node] = max(reach[2 * node], reach[2 * node + 1])
        self._reach = reach

    def containing(self, span: Span) -> list[T]:
        """Return the values whose spans contain ``span``, in the order in which they were given."""
        return self._values_of(self._found(bisect_right(self._starts, span.start), span.end))

    def overlapping(self, span: Span) -> list[T]:
        """Return the values whose spans share a character with ``span``, in the order they were given."""
        return self._values_of(self._found(bisect_left(self._starts, span.end), span.start + 1))

    def overlaps(self, span: Span) -> bool:
        """Whether any of the spans shares a character with ``span``."""
        return any(True for _ in self._found(bisect_left(self._starts, span.end), span.start + 1))

    def _values_of(self, leaves: Iterator[int]) -> list[T]:
        return [self._values[index] for index in sorted(self._order[leaf] for leaf in leaves)]

    def _found(self, before: int, end: int) -> Iterator[int]:
        """Yield the first ``before`` leaves as far as they reach to ``end``."""
        nodes = [(1, 0, self._leaves)]
        while nodes:
            node, first, size = nodes.pop()
            if first >= before or self._reach[node] < end:
                continue
            if size == 1:
                yield first
                continue
            half = size // 2
            nodes += [(2 * node + 1, first + half, half), (2 * node, first, half)]


class Spoken:
    """The languages of a document's words, by where they stand: the document's, but for blocks in another."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._others = SpanIndex((block.span, block.language) for block in document.blocks if block.language)

    @property
    def usual(self) -> str:
        """Return the language of the document."""
        return self._language

    def at(self, span: Span) -> str:
        """Return the language (BCP 47, or "und") of the words where ``span`` begins."""
        found = self._others.containing(Span(span.start, span.start + 1))
        return found[0] if found else self._language

    def of(self, passage: Passage) -> str:
        """Return the language of a passage that is not empty."""
        return self.at(passage.span(0, 1))
