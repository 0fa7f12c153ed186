"""From the bytes of a PDF to pages, with what its tags say of them; scanned ones are read by tesseract.

PDFium reads damaged files as far as they can be read. This module, ``characters`` and ``drawings`` know it;
no other does.
"""

from __future__ import annotations

import csv
import ctypes
import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from statistics import median
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.knowledge.languages import FALLBACK
from strategraph.knowledge.writing import tesseract
from strategraph.reading.pdf.characters import gather
from strategraph.reading.pdf.drawings import drawn_on, with_bullets
from strategraph.reading.pdf.page import Box, Page, Tag, Turn, Word
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage


_HEADING = re.compile(r"H([1-9])")
_NOTES = ("Note", "FENote", "Footnote")
_DEEPEST = 60
_MOST_ELEMENTS = 50_000


def tags_of(page: PdfPage) -> dict[int, Tag]:
    """Return what is said of each number of marked content on a page; nothing if the PDF is not tagged."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        walk = _TagWalk(raw)
        for index in range(max(0, raw.FPDF_StructTree_CountChildren(tree))):
            walk.enter(raw.FPDF_StructTree_GetChildAtIndex(tree, index), Tag(), 0)
        return walk.tags
    finally:
        raw.FPDF_StructTree_Close(tree)


class _TagWalk:
    """Goes through the tree of a page's tags and keeps what each says of its content."""

    def __init__(self, raw: Any) -> None:
        self.tags: dict[int, Tag] = {}
        self._raw = raw
        self._left = _MOST_ELEMENTS
        self._tables = 0
        self._row = 0
        self._column = 0

    def enter(self, element: Any, outer: Tag, depth: int) -> None:
        """Take note of an element and of what is in it."""
        self._left -= 1
        if not element or depth > _DEEPEST or self._left < 0:
            return
        raw = self._raw
        tag = self._read(self._type(element), outer)
        for index in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
            number = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
            if number >= 0:
                self.tags[number] = tag
        for index in range(max(0, raw.FPDF_StructElement_CountChildren(element))):
            self.enter(raw.FPDF_StructElement_GetChildAtIndex(element, index), tag, depth + 1)

    def _read(self, kind: str, outer: Tag) -> Tag:
        """Return what an element of a kind says of its content, within what the elements around it say."""
        heading = _HEADING.fullmatch(kind)
        if heading:
            return replace(outer, heading=int(heading[1]))
        if kind == "Title":
            return replace(outer, heading=1)
        if kind == "Figure":
            return replace(outer, figure=True)
        if kind in _NOTES:
            return replace(outer, note=True)
        if outer.cell is not None:
            return outer  # a table in a table is part of its cell
        if kind == "Table":
            self._tables += 1
            self._row = -1
        elif kind == "TR":
            self._row, self._column = self._row + 1, -1
        elif kind in ("TH", "TD") and self._tables:
            self._column += 1
            return replace(outer, cell=(self._tables - 1, self._row, self._column, kind == "TH"))
        return outer

    def _type(self, element: Any) -> str:
        length = self._raw.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(length)
        self._raw.FPDF_StructElement_GetType(element, buffer, length)
        return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


_RESOLUTION = 300  # dots per inch
_LARGEST_SIDE = 6_000  # dots: huge pages are read in a lower resolution
_SECONDS = 180  # for one page
_LEAST_SURE = 30  # per cent: words less sure are specks
_LARGER = 1.35  # times the usual height of a page's lines: what is higher is larger type
_TYPE = 0.75  # the size of type, as a share of a line's height


def is_installed() -> bool:
    """Whether scanned pages can be read on this machine."""
    return shutil.which("tesseract") is not None


def read_picture(page: PdfPage, language: str | None, name: str) -> tuple[Word, ...]:
    """Return the words in the picture of a page; ``language`` (BCP 47) is what it is written in.

    Raises :class:`UnusableInputError` if tesseract is not installed or fails.
    """
    if not is_installed():
        raise UnusableInputError(f"{name}: is scanned, and tesseract, which could read it, is not installed")
    scale = min(_RESOLUTION / 72, _LARGEST_SIDE / max(page.get_size()))
    picture = _portable_graymap(page, scale)
    command = ["tesseract", "stdin", "stdout", "-l", _language(language), "--dpi", str(_RESOLUTION), "tsv"]
    try:
        result = subprocess.run(command, input=picture, capture_output=True, check=True, timeout=_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise UnusableInputError(f"{name}: tesseract could not read a scanned page: {error}") from error
    return tuple(_recognised_words(result.stdout.decode("utf-8", "replace"), scale))


def _language(language: str | None) -> str:
    """Return tesseract's name of a language that it has, English where nothing better is known."""
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False, timeout=_SECONDS)
    installed = listed.stdout.decode("utf-8", "replace").split()
    wanted = tesseract(language or FALLBACK)
    return wanted if wanted in installed else tesseract(FALLBACK)


def _portable_graymap(page: Any, scale: float) -> bytes:
    """Return the picture of a page in a format that needs no library to write."""
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[n * bitmap.stride : n * bitmap.stride + bitmap.width] for n in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def _recognised_words(table: str, scale: float) -> Iterator[Word]:
    """Yield the words of tesseract's table."""
    rows = list(csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = {_line(row): _box(row, scale) for row in rows if row["level"] == "4"}
    if not lines:
        return
    usual = median(box.height for box in lines.values())
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text or float(row["conf"]) < _LEAST_SURE:
            continue
        line = lines[_line(row)]
        height = line.height if line.height > _LARGER * usual else usual
        base = line.bottom - 0.2 * min(line.height, height)
        yield Word(text, _box(row, scale), round(base, 1), round(height * _TYPE * 2) / 2)


def _line(row: dict[str, str]) -> tuple[str, str, str]:
    return row["block_num"], row["par_num"], row["line_num"]


def _box(row: dict[str, str], scale: float) -> Box:
    left, top, width, height = (int(row[key]) / scale for key in ("left", "top", "width", "height"))
    return Box(left, top, left + width, top + height)


_PASSWORD = 4  # PDFium's error code
_SILENT = logging.NullHandler()  # a program that sets logging up still gets what the library says


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the document's outline: its title, level from 1, and page from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """The pages asked for, the bookmarks, and what the file says of itself."""

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...]
    metadata: tuple[tuple[str, str], ...]
    count: int  # pages in the file


def extract(data: bytes, request: Request) -> Extracted:
    """Return what is on the pages asked for.

    Raises :class:`UnusableInputError` for a file that is encrypted or broken, or exceeds the limits.
    """
    document = _open(data, request.name)
    try:
        count = len(document)
        wanted = [number for number in range(1, count + 1) if number in request.chosen]
        if not wanted:
            raise UnusableInputError(
                f"{request.name}: has {count} pages, and none of them is among those asked for"
            )
        if len(wanted) > request.limits.pages:
            raise UnusableInputError(
                f"{request.name}: has {len(wanted)} pages, more than the limit of {request.limits.pages}; "
                "read a part of it with --pages, or raise the limit (--max-pages)"
            )
        pages: list[Page] = []
        left = request.limits.characters
        for number in wanted:
            page = _page(document, number, left, request)
            left -= sum(len(word.text) for word in page.words)
            pages.append(page)
            if request.progress is not None:
                request.progress(len(pages), len(wanted))
        return Extracted(tuple(pages), tuple(_bookmarks(document)), _metadata(document), count)
    finally:
        document.close()


def _open(data: bytes, name: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UnusableInputError(
                f"{name}: is encrypted and opens only with its password; save a copy without one"
            ) from error
        raise UnusableInputError(f"{name}: is a broken PDF: its structure cannot be made out") from error


def _metadata(document: PdfDocument) -> tuple[tuple[str, str], ...]:
    """Return the title and author that the file names, unless they are those of its making."""
    entries = {"title": "Title", "author": "Author"}
    found = {key: " ".join(document.get_metadata_value(name).split()) for key, name in entries.items()}
    # Word and others write the name of the file that was printed.
    if found["title"].lower().startswith("microsoft word") or found["title"].lower().endswith(
        (".doc", ".docx", ".odt", ".indd", ".pdf", ".pptx", ".qxd")
    ):
        del found["title"]
    return tuple((key, value) for key, value in found.items() if value)


def _bookmarks(document: PdfDocument) -> Iterator[Bookmark]:
    # what leads round in a circle is left out; that this goes to standard error helps nobody
    logging.getLogger("pypdfium2").addHandler(_SILENT)
    for entry in document.get_toc(max_depth=9):
        destination = entry.get_dest()
        index = destination.get_index() if destination else None
        title = " ".join(entry.get_title().split())
        if title and index is not None:
            yield Bookmark(title, entry.level + 1, index + 1)


def _page(document: PdfDocument, number: int, most: int, request: Request) -> Page:
    """Return what is on a page; an unreadable page has nothing on it."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number - 1]
    except PdfiumError:
        return Page(number, 0, 0, ())
    turn = Turn(page)
    try:
        words, sideways = _words(page, turn, most, request)
        drawn = drawn_on(page, turn.box)
        words = with_bullets(words, drawn.marks)
        scanned = False
        if request.ocr and not words:
            words = read_picture(page, request.language, request.name)
            scanned = bool(words)
        size = turn.width, turn.height
        return Page(number, *size, words, drawn.rules, tags_of(page), drawn.images, sideways, scanned)
    except PdfiumError:
        return Page(number, turn.width, turn.height, ())
    finally:
        page.close()


def _words(page: PdfPage, turn: Turn, most: int, request: Request) -> tuple[tuple[Word, ...], int]:
    """Return the words of a page, and how many characters were left out because they are turned."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = max(0, text_page.count_chars())
        if count > most:
            raise UnusableInputError(
                f"{request.name}: has more than {request.limits.characters:,} characters, the limit; "
                "read a part of it with --pages, or raise the limit (--max-characters)"
            )
        return gather(text_page.raw, count, turn, raw)
    finally:
        text_page.close()
