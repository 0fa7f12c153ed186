"""Elements in tables: rows that state actions, targets or goals, and columns that say how they are measured.

A table counts only where its head names a class of elements ("Milestone", "KPI") or a cell carries a
label of its own ("Target 1.1"); other tables state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from strategraph.languages import rules
from strategraph.model import Span
from strategraph.outline.drafts import Draft, split_title
from strategraph.outline.labels import read_label
from strategraph.outline.ranks import RANK
from strategraph.outline.units import Role, Unit

_WORD = re.compile(r"[^\W\d_]{2}|[^\W\d_a-zA-Z]")
_MATRIX = 6  # one cell in so many that is only a mark makes a table a matrix
_REFERENCE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2})?")
_NUMBERED = re.compile(r"(?P<number>\d+(?:\.\d+)*\.[a-zа-я]|\d+(?:\.\d+)+|\d+(?=[.)]\s))[.)]?\s+(?=\S)")


def table_drafts(units: Sequence[Unit], language: str) -> list[Draft]:
    """Return the drafts of the elements that tables state, in reading order.

    ``language`` is the document's; a table that begins in another is read by the rules of that one.
    """
    cells = [(index, unit) for index, unit in enumerate(units) if unit.role is Role.CELL and unit.body]
    found: list[Draft] = []
    for _, group in groupby(cells, key=lambda pair: pair[1].block.table):
        table = list(group)
        found.extend(_table(table, table[0][1].block.language or language))
    return found


def _table(cells: Sequence[tuple[int, Unit]], language: str) -> Iterator[Draft]:
    marks = sum(1 for _, unit in cells if not re.search(r"\w\w|\d", unit.body.text))
    if marks * _MATRIX > len(cells):
        return  # a matrix of dots relates things that are stated elsewhere
    columns = _columns(cells, language)
    numbered = _numbered_column(cells, language)
    for row, group in groupby(cells, key=lambda pair: pair[1].block.row):
        pairs = list(group)
        if any(unit.block.header for _, unit in pairs) or (row == 0 and (columns or numbered)):
            continue
        labelled = _labelled_row(pairs, language) or (_numbered_row(pairs, *numbered) if numbered else None)
        if labelled is not None:
            yield labelled
            continue
        reference = _reference(pairs, columns)
        for index, unit in pairs:
            kind = columns.get(unit.block.column)
            if reference is not None and unit.body.text.strip(" .") == reference:
                continue
            if kind is not None and _says_something(unit.body.text, language):
                yield replace(_cell(index, unit, kind, language), belongs=reference)


def _says_something(text: str, language: str) -> bool:
    return bool(_WORD.search(text)) and text.casefold().strip(" .*") not in rules(language).empty_cells


def _columns(cells: Sequence[tuple[int, Unit]], language: str) -> Mapping[int, str]:
    """Return the class that each column's head names; the outermost class heads the rows."""
    heads = [unit for _, unit in cells if unit.block.header] or [u for _, u in cells if u.block.row == 0]
    kinds: dict[int, str] = {}
    for unit in heads:
        kind = _head_kinds(language).get(unit.body.text.casefold().strip(" :.*"))
        if kind is not None:
            kinds.setdefault(unit.block.column, kind)
    return kinds


@cache
def _head_kinds(language: str) -> dict[str, str]:
    return {
        word.casefold(): label.kind
        for label in rules(language).labels
        for word in (*label.words, *label.plurals)
        if label.kind in RANK
    }


def _numbered_column(cells: Sequence[tuple[int, Unit]], language: str) -> tuple[int, str] | None:
    """Return the column that numbers the elements of a class ("Output number"), with the class, or None."""
    for _, unit in cells:
        words = unit.body.text.casefold().strip(" :.*").rsplit(" ", 1)
        heads = unit.block.header or unit.block.row == 0
        if heads and len(words) == 2 and words[1] in rules(language).number_heads:
            kind = _head_kinds(language).get(words[0])
            if kind is not None:
                return unit.block.column, kind
    return None


def _numbered_row(pairs: Sequence[tuple[int, Unit]], column: int, kind: str) -> Draft | None:
    """Return the element of a row with its number in one column and its words in the next."""
    cells = {unit.block.column: (index, unit) for index, unit in pairs}
    if column not in cells or not _REFERENCE.fullmatch(cells[column][1].body.text.strip(" .")):
        return None
    index, unit = cells[column]
    words = next((cells[c][1].body for c in sorted(cells) if c > column), None)
    if words is None:
        return None
    number = unit.body.text.strip(" .")
    return Draft(kind, number, None, words, words.span(), "table-number", 0.85, index, row=unit.block.row)


def _labelled_row(pairs: Sequence[tuple[int, Unit]], language: str) -> Draft | None:
    """Return the element of a row whose first cell has a label of its own, or None."""
    index, unit = pairs[0]
    label = read_label(unit.body.text, language, heading=True)
    if label is None or label.number is None:
        return None
    body = unit.body.cut(label.end) or (pairs[1][1].body if len(pairs) > 1 else unit.body.cut(label.end))
    if not body:
        return None
    title, statement = split_title(body, language, heading=False)
    if label.kind == "Target":
        title, statement = None, body
    start, end = unit.body.span().start, body.span().end
    span = Span(min(start, body.span().start), max(end, unit.body.span().end))
    return Draft(
        label.kind, label.number, title, statement, span, "table-label", 0.9, index, row=unit.block.row
    )


def _reference(pairs: Sequence[tuple[int, Unit]], columns: Mapping[int, str]) -> str | None:
    """Return the number of the element that a row is about, where a column of its class has only that."""
    for _, unit in pairs:
        number = unit.body.text.strip(" .")
        if unit.block.column in columns and _REFERENCE.fullmatch(number):
            return number
    return None


def _cell(index: int, unit: Unit, kind: str, language: str) -> Draft:
    match = _NUMBERED.match(unit.body.text)
    body = unit.body.cut(match.end()) if match else unit.body
    title, statement = split_title(body, language, heading=False)
    number = match["number"] if match else None
    span = unit.whole.span()
    return Draft(kind, number, title, statement, span, "table-column", 0.85, index, row=unit.block.row)
