"""Two editions of a plan or a resolution, or one resolution in two languages: what changed, in whose words.

graph ─edition→ parts and what they name ─match→ pairs ─compare→ changes ─write→ text, HTML, JSON, RDF
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from strategraph.export.editions.comparison import Comparison, compare
from strategraph.export.editions.edition import Edition, edition

__all__ = ["FORMATS", "Comparison", "Edition", "compare", "edition", "pages", "write"]


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text:write",
        "html": "forms:write_page",
        "json": "forms:write_json",
        "turtle": "forms:write_turtle",
        "svg": "picture:write",
        "png": "picture:write_png",
    }
)
"""The module and function that write each form, by its name."""


def write(comparison: Comparison, name: str) -> bytes:
    """Return a comparison in a form of :data:`FORMATS`; the same comparison gives the same bytes."""
    module, function = FORMATS[name].split(":")
    content = getattr(import_module(f"strategraph.export.editions.{module}"), function)(comparison)
    assert isinstance(content, bytes)
    return content


def pages(comparison: Comparison, name: str) -> list[bytes]:
    """Return the same as files that go on in each other: pictures that would be too high to be read do."""
    if FORMATS[name].startswith("picture"):
        from strategraph.export.editions.picture import drawn

        return drawn(comparison, name)
    return [write(comparison, name)]
