"""Which language the words at a place of a document are in."""

from __future__ import annotations

from strategraph.model import Document, Passage, Span
from strategraph.model.span_index import SpanIndex


class Spoken:
    """The languages of a document's words, by where they stand: the document's, but for blocks in another."""

    def __init__(self, document: Document) -> None:
        self._language = document.language
        self._others = SpanIndex((block.span, block.language) for block in document.blocks if block.language)

    @property
    def usual(self) -> str:
        """Return the language of the document."""
        return self._language

    def at(self, span: Span) -> str:
        """Return the language (BCP 47, or "und") of the words where ``span`` begins."""
        found = self._others.containing(Span(span.start, span.start + 1))
        return found[0] if found else self._language

    def of(self, passage: Passage) -> str:
        """Return the language of a passage that is not empty."""
        return self.at(passage.span(0, 1))
