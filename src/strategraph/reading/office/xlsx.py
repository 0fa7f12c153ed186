"""XLSX: sheet by sheet, rows of several cells as tables, rows of one cell as paragraphs.

Cells have the values that the sheet keeps, percentages and dates as they are shown, formulas as their last
result. Hidden sheets, rows and columns are left out. The source's text is made here: a line a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from strategraph.model import Block
from strategraph.reading.content import Composed, Content, compose, counted
from strategraph.reading.office import (
    BlockText,
    OpenCell,
    Package,
    R,
    by_kind,
    main_part,
    metadata,
    table_blocks,
    whole,
)
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PERCENTS = frozenset({9, 10})  # the numbers of formats that every application knows
_DATES = frozenset({*range(14, 18), 22})
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31
_MOST_COLUMNS = 1_000
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class _CellLook:
    """How the cells of a style are shown."""

    bold: bool = False
    percent: bool = False
    date: bool = False


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a workbook with its blocks, and the title and author that it names.

    Raises :class:`UnusableInputError` if it is damaged, encrypted, or exceeds the limits.
    """
    package = Package(data, request)
    root, named = main_part(package, "xl/workbook.xml", "is no XLSX workbook: it has no main part")
    kinds = by_kind(named)
    properties = root.find(f"{_S}workbookPr")
    epoch = _EPOCH_1904 if properties is not None and properties.get("date1904") in _TRUE else _EPOCH
    reader = _XlsxReader(
        list(_strings(package.xml(kinds.get("sharedStrings", "xl/sharedStrings.xml")))),
        list(_looks(package.xml(kinds.get("styles", "xl/styles.xml")))),
        epoch,
    )
    sheets = list(root.iter(f"{_S}sheet"))
    shown = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    drafts: list[Composed] = []
    for sheet in shown:
        relation = named.get(sheet.get(f"{R}id", ""))
        part = package.xml(relation.target) if relation is not None else None
        if part is not None:
            blocks = list(reader.sheet(part))
            if blocks and len(shown) > 1:
                drafts.append(Composed(Block("heading", level=1), sheet.get("name", "")))
            drafts += blocks
    left_out = counted({"hidden sheet": len(sheets) - len(shown)})
    return Content(*compose(drafts), metadata(package), left_out)


class _XlsxReader:
    """Makes blocks of sheets."""

    def __init__(self, strings: list[str], looks: list[_CellLook], epoch: datetime) -> None:
        self._strings = strings
        self._looks = looks
        self._epoch = epoch
        self._tables = 0

    def sheet(self, sheet: Element) -> Iterator[Composed]:
        """Yield the blocks of a sheet: tables end at empty rows and at rows of one cell."""
        rows: list[list[tuple[int, BlockText]]] = []
        last = 0
        hidden = set(_hidden_columns(sheet))
        for number, row in enumerate(sheet.iter(f"{_S}row"), start=1):
            place = whole(row.get("r", ""), number)
            cells = [] if row.get("hidden") in _TRUE else list(self._cells(row, hidden))
            if rows and (len(cells) < 2 or place > last + 1):
                yield from self._table(rows)
                rows = []
            if len(cells) == 1:
                yield cells[0][1].paragraph()
            elif cells:
                rows.append(cells)
            last = place
        yield from self._table(rows)

    def _cells(self, row: Element, hidden: set[int]) -> Iterator[tuple[int, BlockText]]:
        for number, cell in enumerate(row.iterchildren(f"{_S}c")):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else number
            if column in hidden or column >= _MOST_COLUMNS:
                continue
            at = whole(cell.get("s", "0"), 0)
            look = self._looks[at] if at < len(self._looks) else _CellLook()
            text = BlockText()
            text.add(self._value(cell, look), emphasised=look.bold)
            if text.words:
                yield column, text

    def _value(self, cell: Element, look: _CellLook) -> str:
        kind = cell.get("t", "n")
        value = (cell.findtext(f"{_S}v") or "").strip()
        if kind == "inlineStr":
            return "".join(node.text or "" for node in cell.iter(f"{_S}t"))
        if kind == "s":
            at = whole(value, len(self._strings))
            return self._strings[at] if at < len(self._strings) else ""
        if kind != "n":
            return "" if kind == "e" else value
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if look.percent:
            return f"{_plain(number * 100)}%"
        if look.date and 0 < number <= _LAST_DAY:
            moment = self._epoch + timedelta(days=float(number))
            return moment.strftime("%Y-%m-%d")
        return _plain(number)

    def _table(self, rows: list[list[tuple[int, BlockText]]]) -> list[Composed]:
        if not rows:
            return []
        columns = sorted({column for row in rows for column, _ in row})
        cells = [
            OpenCell(number, columns.index(column), text)
            for number, row in enumerate(rows)
            for column, text in row
        ]
        self._tables += 1
        return table_blocks(self._tables - 1, cells)


def _plain(number: Decimal) -> str:
    """Return a number without exponent and trailing zeros, and without what a binary fraction adds."""
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(number)
    text = format(round(number, 10), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _column(letters: str) -> int:
    """Return the place of a column, from 0.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _hidden_columns(sheet: Element) -> Iterator[int]:
    for columns in sheet.iter(f"{_S}col"):
        first, last = (whole(columns.get(name, ""), 0) for name in ("min", "max"))
        if columns.get("hidden") in _TRUE and first and last:
            yield from range(first - 1, min(last, _MOST_COLUMNS))


def _strings(root: Element | None) -> Iterator[str]:
    for entry in root.iterchildren(f"{_S}si") if root is not None else ():
        phonetic = {id(node) for part in entry.iter(f"{_S}rPh") for node in part.iter(f"{_S}t")}
        yield "".join(node.text or "" for node in entry.iter(f"{_S}t") if id(node) not in phonetic)


def _looks(root: Element | None) -> Iterator[_CellLook]:
    """Yield how each style shows its cells."""
    if root is None:
        return
    codes: Mapping[str, str] = {
        node.get("numFmtId", ""): node.get("formatCode", "") for node in root.iter(f"{_S}numFmt")
    }
    fonts = root.find(f"{_S}fonts")
    bold = [_is_bold(font) for font in fonts.iterchildren(f"{_S}font")] if fonts is not None else []
    styles = root.find(f"{_S}cellXfs")
    for style in styles.iterchildren(f"{_S}xf") if styles is not None else ():
        font, number = style.get("fontId", "0"), style.get("numFmtId", "0")
        code = _QUOTED.sub("", codes.get(number, "")).lower()
        known, shown = whole(number, 0), whole(font, len(bold))
        yield _CellLook(
            bold=shown < len(bold) and bold[shown],
            percent=known in _PERCENTS or "%" in code,
            date=known in _DATES or ("y" in code and ("m" in code or "d" in code)),
        )


def _is_bold(font: Element) -> bool:
    mark = font.find(f"{_S}b")
    return mark is not None and mark.get("val", "1") in _TRUE
