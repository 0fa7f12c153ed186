"""Akoma Ntoso 3.0, in which the United Nations and ITU publish resolutions: paragraphs and numbers.

Preface, preamble and body are read, of a collection those of each of its documents; metadata, notes and
attachments' references are left out. A paragraph keeps the ``eId`` of the element that holds it. Elements
are known by their local names: versions of the schema differ in their namespace. The source's text is made
here, as for office documents.

Source of the names: OASIS, Akoma Ntoso Version 1.0 Part 2: Specifications (the schema 3.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.model import Block
from strategraph.reading.content import NOTHING, Composed, Content, compose
from strategraph.reading.request import Request
from strategraph.reading.safe_xml import xml_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT = "akomaNtoso"
_LEFT_OUT = frozenset(
    (
        "meta",
        "authorialNote",
        "note",
        "componentRef",
        "documentRef",
        "remark",
        "toc",
        "coverPage",
        "conclusions",
    )
)
_TEXT = frozenset(("p", "heading", "subheading", "crossHeading", "blockContainer", "docTitle"))
_HEADINGS = frozenset(("heading", "crossHeading"))
_TITLES = frozenset(("longTitle", "docTitle"))
_HOLDS_NUMBER = frozenset(("num",))
_MOST_DEEP = 200


def is_akoma_ntoso(data: bytes) -> bool:
    """Whether the beginning of some bytes has the root element of Akoma Ntoso."""
    start = data[:4096].replace(b"\x00", b"")  # UTF-16 has a NUL beside each letter
    return b"<akomaNtoso" in start or b":akomaNtoso" in start


def parse(data: bytes, request: Request) -> Content:
    """Return the text of an Akoma Ntoso document with its blocks, and the number and language it names.

    Raises :class:`UnusableInputError` if it is no XML, has another root, or nests too deep.
    """
    root = _parsed(data, request.name)
    if _name(root) != _ROOT:
        raise UnusableInputError(
            f"{request.name}: is no Akoma Ntoso: its root is {_name(root) or 'nameless'}"
        )
    text, blocks = compose(_drafts(root, request.name))
    return Content(text, blocks, tuple(_metadata(root)))


def _parsed(data: bytes, name: str) -> Element:
    """Return the root; entities are not expanded, nothing is loaded from elsewhere, sizes are bounded."""
    from lxml import etree

    try:
        return etree.fromstring(data, xml_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(getattr(error, "msg", error)).split())
        raise UnusableInputError(f"{name}: is damaged: it is no XML ({reason})") from error


def _drafts(root: Element, name: str) -> Iterator[Composed]:
    """Yield the blocks in the order of the document; deep nesting is refused, not followed."""
    waiting: list[tuple[Element, str, int]] = [(root, "", 0)]
    marker = ""
    while waiting:
        node, anchor, depth = waiting.pop()
        if depth > _MOST_DEEP:
            raise UnusableInputError(f"{name}: nests deeper than {_MOST_DEEP} elements, as no document does")
        kind = _name(node)
        if kind in _LEFT_OUT or not kind:
            continue
        anchor = node.get("eId") or anchor
        if kind in _HOLDS_NUMBER:
            marker = _words(node)
        elif kind in _TEXT:
            yield Composed(_block(node, kind, marker, anchor), _words(node))
            marker = ""
        else:
            waiting.extend((child, anchor, depth + 1) for child in reversed(node))


def _block(node: Element, kind: str, marker: str, anchor: str) -> Block:
    parent = node.getparent()
    if kind in _TITLES or (parent is not None and _name(parent) in _TITLES):
        return Block("heading", NOTHING, level=1, anchor=anchor)
    if kind in _HEADINGS:
        return Block("heading", NOTHING, level=2, anchor=anchor)
    if marker:
        return Block("item", NOTHING, level=1, marker=marker, anchor=anchor)
    return Block("paragraph", NOTHING, anchor=anchor)


def _words(node: Element) -> str:
    """Return the words of an element, but for those of the notes in it."""
    parts = [node.text or ""]
    for child in node:
        if _name(child) not in _LEFT_OUT and _name(child):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _name(node: Element) -> str:
    """Return the local name of an element; none for what is no element, as an unexpanded entity."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _metadata(root: Element) -> Iterator[tuple[str, str]]:
    for node in root.iter():
        if _name(node) == "FRBRlanguage" and (language := (node.get("language") or "").strip()):
            yield "language", _LANGUAGES.get(language.casefold(), language)
            return


_LANGUAGES = {
    "ara": "ar", "chi": "zh", "zho": "zh", "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "ita": "it", "por": "pt", "rus": "ru", "spa": "es",
}  # fmt: skip
"""ISO 639-2 codes, as Akoma Ntoso has them, in the form of language tags."""
