"""What office documents have in common: an archive of XML, read within bounds; numbers, tables, headings."""

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
from strategraph.reading.content import BlockWords, Composed, TextLine, commonest
from strategraph.reading.decoding import xml_root
from strategraph.reading.layout.markers import Depths, ListedItem, find_marker
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_CHUNK = 1 << 20
_FREE = 1 << 20  # bytes: what a part may have unpacked whatever its packed size
_ENCRYPTED = 0x1
# What damaged archives make the library and its decompressors raise.
_DAMAGE = (
    zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OSError, struct.error, zlib.error, LZMAError,
)  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LARGER = 1.15  # times the body's type, in bold
_CLEAR = 1.3  # times the body's type, whatever else
_LONGEST = 220  # characters
_ENDS_OPEN = re.compile(r"[.,;:]$")
_MOST_WORDS = 12  # of a heading that ends as a sentence does
_DEEPEST = 6


class Package:
    """The parts of an office document, each unpacked only when asked for and only within the limits."""

    def __init__(self, data: bytes, request: Request) -> None:
        self._name = request.name
        self._limits = request.limits
        self._left = request.limits.unpacked
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise self.refusal("is a broken archive, or cut off") from error

    def refusal(self, reason: str) -> UnusableInputError:
        """Return the error that says why the document cannot be read."""
        return UnusableInputError(f"{self._name}: {reason}")

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; none if there is no such part.

        Raises :class:`UnusableInputError` if it is damaged or encrypted, or unpacks beyond the limits.
        """
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & _ENCRYPTED:
            raise self.refusal("is encrypted; save a copy without a password")
        most = min(self._left, max(_FREE, info.compress_size * self._limits.ratio))
        parts: list[bytes] = []
        size = 0
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise self.refusal(
                            f"{name} unpacks to more than the limits allow, as a zip bomb does "
                            "(--max-unpacked, --max-ratio)"
                        )
                    parts.append(chunk)
        except _DAMAGE as error:
            raise self.refusal(f"is damaged: {name} cannot be unpacked") from error
        self._left -= size
        return b"".join(parts)

    def xml(self, name: str) -> Element | None:
        """Return the root of a part that is XML, None if there is no such part.

        Entities are not expanded, nothing is loaded from elsewhere, depth and sizes are bounded.
        """
        data = self.read(name)
        return xml_root(data, f"{self._name}: is damaged: {name}") if data else None


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
        block = Block(emphasised=look.all_emphasised, lead=look.lead_in(words))
        return Composed(block, words)

    def typed(self, depths: Depths, indent: float = 0.0) -> Composed:
        """Return the paragraph with these words, or the item if its marker was typed: "•", "(a)" and a tab.

        ``indent`` is how far in it begins, in points.
        """
        raw = "".join(self.pieces).strip(" \n")
        found = find_marker(TextLine(0, raw))
        by_hand = found is not None and (found.style.startswith("bullet") or raw[found.end - 1] == "\t")
        if found is None or not by_hand or self.look.all_emphasised:
            depths.close(indent)
            return self.paragraph()
        words = " ".join(raw[found.end :].split())
        signs = sum(character.isalnum() for character in found.text)
        lead = replace(self.look, lead=max(0, self.look.lead - signs)).lead_in(words)
        level = depths.enter(ListedItem(indent, found.style))
        return Composed(Block("item", level=level, marker=found.text, lead=lead), words)

    def item(self, level: int, marker: str) -> Composed:
        """Return the list item with these words; a marker that says something is part of them."""
        words = self.words
        if is_words(marker):
            return Composed(Block("item", level=level), f"{marker} {words}")
        lead = self.look.lead_in(words)
        return Composed(Block("item", level=level, marker=marker, lead=lead), words)


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


def is_words(marker: str) -> bool:
    """Whether a computed marker says something ("Goal 1:") rather than only number ("1.", "(iv)").

    >>> [is_words(marker) for marker in ("Goal 1:", "SO 2", "1.2.", "(iv)", "II.a)", "A.", "bb)")]
    [True, True, False, False, False, False, False]
    """
    return any(
        len(set(run)) > 1 and not set(run) <= set("ivxlcdm")
        for run in re.findall(r"[^\W\d_]{2,}", marker.lower())
    )


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


def main_part(package: Package, usual: str, missing: str) -> tuple[Element, Mapping[str, PartRelation]]:
    """Return the root of the part that the document begins with, and what that part refers to.

    ``usual`` is what it is called where the package does not say. Raises :class:`UnusableInputError`, which
    says what is ``missing``, if there is none.
    """
    found = relations(package, "").values()
    name = next((one.target for one in found if one.kind == "officeDocument"), usual)
    root = package.xml(name)
    if root is None:
        raise package.refusal(missing)
    return root, relations(package, name)


def metadata(package: Package) -> tuple[tuple[str, str], ...]:
    """Return the title, author and language that the package names."""
    return described(package.xml(by_kind(relations(package, "")).get("core-properties", "docProps/core.xml")))


def described(root: Element | None) -> tuple[tuple[str, str], ...]:
    """Return the title, author and language that a part names in the terms of Dublin Core."""
    if root is None:
        return ()
    entries = {"title": "title", "author": "creator", "language": "language"}
    found = {key: " ".join((root.findtext(f".//{_DC}{name}") or "").split()) for key, name in entries.items()}
    return tuple((key, value) for key, value in found.items() if value)


def whole(digits: str | None, otherwise: int) -> int:
    """Return a number that a file gives in up to nine digits: no place, style or count needs more.

    >>> whole("12", 1), whole("", 1), whole("9" * 5_000, 1)
    (12, 1, 1)
    """
    return int(digits) if digits and digits.isdecimal() and len(digits) < 10 else otherwise


def with_headings(drafts: Sequence[Composed]) -> list[Composed]:
    """Return the blocks, paragraphs in larger type than the body's as headings.

    The larger, the higher the level. A document whose headings have styles is left as it is.
    """
    if any(draft.block.kind == "heading" for draft in drafts):
        return list(drafts)
    letters: Counter[float] = Counter()
    for draft in drafts:
        letters[draft.size] += len(draft.words) if draft.size else 0
    body = commonest(letters)
    headings = [body > 0 and _is_heading(draft, draft.size / body) for draft in drafts]
    found = {draft.size for draft, heading in zip(drafts, headings, strict=True) if heading}
    ranks = {size: min(rank, _DEEPEST) for rank, size in enumerate(sorted(found, reverse=True), 1)}
    return [
        replace(draft, block=Block("heading", level=ranks[draft.size])) if heading else draft
        for draft, heading in zip(drafts, headings, strict=True)
    ]


def _is_heading(draft: Composed, share: float) -> bool:
    """Whether a block is a short paragraph in type so many times as large as the body's."""
    if draft.block.kind != "paragraph" or not 0 < len(draft.words) <= _LONGEST:
        return False
    if _ENDS_OPEN.search(draft.words) and len(draft.words.split()) > _MOST_WORDS:
        return False
    return share >= _CLEAR or (share >= _LARGER and draft.block.emphasised)
