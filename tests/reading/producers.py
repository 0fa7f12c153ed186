"""Writes a document that was read in one format out in others, so that both readings can be compared."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

from strategraph.model import Block, Document

OFFICE = shutil.which("soffice")


def to_html(document: Document) -> str:
    """Return a page with the document's blocks, as Word or LibreOffice would take it."""
    direction = "rtl" if document.language == "ar" else "ltr"
    parts = [f"<html dir='{direction}'><head><meta charset='utf-8'></head><body dir='{direction}'>"]
    for kind, group in groupby(document.blocks, key=lambda block: (block.kind, block.table)):
        blocks = list(group)
        if kind[0] == "cell":
            parts.append("<table border='1'>")
            for _, row in groupby(blocks, key=lambda block: block.row):
                cells = (f"<{tag}>{_markup(b)}</{tag}>" for b in row for tag in ["th" if b.header else "td"])
                parts.append(f"<tr>{''.join(cells)}</tr>")
            parts.append("</table>")
        elif kind[0] == "item":
            parts += _lists(blocks)
        else:
            for block in blocks:
                tag = f"h{min(block.level, 6)}" if block.kind == "heading" else "p"
                parts.append(f"<{tag}>{_markup(block)}</{tag}>")
    return "\n".join([*parts, "</body></html>"])


def _lists(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the tags of nested lists; a number in a marker makes an ordered list."""
    open_lists: list[str] = []
    for block in blocks:
        number = "".join(c for c in block.marker if c.isdigit())
        while len(open_lists) > block.level:
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == block.level:
            yield "</li>"
        while len(open_lists) < block.level:
            open_lists.append("ol" if number else "ul")
            yield f"<{open_lists[-1]}>"
        value = f" value='{number}'" if number else ""
        yield f"<li{value}>{_markup(block)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"


def _markup(block: Block) -> str:
    words = escape(block.passage.text, quote=False)
    return f"<b>{words}</b>" if block.emphasised else words


def convert(source: Path, target: str, folder: Path, *, filter: str = "") -> Path:
    """Return the file that LibreOffice makes of ``source`` in the format ``target`` ("docx", "odt", "pdf")."""
    assert OFFICE is not None
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", f"{target}{filter}",
         "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )  # fmt: skip
    return folder / f"{source.stem}.{target}"


def to_pdf(
    document: Document,
    path: Path,
    *,
    columns: int = 1,
    header: str = "",
    footer: str = "",
    note: str = "",
    ruled: bool = True,
) -> Path:
    """Write the document as a PDF with so many columns, a running header and footer, and a footnote."""
    width, height = A4
    gap, margin = 18, 60
    each = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + n * (each + gap), 90, each, height - 170, leftPadding=0, rightPadding=0)
        for n in range(columns)
    ]

    def furnish(canvas: Canvas, _template: BaseDocTemplate) -> None:
        number = canvas.getPageNumber()
        canvas.setFont("Helvetica", 8)
        if header:
            canvas.drawString(margin, height - 40, header)
        if footer:
            canvas.drawString(margin, 30, footer)
            canvas.drawRightString(width - margin, 30, str(number))
        if note and number == 1:
            canvas.setFont("Helvetica", 7)
            canvas.line(margin, 78, margin + 120, 78)
            canvas.drawString(margin, 66, f"1 {note}")

    template = BaseDocTemplate(str(path), pagesize=A4, invariant=True)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=furnish)])
    template.build(list(_flowables(document, each, note=bool(note), ruled=ruled)))
    return path


def _flowables(document: Document, width: float, *, note: bool, ruled: bool) -> Iterator[Flowable]:
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=13, spaceAfter=6, alignment=4)
    cell = ParagraphStyle("cell", parent=body, alignment=0, spaceAfter=0, fontSize=9, leading=11)
    for kind, group in groupby(document.blocks, key=lambda block: (block.kind, block.table)):
        blocks = list(group)
        if kind[0] == "cell":
            yield _table(blocks, cell, width, ruled=ruled)
            continue
        for block in blocks:
            words = _markup(block)
            if block.kind == "heading":
                size = {1: 20, 2: 16, 3: 13}.get(block.level, 11.5)
                style = ParagraphStyle(
                    f"h{block.level}", fontName="Helvetica-Bold", fontSize=size, leading=size * 1.2, spaceBefore=8,
                    spaceAfter=6,
                )  # fmt: skip
                yield Paragraph(words, style)
            elif block.kind == "item":
                left = 18 * block.level
                style = ParagraphStyle("item", parent=body, leftIndent=left, bulletIndent=left - 14)
                yield Paragraph(words, style, bulletText=_marker(block))
            else:
                mark = "<super size=6>1</super>" if note and len(words) > 200 else ""
                note = note and not mark
                yield Paragraph(words + mark, body)


def _marker(block: Block) -> str:
    return block.marker if any(character.isalnum() for character in block.marker) else "•"


def _table(blocks: Sequence[Block], style: ParagraphStyle, width: float, *, ruled: bool) -> Flowable:
    columns = max(block.column for block in blocks) + 1
    rows = max(block.row for block in blocks) + 1
    grid: list[list[Flowable | str]] = [[""] * columns for _ in range(rows)]
    for block in blocks:
        words = _markup(block)
        grid[block.row][block.column] = Paragraph(f"<b>{words}</b>" if block.header else words, style)
    looks = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    return Table(
        grid, colWidths=[width / columns] * columns, repeatRows=1, style=TableStyle([*looks, *lines])
    )


def to_markdown(document: Document) -> str:
    """Return Markdown with the document's headings, paragraphs and list items."""
    lines: list[str] = []
    for block in document.blocks:
        words = block.passage.text
        if block.kind == "heading":
            lines.append(f"{'#' * block.level} {words}")
        elif block.kind == "item":
            lines.append(f"{'    ' * (block.level - 1)}{block.marker} {words}")
        else:
            lines.append(f"**{words}**" if block.emphasised else words)
    return "\n\n".join(lines) + "\n"
