"""From PDFium's characters to words.

PDFium gives characters with their boxes, fonts and sizes; those of right-to-left scripts in logical order or,
where it does not see the direction, as they are drawn.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from strategraph.knowledge.writing import is_rtl, is_wide
from strategraph.reading.pdf.page import Bounds, Box, Turn, Word

# Names of fonts tell more than the weight in the file, which many producers get wrong. TeX's are "cmbx12",
# "cmti10"; Times in bold may be "NimbusRomNo9L-Medi".
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?:cm|ec|sf)(?:bx|b\d|ssbx)|-medi(?:ital)?$|[-,]bd\b")
_ITALIC_NAME = re.compile(r"ital|obli|slant|kursiv|(?:cm|ec|sf)(?:ti|sl|bxti)\d|-it$")
_PLAIN_NAME = re.compile(r"regular|roman|book|light|ital|obli|slant|(?:cm|ec|sf)(?:r|rm|tt|ti|sl|ss|csc)\d")
_SYMBOL_FONTS = ("wingdings", "webdings", "zapfdingbats", "dingbats", "symbol")
_BOLD_WEIGHT = 650
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18  # flags of a font's descriptor
# Where a PDF breaks a word at a line's end, PDFium gives one of these for the hyphen.
_LINE_END_HYPHENS = ("\x02", "\ufffe", "\u00ad")
_BULLET = "•"
_PUNCTUATION = ".:،؛؟,;!?"
_FIRST_WIDE = 0x2E80  # from here on characters are of scripts without spaces, for the most part
_SECOND_HALF = -1  # in place of a code: the character is that of the code before it
_WORD_GAP = 0.18  # of the size: characters further apart are of two words though no space is between them
_WIDE_GAP = 0.6  # likewise beside a character of a script without spaces


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


def gather(text_page: Any, count: int, turn: Turn, raw: Any) -> tuple[tuple[Word, ...], int]:
    """Return the words of a page's ``count`` characters, and how many characters are turned and left out.

    The calls are bound to local names: they are made once for each character of a document.
    """
    get_code, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    get_object, address_of = raw.FPDFText_GetTextObject, ctypes.addressof
    codes = _whole([get_code(text_page, index) for index in range(count)])
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    looks = _Looks(text_page, turn, raw)
    builder = _WordBuilder()
    sideways = 0
    look: _Look | None = None
    drawn_by = -1
    for index, code in enumerate(codes):
        if code == _SECOND_HALF:
            continue
        character = chr(code) if 0 < code < 0x110000 else " "
        if character.isspace():
            # CJK type has a little space beside figures; PDFium takes it for one between words
            beside = max(codes[max(0, index - 1) : index + 2]) >= _FIRST_WIDE
            if not (beside and raw.FPDFText_IsGenerated(text_page, index) == 1):
                builder.space()
            continue
        drawing = get_object(text_page, index)
        address = address_of(drawing.contents) if drawing else 0
        if address != drawn_by or look is None:
            drawn_by = address
            look = looks.of(index, address)
        if not look.upright:
            sideways += 1
            builder.space()
        elif get_box(text_page, index, pointer):
            builder.add(character, turn.bounds(rect.left, rect.bottom, rect.right, rect.top), look)
    builder.space()
    return tuple(builder.words), sideways


def _whole(codes: list[int]) -> list[int]:
    """Return the codes with each pair of surrogates, which PDFium gives for one character, as that character.

    Its second place holds ``_SECOND_HALF``, so that the others keep theirs.
    """
    for index in [n for n, code in enumerate(codes[:-1]) if 0xD800 <= code < 0xDC00]:
        if 0xDC00 <= codes[index + 1] < 0xE000:
            codes[index] = 0x10000 + ((codes[index] - 0xD800) << 10) + codes[index + 1] - 0xDC00
            codes[index + 1] = _SECOND_HALF
    return codes


class _WordBuilder:
    """Makes words of characters: spaces, gaps and changes of look part them."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._characters: list[str] = []
        self._boxes: list[Bounds] = []
        self._look: _Look | None = None
        self._glued = False  # no space has been since the last word

    def space(self) -> None:
        """End the word."""
        self._end()
        self._glued = False

    def add(self, character: str, box: Bounds, look: _Look) -> None:
        """Add a character to the word, or begin another with it."""
        shown = _shown(character, look)
        if unicodedata.combining(character):
            self._mark(shown, box)
            return
        if self._boxes and look != self._look:
            self._end()
            self._glued = True
        self._look = look
        if self._boxes:
            last = self._boxes[-1]
            wide = is_wide(self._characters[-1]) or is_wide(character)
            if _apart(last, box, (_WIDE_GAP if wide else _WORD_GAP) * look.size):
                self.space()
            elif box == last and is_rtl(character):
                # a ligature of two letters, which PDFium gives in the wrong order
                self._characters.insert(-1, shown)
                return
        self._characters.append(shown)
        self._boxes.append(box)

    def _mark(self, shown: str, box: Bounds) -> None:
        """Put an accent on the letter before; one that is drawn by itself on the word that it is over."""
        middle = (box[0] + box[2]) / 2
        if self._characters:
            over = [n for n, own in enumerate(self._boxes) if own[0] <= middle <= own[2]]
            self._characters[over[-1] if over else -1] += shown
        elif self.words and self.words[-1].box.x0 <= middle <= self.words[-1].box.x1:
            last = self.words[-1]
            letters = last.text.rstrip(_PUNCTUATION)
            self.words[-1] = replace(last, text=f"{letters}{shown}{last.text[len(letters) :]}")

    def _end(self) -> None:
        if self._characters and self._look is not None:
            look = self._look
            lefts, tops, rights, bottoms = zip(*self._boxes, strict=True)
            text, box = "".join(self._characters), Box(min(lefts), min(tops), max(rights), max(bottoms))
            if lefts[0] < lefts[-1] and is_rtl(text):
                text = "".join(reversed(self._characters))  # drawn from left to right
            self.words.append(
                Word(text, box, look.base, look.size, look.bold, look.italic, look.tag, self._glued)
            )
        self._characters, self._boxes = [], []


def _apart(last: Bounds, box: Bounds, gap: float) -> bool:
    """Whether a character is further than ``gap`` from the one before it, on either side."""
    if box[1] > last[3] or box[3] < last[1]:
        return True
    return box[0] - last[2] > gap or last[0] - box[2] > gap


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


class _Looks:
    """The look of each run of text, found once."""

    def __init__(self, text_page: Any, turn: Turn, raw: Any) -> None:
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
        # the direction of the baseline: letters that only lean are upright
        angle = -math.degrees(math.atan2(matrix.b, matrix.a))
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
            bold = _BOLD_NAME.search(name) is not None or bool(flags.value & _FORCED_BOLD)
            heavy = weight >= _BOLD_WEIGHT and not _PLAIN_NAME.search(name)
            italic = _ITALIC_NAME.search(name) is not None or bool(flags.value & _ITALIC)
            self._fonts[key] = bold or heavy, italic, name.startswith(_SYMBOL_FONTS)
        return self._fonts[key]
