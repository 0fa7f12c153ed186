"""Reports to hand on: what a graph says of its plans, with the words, as HTML, DOCX, XLSX or Markdown."""

from strategraph.export.report.contents import Chapter, Handout, ReportSection, ReportTable, compose
from strategraph.export.report.formats import FORMATS, write

__all__ = ["FORMATS", "Chapter", "Handout", "ReportSection", "ReportTable", "compose", "write"]
