"""Workbooks: sheets as headings, rows as tables and paragraphs, values as they are shown."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from strategraph.errors import UnusableInputError
from strategraph.model import Document
from strategraph.pipeline import build
from strategraph.reading import read
from strategraph.reading.request import Original


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Goals"
    sheet["A1"] = "Harbour Strategic Plan 2024-2027"
    rows = [
        ("No.", "Goal", "Target", "Share", "Due"),
        (1, "Reach rural women", "half of them online", 0.5, date(2027, 6, 30)),
        (2, "Serve older persons", "all ports", 1, None),
    ]
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.font = Font(bold=number == 3)
    sheet["D4"].number_format = "0%"
    sheet["E4"].number_format = "dd/mm/yyyy"
    other = book.create_sheet("Notes")
    other["A1"] = "Goal 3: Protect fishers"
    hidden = book.create_sheet("Drafts")
    hidden["A1"] = "Goal 9: Not this"
    hidden.sheet_state = "hidden"
    book.properties.title = "Harbour Plan"
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(data: bytes, name: str = "plan.xlsx") -> Document:
    return read(Original(name, data))


def test_cells_sheets_and_values() -> None:
    found = document(saved(workbook()))
    assert [(block.kind, block.passage.text) for block in found.blocks if block.kind != "cell"] == [
        ("heading", "Goals"),
        ("paragraph", "Harbour Strategic Plan 2024-2027"),
        ("heading", "Notes"),
        ("paragraph", "Goal 3: Protect fishers"),
    ]
    cells = [block for block in found.blocks if block.kind == "cell"]
    assert [block.passage.text for block in cells if block.row == 1] == [
        "1",
        "Reach rural women",
        "half of them online",
        "50%",
        "2027-06-30",
    ]
    assert all(block.header == (block.row == 0) for block in cells)
    assert found.left_out == ("1 hidden sheet",)
    assert ("title", "Harbour Plan") in found.metadata


def test_offsets_are_those_of_the_text_as_read() -> None:
    found = document(saved(workbook()))
    for block in found.blocks:
        span = block.span
        assert found.source.text[span.start : span.end] == block.passage.text


def test_a_plan_in_a_sheet_is_a_graph() -> None:
    result = build(Original("plan.xlsx", saved(workbook())))
    assert "fishers" in {concept.label for concept in result.plan.concepts}
    assert result.report.conforms


def test_the_content_tells_the_format() -> None:
    assert document(saved(workbook()), "plan.bin").source.media_type.endswith("spreadsheetml.sheet")


def test_a_workbook_in_a_document_does_not_tell_its_format() -> None:
    made = docx.Document()
    made.add_paragraph("Goal 1: Grow.")
    buffer = BytesIO()
    made.save(buffer)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as package:
        package.writestr("word/embeddings/book.xlsx", saved(workbook()))
    assert "wordprocessingml" in document(buffer.getvalue(), "plan.docx").source.media_type
    assert "wordprocessingml" in document(buffer.getvalue(), "plan").source.media_type


def test_formulas_have_their_last_result_and_errors_none() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#REF!</v></c>'
        '<c r="C1" t="inlineStr"><is><t>Reach youth</t></is></c><c r="D1" t="str"><v>words</v></c>'
        '<c r="E1" t="s"><v>99</v></c><c r="F1"><v>x</v></c></row></sheetData></worksheet>'
    )
    found = document(with_part(saved(workbook()), "xl/worksheets/sheet1.xml", sheet))
    cells = [block.passage.text for block in found.blocks if block.kind == "cell"]
    assert cells[:4] == ["2", "Reach youth", "words", "x"]


def test_strings_that_cells_share() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string("A1", "Goal 1: ", book.add_format({"bold": True}), "Reach", " youth")
        sheet.write("A3", "Goal 1: Reach youth")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write("B5", "column B is hidden")
        sheet.set_column("B:B", None, None, {"hidden": True})
    found = document(buffer.getvalue())
    assert [block.passage.text for block in found.blocks] == ["Goal 1: Reach youth"]


def with_part(data: bytes, name: str, content: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_damaged_parts_are_one_line(name: str) -> None:
    with pytest.raises(UnusableInputError, match="is damaged"):
        document(with_part(saved(workbook()), name, "<broken"))


def test_numbers_of_any_length() -> None:
    """Python makes no number of more than 4,300 digits."""
    many = "9" * 5_000
    rows = (
        f'<row r="{many}"><c r="A1" t="inlineStr" s="{many}"><is><t>Goal 1: Reach youth</t></is></c></row>'
        f'<row r="{many}"><c r="A2" t="s"><v>{many}</v></c><c r="B{many}"><v>{many}</v></c></row>'
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><cols><col min="{many}" max="{many}" hidden="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    look = (
        f'<styleSheet xmlns="{space}"><cellXfs><xf fontId="{many}" numFmtId="{many}"/></cellXfs></styleSheet>'
    )
    data = with_part(saved(workbook()), "xl/worksheets/sheet1.xml", sheet)
    found = document(with_part(data, "xl/styles.xml", look))
    assert "Goal 1: Reach youth" in [block.passage.text for block in found.blocks]


@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(at: int, byte: int) -> None:
    data = bytearray(DATA)
    data[at % len(data)] = byte
    with suppress(UnusableInputError):
        document(bytes(data))


DATA = saved(workbook())
