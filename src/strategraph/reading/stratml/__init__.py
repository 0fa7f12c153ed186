"""StratML (ISO 17469-1, Parts 1 to 3), the standard of strategic plans, as people publish it.

bytes → XML ─tree→ nodes by their names ─stating→ the source's text with what it states of the plan

Published files seldom validate: elements stand in any order and namespace, under near names, or hold text
where others should stand. All of it is read, and what was mended or is empty is told. Of XML there is no
document type, no entity of its own, nothing from elsewhere; what is broken is one line with line and column;
with ``--recover`` the rest is read and what was lost is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html.entities import html5
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.decoding import decode, local_name, root_name, xml_parser
from strategraph.reading.request import Request
from strategraph.reading.stratml.stating import state
from strategraph.reading.stratml.tree import names, tree_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# In CDATA and in comments an ampersand is a letter.
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(?:#\d+;|#x[0-9A-Fa-f]+;|([A-Za-z_][\w.-]*);)?", re.DOTALL
)
_OWN = {"amp": "&#38;", "lt": "&#60;", "gt": "&#62;", "quot": "&#34;", "apos": "&#39;"}
_PLAIN = {
    "xmlParseEntityRef: no name": "a bare “&”, which XML writes &amp;",
    "EntityRef: expecting ';'": "a bare “&”, which XML writes &amp;",
}
_TOLD = 5  # places of which a message names the line


def is_stratml(data: bytes) -> bool:
    """Whether the first element of some bytes has the name of a root of StratML, in any namespace."""
    return (root_name(data) or "") in names().roots


def parse(data: bytes, request: Request) -> Content:
    """Return the text of a StratML file with its blocks, and what it states of the plan.

    With ``request.recover`` what can be read of a broken file is read, and what was lost is told. Raises
    :class:`UnusableInputError` with line and column if it is broken, has a document type, or is no StratML.
    """
    root, lost = _parsed(data, request)
    if local_name(root) not in names().roots:
        raise UnusableInputError(f"{request.name}: is no StratML: its root is <{local_name(root)}>")
    tree, mended = tree_of(root)
    return state(tree, (*lost, *mended))


def _parsed(data: bytes, request: Request) -> tuple[Element, tuple[str, ...]]:
    """Return the root element, and what was mended or lost, each in a few words.

    Entities are not expanded and nothing is loaded from elsewhere; the depth is bounded by the parser, the
    length by ``request.limits.characters``. Raises :class:`UnusableInputError` for what is broken or has a
    document type, unless ``request.recover``.
    """
    name, text = request.name, decode(data, name=request.name, encoding=request.encoding)
    request.refuse_long(text)
    told: list[str] = []
    position = _doctype_start(text)
    if position is not None:
        if not request.recover:
            raise UnusableInputError(
                f"{name}: {_place(text, position)}: has a document type, which no StratML needs and which "
                "is not read for safety; --recover reads the rest"
            )
        end = _doctype_end(text, position)
        lines = "\n" * text.count("\n", position, end)  # so that places below stay what they are
        told.append(f"{_place(text, position)}: the document type was left out")
        text = f"{text[:position]}{lines}{text[end:]}"
    if request.recover:
        text, mended = _mended(text)
        told += mended
    root, errors = _parse(text, name, recover=request.recover)
    return root, (*told, *errors)


def _parse(text: str, name: str, *, recover: bool) -> tuple[Element, list[str]]:
    from lxml import etree

    parser = xml_parser(encoding="utf-8", recover=recover)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 1))
        if _reason(error) in _PLAIN.values():  # the parser is past it
            column = text.split("\n")[line - 1].rfind("&", 0, column) + 1
        raise UnusableInputError(
            f"{name}: line {line}, column {column}: is no well-formed XML: {_reason(error)}; --recover reads "
            "what can be read"
        ) from error
    if root is None:
        raise UnusableInputError(f"{name}: line 1, column 1: nothing of it can be read as XML")
    errors = [f"line {e.line}, column {e.column}: lost: {_plain(e.message)}" for e in parser.error_log]
    return root, [*errors[:_TOLD], *([f"{len(errors) - _TOLD} more faults"] if len(errors) > _TOLD else [])]


def _reason(error: Exception) -> str:
    """Return what the parser says, without the place that it adds."""
    message = " ".join(str(getattr(error, "msg", error)).split())
    return _plain(re.sub(r", line \d+, column \d+$", "", message))


def _plain(message: str) -> str:
    message = " ".join(message.split())
    return _PLAIN.get(message, message)


def _mended(text: str) -> tuple[str, list[str]]:
    """Return the text with bare ampersands and the entities of HTML written as XML has them, and where."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    bare: list[str] = []
    named: list[str] = []

    def mend(match: re.Match[str]) -> str:
        reference = match.group()
        if reference == "&":
            bare.append(_at(starts, match.start()))
            return "&#38;"
        if match[1] and match[1] not in _OWN and (characters := html5.get(f"{match[1]};")):
            named.append(_at(starts, match.start()))
            return "".join(f"&#{ord(character)};" for character in characters)
        # after a fault, the parser leaves out all references but those to numbers
        return _OWN.get(match[1] or "", reference)

    text = _REFERENCE.sub(mend, text)
    mended = (("bare “&”", bare), ("entities of HTML", named))
    return text, [f"{what} mended: {_listed(places)}" for what, places in mended if places]


def _listed(places: list[str]) -> str:
    more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
    return "; ".join(places[:_TOLD]) + more


def _doctype_start(text: str) -> int | None:
    """Return where a document type begins, before the first element; None if there is none."""
    blank = re.sub(r"<!--.*?-->|<\?.*?\?>", lambda match: " " * len(match.group()), text, flags=re.DOTALL)
    match = re.search(r"<!DOCTYPE|<[A-Za-z_]", blank)
    return match.start() if match and match.group().startswith("<!") else None


def _doctype_end(text: str, position: int) -> int:
    """Return where the document type ends that begins at ``position``."""
    depth = 0
    for match in re.finditer(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]<>]", text[position:], re.DOTALL):
        mark = match.group()
        depth += (mark in "<[") - (mark in ">]") if len(mark) == 1 else 0
        if depth <= 0:
            return position + match.end()
    return len(text)


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line}, column {position - text.rfind(chr(10), 0, position)}"


def _at(starts: list[int], position: int) -> str:
    line = bisect_right(starts, position)
    return f"line {line}, column {position - starts[line - 1] + 1}"
