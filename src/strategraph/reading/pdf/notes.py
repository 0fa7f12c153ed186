"""Footnotes: small type at the foot of a column that begins with a note's mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategraph.reading.pdf.columns import Column
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.page import Page, around

_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[.)]?(?:\s|(?=[A-Z])|$)")
_FARTHEST = 2.0  # of the size: a note's next line is no further down
_SMALL = 0.93  # of the size of the body


def without_notes(
    columns: Sequence[Column], page: Page, body: float
) -> tuple[list[Column], list[list[Line]]]:
    """Return the columns of a page without footnotes, and the lines of each footnote."""
    kept: list[Column] = []
    notes: list[list[Line]] = []
    for column in columns:
        start = _first_note(column, page, body)
        if start is None:
            kept.append(column)
            continue
        for item in column.items[start:]:
            if isinstance(item, Line):
                last = notes[-1][-1] if notes and item is not column.items[start] else None
                if last is None or _MARK.match(item.text) or item.base - last.base > _FARTHEST * item.size:
                    notes.append([item])
                else:
                    notes[-1].append(item)
        if start:
            rest = column.items[:start]
            kept.append(Column(rest, around([item.box for item in rest])))
    return kept, notes


def _first_note(column: Column, page: Page, body: float) -> int | None:
    """Return where the footnotes of a column begin, or None if it has none."""
    start = len(column.items)
    while start and _may_be_note(column.items[start - 1], page, body):
        start -= 1
    for index in range(start, len(column.items)):
        item = column.items[index]
        if isinstance(item, Line) and (_MARK.match(item.text) or _is_tagged(item, page)):
            return index
    return None


def _may_be_note(item: object, page: Page, body: float) -> bool:
    if not isinstance(item, Line) or item.box.middle[1] < page.height * 0.3:
        return False
    return item.size <= _SMALL * body or _is_tagged(item, page)


def _is_tagged(line: Line, page: Page) -> bool:
    return any((tag := page.tags.get(word.tag)) is not None and tag.note for word in line.words)
