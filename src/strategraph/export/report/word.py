"""Reports as DOCX, by python-docx."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph

from strategraph.export.labels import one_line
from strategraph.export.report.contents import Handout, ReportTable

_NEVER = datetime(2000, 1, 1)
_SHORT, _LONG = 14, 60  # letters: a column is no narrower, and no wider, than so many would make it
_MOST_COLUMNS = 12  # a sheet of paper has no room for more
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def write(handout: Handout) -> bytes:
    """Return the report as a DOCX; a table too wide for paper is cut: the spreadsheet has it whole."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(10)
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
    made = document.add_table(rows=1, cols=width, style="Light Grid Accent 1")
    rows = [table.heads, *table.rows]
    longest = [max(len(str(row[place])) for row in rows) for place in range(width)]
    shares = [min(max(length, _SHORT), _LONG) for length in longest]
    room = sum(column.width or 0 for column in made.columns)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(room * share // sum(shares))
    for number, row in enumerate(rows):
        cells = (made.rows[0] if number == 0 else made.add_row()).cells
        for cell, value in zip(cells, row[:width], strict=True):
            cell.text = one_line(str(value))
    head = made.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head.append(repeated)


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
