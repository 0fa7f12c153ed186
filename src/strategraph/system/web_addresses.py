"""Addresses of servers, as they may be shown and compared."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from strategraph.errors import UnusableInputError


def checked(url: str) -> str:
    """Return the address as it is given, without a slash at its end.

    Raises :class:`UnusableInputError` if it is no http(s) address, or holds a password: what stands on a
    command line, other users of the machine can read.

    >>> checked("http://localhost:3030/plans/")
    'http://localhost:3030/plans'
    >>> checked("http://me:secret@localhost:3030/plans")
    Traceback (most recent call last):
    strategraph.errors.UnusableInputError: http://***@localhost:3030/plans: no user or password in an ...
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableInputError(f"{redacted(url)}: not an address of a store (http://… or https://…)")
    if "@" in parts.netloc:
        raise UnusableInputError(
            f"{redacted(url)}: no user or password in an address; use STRATEGRAPH_USER and"
            " STRATEGRAPH_PASSWORD in the environment, a netrc file, or wait to be asked"
        )
    return url.rstrip("/")


def redacted(url: str) -> str:
    """Return the address as messages may show it: without user, password, query and fragment.

    >>> redacted("https://me:secret@example.org/store?graph=x&token=y")
    'https://***@example.org/store'
    """
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"***{at}{host}" if user else host, parts.path, "", ""))


def origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port: those whom a password may be told are the same in all three.

    >>> origin("https://Example.org/a") == origin("https://example.org:443/b")
    True
    """
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def is_open_to_others(url: str) -> bool:
    """Return whether what is sent there can be read on the way: neither https nor this machine itself.

    >>> [is_open_to_others(u) for u in ("http://example.org", "https://example.org", "http://127.0.0.1:1")]
    [True, False, False]
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        local = ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return parts.scheme != "https" and not local
