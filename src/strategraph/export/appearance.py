"""How a graph looks wherever it is shown: texts on one line, the colour of each class, pages without script.

The table of colours is ``palette.toml``, beside this module.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from rdflib.term import Node

LABEL_LENGTH = 80

_SPACES = re.compile(r"\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_NOT_IN_XML = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u2060\ufffe\uffff]")


def one_line(text: str) -> str:
    """Return the text without control characters: a space for a tab or line end, nothing for the others.

    What XML cannot hold goes as well; all else stays as it is.

    >>> one_line("a\\n\\x07b")
    'a b'
    """
    # Most texts have nothing of that, and looking for it so is quicker.
    return text if text.isprintable() else _NOT_IN_XML.sub("", _SPACES.sub(" ", text))


def visible(text: str) -> str:
    """Return a text with every control character, and what XML cannot hold, as an escape of N-Triples.

    So is the word joiner, which marks words for Gephi elsewhere.

    >>> print(visible("bell\\x07"))
    bell\\u0007
    """
    return _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04X}", text)


def local_name(iri: Node) -> str:
    """Return the last part of an IRI, or all of it if that is empty.

    >>> from rdflib import URIRef
    >>> local_name(URIRef("https://example.org/ns#Goal"))
    'Goal'
    """
    return re.split(r"[/#]", str(iri))[-1] or str(iri)


@cache
def colors() -> Mapping[str, str]:
    """Return the colour (#rrggbb) of each class, by the class's local name.

    >>> colors()["TargetGroup"]
    '#e69f00'
    """
    table = tomllib.loads(Path(__file__).with_name("palette.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: color for family in table.values() for name, color in family.items()})


def web_text(text: str) -> str:
    """Return a text as HTML that says it, on one line.

    >>> web_text("a\\n<b>")
    'a &lt;b&gt;'
    """
    return escape(one_line(text))


def web_page(title: str, style: str, main: str, foot: str = "") -> bytes:
    """Return a page without script, to be read, printed and attached, as UTF-8.

    ``main`` and ``foot`` are HTML. The page's policy lets in nothing but its own style.
    """
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src '{checksum(style)}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{web_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"{main}</main>\n{foot}</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def checksum(text: str) -> str:
    """Return what a policy calls a style or a script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
