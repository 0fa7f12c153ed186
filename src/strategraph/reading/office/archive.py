"""What DOCX and ODT have in common: a ZIP archive of XML, read within bounds, and numbered lists."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from io import BytesIO
from lzma import LZMAError
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.model import Block
from strategraph.reading.content import NOTHING, Composed, TextLine
from strategraph.reading.drafts import BlockWords
from strategraph.reading.layout.list_depths import Depths
from strategraph.reading.layout.markers import find_marker
from strategraph.reading.request import Request
from strategraph.reading.safe_xml import xml_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHUNK = 1 << 20
_FREE = 1 << 20  # bytes: what a part may have unpacked whatever its packed size
_ENCRYPTED = 0x1
_FLUSH = 6.0  # points: a paragraph that begins further in goes on with the list above it
# What damaged archives make the library and its decompressors raise.
_DAMAGE = (
    zipfile.BadZipFile,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
    LZMAError,
)


class Package:
    """The parts of an office document, each unpacked only when asked for and only within the limits."""

    def __init__(self, data: bytes, request: Request) -> None:
        self._name = request.name
        self._limits = request.limits
        self._left = request.limits.unpacked
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise UnusableInputError(f"{self._name}: is a broken archive, or cut off") from error

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the parts."""
        return frozenset(self._archive.namelist())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; none if there is no such part.

        Raises :class:`UnusableInputError` if it is damaged or encrypted, or unpacks beyond the limits.
        """
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & _ENCRYPTED:
            raise UnusableInputError(f"{self._name}: is encrypted; save a copy without a password")
        most = min(self._left, max(_FREE, info.compress_size * self._limits.ratio))
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise UnusableInputError(
                            f"{self._name}: {name} unpacks to more than the limits allow, as a zip bomb does "
                            "(--max-unpacked, --max-ratio)"
                        )
                    parts.append(chunk)
        except _DAMAGE as error:
            raise UnusableInputError(f"{self._name}: is damaged: {name} cannot be unpacked") from error
        self._left -= size
        return b"".join(parts)

    def xml(self, name: str) -> Element | None:
        """Return the root of a part that is XML, None if there is no such part.

        Entities are not expanded, nothing is loaded from elsewhere, depth and sizes are bounded.
        """
        from lxml import etree

        data = self.read(name)
        if not data:
            return None
        try:
            return etree.fromstring(data, xml_parser())
        except etree.XMLSyntaxError as error:
            reason = " ".join(error.msg.split())  # some are of two lines
            raise UnusableInputError(f"{self._name}: is damaged: {name} is no XML ({reason})") from error


@dataclass(slots=True)
class BlockText:
    """The words of a block being read, and how its letters look."""

    pieces: list[str] = field(default_factory=list)
    look: BlockWords = field(default_factory=BlockWords)

    def add(self, words: str, *, emphasised: bool = False) -> None:
        """Add words."""
        self.pieces.append(words)
        self.look.add((), sum(character.isalnum() for character in words), bold=emphasised)

    @property
    def words(self) -> str:
        """Return the words with single spaces."""
        return " ".join("".join(self.pieces).split())

    def paragraph(self) -> Composed:
        """Return the paragraph with these words."""
        words, look = self.words, self.look
        block = Block("paragraph", NOTHING, emphasised=look.all_emphasised, lead=look.lead_in(words))
        return Composed(block, words)

    def typed(self, depths: Depths, indent: float = 0.0) -> Composed:
        """Return the paragraph with these words, or the item if its marker was typed: "•", "(a)" and a tab.

        ``indent`` is how far in it begins, in points.
        """
        raw = "".join(self.pieces).strip(" \n")
        found = find_marker(TextLine(0, raw))
        by_hand = found is not None and (found.style.startswith("bullet") or raw[found.end - 1] == "\t")
        if found is None or not by_hand or self.look.all_emphasised:
            if indent < _FLUSH:
                depths.close()
            return self.paragraph()
        words = " ".join(raw[found.end :].split())
        signs = sum(character.isalnum() for character in found.text)
        lead = replace(self.look, lead=max(0, self.look.lead - signs)).lead_in(words)
        level = depths.enter(indent, found.style)
        return Composed(Block("item", NOTHING, level=level, marker=found.text, lead=lead), words)

    def item(self, level: int, marker: str) -> Composed:
        """Return the list item with these words; a marker that says something is part of them."""
        words = self.words
        if is_words(marker):
            return Composed(Block("item", NOTHING, level=level), f"{marker} {words}")
        lead = self.look.lead_in(words)
        return Composed(Block("item", NOTHING, level=level, marker=marker, lead=lead), words)


@dataclass(slots=True)
class OpenCell:
    """A cell being read: its place, its words, and whether it heads its column."""

    row: int
    column: int
    text: BlockText
    header: bool = False


def table_blocks(number: int, cells: list[OpenCell]) -> list[Composed]:
    """Return the blocks of a table; the first row is its head if it is marked so or alone in bold."""
    body = [cell for cell in cells if cell.row and cell.text.words]
    first = [cell for cell in cells if not cell.row and cell.text.words]
    bold = bool(body) and all(cell.text.look.all_emphasised for cell in first)
    bold = bold and not all(cell.text.look.all_emphasised for cell in body)
    return [
        Composed(
            Block(
                "cell",
                NOTHING,
                table=number,
                row=cell.row,
                column=cell.column,
                header=cell.header or (bold and cell.row == 0),
            ),
            cell.text.words,
        )
        for cell in cells
    ]


def numeral(value: int, style: str) -> str:
    """Return a number in a style: "1", "a", "A", "i" or "I".

    >>> [numeral(4, style) for style in "1aAiI"], numeral(28, "a")
    (['4', 'd', 'D', 'iv', 'IV'], 'bb')
    """
    if value < 1 or style == "1":
        return str(value)
    if style in "aA":
        letter = chr(ord("a") + (value - 1) % 26) * min(9, (value - 1) // 26 + 1)
        return letter if style == "a" else letter.upper()
    roman = ""
    rest = min(value, 3999)
    for worth, sign in _ROMAN:
        roman += sign * (rest // worth)
        rest %= worth
    return roman if style == "i" else roman.upper()


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def is_words(marker: str) -> bool:
    """Whether a computed marker says something ("Goal 1:") rather than only number ("1.", "(iv)").

    >>> [is_words(marker) for marker in ("Goal 1:", "SO 2", "1.2.", "(iv)", "II.a)", "A.", "bb)")]
    [True, True, False, False, False, False, False]
    """
    return any(
        len(set(run)) > 1 and not set(run) <= set("ivxlcdm")
        for run in re.findall(r"[^\W\d_]{2,}", marker.lower())
    )
