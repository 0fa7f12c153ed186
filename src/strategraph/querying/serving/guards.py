"""Keeps other people's pages away from a server that listens on the reader's own machine.

A page on the web can make a browser send requests to this machine. Such a request bears the page's own host
(when its name was made to lead here, "DNS rebinding") or its origin: both are looked at, and turned away.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

from strategraph.querying.serving.protocol import Environment, RequestError

SECURITY: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
)
"""Headers of every response: the page loads and calls only this server, and none frames it."""

CUT = "Strategraph-Cut-After"
"""The header that says after how many rows or triples an answer was cut."""

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+)(?::\d{1,5})?")


def is_loopback(host: str) -> bool:
    """Whether a name or address is one of this machine's own, that no other machine can reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_host(environment: Environment, listening: str) -> None:
    """Raise :class:`RequestError` for a request to a name other than this machine's, or that we listen on.

    Who listens on all addresses is also called by any address, and by the machine's own name.
    """
    found = _HOST.fullmatch(environment.get("HTTP_HOST", ""))
    if found is None:
        raise RequestError(HTTPStatus.BAD_REQUEST, "the request does not say to which host it is")
    name = found["name"].strip("[]").lower()
    if is_loopback(name) or name == listening.lower():
        return
    if _is_any(listening) and (_is_address(name) or name in _own_names()):
        return
    raise RequestError(
        HTTPStatus.MISDIRECTED_REQUEST,
        f"this server is not {name[:60]}; it goes by the name it was started with",
    )


def cors_headers(environment: Environment, allowed: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that let a page of the ``allowed`` origin read the answer.

    Raises :class:`RequestError` for a request from a page of any other origin than the server's own.
    """
    origin = environment.get("HTTP_ORIGIN", "")
    if not origin or urlsplit(origin).netloc == environment.get("HTTP_HOST"):
        return (("Vary", "Origin"),) if allowed not in ("", "*") else ()
    if allowed not in ("*", origin):
        raise RequestError(
            HTTPStatus.FORBIDDEN, f"pages of {origin[:60]} may not ask here; --cors ORIGIN allows it"
        )
    headers = [("Access-Control-Allow-Origin", allowed), ("Access-Control-Expose-Headers", CUT)]
    if allowed != "*":
        headers.append(("Vary", "Origin"))
    if environment["REQUEST_METHOD"] == "OPTIONS":
        headers += [
            ("Access-Control-Allow-Methods", "GET, HEAD, POST"),
            ("Access-Control-Allow-Headers", "Accept, Content-Type"),
            ("Access-Control-Max-Age", "600"),
        ]
    return tuple(headers)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_any(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _own_names() -> set[str]:
    return {socket.gethostname().lower(), socket.getfqdn().lower()}
