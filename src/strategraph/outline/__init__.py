"""The outline: which passages of a document state which elements of the plan, and what encloses what."""

from __future__ import annotations

from collections.abc import Sequence

from strategraph.model import Document, Section
from strategraph.outline.announced import announced_drafts, introduced_drafts
from strategraph.outline.drafts import Draft, labelled_draft
from strategraph.outline.hierarchy import parents
from strategraph.outline.prose import prose_drafts
from strategraph.outline.repetitions import sections
from strategraph.outline.tables import table_drafts
from strategraph.outline.units import Role, Unit, units

__all__ = ["outline"]


def outline(document: Document) -> tuple[Section, ...]:
    """Return the elements that a document states, in reading order, parents before children.

    Nothing is invented: a document that states no elements has none. Each section's supports are spans
    of the source, one for each place that prints the element, the fullest first.
    """
    parts = units(document)
    found = [*_drafts(parts, document.language), *table_drafts(parts, document.language)]
    stated = {draft.kind for draft in found}
    found = sorted(
        [*found, *prose_drafts(parts, stated, document.language)], key=lambda draft: (draft.unit, draft.span)
    )
    return sections(found, parents(found, parts))


def _drafts(units: Sequence[Unit], spoken: str) -> list[Draft]:
    """Return the drafts of all elements that units state, in reading order.

    ``spoken`` is the document's language; blocks in another are read by the rules of theirs.
    """
    found: list[Draft] = []
    claimed: set[int] = set()  # units that an announcement turned into elements
    for index, unit in enumerate(units):
        if index in claimed:
            continue
        language = unit.block.language or spoken
        if unit.role is Role.ELEMENT:
            labelled = labelled_draft(units, index, language)
            found.extend([labelled] if labelled is not None else [])
        elif unit.role is Role.ANNOUNCEMENT and unit.kind is not None:
            for draft in announced_drafts(units, index, unit.kind, language):
                claimed.add(draft.unit)
                found.append(draft)
        if unit.introduces is not None and unit.role is not Role.ANNOUNCEMENT:
            for draft in introduced_drafts(units, index, unit.introduces, language):
                if draft.unit not in claimed:
                    claimed.add(draft.unit)
                    found.append(draft)
    return sorted(found, key=lambda draft: (draft.unit, draft.span))
