"""Reports to hand on: what a graph says of its plans, with the words, as HTML, DOCX, XLSX or Markdown.

The formats of reports, and which module writes each: imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from strategraph.errors import UnusableInputError
from strategraph.export.report.contents import Chapter, Handout, ReportSection, ReportTable, compose

__all__ = ["FORMATS", "Chapter", "Handout", "ReportSection", "ReportTable", "compose", "write"]


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "marked_up:write_html",
        "docx": "office:write_docx",
        "xlsx": "office:write_xlsx",
        "md": "marked_up:write_markdown",
    }
)
"""The module and function that write each format, by the suffix of its files."""


def write(handout: Handout, name: str) -> bytes:
    """Return a report in a format: the same bytes on every run.

    Raises :class:`UnusableInputError` if the package that writes the format is missing.
    """
    module, function = FORMATS[name].split(":")
    try:
        writer = getattr(import_module(f"{__name__}.{module}"), function)
    except ModuleNotFoundError as error:
        raise UnusableInputError(
            f"a report in {name} needs one more package: pip install 'strategraph[report]'"
        ) from error
    content = writer(handout)
    assert isinstance(content, bytes)
    return content
