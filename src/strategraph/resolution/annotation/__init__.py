"""Annotation: what any text, plan or not, mentions, with where it says so."""

from __future__ import annotations

from strategraph.resolution.annotation.mention import FIELDS, Mention
from strategraph.resolution.annotation.reading import annotate, annotate_lines

__all__ = ["FIELDS", "Mention", "annotate", "annotate_lines"]
