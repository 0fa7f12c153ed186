"""The outline: which passages of a document state which elements of the plan, and what encloses what."""

from __future__ import annotations

from strategraph.model import Document, Section
from strategraph.outline.drafts import drafts
from strategraph.outline.hierarchy import parents
from strategraph.outline.prose import prose_drafts
from strategraph.outline.repetitions import sections
from strategraph.outline.tables import table_drafts
from strategraph.outline.units import units

__all__ = ["outline"]


def outline(document: Document) -> tuple[Section, ...]:
    """Return the elements that a document states, in reading order, parents before children.

    Nothing is invented: a document that states no elements has none. Each section's supports are spans
    of the source, one for each place that prints the element, the fullest first.
    """
    parts = units(document)
    found = [*drafts(parts, document.language), *table_drafts(parts, document.language)]
    stated = {draft.kind for draft in found}
    found = sorted(
        [*found, *prose_drafts(parts, stated, document.language)], key=lambda draft: (draft.unit, draft.span)
    )
    return sections(found, parents(found, parts))
