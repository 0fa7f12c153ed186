"""What an engine finds: one result of the shapes, in rdflib's terms."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.paths import Path
from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of an engine; ``shape`` and ``component`` say which constraint failed."""

    shape: Node
    component: URIRef
    focus: Node
    path: URIRef | Path | None
    value: Node | None
    message: str
