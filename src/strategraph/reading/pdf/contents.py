"""Contents lists: lines that lead to a page's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategraph.reading.pdf.columns import Item
from strategraph.reading.pdf.lines import Line

_LEADERS = re.compile(r"\S\s*(?:\.{4,}|…{2,}|(?:\.\s){3,}\.?|_{4,}|·{4,})\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*$")
_NUMERAL = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_WIDE = 2.0  # of the size: the space between an entry and its page
_FEWEST = 4


def without_contents(items: Sequence[Item]) -> list[Item]:
    """Return the items without the entries of contents lists: with leaders, or in runs that count up."""
    out = {index for index, item in enumerate(items) if isinstance(item, Line) and _LEADERS.search(item.text)}
    run: list[int] = []
    last = 0
    for index, item in enumerate(items):
        number = _page(item)
        if number is not None and number >= last:
            run.append(index)
            last = number
        elif number is not None or not run or index > run[-1] + 1:  # an entry may be wrapped
            out |= set(run) if len(run) >= _FEWEST else set()
            run, last = ([index], number) if number is not None else ([], 0)
    if len(run) >= _FEWEST:
        out |= set(run)
    return [item for index, item in enumerate(items) if index not in out]


def _page(item: Item) -> int | None:
    """Return the page's number that an entry ends with, far from its words; None for what is no entry."""
    if not isinstance(item, Line) or len(item.words) < 2:
        return None
    before, number = item.words[-2], item.words[-1]
    if not number.text.isdecimal() or len(number.text) > 4:
        return None
    return int(number.text) if number.box.x0 - before.box.x1 > _WIDE * item.size else None
