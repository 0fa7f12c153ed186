"""PPTX: slide by slide, the title as a heading, the text below it as items and paragraphs, tables.

Hidden slides, dates, footers, slide numbers and speakers' notes are left out. The source's text is made
here: one block after the other with blank lines between; each block knows its slide as its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from strategraph.model import Block
from strategraph.reading.content import Composed, Content, compose, counted
from strategraph.reading.layout.markers import Depths
from strategraph.reading.office import (
    BlockText,
    OpenCell,
    Package,
    R,
    main_part,
    metadata,
    numeral,
    table_blocks,
    whole,
)
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
_BODIES = frozenset({"body", "obj", ""})  # placeholders whose paragraphs are items unless they say otherwise
_BULLET = "•"
_STYLES = {"arabic": "1", "alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I"}


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a presentation with its blocks, and the title and author that it names.

    Raises :class:`UnusableInputError` if it is damaged, encrypted, or exceeds the limits.
    """
    package = Package(data, request)
    missing = "is no PPTX presentation: it has no main part"
    root, named = main_part(package, "ppt/presentation.xml", missing)
    drafts: list[Composed] = []
    hidden = images = 0
    reader = _PptxReader()
    for number, entry in enumerate(root.iter(f"{_P}sldId"), start=1):
        relation = named.get(entry.get(f"{R}id", ""))
        slide = package.xml(relation.target) if relation is not None else None
        if slide is None:
            continue
        if slide.get("show") in ("0", "false"):
            hidden += 1
            continue
        images += sum(1 for _ in slide.iter(f"{_P}pic"))
        drafts += (replace(draft, block=replace(draft.block, page=number)) for draft in reader.slide(slide))
    left_out = counted({"hidden slide": hidden, "image": images})
    return Content(*compose(drafts), metadata(package), left_out)


class _PptxReader:
    """Makes blocks of slides."""

    def __init__(self) -> None:
        self._tables = 0

    def slide(self, slide: Element) -> Iterator[Composed]:
        """Yield the blocks of a slide, its titles first, else in the order in which they lie on it."""
        shapes = list(_shapes(slide))
        yield from (draft for shape in shapes if _kind(shape) in _TITLES for draft in self._title(shape))
        for shape in shapes:
            kind = _kind(shape)
            if kind in _TITLES or kind in _FURNITURE:
                continue
            if shape.tag == f"{_P}graphicFrame":
                for table in shape.iter(f"{_A}tbl"):
                    yield from self._table(table)
            else:
                yield from self._paragraphs(shape, kind)

    def _title(self, shape: Element) -> Iterator[Composed]:
        words = " ".join(_text(paragraph).words for paragraph in shape.iter(f"{_A}p")).strip()
        if words:
            yield Composed(Block("heading", level=1), words)

    def _paragraphs(self, shape: Element, kind: str | None) -> Iterator[Composed]:
        counts: dict[int, int] = {}
        depths = Depths()
        for paragraph in shape.iter(f"{_A}p"):
            text = _text(paragraph)
            if not text.words:
                continue
            marks = paragraph.find(f"{_A}pPr")
            level = whole(marks.get("lvl", "0"), 0) if marks is not None else 0
            numbered = marks.find(f"{_A}buAutoNum") if marks is not None else None
            bulleted = marks is not None and marks.find(f"{_A}buChar") is not None
            plain = marks is not None and marks.find(f"{_A}buNone") is not None
            for deeper in [one for one in counts if one > level]:
                del counts[deeper]
            if numbered is not None:
                start = whole(numbered.get("startAt", "1"), 1)
                counts[level] = counts.get(level, start - 1) + 1
                style = numbered.get("type", "")
                sign = next((sign for name, sign in _STYLES.items() if style.startswith(name)), "1")
                yield text.item(
                    level + 1, f"{numeral(counts[level], sign)}{')' if 'Paren' in style else '.'}"
                )
            elif bulleted or (kind in _BODIES and not plain):
                counts.pop(level, None)
                yield text.item(level + 1, _BULLET)
            else:
                yield text.typed(depths)

    def _table(self, table: Element) -> list[Composed]:
        cells = []
        heads = table.find(f"{_A}tblPr")
        first = heads is not None and heads.get("firstRow") in ("1", "true")
        for row, line in enumerate(table.iter(f"{_A}tr")):
            for column, cell in enumerate(line.iterchildren(f"{_A}tc")):
                if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                    continue
                words = BlockText()
                for paragraph in cell.iter(f"{_A}p"):
                    _add(words, paragraph)
                    words.add(" ")
                cells.append(OpenCell(row, column, words, header=first and row == 0))
        self._tables += 1
        return table_blocks(self._tables - 1, cells)


def _shapes(slide: Element) -> Iterator[Element]:
    """Yield the shapes of a slide, those in groups where the group lies; of alternatives the first."""
    for shape in slide.iter(f"{_P}sp", f"{_P}graphicFrame"):
        if not any(above.tag == _FALLBACK for above in shape.iterancestors()):
            yield shape


def _kind(shape: Element) -> str | None:
    """Return what a placeholder is for; None for a shape that is none."""
    placeholder = next(iter(shape.iter(f"{_P}ph")), None)
    return None if placeholder is None else placeholder.get("type", "")


def _text(paragraph: Element) -> BlockText:
    text = BlockText()
    _add(text, paragraph)
    return text


def _add(text: BlockText, paragraph: Element) -> None:
    for node in paragraph.iterchildren():
        if node.tag == f"{_A}br":
            text.add("\n")
        elif node.tag in (f"{_A}r", f"{_A}fld"):
            look = node.find(f"{_A}rPr")
            bold = look is not None and (look.get("b") in ("1", "true") or look.get("i") in ("1", "true"))
            text.add(node.findtext(f"{_A}t") or "", emphasised=bold)
