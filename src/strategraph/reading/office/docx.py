"""DOCX: paragraphs, headings, lists with the numbers that Word computes, tables, notes at the end.

Tracked changes are read as accepted: what was inserted stays, what was deleted is gone. Hidden and struck-out
text, contents lists, headers and footers are left out. The source's text is made here: one block after the
other with blank lines between.
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
    by_kind,
    main_part,
    metadata,
    table_blocks,
    with_headings,
)
from strategraph.reading.office.docx_styles import (
    DocxStyle,
    DocxStyles,
    Lists,
    W,
    emphasis_of,
    flag,
    heading_of,
    indent_of,
    numbering_of,
    size_of,
    value_of,
)
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_GONE = frozenset(
    {
        *(f"{W}{name}" for name in ("del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr")),
        *(f"{W}{name}" for name in ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")),
        *(f"{W}{name}" for name in ("commentReference", "annotationRef")),
    }
)
_MOST_COLUMNS = 1_000


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a DOCX document with its blocks, and the title and author that it names.

    Raises :class:`UnusableInputError` if it is damaged, encrypted, or exceeds the limits.
    """
    package = Package(data, request)
    missing = "is no DOCX document: it has no text part"
    root, named = main_part(package, "word/document.xml", missing)
    body = root.find(f"{W}body")
    if body is None:
        raise package.refusal(missing)
    parts = by_kind(named)
    reader = _DocxReader(
        DocxStyles(package.xml(parts.get("styles", "word/styles.xml"))),
        Lists(package.xml(parts.get("numbering", "word/numbering.xml"))),
    )
    drafts = with_headings(list(reader.blocks(body)))
    for kind in ("footnotes", "endnotes"):
        if kind in parts:
            drafts += reader.notes(package.xml(parts[kind]))
    left_out = counted({"image": sum(1 for _ in root.iter(_PICTURE))})
    return Content(*compose(drafts), metadata(package), left_out)


class _DocxReader:
    """Makes blocks of paragraphs and tables."""

    def __init__(self, styles: DocxStyles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self._tables = 0
        self._depths = Depths()
        # the paragraph whose end was deleted: the next goes on with it
        self._pending: BlockText | None = None

    def blocks(self, container: Element) -> Iterator[Composed]:
        """Yield the blocks of the body, a text box or a cell that only lays out the page."""
        for node in container:
            if node.tag == f"{W}p":
                yield from self._paragraph(node)
            elif node.tag == f"{W}tbl":
                yield from self._table(node)
            elif node.tag == f"{W}sdt":
                if not _is_contents_list(node):
                    for content in node.findall(f"{W}sdtContent"):
                        yield from self.blocks(content)
            elif node.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self.blocks(node)

    def notes(self, root: Element | None) -> Iterator[Composed]:
        """Yield the footnotes or endnotes as paragraphs."""
        for note in root if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                text = BlockText()
                for paragraph in note.iter(f"{W}p"):
                    self._gather(paragraph, text, [])
                    text.add(" ")
                yield Composed(Block(), text.words)

    def _paragraph(self, node: Element) -> Iterator[Composed]:
        properties = node.find(f"{W}pPr")
        style = self._styles.of(properties, "pStyle")
        boxes: list[Element] = []
        text = self._pending or BlockText()
        self._gather(node, text, boxes, emphasis=bool(style.emphasis), hidden=bool(style.hidden))
        self._pending = None
        if node.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._pending = text
        elif not style.contents and text.words:
            level = heading_of(properties, "", style.heading)
            numbering = numbering_of(properties, style.numbering)
            marker = self._lists.marker(numbering) if numbering else ""
            if level:
                yield Composed(Block("heading", level=level), f"{_printed(marker)}{text.words}")
            elif numbering is not None and marker:
                yield text.item(numbering.level + 1, marker)
            else:
                block = text.typed(self._depths, indent_of(properties))
                yield replace(block, size=self._size(node, style))
            if level:
                self._depths.close()
        for box in boxes:
            yield from self.blocks(box)

    def _size(self, paragraph: Element, style: DocxStyle) -> float:
        """Return the size of the type in which a paragraph begins."""
        for run in paragraph.iter(f"{W}r"):
            if any((text.text or "").strip() for text in run.iter(f"{W}t")):
                properties = run.find(f"{W}rPr")
                own = size_of(properties) or self._styles.of(properties, "rStyle").size
                return own or style.size or self._styles.size
        return 0.0

    def _gather(
        self,
        node: Element,
        text: BlockText,
        boxes: list[Element],
        *,
        emphasis: bool = False,
        hidden: bool = False,
    ) -> None:
        """Add the words of a paragraph; text boxes are kept for after it."""
        for child in node:
            tag = child.tag
            if tag in _GONE or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                style = self._styles.of(properties, "rStyle")
                own = [emphasis_of(properties), style.emphasis, emphasis]
                gone = [flag(properties, "vanish"), style.hidden, hidden]
                struck = flag(properties, "strike", "dstrike")
                strong = next(value for value in own if value is not None)
                if struck or next(value for value in gone if value is not None):
                    continue
                self._gather(child, text, boxes, emphasis=strong)
            elif tag == f"{W}t":
                text.add(child.text or "", emphasised=emphasis)
            elif tag in (f"{W}tab", f"{W}ptab"):
                text.add("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                text.add(" ")
            elif tag == f"{W}noBreakHyphen":
                text.add("-")
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == _ALTERNATE:
                choice = child.find(_CHOICE)
                self._gather(choice if choice is not None else child, text, boxes, emphasis=emphasis)
            elif tag == f"{W}sym":
                text.add("•")
            else:
                self._gather(child, text, boxes, emphasis=emphasis, hidden=hidden)

    def _table(self, table: Element) -> Iterator[Composed]:
        rows = [list(_within(row, "tc")) for row in _within(table, "tr") if not _is_deleted(row)]
        if _lays_out(rows, self._styles):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        heads = [_is_head(row) for row in _within(table, "tr") if not _is_deleted(row)]
        cells: list[OpenCell] = []
        boxes: list[Element] = []
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                properties = cell.find(f"{W}tcPr")
                if value_of(properties, "vMerge", absent="restart") == "restart":
                    header = heads[number] and all(heads[: number + 1])
                    cells.append(OpenCell(number, column, self._cell_text(cell, boxes), header))
                column += _span(properties)
        self._tables += 1
        yield from table_blocks(self._tables - 1, cells)
        for box in boxes:
            yield from self.blocks(box)

    def _cell_text(self, cell: Element, boxes: list[Element]) -> BlockText:
        text = BlockText()
        for paragraph in cell.iter(f"{W}p"):
            if any(parent.tag == f"{W}txbxContent" for parent in paragraph.iterancestors(f"{W}txbxContent")):
                continue
            properties = paragraph.find(f"{W}pPr")
            style = self._styles.of(properties, "pStyle")
            numbering = numbering_of(properties, style.numbering)
            marker = self._lists.marker(numbering) if numbering else ""
            text.add(_printed(marker))
            self._gather(paragraph, text, boxes, emphasis=bool(style.emphasis), hidden=bool(style.hidden))
            text.add(" ")
        return text


def _printed(marker: str) -> str:
    return f"{marker} " if marker and marker != "•" else ""


def _is_contents_list(node: Element) -> bool:
    return value_of(node.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery") == "Table of Contents"


def _within(node: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls and insertions too."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(child, name)


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _is_head(row: Element) -> bool:
    return bool(flag(row.find(f"{W}trPr"), "tblHeader"))


def _span(properties: Element | None) -> int:
    value = value_of(properties, "gridSpan")
    return min(int(value[:9]), _MOST_COLUMNS) if value.isdecimal() else 1


def _lays_out(rows: list[list[Element]], styles: DocxStyles) -> bool:
    """Whether a table only arranges the page: it has one column, or headings in it."""
    if all(len(row) < 2 for row in rows):
        return True
    return any(
        heading_of(properties, "", styles.of(properties, "pStyle").heading)
        for row in rows
        for cell in row
        for properties in cell.iter(f"{W}pPr")
    )
