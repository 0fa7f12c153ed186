"""From the bytes of a PDF to pages: the one module that knows PDFium.

PDFium reads damaged files as far as they can be read, its own tables of characters give the text in logical
order (right-to-left scripts too), and every character has its box, font and size.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strategraph.errors import UnusableInputError
from strategraph.reading.pdf.ocr import read_picture
from strategraph.reading.pdf.page import Box, Page, Word, around
from strategraph.reading.pdf.rules import rules_of
from strategraph.reading.pdf.tags import tags_of
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD = 4  # PDFium's error code
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC_NAMES = ("italic", "oblique", "kursiv")
_SYMBOL_FONTS = ("wingdings", "webdings", "zapfdingbats", "dingbats", "symbol")
_BOLD_WEIGHT = 650
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18  # flags of a font's descriptor
# Where a PDF breaks a word at a line's end, PDFium gives one of these for the hyphen.
_LINE_END_HYPHENS = ("\x02", "\ufffe", "\u00ad")
_BULLET = "•"
_WORD_GAP = 0.18  # of the size: characters further apart are of two words though no space is between them


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
                "read a part of it with --pages, or raise the limit"
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
    try:
        turn = _Turn(page)
        words, sideways = _words(page, turn, most, request)
        rules, images = rules_of(page, turn.box)
        scanned = False
        if request.ocr and not words:
            words = read_picture(page, request.language, request.name)
            scanned = bool(words)
        size = turn.width, turn.height
        return Page(number, *size, words, rules, tags_of(page), images, sideways, scanned)
    finally:
        page.close()


class _Turn:
    """From PDF's coordinates to those of the page as it is seen, whatever its rotation."""

    def __init__(self, page: PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.degrees = page.get_rotation()
        across, up = self._right - self._left, self._top - self._bottom
        self.width, self.height = (up, across) if self.degrees in (90, 270) else (across, up)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is seen."""
        if self.degrees == 90:
            return y - self._bottom, x - self._left
        if self.degrees == 180:
            return self._right - x, y - self._bottom
        if self.degrees == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a rectangle is seen."""
        (ax, ay), (bx, by) = self.point(left, bottom), self.point(right, top)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of text looks, and whether it can be read from left to right."""

    base: float
    size: float
    bold: bool
    italic: bool
    symbols: bool
    upright: bool
    tag: int


def _words(page: PdfPage, turn: _Turn, most: int, request: Request) -> tuple[tuple[Word, ...], int]:
    """Return the words of a page, and how many characters were left out because they are turned."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = max(0, text_page.count_chars())
        if count > most:
            raise UnusableInputError(
                f"{request.name}: has more than {request.limits.characters:,} characters, the limit; "
                "read a part of it with --pages, or raise the limit"
            )
        return _gather(text_page.raw, count, turn, raw)
    finally:
        text_page.close()


def _gather(text_page: Any, count: int, turn: _Turn, raw: Any) -> tuple[tuple[Word, ...], int]:
    """Put characters together to words.

    The calls are bound to local names: they are made once for each character of a document.
    """
    get_code, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    get_object = raw.FPDFText_GetTextObject
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    looks = _Looks(text_page, turn, raw)
    words: list[Word] = []
    sideways = 0
    characters: list[str] = []
    boxes: list[Box] = []
    glued = False  # the next word is joined to the one before
    look: _Look | None = None
    last: Box | None = None

    def flush() -> None:
        nonlocal characters, boxes, glued
        if characters and look is not None:
            words.append(_word("".join(characters), boxes, look, glued=glued))
        characters, boxes, glued = [], [], False

    previous_object = -1
    for index in range(count):
        code = get_code(text_page, index)
        character = chr(code) if 0 < code < 0x110000 else ""
        if not character or character.isspace():
            flush()
            last = None
            continue
        address = ctypes.cast(get_object(text_page, index), ctypes.c_void_p).value or 0
        if address != previous_object or look is None:
            previous_object = address
            new = looks.of(index, address)
            if new != look and characters:
                flush()
                glued = True
            look = new
        if not look.upright:
            sideways += 1
            flush()
            continue
        if not get_box(text_page, index, pointer):
            continue
        box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if last is not None and _apart(last, box, look):
            flush()
            glued = False
        characters.append(_shown(character, look))
        boxes.append(box)
        last = box
    flush()
    return tuple(words), sideways


def _apart(last: Box, box: Box, look: _Look) -> bool:
    """Whether a character does not join the one before it, on either side."""
    if box.top > last.bottom or box.bottom < last.top:
        return True
    return max(box.x0 - last.x1, last.x0 - box.x1) > _WORD_GAP * look.size


def _shown(character: str, look: _Look) -> str:
    """Return a character as people type it."""
    if look.symbols and not character.isdigit():
        return _BULLET
    if character in _LINE_END_HYPHENS:
        return "\u00ad"
    code = ord(character)
    if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:  # ligatures, and Arabic letters in their forms
        return unicodedata.normalize("NFKC", character)
    if 0xD800 <= code <= 0xDFFF or unicodedata.category(character) == "Cc":
        return "\ufffd"
    return character


def _word(text: str, boxes: list[Box], look: _Look, *, glued: bool) -> Word:
    return Word(text, around(boxes), look.base, look.size, look.bold, look.italic, look.tag, glued)


class _Looks:
    """The look of each run of text, found once."""

    def __init__(self, text_page: Any, turn: _Turn, raw: Any) -> None:
        self._text_page, self._turn, self._raw = text_page, turn, raw
        self._fonts: dict[tuple[str, int], tuple[bool, bool, bool]] = {}
        self._buffer = ctypes.create_string_buffer(256)

    def of(self, index: int, address: int) -> _Look:
        """Return the look of the character at ``index``, which the text object at ``address`` draws."""
        raw, text_page = self._raw, self._text_page
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(raw.FPDFText_GetCharAngle(text_page, index))
        # a page turned clockwise shows text upright that was drawn turned the other way
        slant = (angle + self._turn.degrees) % 360
        slant = min(slant, 360 - slant)
        bold, italic, symbols = self._font(index)
        tag = -1
        if address:
            target = raw.FPDFText_GetTextObject(text_page, index)
            tag = raw.FPDFPageObj_GetMarkedContentID(target)
            bold = bold or raw.FPDFTextObj_GetTextRenderMode(target) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return _Look(
            round(self._turn.point(x.value, y.value)[1], 1),
            round(size, 1) or 1.0,
            bold,
            italic,
            symbols,
            slant < 10,
            tag,
        )

    def _font(self, index: int) -> tuple[bool, bool, bool]:
        """Return whether a character's font is bold, is italic, and holds symbols only."""
        raw, flags = self._raw, ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._text_page, index, self._buffer, 256, flags)
        name = self._buffer.value.decode("utf-8", "replace").lower().rpartition("+")[2]
        weight = raw.FPDFText_GetFontWeight(self._text_page, index)
        key = (name, flags.value * 10_000 + weight)
        if key not in self._fonts:
            self._fonts[key] = (
                any(part in name for part in _BOLD_NAMES)
                or bool(flags.value & _FORCED_BOLD)
                or weight >= _BOLD_WEIGHT,
                any(part in name for part in _ITALIC_NAMES) or bool(flags.value & _ITALIC),
                name.startswith(_SYMBOL_FONTS),
            )
        return self._fonts[key]
