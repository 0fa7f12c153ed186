"""What a tagged PDF says of its marked content: headings, cells of tables, notes."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from strategraph.reading.pdf.page import Tag

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_HEADING = re.compile(r"H([1-9])")
_NOTES = ("Note", "FENote", "Footnote")
_DEEPEST = 60
_MOST_ELEMENTS = 50_000


def tags_of(page: PdfPage) -> dict[int, Tag]:
    """Return what is said of each number of marked content on a page; nothing if the PDF is not tagged."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        walk = _TagWalk(raw)
        for index in range(max(0, raw.FPDF_StructTree_CountChildren(tree))):
            walk.enter(raw.FPDF_StructTree_GetChildAtIndex(tree, index), Tag(), 0)
        return walk.tags
    finally:
        raw.FPDF_StructTree_Close(tree)


class _TagWalk:
    """Goes through the tree of a page's tags and keeps what each says of its content."""

    def __init__(self, raw: Any) -> None:
        self.tags: dict[int, Tag] = {}
        self._raw = raw
        self._left = _MOST_ELEMENTS
        self._tables = 0
        self._row = 0
        self._column = 0

    def enter(self, element: Any, outer: Tag, depth: int) -> None:
        """Take note of an element and of what is in it."""
        self._left -= 1
        if not element or depth > _DEEPEST or self._left < 0:
            return
        raw = self._raw
        tag = self._read(self._type(element), outer)
        for index in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
            number = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
            if number >= 0:
                self.tags[number] = tag
        for index in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
            self.enter(raw.FPDF_StructElement_GetChildAtIndex(element, index), tag, depth + 1)

    def _read(self, kind: str, outer: Tag) -> Tag:
        """Return what an element of a kind says of its content, within what the elements around it say."""
        heading = _HEADING.fullmatch(kind)
        if heading:
            return replace(outer, heading=int(heading[1]))
        if kind == "Title":
            return replace(outer, heading=1)
        if kind == "Figure":
            return replace(outer, figure=True)
        if kind in _NOTES:
            return replace(outer, note=True)
        if outer.cell is not None:
            return outer  # a table in a table is part of its cell
        if kind == "Table":
            self._tables += 1
            self._row = -1
        elif kind == "TR":
            self._row, self._column = self._row + 1, -1
        elif kind in ("TH", "TD") and self._tables:
            self._column += 1
            return replace(outer, cell=(self._tables - 1, self._row, self._column, kind == "TH"))
        return outer

    def _type(self, element: Any) -> str:
        length = self._raw.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(length)
        self._raw.FPDF_StructElement_GetType(element, buffer, length)
        return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
