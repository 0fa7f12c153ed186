"""XML that anyone may have written: parsed without expanding, loading or following anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import XMLParser


def xml_parser(*, encoding: str | None = None, recover: bool = False) -> XMLParser:
    """Return a parser that expands no entities, loads nothing from elsewhere, and bounds depth and sizes.

    ``encoding`` is told where the bytes need not be asked; with ``recover``, what is broken is passed over.
    """
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
