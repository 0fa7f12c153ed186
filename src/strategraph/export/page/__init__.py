"""The page: one file with a graph, the text it was read from, and what leads from the one to the other.

It needs no server and no network, and runs no script but its own.

Puts a page together: the frame, the style, the scripts and what they show, in one file.

The Content-Security-Policy in its head names the style and the script by their checksums and lets nothing
else in: no other script, no address, no form. What is shown stands in a block of data, in which no markup can
begin or end.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from strategraph.export.page.content import content, title

__all__ = ["assemble", "content", "policy", "title"]


_FOLDER = Path(__file__).parent / "static"
# In the order in which they need each other.
SCRIPTS = (
    "dom.js", "data.js", "state.js", "text.js", "printed.js", "outline.js", "card.js", "picture.js",
    "tables.js", "review.js", "search.js", "app.js",
)  # fmt: skip
_MARKUP = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029\x7f"})
_FIELD = re.compile(r"\{\{([A-Z]+)\}\}")


def assemble(content: Mapping[str, Any], title: str) -> bytes:
    """Return the page that shows some content, as UTF-8."""
    style, script = _part("page.css"), _script()
    fields = {
        "POLICY": (
            f"default-src 'none'; script-src '{_checksum(script)}'; style-src '{_checksum(style)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        "TITLE": escape(title),
        "STYLE": style,
        "SCRIPT": script,
        "DATA": json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_MARKUP),
    }
    page = _FIELD.sub(lambda found: fields[found[1]], _part("page.html"))
    return page.encode("utf-8", "replace")


def policy(page: bytes) -> str:
    """Return the Content-Security-Policy that a page has in its head.

    >>> policy(b'<meta http-equiv="Content-Security-Policy" content="default-src">')
    'default-src'
    """
    found = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return found[1].decode() if found else ""


@cache
def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_part(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def _checksum(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
