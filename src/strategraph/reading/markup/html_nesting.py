"""Pages that would take a parser forever, read in bounded time.

HTML parsers look through the open elements and an element's attributes again and again, and open unclosed
letters in bold again in each paragraph: what nests ten thousand deep takes quadratic time, and such memory.
Browsers flatten what nests deeper than some hundred elements. So does this, before the page is parsed; and
what elements hold is found in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEEPEST = 600  # elements; browsers stop at 512
_DEEPEST_LETTERS = 30  # elements that only say how letters look
_LONGEST_TAG = 4_000  # characters: what is longer has drawings or data in its attributes
# A tag ends at the first > outside quotes, which count only behind =. Scripts and comments hold no tags.
_TAG = re.compile(
    r"""
    <!--(?:[^-]|-(?!->))*+
    | <(?P<raw>script|style|textarea|title)\b[^>]*+(?:[^<]|<(?!/(?P=raw)))*+
    | <(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:=\s*"[^"]*"|=\s*'[^']*'|[^>=]|=)*+)>?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
# Elements that hold nothing, and those that the next of their kind ends.
_UNCOUNTED = frozenset(
    (
        "a", "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input",
        "li", "link", "meta", "nobr", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead",
        "tr", "track", "wbr",
    )
)  # fmt: skip
# A slash at the end of a tag ends these no sooner in HTML, but does end all that drawings consist of.
_NOT_ENDED_BY_SLASH = _LETTERS | frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure",
        "footer", "form", "header", "main", "menu", "nav", "object", "ol", "pre", "section", "select", "span",
        "sub", "sup", "table", "template", "ul",
    )
)  # fmt: skip
_MARK = 12  # elements and texts in the mark of a footnote, at most


def flattened(page: str) -> str:
    """Return a page without the start tags that would nest too deep and the attributes of endless tags.

    Most pages are returned as they are.
    """
    open_ones: Counter[str] = Counter()
    depth = letters = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth, letters
        if tag["name"] is None:
            return tag[0]
        name = tag["name"].lower()
        whole = tag[0] if len(tag[0]) <= _LONGEST_TAG else f"<{tag['end']}{name}>"
        if name in _UNCOUNTED or (tag["attributes"].endswith("/") and name not in _NOT_ENDED_BY_SLASH):
            return whole
        if tag["end"]:
            if open_ones[name]:
                open_ones[name] -= 1
                depth -= 1
                letters -= name in _LETTERS
            return whole
        if depth >= _DEEPEST or (name in _LETTERS and letters >= _DEEPEST_LETTERS):
            return ""
        open_ones[name] += 1
        depth += 1
        letters += name in _LETTERS
        return whole

    return _TAG.sub(kept, page)


def holders(tree: LexborHTMLParser, selector: str) -> frozenset[int]:
    """Return the ids of all elements that have something selected within them."""
    found: set[int] = set()
    for node in tree.css(selector):
        parent = node.parent
        while parent is not None and parent.mem_id not in found:
            found.add(parent.mem_id)
            parent = parent.parent
    return frozenset(found)


def is_number(node: LexborNode) -> bool:
    """Whether an element holds a number and nothing else; what nests deeply is no number."""
    digits = ""
    for _, within in zip(range(_MARK), node.traverse(include_text=True), strict=False):
        if within.tag == "-text":
            digits += (within.text_content or "").strip()
            if not digits.isdigit() and digits:
                return False
    return bool(digits)
