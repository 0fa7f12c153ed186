"""The address of a web page or file, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from strategraph.errors import UnusableInputError

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
