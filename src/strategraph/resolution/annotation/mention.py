"""A mention and its fields, the same in Python and in what ``strategraph annotate`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

COMMON = ("record", "start", "end", "text", "kind", "iri", "label", "confidence")
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "group": ("role",),
        "theme": (),
        "sdg": ("goal", "target", "via"),
        "instrument": ("type", "number", "body", "year", "symbol", "relation"),
        "document": ("symbol",),
        "organization": (),
        "acronym": ("long",),
        "provision": ("part", "verb", "addressee", "force", "due"),
    }
)
"""The kinds of mention, in the order in which those of the same words come, and the fields of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a text that mention something.

    ``start`` and ``end`` count code points of the text, ``record`` texts from 0. ``iri`` is None where
    what is meant is not certain. ``role`` of a group is "addressed", "involved" or "mentioned"; ``goal``
    the number of an SDG, ``target`` of its target ("6.1"), ``via`` the IRI of the theme or group that
    leads to it, None where the text itself says so; ``type`` the class of an instrument, ``body`` the IRI
    of who issued it; ``part`` of a provision is "preambular" or "operative", ``verb`` that with which it
    opens.
    """

    record: int
    start: int
    end: int
    text: str
    kind: str
    iri: str | None
    label: str
    confidence: float
    role: str | None = None
    goal: int | None = None
    target: str | None = None
    via: str | None = None
    type: str | None = None
    number: str | None = None
    body: str | None = None
    year: int | None = None
    symbol: str | None = None
    relation: str | None = None
    long: str | None = None
    part: str | None = None
    verb: str | None = None
    addressee: str | None = None
    force: str | None = None
    due: str | None = None

    def fields(self) -> dict[str, object]:
        """Return the fields of its kind, by name and in order."""
        return {name: getattr(self, name) for name in (*COMMON, *FIELDS[self.kind])}
