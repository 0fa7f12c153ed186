"""From PDFium's characters to words.

PDFium gives characters with their boxes, fonts and sizes; those of right-to-left scripts in logical order or,
where it does not see the direction, as they are drawn.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

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


class _Look(NamedTuple):
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

    What is asked of each character of a document (its code, its object, its box) is asked of all characters
    of a page at once, without Python in between.
    """
    calls = _Calls(raw, text_page)
    codes = _whole(calls.each(calls.code, count))
    objects = calls.each(calls.object, count)
    wide = max(codes, default=0) >= _FIRST_WIDE
    looks = _Looks(calls, turn)
    builder = _WordBuilder()
    sideways = 0
    look: _Look | None = None
    drawn_by: int | None = -1
    rows = zip(codes, objects, calls.boxes(count), strict=True)
    for index, (code, drawing, (left, top, right, bottom)) in enumerate(rows):
        if code == _SECOND_HALF:
            continue
        character = chr(code) if 0 < code < 0x110000 else " "
        if character.isspace():
            # CJK type has a little space beside figures; PDFium takes it for one between words
            beside = wide and max(codes[max(0, index - 1) : index + 2]) >= _FIRST_WIDE
            if not (beside and raw.FPDFText_IsGenerated(text_page, index) == 1):
                builder.space()
            continue
        if drawing != drawn_by or look is None:
            drawn_by = drawing
            look = looks.of(index, drawing)
        if look.upright:
            builder.add(character, turn.bounds(left, bottom, right, top), look)
        else:
            sideways += 1
            builder.space()
    builder.space()
    return tuple(builder.words), sideways


class _Calls:
    """PDFium's functions about the text of one page, as numbers go in and out of them fastest.

    Pointers are plain numbers, and what they point to is kept and used again.
    """

    def __init__(self, raw: Any, text_page: Any) -> None:
        pointer, number, real = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
        self._page = ctypes.cast(text_page, pointer)

        def call(name: str, result: Any, *given: Any) -> Callable[..., Any]:
            address = ctypes.cast(getattr(raw, name), pointer).value
            assert address is not None
            return ctypes.PYFUNCTYPE(result, *given)(address)

        self.code = call("FPDFText_GetUnicode", ctypes.c_uint, pointer, number)
        self.object = call("FPDFText_GetTextObject", pointer, pointer, number)
        self.size = call("FPDFText_GetFontSize", real, pointer, number)
        self.weight = call("FPDFText_GetFontWeight", number, pointer, number)
        self.font = call("FPDFTextObj_GetFont", pointer, pointer)
        self.marked = call("FPDFPageObj_GetMarkedContentID", number, pointer)
        self.mode = call("FPDFTextObj_GetTextRenderMode", number, pointer)
        self.outlined = raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        self._box = call("FPDFText_GetLooseCharBox", number, pointer, number, pointer)
        self._origin = call("FPDFText_GetCharOrigin", number, pointer, number, pointer, pointer)
        self._matrix = call("FPDFText_GetMatrix", number, pointer, number, pointer)
        self._font_info = call(
            "FPDFText_GetFontInfo", ctypes.c_ulong, pointer, number, pointer, ctypes.c_ulong, pointer
        )
        self._point = (real * 2)()
        self._at = ctypes.addressof(self._point), ctypes.addressof(self._point) + ctypes.sizeof(real)
        self._six = (ctypes.c_float * 6)()
        self._name, self._flags = ctypes.create_string_buffer(256), number()

    def each(self, function: Callable[..., Any], count: int) -> list[Any]:
        """Return what a function says of each of the first ``count`` characters."""
        return list(map(function, repeat(self._page), range(count)))

    def one(self, function: Callable[..., Any], index: int) -> Any:
        """Return what a function says of a character."""
        return function(self._page, index)

    def boxes(self, count: int) -> Iterator[tuple[float, ...]]:
        """Return the left, top, right and bottom of each of the first ``count`` characters."""
        size = struct.calcsize("4f")
        found = ctypes.create_string_buffer(size * count)
        start = ctypes.addressof(found)
        places = range(start, start + size * count, size)
        # It fails for no character that there is; a box would then be of no size.
        deque(map(self._box, repeat(self._page), range(count), places), maxlen=0)
        return struct.iter_unpack("4f", found.raw[: size * count])

    def origin(self, index: int) -> tuple[float, float]:
        """Return the point on the baseline at which a character begins."""
        self._point[:] = [0, 0]
        self._origin(self._page, index, *self._at)
        return self._point[0], self._point[1]

    def matrix(self, index: int) -> tuple[float, float, float, float]:
        """Return the first four numbers of a character's matrix."""
        self._six[:] = [0] * 6
        self._matrix(self._page, index, ctypes.addressof(self._six))
        return self._six[0], self._six[1], self._six[2], self._six[3]

    def font_info(self, index: int) -> tuple[str, int]:
        """Return the name of a character's font and the flags of its descriptor."""
        self._name.value, self._flags.value = b"", 0
        self._font_info(self._page, index, ctypes.addressof(self._name), 256, ctypes.addressof(self._flags))
        return self._name.value.decode("utf-8", "replace"), self._flags.value


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
        shown = character
        if look.symbols or not " " < character < "\x7f":  # of ASCII's letters there is nothing to ask
            shown = _shown(character, look.symbols)
            if unicodedata.combining(character):
                self._mark(shown, box)
                return
        if self._boxes and look is not self._look and look != self._look:
            self._end()
            self._glued = True
        self._look = look
        if self._boxes:
            last = self._boxes[-1]
            if self._apart(last, box, character, look.size):
                self.space()
            elif box == last and is_rtl(character):
                # a ligature of two letters, which PDFium gives in the wrong order
                self._characters.insert(-1, shown)
                return
        self._characters.append(shown)
        self._boxes.append(box)

    def _apart(self, last: Bounds, box: Bounds, character: str, size: float) -> bool:
        """Whether a character is of another word than the one before it, as it is too far from it."""
        if box[1] > last[3] or box[3] < last[1]:
            return True
        gap = max(box[0] - last[2], last[0] - box[2])
        if gap <= _WORD_GAP * size:
            return False
        return gap > _WIDE_GAP * size or not (is_wide(self._characters[-1]) or is_wide(character))

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


@cache
def _shown(character: str, symbols: bool) -> str:
    """Return a character as people type it; ``symbols`` is whether its font holds nothing else."""
    if symbols and not character.isdigit():
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
    """The look of each run of text; of each font, found once."""

    def __init__(self, calls: _Calls, turn: Turn) -> None:
        self._calls, self._turn = calls, turn
        self._fonts: dict[int | None, tuple[bool, bool, bool]] = {}

    def of(self, index: int, drawing: int | None) -> _Look:
        """Return the look of the character at ``index``, which the text object ``drawing`` draws."""
        calls = self._calls
        a, b, c, d = calls.matrix(index)
        size = calls.one(calls.size, index) * math.hypot(c, d)
        # the direction of the baseline: letters that only lean are upright
        angle = -math.degrees(math.atan2(b, a))
        # a page turned clockwise shows text upright that was drawn turned the other way
        slant = (angle + self._turn.degrees) % 360
        slant = min(slant, 360 - slant)
        bold, italic, symbols = self._font(index, drawing)
        tag = -1
        if drawing:
            tag = calls.marked(drawing)
            bold = bold or calls.mode(drawing) == calls.outlined
        return _Look(
            round(self._turn.point(*calls.origin(index))[1], 1),
            round(size, 1) or 1.0,
            bold,
            italic,
            symbols,
            slant < 10,
            tag,
        )

    def _font(self, index: int, drawing: int | None) -> tuple[bool, bool, bool]:
        """Return whether a character's font is bold, is italic, and holds symbols only."""
        calls = self._calls
        font = calls.font(drawing) if drawing else None
        if font is not None and font in self._fonts:
            return self._fonts[font]
        name, flags = calls.font_info(index)
        name = name.lower().rpartition("+")[2]
        bold = _BOLD_NAME.search(name) is not None or bool(flags & _FORCED_BOLD)
        heavy = calls.one(calls.weight, index) >= _BOLD_WEIGHT and not _PLAIN_NAME.search(name)
        italic = _ITALIC_NAME.search(name) is not None or bool(flags & _ITALIC)
        self._fonts[font] = bold or heavy, italic, name.startswith(_SYMBOL_FONTS)
        return self._fonts[font]
