"""PDF: layouts of brochures, of United Nations documents and of what browsers and TeX print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from strategraph.pipeline import read_plan
from strategraph.reading.pdf.characters import _BOLD_NAME, _ITALIC_NAME, _PLAIN_NAME, _Look, _WordBuilder
from strategraph.reading.pdf.flow import whole_tables
from strategraph.reading.pdf.lines import Line, lines_of
from strategraph.reading.pdf.page import Box, Word
from strategraph.reading.pdf.tables import Cell, Table

from .test_pdf import PROSE, content, drawn, paged, texts, told, write

WIDTH, HEIGHT = A4
NARROW = (
    "The agency answers with more",
    "frequent services on all the",
    "lines that reach the outer",
    "districts.",
)


# --------------------------------------------------------------------------------------------------
# Lists


def test_drawn_bullets_make_items() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, "We will:")
        for number, words in enumerate(("build ten depots", "train drivers", "paint the stops")):
            top = 120 + 15 * number
            write(canvas, 80, top, words)
            if number < 2:
                canvas.circle(70, HEIGHT - top + 3, 1.8, stroke=0, fill=1)
            else:
                canvas.rect(68, HEIGHT - top + 1, 4, 4, stroke=1, fill=0)

    blocks = content(drawn(draw)).blocks
    assert [(b.kind, b.marker, b.passage.text) for b in blocks] == [
        ("paragraph", "", "We will:"),
        ("item", "•", "build ten depots"),
        ("item", "•", "train drivers"),
        ("item", "•", "paint the stops"),
    ]


def test_shapes_between_words_or_far_from_them_are_no_bullets() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, "Home")
        canvas.circle(88, HEIGHT - 97, 1.8, stroke=0, fill=1)
        write(canvas, 93, 100, "Plan")
        canvas.circle(20, HEIGHT - 127, 1.8, stroke=0, fill=1)
        write(canvas, 60, 130, "A caption.")

    assert "•" not in content(drawn(draw)).text


def test_pictures_of_bullets_make_items_though_they_are_higher_than_the_line() -> None:
    def draw(canvas: Canvas) -> None:
        picture = ImageReader(Image.new("RGB", (9, 12)))
        write(canvas, 60, 100, "We will:")
        for top, words in ((120, "build ten depots"), (135, "train drivers")):
            write(canvas, 80, top, words)
            canvas.drawImage(picture, 71.9, HEIGHT - top - 2, 9, 12)

    blocks = content(drawn(draw)).blocks
    assert [b.passage.text for b in blocks if b.kind == "item"] == ["build ten depots", "train drivers"]


def test_a_lone_letter_before_a_gap_is_a_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        for top, words in ((100, "Build ten depots on lines that have"), (130, "Train drivers for")):
            write(canvas, 60, top, "o")
            write(canvas, 78, top, words, "all the districts")
        write(canvas, 60, 170, "o novo plano abre as portas")

    assert [(b.kind, b.marker, b.passage.text) for b in content(drawn(draw)).blocks] == [
        ("item", "o", "Build ten depots on lines that have all the districts"),
        ("item", "o", "Train drivers for all the districts"),
        ("paragraph", "", "o novo plano abre as portas"),
    ]


# --------------------------------------------------------------------------------------------------
# Letters


def test_slanted_letters_are_upright_text() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont("Times-Roman", 10)
        text.setTextTransform(1, 0, 0.4, 1, 60, HEIGHT - 100)
        text.textOut("Leaning by a matrix")
        canvas.drawText(text)

    assert texts(drawn(draw)) == ["Leaning by a matrix"]


def test_letters_set_apart_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, HEIGHT - 100, "OUR GOALS", charSpace=5)
        write(canvas, 60, 130, *PROSE)

    assert told(drawn(draw))[0] == ("heading", "OUR GOALS")


@pytest.mark.parametrize(
    ("name", "bold", "italic", "plain"),
    [
        ("lmroman10-regular", False, False, True),
        ("cmr10", False, False, True),
        ("cmbx12", True, False, False),
        ("cmti10", False, True, True),
        ("nimbusromno9l-medi", True, False, False),
        ("nimbusromno9l-regu", False, False, False),
        ("arial-boldmt", True, False, False),
        ("lmmonoslant10-regular", False, True, True),
        ("timesnewromanps-bolditalicmt", True, True, True),
        ("medium", False, False, False),
    ],
)
def test_names_of_fonts_tell_their_look(name: str, bold: bool, italic: bool, plain: bool) -> None:
    found = [pattern.search(name) is not None for pattern in (_BOLD_NAME, _ITALIC_NAME, _PLAIN_NAME)]
    assert found[:2] == [bold, italic]
    assert bold or found[2] == plain


def built(characters: str, lefts: list[float], base: float = 100.0) -> list[Word]:
    """Return the words that the builder makes of characters at places; each is five points wide."""
    builder = _WordBuilder()
    look = _Look(base, 10.0, False, False, False, True, -1)
    for character, left in zip(characters, lefts, strict=True):
        if character == " ":
            builder.space()
        else:
            builder.add(character, (left, base - 8, left + 5, base + 2), look)
    builder.space()
    return builder.words


def test_arabic_is_read_in_its_order_however_it_was_drawn() -> None:
    as_read = built("خطة", [110, 105, 100])
    as_drawn = built("ةطخ", [100, 105, 110])
    assert [word.text for word in as_read] == [word.text for word in as_drawn] == ["خطة"]


def test_a_vowel_sign_that_is_drawn_last_stands_on_its_word() -> None:
    words = built("اولا:\u064b", [120, 115, 110, 105, 100, 104])
    assert [word.text for word in words] == ["اولا\u064b:"]


def rtl_line(*words: tuple[str, float, float]) -> str:
    placed = [Word(text, Box(x0, 90, x1, 102), 100, 10) for text, x0, x1 in words]
    (line,) = lines_of(placed, 1)
    return line.text


def test_numbers_in_arabic_lines_are_read_as_people_do() -> None:
    goal = ("الهدف", 170, 200)
    assert rtl_line(goal, (":1.1", 150, 166), ("توسيع", 120, 147)) == "الهدف 1.1: توسيع"
    assert rtl_line(("الخطة", 170, 200), ("2028-2025", 120, 166)) == "الخطة 2025-2028"
    assert rtl_line(("-1", 190, 200), ("توسيع", 150, 170)) == "1- توسيع"
    assert rtl_line((".1", 190, 200), ("توسيع", 160, 190)) == "1. توسيع"


# --------------------------------------------------------------------------------------------------
# Paragraphs


def test_first_lines_that_are_indented_begin_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        top = 100
        for number in range(4):
            write(
                canvas,
                75,
                top,
                f"Number {number} of them begins further in and is as wide as all the others are,",
            )
            write(canvas, 60, top + 13, "and goes on.")
            top += 26
        write(canvas, 75, top, "A line by itself, which")
        write(canvas, 75, top + 13, "Another line by itself")

    found = texts(drawn(draw))
    assert found[-2:] == ["A line by itself, which", "Another line by itself"]
    assert len(found) == 6


def test_the_leading_is_that_of_wrapped_lines() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(4):  # prose with wide leading
            for row, words in enumerate(PROSE):
                write(canvas, 60, 80 + 70 * number + 18 * row, words)
        for row in range(9):  # and a tight list of names
            write(canvas, 60, 400 + 12 * row, f"Name {row}")

    assert texts(drawn(draw))[:4] == [" ".join(PROSE)] * 4


def test_a_compound_of_several_words_keeps_its_hyphens() -> None:
    filler = "Some words that go before it on the line, so that the line is of the usual width,"

    def draw(canvas: Canvas) -> None:
        write(
            canvas,
            60,
            100,
            f"{filler} for out-",
            "of-school youth and a govern-",
            "ment that is state-of-",
            "the-art.",
        )

    assert texts(drawn(draw)) == [
        f"{filler} for out-of-school youth and a government that is state-of-the-art."
    ]


def test_marks_of_notes_go_also_behind_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, HEIGHT - 100)
        for words, size, rise in (
            ("Regulation (EU) 2021/9077", 10, 0),
            ("1", 6, 4),
            (" and 10", 10, 0),
            ("6", 6, 4),
            (" people.", 10, 0),
        ):
            text.setFont("Times-Roman", size)
            text.setRise(rise)
            text.textOut(words)
        canvas.drawText(text)

    assert texts(drawn(draw)) == ["Regulation (EU) 2021/9077 and 106 people."]


# --------------------------------------------------------------------------------------------------
# Columns


def test_the_short_last_line_of_a_title_stays_above_the_columns() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 80, "A strategic plan for the museums of the county, from 2025", "to 2030",
              font="Helvetica-Bold", size=18)  # fmt: skip
        for column in (60, 310):
            write(canvas, column, 150, *NARROW * 4)

    assert told(drawn(draw))[0] == (
        "heading",
        "A strategic plan for the museums of the county, from 2025 to 2030",
    )


def test_a_line_that_narrows_a_gutter_does_not_mix_its_columns() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *NARROW * 3)
        write(canvas, 200, 92, "By 2028 we will reach five ends:")
        write(canvas, 222, 115, *(f"the end with number {number}" for number in range(11)))

    words = " ".join(texts(drawn(draw)))
    places = [words.index(part) for part in ("The agency", "By 2028", "number 0", "number 10")]
    assert places == sorted(places)
    assert words.rindex("districts.") < places[1]


def test_short_texts_side_by_side_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *PROSE)
        for x, lines in (
            (60, ("More trees", "on streets")),
            (220, ("Clean air",)),
            (400, ("Quiet nights", "for all")),
        ):
            write(canvas, x, 160, *lines)
        write(canvas, 60, 220, *PROSE)

    assert texts(drawn(draw))[1:-1] == ["More trees on streets", "Clean air", "Quiet nights for all"]


def test_a_number_far_behind_its_words_is_on_their_line() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *PROSE)
        write(canvas, 60, 160, "Trees planted")
        write(canvas, 220, 160, "1,200")

    assert texts(drawn(draw))[1:] == ["Trees planted 1,200"]


def test_a_heading_does_not_stand_within_a_sentence() -> None:
    def draw(canvas: Canvas) -> None:
        for top, verb, words in (
            (100, "Improve", "and mend the roads"),
            (140, "Begin", "works on all bridges"),
        ):
            write(canvas, 60, top, verb, font="Times-Bold", size=13)
            write(canvas, 60, top + 14, words)

    assert texts(drawn(draw)) == ["Improve", "and mend the roads", "Begin", "works on all bridges"]


def test_a_heading_over_both_columns_ends_what_is_above_it() -> None:
    def draw(canvas: Canvas) -> None:
        for section, top in enumerate((80, 180)):
            write(canvas, 60, top, f"Section {section}", font="Helvetica-Bold", size=16)
            for column, x in enumerate((60, 310)):
                write(canvas, x, top + 30, *(f"{words} {section}.{column}" for words in NARROW))

    words = " ".join(texts(drawn(draw)))
    places = [
        words.index(p)
        for p in ("Section 0", "districts. 0.0", "districts. 0.1", "Section 1", "districts. 1.1")
    ]
    assert places == sorted(places)


def test_a_rule_over_the_page_ends_what_is_above_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 60, "United Nations", "Economic Council", "Second session")
        write(canvas, 400, 60, "E/2025/12", "Distr.: General", "18 July 2025")
        canvas.line(60, HEIGHT - 100, 520, HEIGHT - 100)
        write(canvas, 60, 115, "A plan in brief")
        write(canvas, 400, 120, "18 July", "19 July", "20 July")
        write(canvas, 60, 128, "Three days", "of work")

    words = " ".join(texts(drawn(draw)))
    assert words.index("E/2025/12") < words.index("A plan in brief")


# --------------------------------------------------------------------------------------------------
# Tables


def test_cells_that_nearly_touch_are_told_by_their_edges() -> None:
    rows = (
        ("Visits a year", "188,000", "230,000"),
        ("Share of visits from the postcodes that visit the least", "11%", "20%"),
        ("Objects with a full record", "71%", "95%"),
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        second = 60 + canvas.stringWidth(rows[1][0], "Times-Roman", 10) + 3.5
        for number, cells in enumerate(rows):
            for x, words in zip((60, second, second + 80), cells, strict=True):
                write(canvas, x, 100 + 24 * number, words)
        write(canvas, 60, 240, *PROSE)

    cells = [(b.row, b.column, b.passage.text) for b in content(drawn(draw)).blocks if b.kind == "cell"]
    assert cells == [(r, c, words) for r, row in enumerate(rows) for c, words in enumerate(row)]


def test_a_table_with_upright_rules_in_its_head_only_has_columns() -> None:
    rows = (
        ("What", "Who", "When"),
        ("Build depots", "The board", "By 2027"),
        ("Train drivers", "Personnel", "By 2028"),
    )

    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate(rows):
            top = 100 + 20 * row
            for column, words in enumerate(cells):
                write(canvas, 64 + 100 * column, top + 14, words)
        write(canvas, 64, 174, "Further steps for which there is no money as yet at all")
        for row in range(5):
            canvas.line(60, HEIGHT - 100 - 20 * row, 360, HEIGHT - 100 - 20 * row)
        for x in (60, 160, 260, 360):
            bottom = 180 if x in (60, 360) else 120
            canvas.line(x, HEIGHT - 100, x, HEIGHT - bottom)

    blocks = content(drawn(draw)).blocks
    assert [(b.row, b.column, b.passage.text) for b in blocks] == [
        *((r, c, words) for r, cells in enumerate(rows) for c, words in enumerate(cells)),
        (3, 0, "Further steps for which there is no money as yet at all"),
    ]


def test_boxes_around_the_lines_of_a_cell_part_no_rows() -> None:
    cells = (("Plant trees along", "all the streets", "of the town"), ("The board", "and the school"))

    def draw(canvas: Canvas) -> None:
        for x, lines in zip((60, 200), cells, strict=True):
            canvas.rect(x, HEIGHT - 160, 140, 60)
            canvas.setFillGray(0.9)
            for number in range(len(lines)):
                canvas.rect(x + 5, HEIGHT - 114 - 13 * number, 130, 13, stroke=0, fill=1)
            canvas.setFillGray(0)
            write(canvas, x + 5, 111, *lines)
            canvas.rect(x, HEIGHT - 180, 140, 20)
            write(canvas, x + 5, 174, "Next")

    blocks = content(drawn(draw)).blocks
    assert [(b.row, b.column, b.passage.text) for b in blocks] == [
        *((0, number, " ".join(lines)) for number, lines in enumerate(cells)),
        (1, 0, "Next"),
        (1, 1, "Next"),
    ]


def test_a_wide_step_within_a_cell_parts_its_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        for column, steps in enumerate((("Ask all", "the members", "Write to them"), ("12", "15", "20"))):
            x = 60 + 140 * column
            for top, words in ((100, "Step" if column == 0 else "Number"), (130, "Dig")):
                canvas.rect(x, HEIGHT - top - 30, 140, 30)
                write(canvas, x + 5, top + 12, words, font="Times-Bold" if top == 100 else "Times-Roman")
            canvas.rect(x, HEIGHT - 230, 140, 70)
            for top, words in zip((172, 184, 206), steps, strict=True):
                write(canvas, x + 5, top, words)

    assert [(b.row, b.column, b.passage.text) for b in content(drawn(draw)).blocks][4:] == [
        (2, 0, "Ask all the members"),
        (2, 0, "Write to them"),
        (2, 1, "12 15 20"),
    ]


def test_a_head_goes_from_the_next_page_though_some_of_it_went_before() -> None:
    def cell(page: int, row: int, column: int, text: str) -> Cell:
        x, y = 60.0 + 140 * column, 60.0 + 20 * row
        return Cell(row, column, (Line((Word(text, Box(x, y, x + 100, y + 10), y + 8, 10),), page),))

    def table(page: int, *cells: Cell) -> Table:
        return Table(cells, (60, 200), page, Box(60, 60, 340, 100), page)

    first = table(1, cell(1, 0, 0, "Step"), cell(1, 0, 1, "State (not begun)"), cell(1, 1, 0, "Dig"))
    second = table(2, cell(2, 0, 1, "(not begun)"), cell(2, 1, 0, "Plant"))
    whole = whole_tables([first, second])
    assert [
        [line.text for cell in part.cells for line in cell.lines] for part in whole if isinstance(part, Table)
    ] == [["Step", "State (not begun)", "Dig", "Plant"]]


def test_three_columns_with_headings_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for column, x in enumerate((40, 220, 400)):
            size = 14 if column == 0 else 9
            write(canvas, x, 100, f"Part {column}", font="Helvetica-Bold", size=size)
            write(canvas, x, 130, f"Text of {column}")
            write(canvas, x, 160, f"More of {column}")

    assert not any(block.kind == "cell" for block in content(drawn(draw)).blocks)


# --------------------------------------------------------------------------------------------------
# What belongs to the page


def test_numbers_beside_a_title_go_also_from_a_single_page() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 60, HEIGHT - 30, "12 | Strategic Plan 2024-2027", size=8)

    assert texts(paged(draw, 1)) == ["Text of page 1. " + " ".join(PROSE)]


def test_what_the_united_nations_print_around_a_page_goes() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        if number == 1:
            write(canvas, 60, 70, "A/78/6 (Sect. 12)")
            write(canvas, 60, HEIGHT - 40, "23-06543 (E)    050523", size=8)
            write(canvas, 400, HEIGHT - 40, "Please recycle", size=6)
        else:
            write(canvas, 400, 40, "A/78/6 (Sect. 12)", size=8)
            write(canvas, 60, HEIGHT - 40, "23-06543", size=8)

    prose = " ".join(PROSE)
    assert texts(paged(draw, 2)) == [
        "A/78/6 (Sect. 12)",
        f"Text of page 1. {prose}",
        f"Text of page 2. {prose}",
    ]


# --------------------------------------------------------------------------------------------------
# The plan


def test_a_period_below_a_title_is_of_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for top, words in ((80, "STRATEGIC PLAN"), (140, "2024-2027")):
            write(canvas, 60, top, words, font="Helvetica-Bold", size=20)
        write(canvas, 60, 170, *PROSE)

    path = tmp_path / "plan.pdf"
    path.write_bytes(drawn(draw))
    profile: Any = read_plan(path)[1].profile
    assert profile.title.value.startswith("STRATEGIC PLAN")
    assert (profile.start.value, profile.end.value) == ("2024", "2027")
