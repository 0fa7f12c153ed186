"""Triples between nodes, each with all the words behind it."""

from __future__ import annotations

from strategraph.model import Link, Span, Support


class Links:
    """Collects triples; the supports of one triple come together, each place once."""

    def __init__(self) -> None:
        self._supports: dict[tuple[str, str, str], dict[Span, Support]] = {}

    def add(self, subject: str, predicate: str, object_: str, *supports: Support) -> None:
        """Add a triple, and the words behind it."""
        known = self._supports.setdefault((subject, predicate, object_), {})
        for support in supports:
            known.setdefault(support.span, support)

    def all(self) -> tuple[Link, ...]:
        """Return all triples in the order in which they were first added."""
        return tuple(Link(*triple, tuple(supports.values())) for triple, supports in self._supports.items())
