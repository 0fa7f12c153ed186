"""Where the words of the text stand on the pages, so that a quotation can be shown where it is printed.

The text is made of the words of lines, but for white space, and hyphens at the ends of lines. So the
letters of a block, one after the other, are those of its lines; where they are not, it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from strategraph.model import INVISIBLE, Block, PlacedLine, PlacedPage, PlacedWord
from strategraph.reading.pdf.assembly import HYPHENS
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.page import Page

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
