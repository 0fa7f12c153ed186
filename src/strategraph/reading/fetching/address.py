"""The address of a web page or file, checked, and the safe name of what is fetched, which tells its form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from strategraph.errors import UnusableInputError
from strategraph.reading.formats import FORMATS

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9_.])?|[0-9a-f:.]*:[0-9a-f:.]*")
_LONGEST = 8_000  # characters; servers refuse longer ones
# What may stand as it is in the path and the query of a URI; all else is percent-encoded.
_IN_PATH = "/%:@!$&'()*+,;=~"
_IN_QUERY = _IN_PATH + "?"


def is_address(source: str) -> bool:
    """Whether a source is named by a URL, of whatever scheme, not by a file's name.

    >>> is_address("https://example.org/plan.pdf"), is_address("plan.pdf"), is_address("C:/plan.pdf")
    (True, False, False)
    """
    return _SCHEME.match(source) is not None


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https URL in its parts: ASCII only, without user, password and fragment."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """Return the address that a URL is; raise :class:`UnusableInputError` for what is none or unsafe.

        >>> str(Address.parse("HTTP://Example.org:80/a plan.pdf#page=3".replace(" ", "%20")))
        'http://example.org/a%20plan.pdf'
        """
        shown = _without_user(url)
        if not url.isprintable() or " " in url or len(url) > _LONGEST:
            raise UnusableInputError(
                f"{shown[:80]!r} is no URL: it has spaces or control characters, or is too long"
            )
        try:
            parts = urlsplit(url)
            host, port = _host(parts.hostname or ""), parts.port
        except ValueError as error:
            raise UnusableInputError(f"{shown}: is no URL ({error})") from error
        if parts.scheme not in _PORTS:
            raise UnusableInputError(f"{shown}: only http and https are fetched, not {parts.scheme!r}")
        if "@" in parts.netloc:
            raise UnusableInputError(
                f"{shown}: has a user name or password in it, which would end up in the graph; "
                "save the file and build from that"
            )
        if not host:
            raise UnusableInputError(f"{shown}: is no URL: it has no host")
        if port == 0:
            raise UnusableInputError(f"{shown}: is no URL (there is no port 0)")
        return cls(
            parts.scheme,
            host,
            port or _PORTS[parts.scheme],
            quote(parts.path, safe=_IN_PATH) or "/",
            quote(parts.query, safe=_IN_QUERY),
        )

    @property
    def origin(self) -> str:
        """Return scheme, host and port as they stand at the start of the URL."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Return the host, with its port where that is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """Return the path and the query, as a request names them."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def at(self, path: str) -> Address:
        """Return another address at the same origin."""
        return replace(self, path=path, query="")

    def __str__(self) -> str:
        return self.origin + self.target


def _host(host: str) -> str:
    """Return a host as it is looked up; raise :class:`ValueError` if it can be none."""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.lower()
    if host and not _HOST.fullmatch(host):
        raise ValueError("there can be no such host")
    return host


def _without_user(url: str) -> str:
    """Return a URL for a message: without what may be a password.

    >>> _without_user("https://me:secret@example.org/x")
    'https://…@example.org/x'
    """
    return re.sub(r"(?<=://)[^/?#]*@", "…@", url)


_LONGEST_NAME = 80  # characters, 240 bytes of UTF-8 at most for most scripts; outputs add their suffixes
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
    cleaned = _UNSAFE.sub("-", name.replace("\ufffd", " "))[:_LONGEST_NAME]
    while len(cleaned.encode()) > 2 * _LONGEST_NAME:
        cleaned = cleaned[:-1]
    return cleaned.strip(".-_")
