"""ODT as LibreOffice writes it, and as nobody should."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.office_producers import archive, odt_parts
from tests.reading.test_offsets import check

from strategraph.errors import UnusableInputError
from strategraph.reading import read
from strategraph.reading.content import Content
from strategraph.reading.office.odt import parse
from strategraph.reading.request import Limits, Request


def content(body: str, styles: str = "") -> Content:
    found = parse(archive(odt_parts(body, styles)), Request("x.odt"))
    check(found)
    return found


def told(body: str, styles: str = "") -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.level, b.marker, b.passage.text) for b in content(body, styles).blocks]


def words(body: str, styles: str = "") -> list[str]:
    return [block.passage.text for block in content(body, styles).blocks]


def levels(*formats: str) -> str:
    made = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="{form[0]}" style:num-suffix="{form[1:]}" '
        f'text:display-levels="{n}"/>'
        for n, form in enumerate(formats, 1)
    )
    return f'<text:list-style style:name="L">{made}</text:list-style>'


def test_headings_and_paragraphs() -> None:
    assert told(
        '<text:h text:outline-level="2">Goals</text:h><text:p>A  <text:s text:c="3"/>b<text:tab/>c</text:p>'
    ) == [
        ("heading", 2, "", "Goals"),
        ("paragraph", 0, "", "A b c"),
    ]


def test_a_paragraph_in_a_headings_style_is_a_heading() -> None:
    assert told('<text:p text:style-name="Heading_20_3">Goals</text:p>') == [("paragraph", 0, "", "Goals")]
    style = '<style:style style:name="Heading_20_3" style:family="paragraph"/>'
    derived = '<style:style style:name="P1" style:parent-style-name="Heading_20_3" style:family="paragraph"/>'
    assert told('<text:p text:style-name="P1">Goals</text:p>', style + derived) == [
        ("heading", 3, "", "Goals")
    ]


def test_items_have_their_computed_numbers() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>One</text:p>'
        "<text:list><text:list-item><text:p>In</text:p></text:list-item>"
        "<text:list-item><text:p>Out</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>Two</text:p><text:p>More of two</text:p></text:list-item>"
        '<text:list-item text:start-value="9"><text:p>Nine</text:p></text:list-item></text:list>'
        '<text:list text:style-name="L" text:continue-numbering="true">'
        "<text:list-header><text:p>Head</text:p></text:list-header>"
        "<text:list-item><text:p>Ten</text:p></text:list-item></text:list>"
    )
    assert told(body, levels("1.", "a)")) == [
        ("item", 1, "1.", "One"),
        ("item", 2, "1.a)", "In"),
        ("item", 2, "1.b)", "Out"),
        ("item", 1, "2.", "Two"),
        ("paragraph", 0, "", "More of two"),
        ("item", 1, "9.", "Nine"),
        ("paragraph", 0, "", "Head"),
        ("item", 1, "10.", "Ten"),
    ]


def test_a_list_that_prints_a_label_has_it_in_its_text() -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-prefix="Goal " '
        'style:num-suffix=":" style:num-format="1"/></text:list-style>'
    )
    body = '<text:list text:style-name="L"><text:list-item><text:p>Grow</text:p></text:list-item></text:list>'
    assert told(body, style) == [("item", 1, "", "Goal 1: Grow")]


def test_headings_have_the_numbers_of_the_outline() -> None:
    style = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = "".join(f'<text:h text:outline-level="{level}">x</text:h>' for level in (1, 2, 2, 1, 2))
    assert words(body, style) == ["1 x", "1.1 x", "1.2 x", "2 x", "2.1 x"]


def test_tracked_changes_are_accepted() -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>ten</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Train <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>twenty'
        '<text:change-end text:change-id="c2"/> teachers</text:p>'
    )
    assert words(body) == ["Train twenty teachers"]


def test_hidden_and_struck_out_text_is_left_out() -> None:
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="S" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    body = (
        '<text:p>Seen<text:span text:style-name="H"> unseen</text:span><text:span text:style-name="S"> gone</text:span>'
        '</text:p><text:section text:display="none"><text:p>Hidden</text:p></text:section>'
    )
    assert words(body, styles) == ["Seen"]


def test_bold_paragraphs_are_emphasised() -> None:
    assert [
        b.emphasised
        for b in content('<text:p text:style-name="Bold">All</text:p><text:p>None</text:p>').blocks
    ] == [
        True,
        False,
    ]


def test_tables_have_rows_columns_and_a_head() -> None:
    def row(*cells: str) -> str:
        made = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        return f"<table:table-row>{made}</table:table-row>"

    spanned = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Wide</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>Last</text:p></table:table-cell></table:table-row>"
    )
    head = f"<table:table-header-rows>{row('Action', 'Year', 'Lead')}</table:table-header-rows>"
    blocks = content(f"<table:table>{head}{row('Build', '2025', 'Us')}{spanned}</table:table>").blocks
    assert [(b.row, b.column, b.header, b.passage.text) for b in blocks] == [
        (0, 0, True, "Action"),
        (0, 1, True, "Year"),
        (0, 2, True, "Lead"),
        (1, 0, False, "Build"),
        (1, 1, False, "2025"),
        (1, 2, False, "Us"),
        (2, 0, False, "Wide"),
        (2, 2, False, "Last"),
    ]


def test_notes_stand_at_the_end_and_text_boxes_after_their_paragraph() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>See the annex.</text:p></text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>Our vision</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>Grow{note} now.{box}</text:p><text:p>End.</text:p>"
    assert words(body) == ["Grow now.", "Our vision", "End.", "See the annex."]


def test_contents_lists_and_comments_are_left_out() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>Goals 3</text:p></text:index-body></text:table-of-content>"
        "<text:p>Seen<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
    )
    assert words(body) == ["Seen"]


# --------------------------------------------------------------------------------------------------
# Hostile and broken


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnusableInputError) as caught:
        parse(data, Request("x.odt", limits=limits or Limits()))
    message = str(caught.value)
    assert message.startswith("x.odt: ")
    assert "\n" not in message
    return message


def test_a_zip_bomb_is_refused() -> None:
    assert "zip bomb" in refusal(archive(odt_parts(f"<text:p>{' ' * 30_000_000}</text:p>")))


def test_an_encrypted_file_says_so() -> None:
    parts = {**odt_parts("<text:p>x</text:p>"), "META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert "encrypted" in refusal(archive(parts))


def test_what_is_no_odt_is_said_in_one_line() -> None:
    good = archive(odt_parts("<text:p>Seen</text:p>"))
    assert "broken" in refusal(good[: len(good) // 2])
    assert "no XML" in refusal(archive(odt_parts("<text:p>")))
    assert "no text part" in refusal(archive({"mimetype": "x"}))


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 4000), junk=st.binary(max_size=20))
def test_damaged_files_are_read_or_refused(place: int, junk: bytes) -> None:
    good = archive(odt_parts("<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>"))
    at = place % len(good)
    with suppress(UnusableInputError):
        check(parse(good[:at] + junk + good[at + len(junk) :], Request("x.odt")))


def test_an_odt_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(archive(odt_parts("<text:p>Seen</text:p>")))
    assert read(path).source.media_type == "application/vnd.oasis.opendocument.text"


def test_typed_markers_make_items() -> None:
    assert told(
        "<text:p>•<text:tab/>build depots</text:p><text:p>(a)<text:tab/>in the north</text:p>"
        "<text:p>•<text:tab/>train drivers</text:p><text:p>3. May was dry.</text:p>"
    ) == [
        ("item", 1, "•", "build depots"),
        ("item", 2, "(a)", "in the north"),
        ("item", 1, "•", "train drivers"),
        ("paragraph", 0, "", "3. May was dry."),
    ]


def test_larger_type_makes_headings_where_no_style_does() -> None:
    sizes = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties fo:font-size="{size}pt" '
        'fo:font-weight="bold"/></style:style>'
        for name, family, size in (("Large", "paragraph", 20), ("Middle", "text", 15))
    )
    prose = "<text:p>The agency answers with more frequent services on all the lines.</text:p>"
    body = '<text:p text:style-name="Large">Plan</text:p>'
    body += '<text:p><text:span text:style-name="Middle">Goal 1</text:span></text:p>'
    assert told(body + prose * 3, sizes)[:2] == [("heading", 1, "", "Plan"), ("heading", 2, "", "Goal 1")]
    styled = '<text:h text:outline-level="1">A heading</text:h>'
    assert [kind for kind, *_ in told(styled + body + prose, sizes)][1:3] == ["paragraph", "paragraph"]


def test_tables_within_tables_are_read_once_each() -> None:
    body = "<text:p>Grow trade</text:p>"
    for _ in range(40):  # read twice at each depth, the innermost would be read some 10**12 times
        body = f"<table:table><table:table-row><table:table-cell>{body}</table:table-cell></table:table-row></table:table>"
    content = parse(archive(odt_parts(body)), Request("plan.odt"))
    assert [block.passage.text for block in content.blocks] == ["Grow trade"]


def test_notes_within_notes_are_read_once_each() -> None:
    body = "said"
    for _ in range(40):
        body = f"<text:p>{body}<text:note><text:note-body><text:p>{body}</text:p></text:note-body></text:note></text:p>"
        if len(body) > 10_000:
            break
    content = parse(archive(odt_parts(body)), Request("plan.odt"))
    assert len(content.blocks) <= body.count("<text:p")


def test_damage_is_told_in_one_line() -> None:
    with pytest.raises(UnusableInputError) as caught:
        parse(archive(odt_parts("<text:p>\x00</text:p>")), Request("plan.odt"))
    assert len(str(caught.value).splitlines()) == 1
