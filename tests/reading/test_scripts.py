"""Every script there is, with its marks, through every reader: read, or refused in one line of ours."""

from __future__ import annotations

import html
import unicodedata
from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategraph.errors import StrategraphError
from strategraph.model import Document
from strategraph.reading import read
from strategraph.reading.request import ReadingOptions

# Words of each kind that was once taken for a broken PDF: letters from U+1100 on with a mark of their own.
MARKED = {
    "Yoruba": "e\u0323\u0301 \u1eb9\u0301ko\u0323\u0301",
    "Japanese": "か\u3099っこう は\u309aん",
    "polytonic Greek": "\u1f00\u0345ρχ\u1f72\u0304",
    "Vietnamese": "Vi\u1ec7\u0301t \u1ea1\u0303",
    "Korean": "\u1112\u1161\u11ab\u0301국\u0302",
    "Tibetan": "ཀྵ\u0f71\u0f74",
    "Myanmar": "က\u1031\u102c\u1037",
    "Hebrew": "ש\u05c1\u05b8לום",
    "Adlam": "\U0001e900\U0001e944",
}
OF_ANY_SCRIPT = [chr(code) for code in (*range(0x300, 0x370), *range(0x20D0, 0x20F1), 0x200C, 0x200D, 0xFE0F)]
SUFFIXES = (".txt", ".md", ".html", ".rst", ".adoc", ".docx", ".odt", ".mhtml", ".pdf")


@cache
def scripts() -> dict[str, tuple[list[str], list[str]]]:
    """Return the letters and the marks of each script, by the first word of their names."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code in range(0x41, 0x323B0):
        character = chr(code)
        kind = unicodedata.category(character)
        if kind[0] in "LMNP":
            script = unicodedata.name(character, "NAMELESS").partition(" ")[0].partition("-")[0]
            found[script][kind[0] == "M"].append(character)
    return {script: both for script, both in found.items() if both[0]}


@st.composite
def words(draw: st.DrawFn) -> str:
    """Words of one script with marks of its own, or of any other, on their letters."""
    letters, own = scripts()[draw(st.sampled_from(sorted(scripts())))]
    marks = st.sampled_from([*own, *OF_ANY_SCRIPT])
    letter = st.builds(
        lambda base, on: base + "".join(on), st.sampled_from(letters), st.lists(marks, max_size=3)
    )
    word = st.lists(letter, min_size=1, max_size=6).map("".join)
    return " ".join(draw(st.lists(word, min_size=1, max_size=8)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(words(), st.sampled_from(SUFFIXES))
def test_any_script_is_read_or_refused_in_one_line(text: str, suffix: str) -> None:
    try:
        written(text, suffix)
    except StrategraphError as error:
        refusal = str(error)
    else:
        return
    assert len(refusal.splitlines()) == 1
    assert "broken" not in refusal


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("script", MARKED)
def test_letters_keep_their_marks(script: str, suffix: str) -> None:
    text = MARKED[script]
    assert letters_of(text) == letters_of(written(text, suffix).source.text)


def letters_of(text: str) -> list[str]:
    """Return the letters and marks of a text, in an order that does not depend on its direction."""
    return sorted(c for c in unicodedata.normalize("NFC", text) if not c.isspace())


def written(text: str, suffix: str) -> Document:
    """Write a document of this text, and read it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{suffix}"
        path.write_bytes(MAKERS.get(suffix, lambda words: words.encode())(text))
        return read(path, ReadingOptions(isolated=False))


def to_docx(text: str) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"
    return packed(
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'),
    )


def to_odt(text: str) -> bytes:
    office, marks = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text"))
    body = f"<o:body><o:text><t:p>{html.escape(text)}</t:p></o:text></o:body>"
    return packed(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            f'<o:document-content xmlns:o="{office}" xmlns:t="{marks}">{body}</o:document-content>',
        ),
    )


def packed(*parts: tuple[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as file:
        for name, content in parts:
            file.writestr(ZipInfo(name), content)
    return out.getvalue()


def to_html(text: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body><p>{html.escape(text)}</p></body></html>".encode()


def to_mhtml(text: str) -> bytes:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + to_html(text) + b"\r\n--x--"


def to_pdf(text: str) -> bytes:
    """Return a PDF whose font says of each of its codes which character that is."""
    known = sorted(set(text) - {" "})[:220]
    codes = {character: number for number, character in enumerate(known, start=33)} | {" ": 32}
    pairs = "".join(f"<{code:02x}> <{c.encode('utf-16-be').hex()}>\n" for c, code in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}endbfchar\n"
        "endcmap end end"
    )
    string = bytes(codes[c] for c in text if c in codes).hex()
    drawn = f"BT /F 12 Tf 72 700 Td <{string}> Tj ET"
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 32/LastChar 255/ToUnicode 6 0 R>>",
        f"<</Length {len(table)}>>stream\n{table}\nendstream",
    )
    objects = "".join(f"{number} 0 obj {body} endobj\n" for number, body in enumerate(bodies, start=1))
    return f"%PDF-1.7\n{objects}trailer<</Root 1 0 R/Size 7>>\n%%EOF".encode()


MAKERS = {".docx": to_docx, ".odt": to_odt, ".html": to_html, ".mhtml": to_mhtml, ".pdf": to_pdf}
