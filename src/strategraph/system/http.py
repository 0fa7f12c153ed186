"""HTTP by ``requests``, which is led nowhere by what a server answers, and held up by none; and addresses of
servers, as they may be shown and compared.

A time limit of ``requests`` begins anew with each read: a server that sends a byte now and then, or greeting
after greeting, would hold us for ever. So there is a :class:`TimeLimit` for all of an exchange.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from ipaddress import ip_address
from threading import Lock, Timer
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

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


BROKEN = (OSError, ValueError, HTTPException, HTTPError)
"""What is raised where an answer is no HTTP: errors of requests are of the first kind, others come too."""

CONNECT_TIMEOUT = 10.0
"""Seconds that a server may take to let us in."""

BLOCK = 65_536
"""Bytes of an answer that are read at once."""

_SHOWN = 300  # characters of a refusal
_TIME_LIMIT: ContextVar[TimeLimit | None] = ContextVar("time_limit", default=None)


class TimeLimit:
    """A context in which each connection of a :class:`Session` is cut when its time is up.

    What is read then ends as if the server had ended it: ask :attr:`over` before what was read is believed.
    """

    def __init__(self, seconds: float) -> None:
        """Let there be so many seconds from the start of the context; only looking up names is unbounded."""
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = Lock()
        self._sockets: list[socket.socket] = []
        self._token: Token[TimeLimit | None] | None = None
        self.over = False

    def __enter__(self) -> TimeLimit:
        self._token = _TIME_LIMIT.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._token is not None:
            _TIME_LIMIT.reset(self._token)
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    def watch(self, connected: socket.socket) -> None:
        """Have a connection cut when the time is up, at once if it is."""
        # a second name of the connection: TLS takes over the first, and answers outlive what made them
        copy = socket.fromfd(connected.fileno(), connected.family, connected.type)
        with self._lock:
            self._sockets.append(copy)
            if self.over:
                _shut(copy)

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for one in self._sockets:
                _shut(one)


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # it has ended already
        connected.shutdown(socket.SHUT_RDWR)


def _watched(connected: socket.socket | None) -> None:
    deadline = _TIME_LIMIT.get()
    if deadline is not None and connected is not None:
        deadline.watch(connected)


class _Connection(HTTPConnection):
    """A connection that the deadline knows from its first byte on, and again with each further request."""

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        _watched(made)
        return made

    def request(self, *arguments: Any, **named: Any) -> None:
        _watched(self.sock)
        super().request(*arguments, **named)


class _SafeConnection(_Connection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection


_POOLS: dict[str, type] = {"http": _Pool, "https": _SafePool}


class _Adapter(HTTPAdapter):
    """Makes connections that deadlines know, to servers and to proxies."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **named: Any) -> Any:
        manager = super().proxy_manager_for(*arguments, **named)
        if not arguments[0].lower().startswith("socks"):  # those connect in a way of their own
            manager.pool_classes_by_scheme = _POOLS
        return manager


class Session(requests.Session):
    """Leaves redirects alone: by itself, requests reads all of their answer at once, however long it is.

    It does so even where redirects are not followed, and trips over an address that is none. Its connections
    end with the :class:`TimeLimit` they are made or used in.
    """

    def __init__(self) -> None:
        super().__init__()
        for scheme in _POOLS:
            self.mount(f"{scheme}://", _Adapter())

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return nowhere."""


def retry_after(response: requests.Response) -> float:
    """Return how many seconds a server asks us to wait; 0 where it does not say."""
    wish = response.headers.get("Retry-After", "").strip()
    if wish.replace(".", "", 1).isdigit() and wish.isascii():
        return float(wish)
    try:
        when = parsedate_to_datetime(wish)
    except ValueError:
        return 0.0
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when.tzinfo else 0.0


def refusal(said: str, secrets: Iterable[str]) -> str:
    """Return what a server says of why it refuses, for the end of a message; nothing of a page of HTML.

    >>> refusal("no  graph for s3cret", ["s3cret"]), refusal("<html>", ())
    (': no graph for ***', '')
    """
    for secret in secrets:
        said = said.replace(secret, "***")
    said = " ".join(said.split())
    return f": {said[:_SHOWN]}" if said and not said.startswith("<") else ""
