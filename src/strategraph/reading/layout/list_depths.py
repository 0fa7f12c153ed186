"""How deep list items are nested where only their places and markers tell."""

from __future__ import annotations

_SAME_EDGE = 6.0  # points by which the indents of items of one depth may differ


class Depths:
    """The lists that are open, from how far their items are indented and how they are marked.

    >>> depths = Depths()
    >>> [depths.enter(18, "bullet •"), depths.enter(36, "bullet •"), depths.enter(18, "bullet •")]
    [1, 2, 1]
    """

    def __init__(self) -> None:
        self._open: list[tuple[float, str]] = []

    def close(self) -> None:
        """End all lists."""
        self._open.clear()

    def enter(self, indent: float, style: str) -> int:
        """Return the depth of an item, 1 for the outermost; its indent is in points."""
        while self._open and self._open[-1][0] > indent + _SAME_EDGE:
            self._open.pop()
        beside = [s for i, s in self._open if abs(i - indent) <= _SAME_EDGE]
        if style in beside:
            while self._open[-1][1] != style:
                self._open.pop()
        else:
            self._open.append((indent, style))
        return len(self._open)
