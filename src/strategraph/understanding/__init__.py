"""Understanding: which passages of a document state which elements of the plan, and what encloses what.

Document ─units→ Units ─view→ View ─model→ probabilities
         ─choose→ Choices ─drafts→ Drafts ─parents, sections→ Sections
"""

from __future__ import annotations

from strategraph.model import Document, Section
from strategraph.understanding.model import Model, shipped
from strategraph.understanding.weighing import Reason, Weighed, Weighing, weighing

__all__ = ["Reason", "Weighed", "Weighing", "understand", "weigh"]


def understand(document: Document, model: Model | None = None) -> tuple[Section, ...]:
    """Return the elements that a document states, in reading order, parents before children.

    Nothing is invented: a document that states no elements has none. Each section's supports are spans
    of the source, one for each place that prints the element, the fullest first.
    """
    return weigh(document, model).sections


def weigh(document: Document, model: Model | None = None) -> Weighing:
    """Return the same decisions with what they were made by: probabilities, alternatives, reasons."""
    return weighing(document, model or shipped())
