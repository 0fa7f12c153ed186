"""From paragraphs and tables to the source's text and its blocks; words that a line's end cut are mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from strategraph.model import Block
from strategraph.reading.content import NOTHING, Composed, compose
from strategraph.reading.drafts import BlockWords
from strategraph.reading.layout.hyphens import Spelling, is_joining
from strategraph.reading.layout.list_depths import Depths
from strategraph.reading.pdf.characters import is_wide
from strategraph.reading.pdf.extraction import Extracted
from strategraph.reading.pdf.flow import Flow, Paragraph
from strategraph.reading.pdf.headings import heading_levels
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.tables import Table

_SAME_EDGE = 6.0  # points by which the indents of items of one depth may differ


_Draft = tuple[Composed, Sequence[Line]]


def assemble(flow: Flow, extracted: Extracted) -> tuple[str, tuple[Block, ...], list[Sequence[Line]]]:
    """Return the source's text, the blocks whose passages read it, and the lines that each was made of."""
    spelling = Spelling("\n".join(spelled(line) for line in _lines(flow)))
    drafts = [(draft, lines) for draft, lines in _drafts(flow, extracted, spelling) if draft.text]
    return *compose(draft for draft, _ in drafts), [lines for _, lines in drafts]


def _lines(flow: Flow) -> Iterator[Line]:
    """Yield all lines of a document."""
    for part in [*flow.parts, *flow.notes]:
        if isinstance(part, Table):
            for cell in part.cells:
                yield from cell.lines
        else:
            yield from part.lines


def _drafts(flow: Flow, extracted: Extracted, spelling: Spelling) -> Iterator[_Draft]:
    paragraphs = [part for part in flow.parts if isinstance(part, Paragraph)]
    pages = {page.number: page for page in extracted.pages}
    levels = heading_levels(paragraphs, flow.body, pages, extracted.bookmarks)
    level_of = {id(paragraph): levels.get(index, 0) for index, paragraph in enumerate(paragraphs)}
    depths = Depths()
    tables = 0
    for part in flow.parts:
        if isinstance(part, Table):
            depths.close()
            yield from _table(tables, part, spelling)
            tables += 1
        else:
            yield _paragraph(part, level_of[id(part)], depths, spelling), part.lines
    for note in flow.notes:
        block = Block("paragraph", NOTHING, page=note.first.page)
        yield Composed(block, running_text(note.lines, spelling)), note.lines


def _paragraph(part: Paragraph, level: int, depths: Depths, spelling: Spelling) -> Composed:
    """Return the block of a heading, list item or paragraph."""
    words = running_text(part.lines, spelling)
    page = part.first.page
    if level:
        depths.close()
        return Composed(Block("heading", NOTHING, level=level, page=page), words)
    if part.marker is not None:
        words = words[len(part.marker.text) :]
        depth = depths.enter(part.indent, part.marker.style)
        lead = _lead(part, words.strip(), after=len(part.marker.text.split()))
        block = Block("item", NOTHING, level=depth, marker=part.marker.text, page=page, lead=lead)
        return Composed(block, words)
    if part.indent < _SAME_EDGE:
        depths.close()
    emphasised, lead = part.bold or part.italic, _lead(part, words)
    return Composed(Block("paragraph", NOTHING, emphasised=emphasised, page=page, lead=lead), words)


def _lead(part: Paragraph, text: str, after: int = 0) -> int:
    """Return how much of the beginning of a text is bold or italic; its first words may be a marker."""
    look = BlockWords()
    for word in [word for line in part.lines for word in line.words][after:]:
        look.add((), word.letters, bold=word.bold or word.italic)
    return look.lead_in(text)


def _table(number: int, table: Table, spelling: Spelling) -> Iterator[_Draft]:
    """Yield the cells of a table, with their lines."""
    for cell in table.cells:
        block = Block(
            "cell",
            NOTHING,
            table=number,
            row=cell.row,
            column=cell.column,
            header=cell.header,
            page=cell.lines[0].page,
        )
        yield Composed(block, running_text(cell.lines, spelling)), cell.lines


_LAST = re.compile(r"[^\W\d_]+\Z")
_FIRST = re.compile(r"[^\W\d_]+")
_SOFT = "\u00ad"
HYPHENS = (_SOFT, "-", "\u2010", "\u2011")


def running_text(lines: Sequence[Line], spelling: Spelling) -> str:
    """Return the words of some lines as one text with single spaces."""
    text = ""
    for line in lines:
        text = _append(text, " ".join(line.text.split()), spelling)
    return text.replace(_SOFT, "")


def _is_chain(before: str, after: str) -> bool:
    """Whether a hyphen before or behind two halves makes them part of a compound: "out-of-school"."""
    return before.endswith(HYPHENS) or after.startswith(HYPHENS)


def spelled(line: Line) -> str:
    """Return the words of a line with a plain hyphen at its end if it ends in a hyphen of any kind."""
    text = line.text
    return f"{text[:-1]}-" if text.endswith(HYPHENS) else text


def _append(text: str, line: str, spelling: Spelling) -> str:
    """Return a text with the next line added."""
    if not text or not line:
        return text or line
    if len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum() and line[0].isalnum():
        first, second = _LAST.search(text, 0, len(text) - 1), _FIRST.match(line)
        if second and is_joining(second[0]):
            return f"{text[:-1]}- {line}"
        parted = first is not None and second is not None and spelling.is_one(first[0], second[0])
        parted = parted and not _is_chain(
            text[: first.start()] if first else "", line[second.end() :] if second else ""
        )
        return f"{text[:-1]}{'' if parted else '-'}{line}"
    if text[-1] in "/–—" and text[-2:-1] not in ("", " ") and line[0].isalnum():
        return text + line
    return text + line if is_wide(text[-1]) and is_wide(line[0]) else f"{text} {line}"
