"""The forms in which a comparison is given: one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from strategraph.export.editions.comparison import Comparison

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text:write",
        "html": "web:write",
        "json": "data:write",
        "turtle": "triples:write",
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
