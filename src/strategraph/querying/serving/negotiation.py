"""Chooses the format of an answer by what the client says it reads (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Media types for rows and for yes or no, and what ``querying`` calls the format; the first is the usual."""

TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "ntriples",
        "application/rdf+xml": "xml",
        "application/ld+json": "jsonld",
        "application/json": "jsonld",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Media types for triples, likewise."""

HTML = "text/html"

# A quoted string that does not end reaches to the end of the header: so each character is read once.
_SPLIT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+(?:"|\\?\Z))++', re.DOTALL)
_RANGE = re.compile(r"(?P<type>[\w!#$&^.+*-]+)/(?P<subtype>[\w!#$&^.+*-]+)", re.ASCII)
_QUALITY = re.compile(r"q\s*=\s*(?P<q>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MediaRange:
    """What a client reads, such as ``text/*``, and how gladly, from 0 (not at all) to 1."""

    type: str
    subtype: str
    quality: float

    def covers(self, media_type: str) -> bool:
        """Whether a media type is in the range."""
        kind, _, subtype = media_type.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def precision(self) -> int:
        """0 for any type, 1 for any subtype, 2 for one media type."""
        return (self.type != "*") + (self.subtype != "*")


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the ranges in an Accept header; no header at all means anything. What is none is passed over.

    Parameters other than ``q`` are not looked at: all that is sent is UTF-8, in the one version there is.

    >>> parse_accept("text/csv;q=0.5")
    (MediaRange(type='text', subtype='csv', quality=0.5),)
    """
    if not header.strip():
        return (MediaRange("*", "*", 1.0),)
    ranges = []
    for part in _SPLIT.findall(header):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        found = _RANGE.fullmatch(name)
        if found is None or (found["type"] == "*" and found["subtype"] != "*"):
            continue
        qualities = [match for match in map(_QUALITY.fullmatch, parameters) if match]
        quality = float(qualities[0]["q"]) if qualities else 1.0
        ranges.append(MediaRange(found["type"].lower(), found["subtype"].lower(), quality))
    return tuple(ranges)


def best(accept: str, offers: Sequence[str]) -> str | None:
    """Return the media type that the client likes best of those on offer, or None if it reads none.

    Of equals, the one that was asked for by its own name, else the first on offer.

    >>> best("text/*;q=0.8, text/csv;q=0.9, application/xml;q=0.1", ["text/xml", "text/csv"])
    'text/csv'
    """
    ranges = parse_accept(accept)
    rated = []
    for position, offer in enumerate(offers):
        covering = [range_ for range_ in ranges if range_.covers(offer)]
        if covering:
            closest = max(covering, key=lambda range_: range_.precision)
            if closest.quality > 0:
                rated.append((closest.quality, closest.precision, -position, offer))
    return max(rated)[-1] if rated else None
