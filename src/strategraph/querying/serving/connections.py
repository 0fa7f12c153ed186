"""Who may be connected: a client that holds connections without asking gives way to those that ask.

A request that says its length in two ways is refused: what a proxy before us takes for its end may not be
what we do (RFC 9112, section 6.1).
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

MOST = 1000
"""Connections at once."""
UNFINISHED = 100
"""Connections of one client on which no request has come as a whole."""
_GRACE = 1.0  # seconds that a request has to come before its connection may have to give way
_SPARE = 128  # files that are open beside connections


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a request with both Content-Length and Transfer-Encoding."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("a request says its length by Content-Length or Transfer-Encoding, not both")


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by :class:`Parser`."""

    parser_class = Parser

    @property
    def asks(self) -> bool:
        """Whether a whole request has come that is not answered yet, as far as it will be."""
        return bool(self.requests or self.total_outbufs_len)


def most_connections() -> int:
    """Return how many connections the system lets this process have, after asking for as many as we want."""
    if sys.platform == "win32":
        return MOST
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST if soft == resource.RLIM_INFINITY else max(16, min(MOST, soft - _SPARE))


def to_give_way(channels: Mapping[int, Channel], most: int, now: float | None = None) -> list[Channel]:
    """Return the connections to close: the oldest that do not ask, of a client with too many, or of all."""
    now = time.time() if now is None else now
    silent = [channel for channel in channels.values() if not channel.asks]
    silent.sort(key=lambda channel: float(channel.creation_time))
    by_client = Counter(channel.addr[0] for channel in silent)
    over = len(channels) - most
    found = []
    for channel in silent:
        if 0 <= now - channel.creation_time < _GRACE:  # one of the future is of a clock that was set back
            continue
        if over > 0 or by_client[channel.addr[0]] > UNFINISHED:
            found.append(channel)
            over -= 1
            by_client[channel.addr[0]] -= 1
    return found
