"""An HTML page as a tree: made in bounded time, and what it says of the page around its content.

HTML parsers look through the open elements and an element's attributes again and again, and open unclosed
letters in bold again in each paragraph: what nests ten thousand deep takes quadratic time, and such memory.
Browsers flatten what nests deeper than some hundred elements. So does this, before the page is parsed; and
what elements hold is found in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from strategraph.knowledge.writing import any_of

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


# What stands around the content and names the page, its site or its owner.
AROUND = ("title", "site", "header", "footer")
_NAMED = (
    ("meta[property='og:title'][content]", "title"),
    ("meta[property='og:site_name'][content], meta[name='application-name'][content]", "site"),
    (
        ".navbar-brand, .site-title, .site-name, #site-title, .logo img[alt], img.logo[alt], header img[alt]",
        "header",
    ),
    ("header h1, header h2, .page-title, .breadcrumb .active", "header"),
)
_LONGEST_NAME = 160  # characters
_RIGHTS = re.compile(rf"(?:©|\(c\)|{any_of('rights')})[^|•·\n]{{0,120}}", re.IGNORECASE)


def metadata_of(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """Return what the page says of itself, as pairs of a key, which may come again, and a value."""
    entries: dict[str, str] = {}
    title = tree.css_first("head title") or tree.css_first("h1")
    if title is not None:
        entries["title"] = " ".join(title.text().split())
    for node in tree.css("meta[name][content]"):
        name = (node.attributes.get("name") or "").lower().removeprefix("dcterms.").removeprefix("dc.")
        if name in ("author", "creator", "publisher", "description", "date"):
            entries.setdefault(name, " ".join((node.attributes.get("content") or "").split()))
    html = tree.css_first("html")
    if html is not None:
        entries["language"] = (html.attributes.get("lang") or "").strip()
    found = [(key, value) for key, value in entries.items() if value]
    return (*found, *dict.fromkeys(_around(tree)))


def _around(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield the names of the page, its site and its owner that stand around its content."""
    for selector, key in _NAMED:
        for node in tree.css(selector)[:2]:
            attributes = node.attributes
            value = " ".join((attributes.get("content") or attributes.get("alt") or node.text()).split())
            if value and len(value) <= _LONGEST_NAME:
                yield key, value
    for node in tree.css("footer, #footer, .footer, [role=contentinfo]")[:3]:
        words = " ".join(node.text(separator=" ").split())
        for match in _RIGHTS.finditer(words):
            yield "footer", match.group().strip()
