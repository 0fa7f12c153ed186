"""What an HTML page says of itself around its content: in its head, its header and its footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from strategraph.knowledge.writing import any_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

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
