"""Reports as XLSX, by XlsxWriter: a sheet for each section, for each class of nodes, and for all facts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from strategraph.export.appearance import one_line
from strategraph.export.report.contents import Cell, Chapter, Handout, ReportTable, heads

_NEVER = datetime(2000, 1, 1)
_LONGEST_NAME = 31  # letters that the name of a sheet may have
_LONGEST_TEXT = 32_767  # letters that a cell may have
_MOST_ROWS = 1_048_575
_LINE, _HIGHEST = 15.0, 405.0  # points: a line, and what a row may have
_A4 = 9
_REFUSED = re.compile(r"[\[\]:*?/\\']")


def write(handout: Handout) -> bytes:
    """Return the report as an XLSX in which every text is text: nothing a plan says becomes a formula."""
    file = io.BytesIO()
    book = Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": one_line(handout.title)[:255], "created": _NEVER})
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    used: set[str] = set()
    for table in _tables(handout.chapters):
        sheet = book.add_worksheet(_name(table.name, used))
        sheet.freeze_panes(1, 0)
        _for_paper(sheet)
        rows = table.rows[:_MOST_ROWS]
        widths = [
            _width([head, *(row[column] for row in rows[:200])]) for column, head in enumerate(table.heads)
        ]
        for column, head in enumerate(table.heads):
            sheet.set_column(column, column, widths[column])
            sheet.write_string(0, column, one_line(head)[:_LONGEST_TEXT], bold)
        for number, row in enumerate(rows, 1):
            if (height := _height(row, widths)) > _LINE:
                sheet.set_row(number, height)
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(number, column, one_line(value)[:_LONGEST_TEXT], plain)
                else:
                    sheet.write_number(number, column, value, plain)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(table.heads) - 1)
    if not used:
        book.add_worksheet()
    book.close()
    return file.getvalue()


def _for_paper(sheet: Worksheet) -> None:
    """Have a sheet printed across, as wide as the paper, its heads on every page and its name below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _tables(chapters: tuple[Chapter, ...]) -> Iterable[ReportTable]:
    """Return the tables of all chapters: those of one name and the same heads as one, led by the plan."""
    several = len(chapters) > 1
    found: dict[tuple[str, tuple[str, ...]], list[tuple[Cell, ...]]] = {}
    for chapter in chapters:
        own = [section.table for section in chapter.sections if section.table is not None]
        for table in (*own, *chapter.sheets):
            lead = heads("plan") if several else ()
            rows = found.setdefault((table.name, (*lead, *table.heads)), [])
            rows += ((chapter.title, *row) if several else row for row in table.rows)
    return [ReportTable(name, columns, tuple(rows)) for (name, columns), rows in found.items()]


def _name(name: str, used: set[str]) -> str:
    """Return a name that a sheet can have and no other has: spreadsheets tell no case apart."""
    wanted = _REFUSED.sub(" ", one_line(name)).strip()[:_LONGEST_NAME] or "-"
    wanted = wanted[:1].upper() + wanted[1:]
    found, number = wanted, 1
    while found.casefold() in used:
        number += 1
        found = f"{wanted[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
    used.add(found.casefold())
    return found


def _width(values: Iterable[Cell]) -> float:
    return min(max(max(len(str(value)) for value in values) * 1.05 + 2, 8), 60)


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return how high a row must be for its texts: not every program works that out.

    >>> _height(("x " * 45, 1), (40.0, 10.0))
    45.0
    """
    lines = max(ceil(1.1 * len(str(value)) / width) for value, width in zip(row, widths, strict=True))
    return min(_LINE * max(lines, 1), _HIGHEST)
