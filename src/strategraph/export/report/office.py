"""Reports as DOCX, by python-docx, and as XLSX, by XlsxWriter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from strategraph.export.appearance import one_line
from strategraph.export.report.contents import Cell, Chapter, Handout, ReportTable, heads

_NEVER = datetime(2000, 1, 1)
_LONG = 90  # letters: a column that has more to say wraps it
_WORD = 24  # letters of a word that a column has room for, beside the edges of its cells
_SHORT = 12  # letters of a text that is not wrapped
_EDGES = 4
_LETTER = Pt(9) * 0.62  # the width of one, if it is bold
_MOST_COLUMNS = 12  # a sheet of paper has no room for more
_STYLE = "Light Grid Accent 1"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_LONGEST_NAME = 31  # letters that the name of a sheet may have
_LONGEST_TEXT = 32_767  # letters that a cell may have
_MOST_ROWS = 1_048_575
_LINE, _HIGHEST = 15.0, 405.0  # points: a line, and what a row may have
_A4 = 9
_REFUSED = re.compile(r"[\[\]:*?/\\']")


def write_docx(handout: Handout) -> bytes:
    """Return the report as a DOCX; a table too wide for paper is cut: the spreadsheet has it whole."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(10)
    document.styles[_STYLE].font.size = Pt(9)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = one_line(handout.title)[:255]
    properties.created = properties.modified = _NEVER
    for number, chapter in enumerate(handout.chapters):
        if number:
            document.add_page_break()  # type: ignore[no-untyped-call]
        title = document.add_heading(one_line(chapter.title), 0)
        if chapter.language[:2] in _RIGHT_TO_LEFT:
            _turn(title)
        for part in chapter.sections:
            document.add_heading(part.title, 1)
            for text in part.paragraphs:
                document.add_paragraph(one_line(text))
            if part.table is not None:
                _add(document, part.table)
    document.add_paragraph(handout.foot)
    file = io.BytesIO()
    document.save(file)
    return _undated(file.getvalue())


def _add(document: Docx, table: ReportTable) -> None:
    width = min(len(table.heads), _MOST_COLUMNS)
    made = document.add_table(rows=1, cols=width, style=_STYLE)
    made.autofit = False
    rows = [table.heads, *table.rows]
    room = sum(column.width or 0 for column in made.columns)
    columns = [[str(row[place]) for row in rows] for place in range(width)]
    for column, share in zip(made.columns, _shares(columns, room / _LETTER), strict=True):
        column.width = Emu(int(room * share))
    for number, row in enumerate(rows):
        line = made.rows[0] if number == 0 else made.add_row()
        for column, cell, value in zip(made.columns, line.cells, row[:width], strict=True):
            cell.width = column.width or 0
            cell.text = one_line(str(value))
        _mark(line, "w:cantSplit")
    _mark(made.rows[0], "w:tblHeader")


def _mark(row: _Row, what: str) -> None:
    """Have a row stay on one page, or its heads come again on each."""
    made = OxmlElement(what)
    made.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(made)


def _shares(columns: Sequence[Sequence[str]], letters: float) -> list[float]:
    """Return each column's share of so many letters: room for its longest word, then by what it says.

    >>> [round(share, 2) for share in _shares([["Kind", "commitment"], ["Words", "to " * 40]], 100)]
    [0.14, 0.86]
    """
    least = [
        min(max((len(word) for text in column for word in _unbroken(text)), default=0), _WORD) + _EDGES
        for column in columns
    ]
    wanted = [
        max(min(max(map(len, column)), _LONG) - word, 0) for column, word in zip(columns, least, strict=True)
    ]
    spare = max(letters - sum(least), 0) / (sum(wanted) or 1)
    shares = [word + more * spare for word, more in zip(least, wanted, strict=True)]
    return [share / max(sum(shares), letters if sum(wanted) else 0) for share in shares]


def _unbroken(text: str) -> list[str]:
    return [text] if len(text) <= _SHORT else text.split()


def _turn(paragraph: Paragraph) -> None:
    """Have a paragraph read from the right."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _undated(content: bytes) -> bytes:
    """Return the same package without the time it was made at."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w") as undated:
        for entry in given.infolist():
            fresh = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(fresh, given.read(entry.filename))
    return made.getvalue()


def write_xlsx(handout: Handout) -> bytes:
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
