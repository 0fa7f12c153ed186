"""Reports as Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from strategraph.export.appearance import one_line
from strategraph.export.report.contents import Cell, Handout, ReportTable

# What would be markup: everywhere, and at the start of a line.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#])")


def write(handout: Handout) -> bytes:
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
                yield from _table(section.table)
    yield f"---\n\n{_plain(handout.foot)}"


def _table(table: ReportTable) -> Iterator[str]:
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
