"""From PDF's coordinates, whose origin is at the bottom, to those of the page as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategraph.reading.pdf.page import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

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
