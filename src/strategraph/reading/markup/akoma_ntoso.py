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
from strategraph.reading.content import Composed, Content, compose
from strategraph.reading.decoding import local_name, xml_root
from strategraph.reading.request import Request

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT = "akomaNtoso"
_LEFT_OUT = frozenset(
    (
        "meta", "authorialNote", "note", "componentRef", "documentRef", "remark", "toc", "coverPage",
        "conclusions",
    )
)  # fmt: skip
_TEXT = frozenset(("p", "heading", "subheading", "crossHeading", "blockContainer", "docTitle"))
_HEADINGS = frozenset(("heading", "crossHeading"))
_TITLES = frozenset(("longTitle", "docTitle"))
_MOST_DEEP = 200


def parse(data: bytes, request: Request) -> Content:
    """Return the text of an Akoma Ntoso document with its blocks, and the number and language it names.

    Raises :class:`UnusableInputError` if it is no XML, has another root, or nests too deep.
    """
    root = xml_root(data, f"{request.name}: is damaged: it")
    if local_name(root) != _ROOT:
        raise UnusableInputError(
            f"{request.name}: is no Akoma Ntoso: its root is {local_name(root) or 'nameless'}"
        )
    text, blocks = compose(_drafts(root, request.name))
    return Content(text, blocks, tuple(_metadata(root)))


def _drafts(root: Element, name: str) -> Iterator[Composed]:
    """Yield the blocks in the order of the document; deep nesting is refused, not followed."""
    waiting: list[tuple[Element, str, int]] = [(root, "", 0)]
    marker = ""
    while waiting:
        node, anchor, depth = waiting.pop()
        if depth > _MOST_DEEP:
            raise UnusableInputError(f"{name}: nests deeper than {_MOST_DEEP} elements, as no document does")
        kind = local_name(node)
        if kind in _LEFT_OUT or not kind:
            continue
        anchor = node.get("eId") or anchor
        if kind == "num":
            marker = _words(node)
        elif kind in _TEXT:
            yield Composed(_block(node, kind, marker, anchor), _words(node))
            marker = ""
        else:
            waiting.extend((child, anchor, depth + 1) for child in reversed(node))


def _block(node: Element, kind: str, marker: str, anchor: str) -> Block:
    parent = node.getparent()
    if kind in _TITLES or (parent is not None and local_name(parent) in _TITLES):
        return Block("heading", level=1, anchor=anchor)
    if kind in _HEADINGS:
        return Block("heading", level=2, anchor=anchor)
    if marker:
        return Block("item", level=1, marker=marker, anchor=anchor)
    return Block(anchor=anchor)


def _words(node: Element) -> str:
    """Return the words of an element, but for those of the notes in it."""
    parts = [node.text or ""]
    for child in node:
        if local_name(child) not in _LEFT_OUT and local_name(child):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _metadata(root: Element) -> Iterator[tuple[str, str]]:
    for node in root.iter():
        if local_name(node) == "FRBRlanguage" and (language := (node.get("language") or "").strip()):
            yield "language", _LANGUAGES.get(language.casefold(), language)
            return


_LANGUAGES = {
    "ara": "ar", "chi": "zh", "zho": "zh", "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "ita": "it", "por": "pt", "rus": "ru", "spa": "es",
}  # fmt: skip
"""ISO 639-2 codes, as Akoma Ntoso has them, in the form of language tags."""
