"""Reports as DOCX, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from strategraph.export.appearance import one_line
from strategraph.export.report.contents import Handout, ReportTable

_NEVER = datetime(2000, 1, 1)
_LONG = 90  # letters: a column that has more to say wraps it
_WORD = 24  # letters of a word that a column has room for, beside the edges of its cells
_SHORT = 12  # letters of a text that is not wrapped
_EDGES = 4
_LETTER = Pt(9) * 0.62  # the width of one, if it is bold
_MOST_COLUMNS = 12  # a sheet of paper has no room for more
_STYLE = "Light Grid Accent 1"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def write(handout: Handout) -> bytes:
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
