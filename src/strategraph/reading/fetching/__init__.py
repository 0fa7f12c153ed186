"""Fetches a source from the web: the one address that the user names, and nothing that it mentions.

URL ─parse→ Address ─robots→ allowed? ─addresses→ public IP ─ask→ Answer ─redirect→ Address … → Original

Only the command line calls this; what builds graphs never touches the network.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urljoin

from strategraph.errors import UnusableInputError
from strategraph.reading.fetching.address import Address, file_name
from strategraph.reading.fetching.exchange import Clock, HttpAnswer, ask, may_fetch
from strategraph.reading.request import Original

REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_ROBOTS_SIZE = 512 * 1024


def fetch(url: str, *, size: int, seconds: float, allow_private: bool = False) -> Original:
    """Return what is at ``url``, with the address that redirects led to.

    ``size`` bounds the bytes, packed and unpacked; ``seconds`` the time of it all. ``allow_private``
    permits hosts that are not on the public internet. Raises :class:`UnusableInputError`, one line, for what
    is refused, not found, too large, too slow or cut short.
    """
    return _Visit(size, Clock(seconds), allow_private=allow_private).fetch(url)


class _Visit:
    """One fetch: its limits, and the rules for robots that were read on the way."""

    def __init__(self, size: int, clock: Clock, *, allow_private: bool) -> None:
        self._size = size
        self._clock = clock
        self._allow_private = allow_private
        self._robots: dict[str, str] = {}

    def fetch(self, url: str) -> Original:
        named = Address.parse(url)
        found, answer = self._follow(named, ask_robots=True)
        if answer.status != HTTPStatus.OK:
            raise UnusableInputError(f"{found}: the server answers {_said(answer.status)}")
        if not answer.body:
            raise UnusableInputError(f"{found}: the server sent no bytes")
        name = file_name(named, found, answer.media_type)
        return Original(name, answer.body, str(found), answer.media_type, answer.charset)

    def _follow(self, address: Address, *, ask_robots: bool) -> tuple[Address, HttpAnswer]:
        """Return what is at the end of the redirects from an address."""
        first = address
        for _ in range(REDIRECTS + 1):
            if ask_robots:
                self._ask_robots(address)
            answer = ask(
                address,
                size=self._size if ask_robots else _ROBOTS_SIZE,
                clock=self._clock,
                allow_private=self._allow_private,
            )
            if answer.status not in _MOVED or not answer.location:
                return address, answer
            address = redirected(address, answer.location)
        raise UnusableInputError(
            f"{first}: more than {REDIRECTS} redirects; give the address they should lead to"
        )

    def _ask_robots(self, address: Address) -> None:
        """Raise :class:`UnusableInputError` if the host does not want programs at this address."""
        if address.origin not in self._robots:
            self._robots[address.origin] = self._robots_of(address)
        if not may_fetch(self._robots[address.origin], address):
            raise UnusableInputError(
                f"{address}: the site's robots.txt asks programs not to fetch this; save it with a browser"
            )

    def _robots_of(self, address: Address) -> str:
        _, answer = self._follow(address.at("/robots.txt"), ask_robots=False)
        if answer.status >= 500:
            raise UnusableInputError(
                f"{address.at('/robots.txt')}: the server answers {_said(answer.status)}, which means that "
                "programs should stay away for now"
            )
        return answer.body.decode("utf-8", "replace") if answer.status == HTTPStatus.OK else ""


def redirected(address: Address, location: str) -> Address:
    """Return where a redirect from an address leads; raise :class:`UnusableInputError` if it is unsafe."""
    target = Address.parse(urljoin(str(address), location.strip().replace(" ", "%20")))
    if address.scheme == "https" and target.scheme != "https":
        raise UnusableInputError(f"{address}: redirects from https to http ({target}), which is refused")
    return target


def _said(status: int) -> str:
    """Return a status as people read it.

    >>> _said(404), _said(299)
    ('404 Not Found', '299')
    """
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known[status]}" if status in known else str(status)
