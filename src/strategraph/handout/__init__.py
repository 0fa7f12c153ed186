"""Reports to hand on: what a graph says of its plans, with the words, as HTML, DOCX, XLSX or Markdown."""

from strategraph.handout.contents import Chapter, Handout, Section, Table, compose
from strategraph.handout.formats import FORMATS, write

__all__ = ["FORMATS", "Chapter", "Handout", "Section", "Table", "compose", "write"]
