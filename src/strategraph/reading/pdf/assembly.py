"""From paragraphs and tables to the source's text and its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from strategraph.model import Block, Passage
from strategraph.reading.pdf.extraction import Extracted
from strategraph.reading.pdf.flow import Flow, Paragraph
from strategraph.reading.pdf.headings import heading_levels
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.tables import Table
from strategraph.reading.pdf.words import Vocabulary, running_text

_NOTHING = Passage("", ())
_SAME_EDGE = 6.0  # points by which the indents of items of one depth may differ


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block to be: its fields, its text, and whether it stands in the row of the one before."""

    block: Block
    text: str
    same_row: bool = False


def assemble(flow: Flow, extracted: Extracted) -> tuple[str, tuple[Block, ...]]:
    """Return the source's text and the blocks whose passages read it."""
    vocabulary = Vocabulary(_lines(flow))
    text: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for draft in _drafts(flow, extracted, vocabulary):
        marker = f"{draft.block.marker} " if draft.block.marker else ""
        if text:
            gap = "\n" if draft.same_row else "\n\n"
            text.append(gap)
            offset += len(gap)
        text.append(marker + draft.text)
        passage = Passage(draft.text, ((0, offset + len(marker)),))
        blocks.append(replace(draft.block, passage=passage))
        offset += len(marker) + len(draft.text)
    return "".join(text), tuple(blocks)


def _lines(flow: Flow) -> Iterator[Line]:
    """Yield all lines of a document."""
    for part in [*flow.parts, *flow.notes]:
        if isinstance(part, Table):
            for cell in part.cells:
                yield from cell.lines
        else:
            yield from part.lines


def _drafts(flow: Flow, extracted: Extracted, vocabulary: Vocabulary) -> Iterator[_Draft]:
    paragraphs = [part for part in flow.parts if isinstance(part, Paragraph)]
    pages = {page.number: page for page in extracted.pages}
    levels = heading_levels(paragraphs, flow.body, pages, extracted.bookmarks)
    level_of = {id(paragraph): levels.get(index, 0) for index, paragraph in enumerate(paragraphs)}
    depths = _Depths()
    tables = 0
    for part in flow.parts:
        if isinstance(part, Table):
            depths.close()
            yield from _table(tables, part, vocabulary)
            tables += 1
        else:
            yield from _paragraph(part, level_of[id(part)], depths, vocabulary)
    for note in flow.notes:
        words = running_text(note.lines, vocabulary)
        if words:
            yield _Draft(Block("paragraph", _NOTHING, page=note.first.page), words)


def _paragraph(part: Paragraph, level: int, depths: _Depths, vocabulary: Vocabulary) -> Iterator[_Draft]:
    """Yield the block of a heading, list item or paragraph, if it says anything."""
    words = running_text(part.lines, vocabulary)
    page = part.first.page
    if level:
        depths.close()
        if words:
            yield _Draft(Block("heading", _NOTHING, level=level, page=page), words)
        return
    if part.marker is not None:
        words = words[len(part.marker.text) :].lstrip()
        if words:
            depth = depths.enter(part.indent, part.marker.style)
            yield _Draft(Block("item", _NOTHING, level=depth, marker=part.marker.text, page=page), words)
        return
    if part.indent < _SAME_EDGE:
        depths.close()
    if words:
        yield _Draft(Block("paragraph", _NOTHING, emphasised=part.bold or part.italic, page=page), words)


class _Depths:
    """How deep list items are nested, from how far they are indented and how they are marked."""

    def __init__(self) -> None:
        self._open: list[tuple[float, str]] = []

    def close(self) -> None:
        """End all lists."""
        self._open.clear()

    def enter(self, indent: float, style: str) -> int:
        """Return the depth of an item, 1 for the outermost."""
        while self._open and self._open[-1][0] > indent + _SAME_EDGE:
            self._open.pop()
        beside = [s for i, s in self._open if abs(i - indent) <= _SAME_EDGE]
        if style in beside:
            while self._open[-1][1] != style:
                self._open.pop()
        else:
            self._open.append((indent, style))
        return len(self._open)


def _table(number: int, table: Table, vocabulary: Vocabulary) -> Iterator[_Draft]:
    """Yield the cells of a table."""
    last = -1
    for cell in table.cells:
        words = running_text(cell.lines, vocabulary)
        if not words:
            continue
        block = Block(
            "cell",
            _NOTHING,
            table=number,
            row=cell.row,
            column=cell.column,
            header=cell.header,
            page=cell.lines[0].page,
        )
        yield _Draft(block, words, same_row=cell.row == last)
        last = cell.row
