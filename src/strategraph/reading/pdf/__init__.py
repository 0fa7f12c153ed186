"""PDF: the text of the pages in reading order, one block to a paragraph, with blank lines between.

A PDF has characters at places. What reads as text is made of them here: words, lines, columns, tables,
paragraphs; page numbers and contents lists are left out, footnotes stand at the end, and behind them, in no
block, what heads or foots the pages. The source's text is made too, so the offsets are into that text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from strategraph.errors import UnusableInputError
from strategraph.knowledge.writing import is_rtl
from strategraph.reading.content import Content, commonest, counted
from strategraph.reading.pdf.assembly import assemble, printed_pages
from strategraph.reading.pdf.columns import columns
from strategraph.reading.pdf.extraction import Extracted, extract, is_installed
from strategraph.reading.pdf.flow import Flow, Paragraph, leadings, paragraphs, rejoined, whole_tables
from strategraph.reading.pdf.furniture import (
    running_heads,
    without_contents,
    without_furniture,
    without_notes,
)
from strategraph.reading.pdf.lines import Line, lines_of
from strategraph.reading.pdf.page import Page, runs
from strategraph.reading.pdf.tables import find_tables
from strategraph.reading.request import Request


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a PDF's pages with its blocks, the title and author that it names, and what heads
    its pages.

    Raises :class:`UnusableInputError` if it is encrypted, broken, scanned, or exceeds the limits.
    """
    extracted = extract(data, request)
    if not any(page.words for page in extracted.pages):
        raise UnusableInputError(_no_text(extracted, request.name))
    lines = [lines_of(page.words, page.number) for page in extracted.pages]
    own = without_furniture(extracted.pages, lines)
    text, blocks, made_of = assemble(_flow(extracted.pages, own), extracted)
    pages = printed_pages(extracted.pages, text, blocks, made_of) if request.places else ()
    heads = running_heads(lines, own)
    text = "\n".join([text, *(head for head in heads if head not in text)])
    metadata = (*extracted.metadata, *(("header", head) for head in heads))
    return Content(text, blocks, metadata, _left_out(extracted), pages=pages)


def _no_text(extracted: Extracted, name: str) -> str:
    if any(page.images for page in extracted.pages):
        way = "read it with --ocr" if is_installed() else "with tesseract installed, --ocr can read it"
        return f"{name}: is scanned: its pages are pictures without text; {way}"
    return f"{name}: there is no text on its pages"


def _flow(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> Flow:
    """Return the paragraphs and tables of all pages in reading order, and the footnotes apart."""
    body = body_size([line for own in lines for line in own])
    laid_out = []
    flow = Flow(body)
    for page, own in zip(pages, lines, strict=True):
        tables, rest = find_tables(page, without_contents(own))
        rtl = is_rtl("".join(line.text for line in rest))
        found, notes = without_notes(columns([*rest, *tables], page.rules, rtl=rtl), page, body)
        laid_out += found
        flow.notes += [Paragraph(note) for note in notes]
    leading = leadings(laid_out)
    parts = rejoined([part for column in laid_out for part in paragraphs(column, leading)])
    flow.parts = whole_tables(parts)
    return flow


def body_size(lines: Sequence[Line]) -> float:
    """Return the size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for word in line.words:
            sizes[round(word.size * 2) / 2] += word.letters
    return commonest(sizes) or 10.0


def _left_out(extracted: Extracted) -> tuple[str, ...]:
    """Return what of the pages is not in the text, in a few words each."""
    pages = extracted.pages
    images = sum(page.images for page in pages if not page.scanned)
    scanned = [page.number for page in pages if page.images and not page.words]
    read = [page.number for page in pages if page.scanned]
    sideways = [page.number for page in pages if page.sideways]
    notes = [*counted({"image": images})]
    if scanned:
        notes.append(f"pages without text: {ranges(scanned)}")
    if read:
        notes.append(f"whatever is no text on scanned pages: {ranges(read)}")
    if sideways:
        notes.append(f"turned text on pages {ranges(sideways)}")
    if len(pages) < extracted.count:
        notes.append(f"{extracted.count - len(pages)} of {extracted.count} pages, not asked for")
    return tuple(notes)


def ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers with runs shortened.

    >>> ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    found = runs(numbers, lambda before, number: number == before + 1)
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)
