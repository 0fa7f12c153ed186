"""What office documents have in common: a ZIP archive of XML, parts, numbers and headings.

What DOCX and ODT have in common: a ZIP archive of XML, read within bounds, and numbered lists.

What DOCX, PPTX and XLSX have in common: which part refers to which, and who made the document.

Headings of office documents that are only set in larger type, as in texts written without styles.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from lzma import LZMAError
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.model import Block
from strategraph.reading.content import NOTHING, BlockWords, Composed, TextLine
from strategraph.reading.layout.markers import Depths, find_marker
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


R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class PartRelation:
    """That a part refers to another: what for ("officeDocument", "slide"), and the name of the other."""

    kind: str
    target: str


def relations(package: Package, part: str) -> Mapping[str, PartRelation]:
    """Return what a part refers to within the package, by the names it gives; "" is the whole package."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, PartRelation] = {}
    for node in root.iter(_RELATION) if root is not None else ():
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
            found[node.get("Id", str(len(found)))] = PartRelation(
                node.get("Type", "").rpartition("/")[2], target
            )
    return found


def by_kind(found: Mapping[str, PartRelation]) -> dict[str, str]:
    """Return the part that is referred to, by what for; of several the last."""
    return {relation.kind: relation.target for relation in found.values()}


def metadata(package: Package) -> tuple[tuple[str, str], ...]:
    """Return the title, author and language that the package names."""
    root = package.xml(by_kind(relations(package, "")).get("core-properties", "docProps/core.xml"))
    if root is None:
        return ()
    entries = {"title": "title", "author": "creator", "language": "language"}
    found = {key: " ".join((root.findtext(f"{_DC}{name}") or "").split()) for key, name in entries.items()}
    return tuple((key, value) for key, value in found.items() if value)


def main_part(package: Package, otherwise: str) -> str:
    """Return the name of the part that the document begins with."""
    found = relations(package, "").values()
    return next((one.target for one in found if one.kind == "officeDocument"), otherwise)


def whole(digits: str, otherwise: int) -> int:
    """Return a number that a file gives in up to nine digits: no place, style or count needs more.

    >>> whole("12", 1), whole("", 1), whole("9" * 5_000, 1)
    (12, 1, 1)
    """
    return int(digits) if digits.isdecimal() and len(digits) < 10 else otherwise


_LARGER = 1.15  # times the body's type, in bold
_CLEAR = 1.3  # times the body's type, whatever else
_LONGEST = 220  # characters
_ENDS_OPEN = re.compile(r"[.,;:]$")
_MOST_WORDS = 12  # of a heading that ends as a sentence does
_DEEPEST = 6


def with_headings(drafts: Sequence[Composed], sizes: Sequence[float]) -> list[Composed]:
    """Return the blocks, paragraphs in larger type than the body's as headings.

    ``sizes`` are those of the blocks' type, 0 where none is known. The larger, the higher the level. A
    document whose headings have styles is left as it is.
    """
    if any(draft.block.kind == "heading" for draft in drafts):
        return list(drafts)
    letters: Counter[float] = Counter()
    for draft, size in zip(drafts, sizes, strict=True):
        letters[size] += len(draft.words) if size else 0
    body = max(letters.items(), key=lambda entry: (entry[1], -entry[0]), default=(0.0, 0))[0]
    found = {n: sizes[n] for n, draft in enumerate(drafts) if body and _is_heading(draft, sizes[n] / body)}
    ranks = {size: rank for rank, size in enumerate(sorted(set(found.values()), reverse=True), 1)}
    return [
        replace(
            draft,
            block=replace(
                draft.block, kind="heading", level=min(ranks[found[n]], _DEEPEST), emphasised=False, lead=0
            ),
        )
        if n in found
        else draft
        for n, draft in enumerate(drafts)
    ]


def _is_heading(draft: Composed, share: float) -> bool:
    """Whether a block is a short paragraph in type so many times as large as the body's."""
    if draft.block.kind != "paragraph" or not 0 < len(draft.words) <= _LONGEST:
        return False
    if _ENDS_OPEN.search(draft.words) and len(draft.words.split()) > _MOST_WORDS:
        return False
    return share >= _CLEAR or (share >= _LARGER and draft.block.emphasised)
