"""Reports as HTML: one file without script, to be read, printed and attached."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from strategraph.export.appearance import one_line
from strategraph.export.report.contents import Cell, Handout, ReportTable


def write(handout: Handout) -> bytes:
    """Return the report as a page whose policy lets in nothing but its own style."""
    style = Path(__file__).with_name("web.css").read_text(encoding="utf-8")
    checksum = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{checksum}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(handout.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )
    body = "".join(_chapters(handout))
    foot = f"</main>\n<footer>{_text(handout.foot)}</footer>\n</body>\n</html>\n"
    return (head + body + foot).encode("utf-8", "replace")


def _chapters(handout: Handout) -> Iterator[str]:
    for number, chapter in enumerate(handout.chapters):
        title = f'<bdi lang="{_text(chapter.language)}">{_text(chapter.title)}</bdi>'
        yield f"<article>\n<h1>{title}</h1>\n"
        for place, section in enumerate(chapter.sections):
            name = f"s{number}-{place}"
            yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{_text(section.title)}</h2>\n'
            for paragraph in section.paragraphs:
                yield f'<p dir="auto">{_text(paragraph)}</p>\n'
            if section.table is not None:
                yield from _table(section.table, name)
            yield "</section>\n"
        yield "</article>\n"


def _table(table: ReportTable, name: str) -> Iterator[str]:
    heads = "".join(f'<th scope="col"><bdi>{_text(head)}</bdi></th>' for head in table.heads)
    yield f'<div class="table" role="region" aria-labelledby="{name}" tabindex="0"><table>\n'
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>\n"
    yield "</tbody>\n</table></div>\n"


def _cell(cell: Cell) -> str:
    return (
        f'<td dir="auto">{_text(str(cell))}</td>'
        if isinstance(cell, str)
        else f'<td class="number">{cell}</td>'
    )


def _text(text: str) -> str:
    return escape(one_line(text))
