"""What a fetched source is called: a name that is safe as a file's, and whose suffix tells the format."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from strategraph.reading.fetching.address import Address
from strategraph.reading.formats import FORMATS

_LONGEST = 80  # characters, 240 bytes of UTF-8 at most for most scripts; outputs add their suffixes
_UNSAFE = re.compile(r"[^\w.-]+|\.{2,}")
_SUFFIXES = {suffix for format_ in FORMATS for suffix in format_.suffixes}
_SUFFIX_OF = {format_.media_type: format_.suffixes[0] for format_ in FORMATS} | {
    "application/xhtml+xml": ".html",
    "message/rfc822": ".mhtml",
    "application/x-mimearchive": ".mhtml",
}
# Said of any text, so that the suffix in the address tells more.
_VAGUE = frozenset({"text/plain"})


def stem(address: Address) -> str:
    """Return what outputs are called: the path's last part, or the host, without a suffix that we read.

    >>> stem(Address.parse("https://example.org/a/%2e%2e%2fplan%202030.pdf?x=1"))
    'plan-2030'
    >>> stem(Address.parse("https://example.org/"))
    'example.org'
    """
    last = _last_part(address)
    suffix = PurePosixPath(last).suffix
    name = last[: -len(suffix)] if suffix.lower() in _SUFFIXES else last
    return _safe(name) or _safe(address.host) or "index"


def file_name(named: Address, found: Address, media_type: str) -> str:
    """Return the source's name: the stem of the address that was named, and the suffix of the format.

    The server's media type tells the format; where it is vague, the suffix of the address does.
    """
    told = _SUFFIX_OF.get(media_type, "")
    if not told or media_type in _VAGUE:
        written = (PurePosixPath(_last_part(each)).suffix.lower() for each in (named, found))
        told = next((suffix for suffix in written if suffix in _SUFFIXES), told)
    return f"{stem(named)}{told}"


def _last_part(address: Address) -> str:
    parts = [part for part in unquote(address.path, errors="replace").split("/") if part.strip(". ")]
    return parts[-1] if parts else ""


def _safe(name: str) -> str:
    """Return a name of letters, digits, `-`, `_` and `.` only, which does not begin with a dot."""
    cleaned = _UNSAFE.sub("-", name.replace("\ufffd", " "))[:_LONGEST]
    while len(cleaned.encode()) > 2 * _LONGEST:
        cleaned = cleaned[:-1]
    return cleaned.strip(".-_")
