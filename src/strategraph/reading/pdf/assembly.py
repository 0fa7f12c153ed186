"""From paragraphs and tables to the source's text and blocks: headings, and where each word is printed.

The text is made of the words of lines, but for white space, and hyphens at the ends of lines. So the letters
of a block, one after the other, are those of its lines; where they are not, its place is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from strategraph.model import INVISIBLE, Block, PlacedLine, PlacedPage, PlacedWord
from strategraph.reading.content import BlockWords, Composed, compose
from strategraph.reading.layout.hyphens import HYPHENS, Spelling
from strategraph.reading.layout.markers import Depths, ListedItem
from strategraph.reading.pdf.extraction import Bookmark, Extracted
from strategraph.reading.pdf.flow import Flow, Paragraph
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.page import Page, runs
from strategraph.reading.pdf.tables import Table

_LARGER = 1.09  # times the body's type
_CLEAR = 1.2  # times the body's type: in bold, a heading even if it is a whole sentence
_APART = 1.5  # of the size: lines of a cell whose step is wider are paragraphs of their own
_LONGEST = 220
_MOST_LINES = 5
_ENDS_OPEN = re.compile(r"[.,;]$")
_DEEPEST = 6

_Style = tuple[float, bool]


def heading_levels(
    paragraphs: Sequence[Paragraph], body: float, pages: Mapping[int, Page], bookmarks: Sequence[Bookmark]
) -> dict[int, int]:
    """Return the level of each paragraph that is a heading, by its position.

    A heading is tagged or bookmarked as one, or is a short text in larger type than the body. Type gives
    the level by size: the largest is the first. Where tags or bookmarks tell the level of some headings of
    a style, all of that style have it.
    """
    told: dict[int, int] = {}
    candidates: list[int] = []
    marked = {(bookmark.page, _plain(bookmark.title)): bookmark.level for bookmark in bookmarks}
    for index, paragraph in enumerate(paragraphs):
        level = _tagged_level(paragraph, pages)
        if level is None and _may_be_heading(paragraph):
            level = marked.get((paragraph.first.page, _plain(paragraph.text)))
        if level is not None:
            told[index] = level
            candidates.append(index)
        elif _is_large(paragraph, body) and _may_be_heading(paragraph) and not _is_sentence(paragraph, body):
            candidates.append(index)
    ranks = _ranks([(_style(paragraphs[index]), told.get(index)) for index in candidates])
    return {index: min(ranks[_style(paragraphs[index])], _DEEPEST) for index in candidates}


def _style(paragraph: Paragraph) -> _Style:
    return round(paragraph.size * 2) / 2, paragraph.bold


def _ranks(seen: Sequence[tuple[_Style, int | None]]) -> dict[_Style, int]:
    """Return the level of each style; where levels are told, the commonest of those."""
    told: dict[_Style, Counter[int]] = {}
    for style, level in seen:
        counter = told.setdefault(style, Counter())
        if level is not None:
            counter[level] += 1
    ranks: dict[_Style, int] = {}
    above = 0
    for style in sorted(told, key=lambda style: (-style[0], not style[1])):
        levels = told[style]
        above = (
            max(above + 1, max(levels, key=lambda level: (levels[level], -level))) if levels else above + 1
        )
        ranks[style] = above
    return ranks


def _tagged_level(paragraph: Paragraph, pages: Mapping[int, Page]) -> int | None:
    """Return the level that tags give to most of a paragraph, None where they say it is no heading."""
    levels: Counter[int] = Counter()
    for line in paragraph.lines:
        for word in line.words:
            levels[pages[line.page].tag(word).heading] += max(1, word.letters)
    return levels.most_common(1)[0][0] or None


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return paragraph.size >= _LARGER * body


def _may_be_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if len(text) > _LONGEST or len(paragraph.lines) > _MOST_LINES:
        return False
    if not any(character.isalpha() for character in text):
        return False
    bullet = paragraph.marker is not None and paragraph.marker.style.startswith("bullet")
    return not bullet


def _is_sentence(paragraph: Paragraph, body: float) -> bool:
    """Whether a text in larger type is an introduction or a quotation rather than a heading."""
    clear = paragraph.bold and paragraph.size >= _CLEAR * body
    return bool(_ENDS_OPEN.search(paragraph.text)) and len(paragraph.text.split()) > (25 if clear else 4)


def _plain(text: str) -> str:
    """Return letters and digits only: bookmarks and print differ in spaces and punctuation."""
    return "".join(character for character in text.casefold() if character.isalnum())


_Draft = tuple[Composed, Sequence[Line]]


def assemble(flow: Flow, extracted: Extracted) -> tuple[str, tuple[Block, ...], list[Sequence[Line]]]:
    """Return the source's text, the blocks whose passages read it, and the lines that each was made of."""
    spelling = Spelling(
        "\n".join(spelled(line) for part in [*flow.parts, *flow.notes] for line in part.lines)
    )
    drafts = [(draft, lines) for draft, lines in _drafts(flow, extracted, spelling) if draft.text]
    return *compose(draft for draft, _ in drafts), [lines for _, lines in drafts]


def _drafts(flow: Flow, extracted: Extracted, spelling: Spelling) -> Iterator[_Draft]:
    paragraphs = [part for part in flow.parts if isinstance(part, Paragraph)]
    pages = {page.number: page for page in extracted.pages}
    found = heading_levels(paragraphs, flow.body, pages, extracted.bookmarks)
    levels = (found.get(index, 0) for index in count())
    depths = Depths()
    tables = 0
    for part in flow.parts:
        if isinstance(part, Table):
            depths.close()
            yield from _table(tables, part, spelling)
            tables += 1
        else:
            yield _paragraph(part, next(levels), depths, spelling), part.lines
    for note in flow.notes:
        block = Block(page=note.first.page)
        yield Composed(block, spelling.running(line.text for line in note.lines)), note.lines


def _paragraph(part: Paragraph, level: int, depths: Depths, spelling: Spelling) -> Composed:
    """Return the block of a heading, list item or paragraph."""
    words = spelling.running(line.text for line in part.lines)
    page = part.first.page
    if level:
        depths.close()
        return Composed(Block("heading", level=level, page=page), words)
    if part.marker is not None:
        words = words[len(part.marker.text) :]
        depth = depths.enter(ListedItem(part.indent, part.marker.style))
        lead = _lead(part, words.strip(), after=len(part.marker.text.split()))
        block = Block("item", level=depth, marker=part.marker.text, page=page, lead=lead)
        return Composed(block, words)
    depths.close(part.indent)
    emphasised, lead = part.bold or part.italic, _lead(part, words)
    return Composed(Block(emphasised=emphasised, page=page, lead=lead), words)


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
            table=number,
            row=cell.row,
            column=cell.column,
            header=cell.header,
            page=cell.lines[0].page,
        )
        for lines in [cell.lines] if cell.header else runs(cell.lines, _goes_on):
            yield Composed(block, spelling.running(line.text for line in lines)), lines


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line of a cell goes on with the paragraph of the line above it."""
    apart = line.base - above.base > _APART * line.size and line.page == above.page
    return not apart or line.text[0].islower() or not any(character.isalpha() for character in line.text)


def spelled(line: Line) -> str:
    """Return the words of a line with a plain hyphen at its end if it ends in a hyphen of any kind."""
    text = line.text
    return f"{text[:-1]}-" if text.endswith(HYPHENS) else text


_PASSED_OVER = frozenset({*HYPHENS, *INVISIBLE})


def printed_pages(
    pages: Sequence[Page], text: str, blocks: Sequence[Block], made_of: Sequence[Sequence[Line]]
) -> tuple[PlacedPage, ...]:
    """Return the pages with the lines that the blocks of a text were made of."""
    lines: dict[int, list[PlacedLine]] = {page.number: [] for page in pages}
    for block, own in zip(blocks, made_of, strict=True):
        for number, line in _placed(block, own, text):
            lines[number].append(line)
    return tuple(
        PlacedPage(page.number, page.width, page.height, tuple(lines[page.number])) for page in pages
    )


def _placed(block: Block, lines: Sequence[Line], text: str) -> Iterator[tuple[int, PlacedLine]]:
    """Yield the lines of a block with their pages; none if its letters are not those of the lines."""
    start, end = block.span.start, block.span.end
    printed = "".join(_letters(word.text) for line in lines for word in line.words)
    # An item's marker stands before it in the text, as it is printed or as it is meant.
    marked = start - len(block.marker) - 1 if block.marker else start
    places = [place for place in range(marked, end) if _letters(text[place])]
    if "".join(text[place] for place in places) != printed:
        places = [place for place in range(start, end) if _letters(text[place])]
        missing = len(printed) - len(places)
        if missing < 0 or printed[missing:] != "".join(text[place] for place in places):
            return
        places = [-1] * missing + places
    done = 0
    for line in lines:
        words = []
        for word in line.words:
            own = [place for place in places[done : done + len(_letters(word.text))] if place >= 0]
            done += len(_letters(word.text))
            if own:
                first, last = own[0], own[-1] + 1
                while last < end and text[last] in HYPHENS:
                    last += 1
                words.append(PlacedWord(first, last, word.box.x0, word.box.width))
        if words:
            box = line.box
            yield line.page, PlacedLine(box.top, box.height, line.base, line.size, tuple(words))


def _letters(text: str) -> str:
    """Return the characters of a text that white space and the ends of lines leave alone."""
    return "".join(each for each in text if not each.isspace() and each not in _PASSED_OVER)
