"""Presentations: titles as headings, bullets as items, tables, slides as pages."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.model import Document
from strategraph.pipeline import build
from strategraph.reading import read
from strategraph.reading.request import Original

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shape(paragraphs: Sequence[str], placeholder: str | None = None) -> str:
    mark = "" if placeholder is None else f"<p:nvPr><p:ph {placeholder}/></p:nvPr>"
    return f"<p:sp><p:nvSpPr>{mark}</p:nvSpPr><p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"


def paragraph(text: str, marks: str = "", look: str = "") -> str:
    return f"<a:p><a:pPr {marks.partition('|')[0]}>{marks.partition('|')[2]}</a:pPr><a:r><a:rPr {look}/><a:t>{text}</a:t></a:r></a:p>"


def slide(*shapes: str, marks: str = "") -> str:
    return f"<p:sld {NAMES} {marks}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


TABLE = (
    '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
    + "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody>{paragraph(cell)}</a:txBody></a:tc>' for cell in row)}</a:tr>"
        for row in (("Goal", "Due"), ("Goal 3: Protect fishers", "2027"))
    )
    + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
SLIDES = (
    slide(
        shape([paragraph("31 May")], 'type="dt"'),
        shape([paragraph("Harbour Board")], 'type="subTitle"'),
        shape([paragraph("Harbour Strategic Plan 2024-2027")], 'type="ctrTitle"'),
    ),
    slide(
        shape([paragraph("Goal 1: Reach rural women")], 'type="title"'),
        shape(
            [
                paragraph("Open a school"),
                paragraph("In each ward", 'lvl="1"'),
                paragraph("Plainly said", "|<a:buNone/>"),
            ],
            'idx="1"',
        ),
        shape(
            [
                paragraph("first", '|<a:buAutoNum type="arabicParenR"/>'),
                paragraph("second", '|<a:buAutoNum type="arabicParenR"/>'),
            ]
        ),
    ),
    slide(shape([paragraph("Goal 9: Not this")], 'type="title"'), marks='show="0"'),
    slide(shape([paragraph("Later goals")], 'type="title"'), TABLE, "<p:pic/>"),
)


def presentation(slides: Sequence[str] = SLIDES) -> bytes:
    buffer = BytesIO()
    order = "".join(f'<p:sldId id="{300 + n}" r:id="s{n}"/>' for n in range(len(slides)))
    links = "".join(
        f'<Relationship Id="s{n}" Type="{OFFICE}/slide" Target="slides/slide{n}.xml"/>'
        for n in range(len(slides))
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="m" Type="{OFFICE}/officeDocument"'
            ' Target="ppt/presentation.xml"/></Relationships>',
        )
        archive.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {NAMES}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels", f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'
        )
        for number, content in enumerate(slides):
            archive.writestr(f"ppt/slides/slide{number}.xml", content)
    return buffer.getvalue()


DATA = presentation()


def document(data: bytes, name: str = "plan.pptx") -> Document:
    return read(Original(name, data))


def test_slides_become_headings_items_and_tables() -> None:
    found = document(DATA)
    assert [(block.kind, block.level, block.marker, block.passage.text) for block in found.blocks] == [
        ("heading", 1, "", "Harbour Strategic Plan 2024-2027"),
        ("paragraph", 0, "", "Harbour Board"),
        ("heading", 1, "", "Goal 1: Reach rural women"),
        ("item", 1, "•", "Open a school"),
        ("item", 2, "•", "In each ward"),
        ("paragraph", 0, "", "Plainly said"),
        ("item", 1, "1)", "first"),
        ("item", 1, "2)", "second"),
        ("heading", 1, "", "Later goals"),
        ("cell", 0, "", "Goal"),
        ("cell", 0, "", "Due"),
        ("cell", 0, "", "Goal 3: Protect fishers"),
        ("cell", 0, "", "2027"),
    ]
    assert [block.page for block in found.blocks if block.kind == "heading"] == [1, 2, 4]
    assert found.left_out == ("1 hidden slide", "1 image")


def test_offsets_are_those_of_the_text_as_read() -> None:
    found = document(DATA)
    for block in found.blocks:
        assert found.source.text[block.span.start : block.span.end] == block.passage.text


def test_a_plan_in_slides_is_a_graph_that_says_the_slide() -> None:
    result = build(Original("plan.pptx", DATA))
    goals = [element.label for element in result.plan.elements if element.kind == "Goal"]
    assert "Goal 1: Reach rural women" in goals
    assert result.report.conforms


def test_the_content_tells_the_format() -> None:
    assert document(DATA, "plan.bin").source.media_type.endswith("presentationml.presentation")


def test_slides_that_are_not_there_are_passed_over() -> None:
    data = presentation(SLIDES[1:2])
    assert document(data).blocks
    with pytest.raises(UnusableInputError):
        document(data[: len(data) // 2])


def test_numbers_of_any_length() -> None:
    """Python makes no number of more than 4,300 digits."""
    many = "9" * 5_000
    marks = f'lvl="{many}"|<a:buAutoNum type="arabicPeriod" startAt="{many}"/>'
    data = presentation([slide(shape([paragraph("Goal: Reach rural women", marks)]))])
    assert "Goal: Reach rural women" in [block.passage.text for block in document(data).blocks]


def test_damaged_and_empty_slides() -> None:
    with pytest.raises(UnusableInputError, match="is damaged"):
        document(presentation(["<broken", SLIDES[1]]))
    assert document(presentation(["", SLIDES[1]])).blocks


@given(st.integers(0, 6000), st.integers(0, 255))
def test_a_damaged_presentation_is_read_or_refused(at: int, byte: int) -> None:
    data = bytearray(DATA)
    data[at % len(data)] = byte
    with suppress(UnusableInputError):
        document(bytes(data))
