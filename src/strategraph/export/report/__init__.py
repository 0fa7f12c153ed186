"""Reports to hand on: what a graph says of its plans, with the words, as HTML, DOCX, XLSX or Markdown.

HTML is one file without script, to be read, printed and attached; Markdown is CommonMark with GitHub's
tables. The module that writes office formats is imported only when one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from strategraph.errors import UnusableInputError
from strategraph.export.appearance import one_line, web_page, web_text
from strategraph.export.report.contents import Cell, Chapter, Handout, ReportSection, ReportTable, compose

__all__ = ["FORMATS", "Chapter", "Handout", "ReportSection", "ReportTable", "compose", "write"]


FORMATS = ("html", "docx", "xlsx", "md")
"""The formats, by the suffix of their files."""


def write(handout: Handout, name: str) -> bytes:
    """Return a report in a format: the same bytes on every run.

    Raises :class:`UnusableInputError` if the package that writes the format is missing.
    """
    if name == "html":
        return _html(handout)
    if name == "md":
        return _markdown(handout)
    try:
        from strategraph.export.report import office
    except ModuleNotFoundError as error:
        raise UnusableInputError(
            f"a report in {name} needs one more package: pip install 'strategraph[report]'"
        ) from error
    return office.write_docx(handout) if name == "docx" else office.write_xlsx(handout)


# What would be markup: everywhere, and at the start of a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#])")


def _html(handout: Handout) -> bytes:
    """Return the report as a page whose policy lets in nothing but its own style."""
    style = Path(__file__).with_name("web.css").read_text(encoding="utf-8")
    foot = f"<footer>{web_text(handout.foot)}</footer>\n"
    return web_page(handout.title, style, "".join(_chapters(handout)), foot)


def _chapters(handout: Handout) -> Iterator[str]:
    for number, chapter in enumerate(handout.chapters):
        title = f'<bdi lang="{web_text(chapter.language)}">{web_text(chapter.title)}</bdi>'
        yield f"<article>\n<h1>{title}</h1>\n"
        for place, section in enumerate(chapter.sections):
            name = f"s{number}-{place}"
            yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{web_text(section.title)}</h2>\n'
            for paragraph in section.paragraphs:
                yield f'<p dir="auto">{web_text(paragraph)}</p>\n'
            if section.table is not None:
                yield from _table(section.table, name)
            yield "</section>\n"
        yield "</article>\n"


def _table(table: ReportTable, name: str) -> Iterator[str]:
    heads = "".join(f'<th scope="col"><bdi>{web_text(head)}</bdi></th>' for head in table.heads)
    yield f'<div class="table" role="region" aria-labelledby="{name}" tabindex="0"><table>\n'
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>\n"
    yield "</tbody>\n</table></div>\n"


def _cell(cell: Cell) -> str:
    return (
        f'<td dir="auto">{web_text(str(cell))}</td>'
        if isinstance(cell, str)
        else f'<td class="number">{cell}</td>'
    )


def _markdown(handout: Handout) -> bytes:
    """Return the report as Markdown, in which no text of a plan can be markup."""
    return ("\n".join(_lines(handout)).rstrip() + "\n").encode("utf-8", "replace")


def _lines(handout: Handout) -> Iterator[str]:
    for chapter in handout.chapters:
        yield f"# {_plain(chapter.title)}\n"
        for section in chapter.sections:
            yield f"## {_plain(section.title)}\n"
            for paragraph in section.paragraphs:
                yield f"{_plain(paragraph)}\n"
            if section.table is not None:
                yield from _marked_table(section.table)
    yield f"---\n\n{_plain(handout.foot)}"


def _marked_table(table: ReportTable) -> Iterator[str]:
    yield _row(table.heads)
    yield "|" + " --- |" * len(table.heads)
    yield from map(_row, table.rows)
    yield ""


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_plain(str(cell)) for cell in cells) + " |"


def _plain(text: str) -> str:
    r"""Return a text as Markdown that says it.

    >>> print(_plain("1. <b> a|b"))
    1\. \<b\> a\|b
    """
    escaped = _MARKUP.sub(r"\\\1", " ".join(one_line(text).split()))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))
