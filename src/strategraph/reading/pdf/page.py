"""What a page shows: words with their places and looks, ruling lines, tags. No PDF library from here on.

Places are in points from the page's top left corner, x to the right and y down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pypdfium2 import PdfPage


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide the box is."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Return how high the box is."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float], slack: float = 0) -> bool:
        """Whether a point lies in the box."""
        x, y = point
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


T = TypeVar("T")


def runs(items: Iterable[T], goes_on: Callable[[T, T], bool]) -> list[list[T]]:
    """Return items in runs: each goes on with the one before it in its run.

    >>> runs([1, 2, 3, 7, 9, 10], lambda before, number: number == before + 1)
    [[1, 2, 3], [7], [9, 10]]
    """
    found: list[list[T]] = []
    for item in items:
        if found and goes_on(found[-1][-1], item):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def spelled(words: Iterable[Word]) -> str:
    """Return the text of words in reading order."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).strip()


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around some boxes, of which there must be one."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


@dataclass(frozen=True)
class Word:
    """A word: its characters, its place, its baseline, and how it looks.

    ``tag`` is the number of the marked content that it is in, -1 where it is in none; ``glued`` is whether no
    space parts it from the word before.
    """

    text: str
    box: Box
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    tag: int = -1
    glued: bool = False

    @cached_property
    def letters(self) -> int:
        """Return how many letters and digits the word has."""
        return sum(character.isalnum() for character in self.text)


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tagged PDF says of some marked content.

    ``heading`` is its level, 0 for what is no heading; ``cell`` is the table, row and column that it is in,
    and whether that cell is a head; ``note`` is whether it belongs to a footnote, ``figure`` to a picture.
    """

    heading: int = 0
    cell: tuple[int, int, int, bool] | None = None
    note: bool = False
    figure: bool = False


_UNTAGGED = Tag()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size, and what is on it, in the order of the file.

    ``rules`` are thin boxes that part and frame things, ``tags`` what the numbers of marked content say,
    ``sideways`` counts characters that are turned and so left out, ``scanned`` is whether the words were read
    from a picture.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Box, ...] = ()
    tags: dict[int, Tag] = field(default_factory=dict)
    images: int = 0
    sideways: int = 0
    scanned: bool = False

    def tag(self, word: Word) -> Tag:
        """Return what tags say of a word."""
        return self.tags.get(word.tag, _UNTAGGED)

    def at_edge(self, box: Box, share: float) -> tuple[bool, bool]:
        """Return whether a box lies within such a share of the page's height at its top; at its bottom."""
        reach = self.height * share
        return box.bottom <= reach, box.top >= self.height - reach


Bounds = tuple[float, float, float, float]  # left, top, right, bottom


class Turn:
    """How a page is turned and cut, and so where what is on it is seen."""

    def __init__(self, page: PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.degrees = page.get_rotation()
        across, up = self._right - self._left, self._top - self._bottom
        self.width, self.height = (up, across) if self.degrees in (90, 270) else (across, up)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is seen."""
        if self.degrees == 90:
            return y - self._bottom, x - self._left
        if self.degrees == 180:
            return self._right - x, y - self._bottom
        if self.degrees == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def bounds(self, left: float, bottom: float, right: float, top: float) -> Bounds:
        """Return where a rectangle is seen: its left, top, right and bottom."""
        if not self.degrees:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle is seen, as a box."""
        return Box(*self.bounds(left, bottom, right, top))
