"""Rows as a table for people, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Sequence
from operator import gt
from typing import TYPE_CHECKING

from strategraph.querying.dataset import Dataset
from strategraph.rdf.labels import short_iri
from strategraph.system.terminal_text import columns, in_order, spelled_out

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions


_GAP = "  "
_NARROWEST = 8  # columns are not made narrower, whatever the terminal
_NUMERIC = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float", "gYear")
)


def rows_as_table(rows: QuerySolutions, dataset: Dataset, *, width: int | None = None) -> str:
    """Return the rows as a table with a head; numbers are set right, and each line ends without spaces.

    Words are cut only where ``width`` leaves no other way; IRIs, which have no words, are cut before.
    """
    from pyoxigraph import NamedNode

    names = [variable.value for variable in rows.variables]
    found = [[row[name] for name in names] for row in rows]
    numeric = [
        any(values) and all(value is None or _is_number(value) for value in values)
        for values in zip(*found, strict=True)
    ] or [False] * len(names)
    cells = [[shown(value, dataset) for value in row] for row in found]
    named = [any(isinstance(value, NamedNode) for value in values) for values in zip(*found, strict=True)]
    widths = _widths([names, *cells], named or [False] * len(names), width)
    lines = [
        *_lines(names, widths, numeric),
        _GAP.join("─" * size for size in widths),
        *(line for row in cells for line in _lines(row, widths, numeric)),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def shown(term: object, dataset: Dataset) -> str:
    """Return a term for people: safe to show, a literal on one line, an IRI by prefix or without base."""
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return ""
    if isinstance(term, Literal):
        return spelled_out(" ".join(term.value.split()))
    if isinstance(term, NamedNode):
        return spelled_out(short_iri(term.value, dataset.prefixes, dataset.base))
    return spelled_out(str(term))


def _is_number(term: object) -> bool:
    from pyoxigraph import Literal

    return isinstance(term, Literal) and term.datatype.value in _NUMERIC


def _widths(rows: Sequence[Sequence[str]], named: Sequence[bool], limit: int | None) -> list[int]:
    """Return the columns' widths: what the cells need, the widest cut down until the table fits.

    A column is not made narrower than its longest word, if it holds words and the others can give way.
    """
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    if limit is None:
        return widths
    room = limit - len(_GAP) * (len(widths) - 1)
    words = [
        _NARROWEST if is_named else max(columns(word) for cell in column for word in cell.split() or [""])
        for column, is_named in zip(zip(*rows, strict=True), named, strict=True)
    ]
    for least in (words, [0] * len(widths)):
        floors = [max(_NARROWEST, each) for each in least]
        while sum(widths) > room and any(map(gt, widths, floors)):
            widest = max(range(len(widths)), key=lambda at: (widths[at] > floors[at], widths[at]))
            widths[widest] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    """Return a row as lines: one, or as many as its longest cell needs."""
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped), default=1)
    padded = [
        [_pad(line, width, right=right) for line in [*lines, *[""] * (height - len(lines))]]
        for lines, width, right in zip(wrapped, widths, numeric, strict=True)
    ]
    return [_GAP.join(parts) for parts in zip(*padded, strict=True)]


def _wrap(text: str, width: int) -> list[str]:
    if columns(text) <= width:
        return [text]
    # Wide characters take two columns each: half as many of them fit.
    characters = width if columns(text) == len(text) else max(width // 2, 1)
    return textwrap.wrap(text, characters, break_on_hyphens=False) or [""]


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if right else in_order(text) + space


_RUNS = re.compile(r"[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")


def safe_cell(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-12.5"), safe_cell("Goal 1")
    ("'=HYPERLINK(1)", '-12.5', 'Goal 1')
    """
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def safe_csv(content: bytes) -> bytes:
    """Return a CSV file with each cell made safe, else as it was: columns, rows and order."""
    made = io.StringIO(newline="")
    rows = csv.writer(made, lineterminator="\r\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(content)))
    for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")):
        rows.writerow([safe_cell(cell) for cell in row])
    return made.getvalue().encode("utf-8")
