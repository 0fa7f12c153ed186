"""PDF: what pages look like, and what is read from them. The files are made here, by reportlab."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from strategraph.errors import UnusableInputError
from strategraph.model import Document
from strategraph.reading import read
from strategraph.reading.content import Content
from strategraph.reading.pdf import parse
from strategraph.reading.request import Limits, Pages, ReadingOptions, Request

from ..producers import to_pdf
from ..test_offsets import check

WIDTH, HEIGHT = A4
GOLD = Path(__file__).parents[3] / "data" / "gold"
PROSE = (
    "The region has seen steady growth in the number of people who rely on public transport,",
    "and the agency will answer with more frequent services on all lines that reach the outer",
    "districts, where most of the new homes are being built and few people own a car today.",
)


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """Return a PDF on whose first page something is drawn; ``draw`` may begin further pages."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def write(
    canvas: Canvas, x: float, top: float, *lines: str, font: str = "Times-Roman", size: float = 10
) -> None:
    """Write lines below each other; ``top`` is from the page's top."""
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, HEIGHT - top - number * size * 1.3, line)


def content(data: bytes, **request: object) -> Content:
    found = parse(data, Request("x.pdf", **request))  # type: ignore[arg-type]
    check(found)
    return found


def told(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.passage.text) for block in content(data).blocks]


def texts(data: bytes) -> list[str]:
    return [words for _, words in told(data)]


# --------------------------------------------------------------------------------------------------
# Lines and paragraphs


def test_lines_become_paragraphs_and_space_parts_them() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *PROSE, "It begins now.")
        write(canvas, 60, 170, *PROSE)

    assert texts(drawn(draw)) == [" ".join((*PROSE, "It begins now.")), " ".join(PROSE)]


def test_an_indent_begins_a_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *PROSE)
        write(canvas, 80, 139, "Three new depots will be built.")
        write(canvas, 60, 152, *PROSE)

    assert texts(drawn(draw))[0] == " ".join(PROSE)
    assert texts(drawn(draw))[1].startswith("Three new depots")


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("the connec-", "tivity of schools", "the connectivity of schools"),
        ("a long-", "term plan for the long term", "a long-term plan for the long term"),
        ("in COVID-", "19 wards", "in COVID-19 wards"),
        ("the Franco-", "German line", "the Franco-German line"),
        ("telecommunication/", "information", "telecommunication/information"),
        ("goals –", "targets", "goals – targets"),
    ],
)
def test_words_broken_at_line_ends_are_made_whole(left: str, right: str, whole: str) -> None:
    filler = "Some words that go before it on the line, so that the line is of the usual width,"
    assert texts(drawn(lambda canvas: write(canvas, 60, 100, f"{filler} {left}", right))) == [
        f"{filler} {whole}"
    ]


def test_a_compound_used_elsewhere_keeps_its_hyphen() -> None:
    filler = "Some words that go before it on the line, so that the line is of the usual width, for"

    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, f"{filler} evidence-", "building work.")
        write(canvas, 60, 160, "All evidence-building work is public.")

    assert "evidence-building work." in texts(drawn(draw))[0]


def test_marks_of_notes_go_and_powers_stay() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, HEIGHT - 100)
        text.setFont("Times-Roman", 10)
        text.textOut("Cut emissions per km")
        raised(text, "2")
        text.textOut(" by half")
        raised(text, "14")
        text.textOut(", then again.")
        canvas.drawText(text)

    def raised(text: object, mark: str) -> None:
        text.setFont("Times-Roman", 6)  # type: ignore[attr-defined]
        text.setRise(4)  # type: ignore[attr-defined]
        text.textOut(mark)  # type: ignore[attr-defined]
        text.setFont("Times-Roman", 10)  # type: ignore[attr-defined]
        text.setRise(0)  # type: ignore[attr-defined]

    assert texts(drawn(draw)) == ["Cut emissions per km2 by half, then again."]


def test_items_have_markers_and_depths() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, "We will:")
        write(
            canvas,
            70,
            120,
            "\u2022 build ten depots in the outer districts, each with room for forty buses and a",
            "  workshop;",
        )
        write(canvas, 90, 150, "(a) two of them in the north;")
        write(canvas, 90, 165, "(b) the others in the south;")
        write(canvas, 70, 180, "\u2022 train drivers.")

    blocks = [b for b in content(drawn(draw)).blocks if b.kind == "item"]
    assert [(b.level, b.marker, b.passage.text[-8:]) for b in blocks] == [
        (1, "\u2022", "orkshop;"),
        (2, "(a)", "e north;"),
        (2, "(b)", "e south;"),
        (1, "\u2022", "drivers."),
    ]


# --------------------------------------------------------------------------------------------------
# Reading order


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        write(
            canvas,
            60,
            80,
            "A plan for the whole width of the page, which goes on over both of its columns below.",
        )
        for number in range(12):  # the file has the lines of both columns in turn
            write(canvas, 60, 120 + 13 * number, f"left line {number} of a narrow column of text")
            write(canvas, 310, 120 + 13 * number, f"right line {number} of a narrow column of text")
        write(
            canvas,
            60,
            300,
            "And one line below that again goes on over the whole width of the page, as before.",
        )

    words = " ".join(texts(drawn(draw)))
    places = [
        words.index(part) for part in ("A plan", "left line 0", "left line 11", "right line 0", "And one")
    ]
    assert places == sorted(places)


def test_a_paragraph_goes_on_in_the_next_column_and_page() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(40):
            write(canvas, 60, 80 + 13 * number, "words that fill one line of the left column,")
        for number in range(40):
            write(canvas, 310, 80 + 13 * number, "words that fill one line of the right column,")
        canvas.showPage()
        write(canvas, 60, 80, "which ends here.")

    assert len(texts(drawn(draw))) == 1


def test_pages_that_are_turned_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(100, -100, "First line on a wide page.")
        canvas.drawString(100, -150, "Second line on it.")

    assert texts(drawn(draw)) == ["First line on a wide page.", "Second line on it."]


def test_turned_text_in_the_margin_is_left_out_and_told() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, *PROSE)
        canvas.rotate(90)
        canvas.drawString(300, -30, "DRAFT FOR COMMENT")

    found = content(drawn(draw))
    assert [b.passage.text for b in found.blocks] == [" ".join(PROSE)]
    assert found.left_out == ("turned text on pages 1",)


def test_where_words_are_printed_is_told_if_asked() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 100, "The agency will answer with better ser-", "vices for everyone in the region.")
        write(canvas, 60, 200, "1. Build bridges")
        canvas.showPage()
        write(canvas, 200, 300, "Maps of all rivers are drawn.")

    assert content(drawn(draw)).pages == ()
    found = content(drawn(draw), places=True)
    assert [(page.number, round(page.width), round(page.height)) for page in found.pages] == [
        (1, round(WIDTH), round(HEIGHT)),
        (2, round(WIDTH), round(HEIGHT)),
    ]
    first, second = found.pages
    said = [[found.text[word.start : word.end] for word in line.words] for line in first.lines]
    assert said == [
        ["The", "agency", "will", "answer", "with", "better", "ser"],
        ["vices", "for", "everyone", "in", "the", "region."],
        ["1.", "Build", "bridges"],
    ]
    (line,) = second.lines
    assert round(line.words[0].left) == 200
    assert line.top < 300 < line.top + line.height
    assert round(line.base) == 300
    lefts = [word.left for word in line.words]
    assert lefts == sorted(lefts)
    assert found.text[line.words[0].start : line.words[-1].end] == "Maps of all rivers are drawn."


@pytest.mark.parametrize("path", sorted(GOLD.glob("held-out/*.txt"))[:3], ids=lambda path: path.stem[:20])
def test_every_word_of_a_plan_is_printed_somewhere(path: Path, tmp_path: Path) -> None:
    pdf = to_pdf(read(path), tmp_path / "x.pdf")
    found = read(pdf, ReadingOptions(places=True))
    printed = {
        place
        for page in found.pages
        for line in page.lines
        for word in line.words
        for place in range(word.start, word.end)
    }
    for block in found.blocks:
        places = range(block.span.start, block.span.end)
        left = "".join(found.source.text[place] for place in places if place not in printed)
        assert not any(map(str.isalnum, left)), left


# --------------------------------------------------------------------------------------------------
# What belongs to the page


def paged(draw: Callable[[Canvas, int], None], pages: int = 6) -> bytes:
    def all_pages(canvas: Canvas) -> None:
        for number in range(1, pages + 1):
            write(canvas, 60, 110, f"Text of page {number}. " + PROSE[0], *PROSE[1:])
            draw(canvas, number)
            canvas.showPage()

    return drawn(all_pages)


def test_running_headers_and_page_numbers_are_left_out() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 60, 40, "Strategic Plan 2024-2027" if number % 2 else "Ministry of Transport", size=8)
        write(canvas, 280, HEIGHT - 30, str(number) if number > 2 else "i" * number, size=8)
        write(canvas, 60, HEIGHT - 45, f"SP/2024/{number}", size=8)

    data = paged(draw)
    assert texts(data) == [f"Text of page {n}. " + " ".join(PROSE) for n in range(1, 7)]
    heads = [words for key, words in content(data).metadata if key == "header"]
    assert heads[:2] == ["Strategic Plan 2024-2027", "Ministry of Transport"]
    assert "Ministry of Transport" in content(data).text  # behind the text, in no block


def test_a_running_head_is_told_without_the_number_beside_it() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 60, 40, f"{number} | Hill Trust | Plan 2024-2027", size=8)

    found = content(paged(draw))
    assert found.metadata[-1] == ("header", "Hill Trust | Plan 2024-2027")
    assert found.text.endswith("\nHill Trust | Plan 2024-2027")


def test_what_heads_one_page_only_is_no_running_head() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 280, HEIGHT - 30, f"Page {number}", size=8)

    assert not [words for key, words in content(paged(draw)).metadata if key == "header"]


def test_what_counts_goals_at_the_top_of_pages_stays() -> None:
    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 60, 60, f"Goal {number * number + 3}", font="Helvetica-Bold", size=16)

    assert [words for kind, words in told(paged(draw)) if kind == "heading"] == [
        f"Goal {n * n + 3}" for n in range(1, 7)
    ]


def test_footnotes_stand_at_the_end() -> None:
    notes = (("1 See the annex, which", "has more."), ("2 Act No. 7 of 2021.",))

    def draw(canvas: Canvas, number: int) -> None:
        write(canvas, 60, HEIGHT - 80, *notes[number - 1], size=7)

    assert texts(paged(draw, 2))[-2:] == ["1 See the annex, which has more.", "2 Act No. 7 of 2021."]


def test_contents_lists_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        write(
            canvas,
            60,
            100,
            "Introduction ........................ 3",
            "Our goals . . . . . . . . . . . . . 7",
        )
        write(canvas, 60, 180, "Contents")
        for number, entry in enumerate(("Context", "Vision", "Goals", "Measures")):
            write(canvas, 60, 200 + 15 * number, entry)
            write(canvas, 400, 200 + 15 * number, str(3 + number * 4))
        write(canvas, 60, 300, "The text begins.")

    assert texts(drawn(draw)) == ["The text begins."]


# --------------------------------------------------------------------------------------------------
# Headings


def test_larger_type_makes_headings_by_size() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 80, "Plan for Transport", font="Helvetica-Bold", size=22)
        write(canvas, 60, 120, "Goal 1: More buses on", "every line", font="Helvetica-Bold", size=14)
        write(canvas, 60, 170, *PROSE)
        write(canvas, 60, 230, "Why it matters", font="Times-Bold")
        write(canvas, 60, 250, *PROSE)

    blocks = content(drawn(draw)).blocks
    assert [(b.kind, b.level, b.emphasised, b.passage.text[:30]) for b in blocks] == [
        ("heading", 1, False, "Plan for Transport"),
        ("heading", 2, False, "Goal 1: More buses on every li"),
        ("paragraph", 0, False, PROSE[0][:30]),
        ("paragraph", 0, True, "Why it matters"),
        ("paragraph", 0, False, PROSE[0][:30]),
    ]


def test_bookmarks_tell_headings_that_look_like_text() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 80, "Our goals")
        write(canvas, 60, 110, *PROSE)
        canvas.bookmarkPage("goals")
        canvas.addOutlineEntry("Our  Goals", "goals", level=0)

    assert told(drawn(draw))[0] == ("heading", "Our goals")


# --------------------------------------------------------------------------------------------------
# Tables

ROWS = (
    ("Action", "Measure", "Year"),
    ("Build depots", "Depots", "2025"),
    ("Train drivers", "Drivers", "2026"),
    ("Buy buses", "Buses", "2027"),
)
PLACES = [(row, column, words) for row, cells in enumerate(ROWS) for column, words in enumerate(cells)]


def table(canvas: Canvas, top: float, rows: tuple[tuple[str, ...], ...], *, ruled: bool) -> None:
    for number, cells in enumerate(rows):
        for column, words in enumerate(cells):
            font = "Times-Bold" if number == 0 else "Times-Roman"
            write(canvas, 65 + 150 * column, top + 20 * number, words, font=font)
    if ruled:
        for number in range(len(rows) + 1):
            y = HEIGHT - top - 20 * number + 14
            canvas.line(60, y, 510, y)
        for column in range(4):
            canvas.line(
                60 + 150 * column, HEIGHT - top + 14, 60 + 150 * column, HEIGHT - top - 20 * len(rows) + 14
            )


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_have_rows_columns_and_a_head(ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 60, *PROSE)
        table(canvas, 150, ROWS, ruled=ruled)
        write(canvas, 60, 300, *PROSE)

    blocks = content(drawn(draw)).blocks
    cells = [b for b in blocks if b.kind == "cell"]
    assert [(b.row, b.column, b.passage.text) for b in cells] == PLACES
    assert [b.header for b in cells] == [row == 0 for row, _, _ in PLACES]
    assert [b.kind for b in (blocks[0], blocks[-1])] == ["paragraph", "paragraph"]


def test_graph_paper_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for step in range(0, 400, 5):
            canvas.line(60, 100 + step, 460, 100 + step)
            canvas.line(60 + step, 100, 60 + step, 500)
        write(canvas, 62, 500, "Drawn by hand.")

    assert told(drawn(draw)) == [("paragraph", "Drawn by hand.")]


def test_a_table_that_goes_on_over_pages_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, 650, ROWS, ruled=True)
        canvas.showPage()
        table(canvas, 60, (ROWS[0], ("Paint stops", "Stops", "2028")), ruled=True)

    cells = content(drawn(draw)).blocks
    assert {b.table for b in cells} == {0}
    assert [(b.row, b.page) for b in cells if b.column == 0] == [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2)]


def test_a_row_that_a_page_cuts_in_two_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, 650, (*ROWS[:2], ("Train all the new", "Drivers", "2026")), ruled=True)
        canvas.showPage()
        table(canvas, 60, (("drivers at once", "trained", ""), ("Buy buses", "Buses", "2027")), ruled=True)

    cells = [b.passage.text for b in content(drawn(draw)).blocks if b.column == 0]
    assert cells == ["Action", "Build depots", "Train all the new drivers at once", "Buy buses"]


# --------------------------------------------------------------------------------------------------
# Pages, limits, what cannot be read


def refusal(data: bytes, **request: object) -> str:
    with pytest.raises(UnusableInputError) as caught:
        parse(data, Request("x.pdf", **request))  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.startswith("x.pdf: ")
    assert "\n" not in message
    return message


def test_only_the_pages_asked_for_are_read() -> None:
    data = paged(lambda canvas, number: None)
    found = content(data, chosen=Pages(3, 4))
    assert {block.page for block in found.blocks} == {3, 4}
    assert found.left_out == ("4 of 6 pages, not asked for",)
    assert "none of them" in refusal(data, chosen=Pages(7, 9))


def test_progress_is_told_page_by_page() -> None:
    seen: list[tuple[int, int]] = []
    content(paged(lambda canvas, number: None, 3), progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_pages_and_characters_are_bounded() -> None:
    data = paged(lambda canvas, number: None)
    assert "6 pages" in refusal(data, limits=Limits(pages=5))
    assert "characters" in refusal(data, limits=Limits(characters=300))


def test_an_encrypted_file_says_so() -> None:
    locked = drawn(
        lambda canvas: write(canvas, 60, 100, "Secret"), encrypt=StandardEncryption("user", "owner")
    )
    assert "encrypted" in refusal(locked)
    open_to_all = drawn(
        lambda canvas: write(canvas, 60, 100, "Open"), encrypt=StandardEncryption("", "owner")
    )
    assert texts(open_to_all) == ["Open"]


def scan() -> bytes:
    """Return a PDF whose only page is the picture of a page."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    page = drawn(lambda canvas: write(canvas, 60, 100, "Goal 1: Warm homes for everyone", *PROSE, size=12))
    picture = pypdfium2.PdfDocument(page)[0].render(scale=200 / 72).to_pil()
    return drawn(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT) and None)


def test_a_scanned_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    data = scan()
    monkeypatch.setattr("shutil.which", lambda name: None)
    message = refusal(data)
    assert "scanned" in message
    assert "tesseract" in message
    assert "not installed" in refusal(data, ocr=True)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert "--ocr" in refusal(data)


def test_a_scanned_file_is_read_from_its_pictures() -> None:
    import shutil

    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    found = content(scan(), ocr=True)
    assert "Goal 1: Warm homes for everyone" in found.text
    assert found.left_out == ("whatever is no text on scanned pages: 1",)


def test_what_is_no_pdf_is_said_in_one_line() -> None:
    assert "broken" in refusal(b"%PDF-1.7 and nothing else")
    assert "no text" in refusal(drawn(lambda canvas: canvas.line(0, 0, 100, 100)))


def test_pages_that_lead_to_each_other_end() -> None:
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 3 0 R>>endobj\n"
        b"3 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\n"
        b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n7\n%%EOF"
    )
    with pytest.raises(UnusableInputError):
        parse(loop, Request("x.pdf"))


def _sample(canvas: Canvas) -> None:
    write(canvas, 60, 100, *PROSE)
    table(canvas, 200, ROWS, ruled=True)


SAMPLE = drawn(_sample)


@settings(max_examples=200, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.binary(max_size=8)), min_size=1, max_size=8))
def test_damaged_files_are_read_or_refused(places: list[tuple[int, bytes]]) -> None:
    data = SAMPLE
    for at, junk in places:
        data = data[:at] + junk + data[at + len(junk) :]
    with suppress(UnusableInputError):
        check(parse(data, Request("x.pdf")))


# --------------------------------------------------------------------------------------------------
# Whole plans


def read_gold(name: str) -> Document:
    return read(GOLD / name)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(
    "name", ["kestrel-university-strategy-2030.md", "upper-lakes-commission-strategy-2023-2027.md"]
)
def test_a_plan_as_pdf_has_the_blocks_of_the_plan_as_text(name: str, columns: int, tmp_path: Path) -> None:
    document = read_gold(name)
    path = to_pdf(
        document, tmp_path / "plan.pdf", columns=columns, header="A plan", footer="Draft", note="See below."
    )
    known = {(b.kind, b.passage.text) for b in document.blocks}
    found = {(b.kind, b.passage.text) for b in read(path).blocks}
    assert len(known & found) >= 0.95 * len(known)
