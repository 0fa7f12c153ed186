"""From the bytes of a PDF to pages. PDFium reads damaged files as far as they can be read.

This module and those it calls (characters, rules, tags, ocr) know PDFium; no other does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.reading.pdf.bullets import with_bullets
from strategraph.reading.pdf.characters import gather
from strategraph.reading.pdf.ocr import read_picture
from strategraph.reading.pdf.page import Page, Turn, Word
from strategraph.reading.pdf.rules import drawn_on
from strategraph.reading.pdf.tags import tags_of
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

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
        wanted = [number for number in range(1, count + 1) if number in request.pages]
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
