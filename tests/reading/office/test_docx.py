"""DOCX as Word and LibreOffice write it, and as nobody should."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.office_producers import archive, docx_parts
from tests.reading.test_offsets import check

from strategraph.errors import UnusableInputError
from strategraph.reading import read
from strategraph.reading.content import Content
from strategraph.reading.office.docx import parse
from strategraph.reading.request import Limits, Request


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def numbered(words: str, *, list: int = 1, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>'
    return paragraph(run(words), properties=properties)


def content(body: str, **more: str) -> Content:
    found = parse(archive(docx_parts(body, **more)), Request("x.docx"))
    check(found)
    return found


def told(body: str, **more: str) -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.level, b.marker, b.passage.text) for b in content(body, **more).blocks]


def test_headings_have_the_levels_of_their_styles() -> None:
    assert told(
        paragraph(run("Plan"), properties='<w:pStyle w:val="H1"/>')
        + paragraph(run("Goal 1"), properties='<w:outlineLvl w:val="1"/>')
        + paragraph(run("Text"))
        + paragraph(run("Only looks so"), properties='<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>')
    ) == [
        ("heading", 1, "", "Plan"),
        ("heading", 2, "", "Goal 1"),
        ("paragraph", 0, "", "Text"),
        ("paragraph", 0, "", "Only looks so"),
    ]


def test_items_have_the_numbers_that_word_computes() -> None:
    body = (
        numbered("One") + numbered("Inner", level=1) + numbered("Inner", level=1) + numbered("Two")
        + numbered("Again inner", level=1) + numbered("Point", list=2) + numbered("Three")
    )  # fmt: skip
    assert [(level, marker, words) for _, level, marker, words in told(body)] == [
        (1, "1.", "One"),
        (2, "1.", "Inner"),
        (2, "2.", "Inner"),
        (1, "2.", "Two"),
        (2, "1.", "Again inner"),
        (1, "•", "Point"),
        (1, "3.", "Three"),
    ]


def numbering(*levels: str, override: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{level.split("|")[0]}"/><w:lvlText w:val="{level.split("|")[1]}"/></w:lvl>'
        for n, level in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )


def test_numbers_of_several_levels_and_styles() -> None:
    lists = numbering("upperRoman|%1.", "lowerLetter|%1.%2)", "decimal|%1.%2.%3")
    body = numbered("a") + numbered("b") + numbered("c", level=1) + numbered("d", level=2)
    assert [marker for _, _, marker, _ in told(body, numbering=lists)] == ["I.", "II.", "II.a)", "II.a.1"]


def test_a_list_that_restarts_counts_from_its_start() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("a") + numbered("b") + numbered("c", list=2) + numbered("d", list=2)
    lists = numbering("decimal|%1.", override=again)
    assert [marker for _, _, marker, _ in told(body, numbering=lists)] == ["1.", "2.", "1.", "2."]


def test_a_list_that_prints_a_label_has_it_in_its_text() -> None:
    body = numbered("Grow") + numbered("Share", level=1)
    lists = numbering("decimal|Goal %1:", "decimal|Objective %1.%2 –")
    assert told(body, numbering=lists) == [
        ("item", 1, "", "Goal 1: Grow"),
        ("item", 2, "", "Objective 1.1 – Share"),
    ]


def test_numbered_headings_have_their_number() -> None:
    numbers = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    body = paragraph(run("Context"), properties=numbers) + paragraph(run("Goals"), properties=numbers)
    assert [words for *_, words in told(body)] == ["1. Context", "2. Goals"]


def test_tracked_changes_are_accepted() -> None:
    body = paragraph(
        run("Train "),
        "<w:del><w:r><w:delText>ten </w:delText></w:r></w:del>",
        f"<w:ins>{run('twenty ')}</w:ins>",
        f"<w:moveFrom>{run('old ')}</w:moveFrom><w:moveTo>{run('new ')}</w:moveTo>",
        run("teachers"),
    )
    assert told(body) == [("paragraph", 0, "", "Train twenty new teachers")]


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    body = paragraph(run("One "), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("sentence."))
    assert [words for *_, words in told(body)] == ["One sentence."]


def test_deleted_rows_are_gone() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in "ab")
    body = f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cells}</w:tr></w:tbl>"
    assert [b.row for b in content(body).blocks] == [0, 0]


@pytest.mark.parametrize("properties", ["<w:vanish/>", "<w:strike/>", "<w:dstrike/>"])
def test_hidden_and_struck_out_text_is_left_out(properties: str) -> None:
    assert [words for *_, words in told(paragraph(run("Seen"), run(" unseen", properties)))] == ["Seen"]
    off = properties.replace("/>", ' w:val="0"/>')
    assert [words for *_, words in told(paragraph(run("Seen"), run(" too", off)))] == ["Seen too"]


def test_bold_paragraphs_are_emphasised() -> None:
    blocks = content(
        paragraph(run("All bold", "<w:b/>")) + paragraph(run("Half", "<w:b/>"), run(" bold"))
    ).blocks
    assert [block.emphasised for block in blocks] == [True, False]


def test_tables_have_rows_columns_and_a_head() -> None:
    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"

    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(words))}</w:tc>"

    head = "<w:trPr><w:tblHeader/></w:trPr>"
    blocks = content(
        "<w:tbl>"
        + row(cell("Action"), cell("Year"), cell("Lead"), properties=head)
        + row(cell("Build", "<w:vMerge w:val='restart'/>"), cell("2025", "<w:gridSpan w:val='2'/>"))
        + row(cell("gone", "<w:vMerge/>"), cell("2026"), cell("Us"))
        + "</w:tbl>"
    ).blocks
    assert [(b.row, b.column, b.header, b.passage.text) for b in blocks] == [
        (0, 0, True, "Action"),
        (0, 1, True, "Year"),
        (0, 2, True, "Lead"),
        (1, 0, False, "Build"),
        (1, 1, False, "2025"),
        (2, 1, False, "2026"),
        (2, 2, False, "Us"),
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    heading = paragraph(run("Goals"), properties='<w:pStyle w:val="H1"/>')
    body = f"<w:tbl><w:tr><w:tc>{heading}</w:tc><w:tc>{paragraph(run('Text'))}</w:tc></w:tr></w:tbl>"
    assert [kind for kind, *_ in told(body)] == ["heading", "paragraph"]


def test_footnotes_stand_at_the_end() -> None:
    note = f'<w:footnote w:id="2">{paragraph(run("See the annex."))}</w:footnote>'
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph(run("-"))}</w:footnote>'
    body = paragraph(run("Grow"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" now.")) + paragraph(
        run("End.")
    )
    assert [words for *_, words in told(body, footnotes=separator + note)] == [
        "Grow now.",
        "End.",
        "See the annex.",
    ]


def test_text_boxes_follow_their_paragraph_and_count_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('Our vision'))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = paragraph(run("Before"), drawing) + paragraph(run("After"))
    assert [words for *_, words in told(body)] == ["Before", "Our vision", "After"]


def test_contents_lists_and_field_codes_are_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    gallery = (
        '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('Contents'))}</w:sdtContent>"
    )
    body = (
        f"<w:sdt>{gallery}</w:sdt>"
        + paragraph(run("Goals 3"), properties='<w:pStyle w:val="T1"/>')
        + paragraph("<w:r><w:instrText>REF x</w:instrText></w:r>", run("Seen"))
    )
    assert [words for *_, words in told(body, styles=styles)] == ["Seen"]


def test_breaks_tabs_and_hyphens() -> None:
    inner = "<w:r><w:t>high</w:t><w:noBreakHyphen/><w:t>speed</w:t><w:tab/><w:t>net</w:t><w:br/><w:t>work</w:t></w:r>"
    assert [words for *_, words in told(paragraph(inner))] == ["high-speed net work"]


# --------------------------------------------------------------------------------------------------
# Hostile and broken


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnusableInputError) as caught:
        parse(data, Request("x.docx", limits=limits or Limits()))
    message = str(caught.value)
    assert message.startswith("x.docx: ")
    assert "\n" not in message
    return message


def test_a_zip_bomb_is_refused() -> None:
    parts = docx_parts(paragraph(run(" " * 30_000_000)))
    assert "zip bomb" in refusal(archive(parts))


def test_parts_together_are_bounded() -> None:
    parts = docx_parts(paragraph(run("word " * 1000)))
    assert "limits" in refusal(archive(parts), Limits(unpacked=4000))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    parts = docx_parts(paragraph(run("Seen &outside;&inside;")))
    parts["word/document.xml"] = (
        f'<!DOCTYPE d [<!ENTITY outside SYSTEM "{secret.as_uri()}"><!ENTITY inside "expanded">]>'
        + parts["word/document.xml"]
    )
    text = parse(archive(parts), Request("x.docx")).text
    assert "secret" not in text
    assert "expanded" not in text


def test_deep_nesting_is_refused() -> None:
    assert "no XML" in refusal(
        archive(docx_parts("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000))
    )


def test_what_is_no_docx_is_said_in_one_line() -> None:
    good = archive(docx_parts(paragraph(run("Seen"))))
    assert "broken" in refusal(good[: len(good) // 2])
    assert "no XML" in refusal(archive(docx_parts("<w:p>")))
    assert "no text part" in refusal(archive({"[Content_Types].xml": "<a/>", "word/other.xml": "<a/>"}))


def test_styles_that_are_based_on_each_other_end() -> None:
    circle = "".join(
        f'<w:style w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    body = paragraph(run("Seen"), properties='<w:pStyle w:val="x"/>')
    assert [words for *_, words in told(body, styles=circle)] == ["Seen"]


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 4000), junk=st.binary(max_size=20))
def test_damaged_files_are_read_or_refused(place: int, junk: bytes) -> None:
    good = archive(docx_parts(numbered("One") + paragraph(run("Text"))))
    at = place % len(good)
    data = good[:at] + junk + good[at + len(junk) :]
    with suppress(UnusableInputError):
        check(parse(data, Request("x.docx")))


def test_a_docx_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(archive(docx_parts(paragraph(run("Seen")))))
    assert read(path).source.media_type.endswith("wordprocessingml.document")


def test_typed_markers_make_items_as_deep_as_they_are_indented() -> None:
    tab = "<w:r><w:tab/></w:r>"

    def indented(*runs: str, by: int) -> str:
        return paragraph(*runs, properties=f'<w:ind w:left="{by + 360}" w:hanging="360"/>')

    assert told(
        paragraph(run("We will:"))
        + indented(run("•"), tab, run("build depots:"), by=360)
        + indented(run("(a)"), tab, run("in the north;"), by=720)
        + indented(run("•"), tab, run("train drivers."), by=360)
        + paragraph(run("3. May was dry."))
        + paragraph(run("- Heading", "<w:b/>"))
    ) == [
        ("paragraph", 0, "", "We will:"),
        ("item", 1, "•", "build depots:"),
        ("item", 2, "(a)", "in the north;"),
        ("item", 1, "•", "train drivers."),
        ("paragraph", 0, "", "3. May was dry."),
        ("paragraph", 0, "", "- Heading"),
    ]


def test_the_name_at_the_beginning_of_a_typed_item_is_its_lead() -> None:
    tab = "<w:r><w:tab/></w:r>"
    (item,) = content(paragraph(run("1.", "<w:b/>"), tab, run("Courage.", "<w:b/>"), run(" We ask."))).blocks
    assert item.passage.text[: item.lead] == "Courage."


LARGE, MIDDLE = '<w:b/><w:sz w:val="40"/>', '<w:b/><w:sz w:val="26"/>'


def test_larger_type_makes_headings_where_no_style_does() -> None:
    prose = paragraph(run("The agency answers with more frequent services on all the lines."))
    body = paragraph(run("Plan", LARGE)) + paragraph(run("Goal 1", MIDDLE)) + prose * 3
    assert told(body)[:3] == [
        ("heading", 1, "", "Plan"),
        ("heading", 2, "", "Goal 1"),
        ("paragraph", 0, "", "The agency answers with more frequent services on all the lines."),
    ]
    styled = paragraph(run("A heading"), properties='<w:pStyle w:val="H1"/>')
    assert [kind for kind, *_ in told(styled + body)][:3] == ["heading", "paragraph", "paragraph"]


def test_a_sentence_in_larger_type_is_no_heading() -> None:
    opening = "This plan says in a few words what the agency will do in the next five years, and why."
    prose = paragraph(run("The agency answers with more frequent services on all the lines."))
    assert told(paragraph(run(opening, LARGE)) + prose * 3)[0] == ("paragraph", 0, "", opening)
