"""ODT: paragraphs, headings, lists with their computed numbers, tables, notes at the end.

Tracked changes are read as accepted. Hidden and struck-out text, contents lists, comments, headers and
footers are left out. The source's text is made here: one block after the other with blank lines between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from strategraph.model import Block
from strategraph.reading.content import Composed, Content, compose, counted
from strategraph.reading.layout.markers import Depths
from strategraph.reading.office import (
    BlockText,
    OpenCell,
    Package,
    described,
    table_blocks,
    whole,
    with_headings,
)
from strategraph.reading.office.odt_styles import (
    DRAW,
    OFFICE,
    TABLE,
    TEXT,
    Level,
    ListStyles,
    OdtStyle,
    OdtStyles,
    marker,
)
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GONE = frozenset(
    [f"{TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text", "hidden-text", "script")]
    + [f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms"]
)
_INDEXES = ("illustration", "table", "object", "alphabetical")
_CONTENTS = frozenset(f"{TEXT}{name}" for name in ("table-of-content", *(f"{of}-index" for of in _INDEXES)))
_MOST = 1_000  # repetitions of a cell or a space


@dataclass(slots=True)
class _OdtList:
    """An open list: its style, and how many items it has had at each depth."""

    style: str | None
    counts: dict[int, int] = field(default_factory=dict)


def parse(data: bytes, request: Request) -> Content:
    """Return the text of an ODT document with its blocks, and the title and author that it names.

    Raises :class:`UnusableInputError` if it is damaged, encrypted, or exceeds the limits.
    """
    package = Package(data, request)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise package.refusal("is encrypted; save a copy without a password")
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise package.refusal("is no ODT document: it has no text part")
    styles = package.xml("styles.xml")
    roots = [root] if styles is None else [root, styles]
    reader = _OdtReader(OdtStyles(roots), ListStyles(roots))
    drafts = [*with_headings(list(reader.blocks(body))), *reader.notes]
    left_out = counted({"image": sum(1 for _ in body.iter(f"{DRAW}image"))})
    return Content(*compose(drafts), described(package.xml("meta.xml")), left_out)


class _OdtReader:
    """Makes blocks of paragraphs, headings, lists and tables."""

    def __init__(self, styles: OdtStyles, lists: ListStyles) -> None:
        self.notes: list[Composed] = []
        self._styles = styles
        self._lists = lists
        self._tables = 0
        self._depths = Depths()
        self._headings: dict[int, int] = {}
        self._finished: dict[str, _OdtList] = {}  # the last list of each style, which another may go on with

    def blocks(self, container: Element) -> Iterator[Composed]:
        """Yield the blocks of the body, a section, a text box or a cell that only lays out the page."""
        for node in container:
            if node.tag in _GONE or node.tag in _CONTENTS:
                continue
            if node.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(node)
            elif node.tag == f"{TEXT}list":
                yield from self._list(node)
            elif node.tag == f"{TABLE}table":
                yield from self._table(node)
            elif node.get(f"{TEXT}display") != "none":
                yield from self.blocks(node)

    def _paragraph(self, node: Element) -> Iterator[Composed]:
        style = self._styles.of("paragraph", node.get(f"{TEXT}style-name"))
        text, boxes = self._read(node, style)
        level = whole(node.get(f"{TEXT}outline-level"), 1) if node.tag == f"{TEXT}h" else style.heading
        if not level:
            yield replace(text.typed(self._depths), size=self._size(node, style))
        elif text.words:
            printed = self._heading_number(level) if node.tag == f"{TEXT}h" else ""
            yield Composed(Block("heading", level=level), f"{printed} {text.words}")
        yield from boxes

    def _size(self, paragraph: Element, style: OdtStyle) -> float:
        """Return the size of the type in which a paragraph begins."""
        own = 0.0
        if not (paragraph.text or "").strip():
            span = next(paragraph.iter(f"{TEXT}span"), None)
            own = self._styles.of("text", span.get(f"{TEXT}style-name")).size if span is not None else 0.0
        return own or style.size or self._styles.size

    def _heading_number(self, level: int) -> str:
        """Count a heading and return its printed number, "" where headings have none."""
        start = self._lists.headings.get(level, Level("")).start
        self._headings[level] = self._headings.get(level, start - 1) + 1
        for deeper in [depth for depth in self._headings if depth > level]:
            del self._headings[deeper]
        return marker(self._lists.headings, self._headings, level).replace("•", "")

    def _read(self, node: Element, style: OdtStyle) -> tuple[BlockText, list[Composed]]:
        """Return the words of a paragraph, and the blocks of the text boxes in it."""
        text, boxes = BlockText(), list[Composed]()
        self._gather(node, text, boxes, emphasis=bool(style.emphasis), hidden=bool(style.hidden))
        return text, boxes

    def _gather(
        self, node: Element, text: BlockText, boxes: list[Composed], *, emphasis: bool, hidden: bool
    ) -> None:
        """Add the words of a node and of what is in it."""
        if not hidden:
            text.add(node.text or "", emphasised=emphasis)
        for child in node:
            tag = child.tag
            if tag == f"{TEXT}tab":
                text.add("\t")
            elif tag in (f"{TEXT}s", f"{TEXT}line-break"):
                text.add(" ")
            elif tag == f"{TEXT}note":
                self._note(child)
            elif tag == f"{DRAW}text-box":
                boxes += self.blocks(child)
            elif tag == f"{TEXT}span":
                style = self._styles.of("text", child.get(f"{TEXT}style-name"))
                strong = emphasis if style.emphasis is None else style.emphasis
                gone = hidden if style.hidden is None else style.hidden
                self._gather(child, text, boxes, emphasis=strong, hidden=gone)
            elif tag not in _GONE and isinstance(tag, str) and not _is_picture(child):
                self._gather(child, text, boxes, emphasis=emphasis, hidden=hidden)
            if not hidden:
                text.add(child.tail or "", emphasised=emphasis)

    def _note(self, node: Element) -> None:
        """Keep a footnote or endnote for the end."""
        words = BlockText()
        for paragraph in _paragraphs(node):
            self._gather(paragraph, words, [], emphasis=False, hidden=False)
            words.add(" ")
        self.notes.append(Composed(Block(), words.words))

    def _list(self, node: Element) -> Iterator[Composed]:
        style = node.get(f"{TEXT}style-name")
        going_on = node.get(f"{TEXT}continue-numbering") == "true" or node.get(f"{TEXT}continue-list")
        known = self._finished.get(style or "") if going_on else None
        own = known or _OdtList(style)
        yield from self._items(node, own, 1)
        self._finished[style or ""] = own

    def _items(self, node: Element, own: _OdtList, depth: int) -> Iterator[Composed]:
        for item in node:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            printed = item.tag == f"{TEXT}list-header"  # the marker stands before the item's first text
            for child in item:
                if child.tag == f"{TEXT}list":
                    style = child.get(f"{TEXT}style-name")
                    inner = _OdtList(style, own.counts) if style and style != own.style else own
                    for deeper in [d for d in own.counts if d > depth]:
                        del own.counts[deeper]
                    yield from self._items(child, inner, depth + 1)
                elif child.tag == f"{TEXT}h":
                    yield from self._paragraph(child)
                elif child.tag == f"{TEXT}p":
                    yield from self._item(child, item, own, depth, first=not printed)
                    printed = True
                elif child.tag == f"{TABLE}table":
                    yield from self._table(child)

    def _item(
        self, node: Element, item: Element, own: _OdtList, depth: int, *, first: bool
    ) -> Iterator[Composed]:
        style = self._styles.of("paragraph", node.get(f"{TEXT}style-name"))
        text, boxes = self._read(node, style)
        if not first:
            yield text.paragraph()
        elif text.words:
            name = own.style or style.list
            levels = {d: self._lists.level(name, d) for d in range(1, depth + 1)}
            start = whole(item.get(f"{TEXT}start-value"), own.counts.get(depth, levels[depth].start - 1) + 1)
            own.counts[depth] = start
            yield text.item(depth, marker(levels, own.counts, depth))
        yield from boxes

    def _table(self, table: Element) -> Iterator[Composed]:
        rows = list(_rows(table))
        if _lays_out(rows):
            for row, _ in rows:
                # only its own: a table within a cell reads its cells itself
                for cell in row.iterchildren(f"{TABLE}table-cell"):
                    yield from self.blocks(cell)
            return
        cells: list[OpenCell] = []
        boxes: list[Composed] = []
        for index, (row, header) in enumerate(rows):
            column = 0
            for node in row:
                repeated = min(whole(node.get(f"{TABLE}number-columns-repeated"), 1), _MOST)
                if node.tag == f"{TABLE}table-cell":
                    text = BlockText()
                    for paragraph in _paragraphs(node):
                        style = self._styles.of("paragraph", paragraph.get(f"{TEXT}style-name"))
                        emphasis, hidden = bool(style.emphasis), bool(style.hidden)
                        self._gather(paragraph, text, boxes, emphasis=emphasis, hidden=hidden)
                        text.add(" ")
                    cells.append(OpenCell(index, column, text, header))
                column += repeated
        self._tables += 1
        yield from table_blocks(self._tables - 1, cells)
        yield from boxes


def _paragraphs(node: Element) -> Iterator[Element]:
    """Yield the paragraphs and headings within a cell or note, but for those within others of them."""
    for child in node:
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield child
        else:
            yield from _paragraphs(child)


def _is_picture(node: Element) -> bool:
    """Whether a node is a picture's title or description."""
    return node.tag.rpartition("}")[2] in ("title", "desc")


def _rows(table: Element, header: bool = False) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table, and whether each is of its head."""
    for node in table:
        if node.tag == f"{TABLE}table-row":
            yield node, header
        elif node.tag == f"{TABLE}table-header-rows":
            yield from _rows(node, True)
        elif node.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(node, header)


def _lays_out(rows: list[tuple[Element, bool]]) -> bool:
    """Whether a table only arranges the page: it has one column, or headings in it."""
    counts = [sum(1 for cell in row if cell.tag == f"{TABLE}table-cell") for row, _ in rows]
    headings = any(True for row, _ in rows for _ in row.iter(f"{TEXT}h"))
    return headings or all(count < 2 for count in counts)
