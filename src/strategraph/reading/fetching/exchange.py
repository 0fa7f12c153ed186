"""One HTTP request and its answer, over a connection to an IP address that was checked to be public.

The host's name is looked up once and the connection made to what was found: a second look-up, by a library
beneath us, might be told another address.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

from strategraph import __version__
from strategraph.errors import UnusableInputError
from strategraph.reading.fetching.address import Address

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
# In which an IPv4 address stands in the last 32 bits, though no router should take them any more.
_COMPATIBLE = IPv6Network("::/96")


def addresses(address: Address, *, allow_private: bool) -> tuple[str, ...]:
    """Return the IP addresses to connect to, each checked, in the order in which to try them.

    Raises :class:`UnusableInputError` if the host has none, or none that is public and private ones are not
    allowed.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnusableInputError(f"{address.origin}: the host is not found: {reason.lower()}") from error
    every = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = every if allow_private else tuple(each for each in every if is_public(each))
    if not allowed:
        raise UnusableInputError(
            f"{address.origin}: the host has the address {every[0]}, which is not on the "
            "public internet; pass --allow-private if that is what you want"
        )
    return allowed


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and so are those that are embedded in it.

    >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _is_public(parsed) and all(_is_public(each) for each in _embedded(parsed))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return True  # what counts is the IPv4 address in it
        if address.is_site_local or address.scope_id is not None:
            return False
        if any(address in network for network in _NAT64):
            return True  # likewise, though the standard library calls some of them reserved
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not address.is_loopback
        and not address.is_link_local
    )


def _embedded(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that a translator or tunnel would make of an IPv6 address."""
    if isinstance(address, IPv4Address):
        return ()
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _COMPATIBLE or any(address in network for network in _NAT64):
        found.append(last)
    return tuple(each for each in found if each is not None)


AGENT = "strategraph"
_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_PATIENCE = 10.0  # seconds for one of a host's addresses to take a connection
_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__}",
    "Accept": "text/html, application/pdf, text/*, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A server's answer: the body is unpacked; that of anything but a 200 is not read."""

    status: int
    body: bytes
    media_type: str
    charset: str
    location: str


def ask(address: Address, *, size: int, clock: Clock, allow_private: bool) -> HttpAnswer:
    """Ask for what is at an address and return the answer.

    Raises :class:`UnusableInputError` for a host that may not be reached or does not answer in HTTP, for a
    body beyond ``size`` or shorter than announced, and when the clock runs out.
    """
    try:
        with closing(_connect(address, clock, allow_private=allow_private)) as connected:
            connection = HTTPConnection(address.authority)
            connection.sock = _Timed(connected, clock)
            connection.request("GET", address.target, headers={"Host": address.authority, **_HEADERS})
            with connection.getresponse() as response:
                return _answer(response, address, size, clock)
    except TimeoutError as error:
        raise clock.ran_out(address) from error
    except HTTPException as error:
        reason = str(error) or type(error).__name__
        raise UnusableInputError(
            f"{address}: the answer is cut short or no HTTP ({_line(reason)})"
        ) from error
    except OSError as error:
        reason = getattr(error, "verify_message", None) or error.strerror or str(error)
        raise UnusableInputError(f"{address}: cannot be fetched: {_line(reason).lower()}") from error


def _connect(address: Address, clock: Clock, *, allow_private: bool) -> socket.socket:
    """Return a connection to the first of the host's addresses that takes one, with TLS for https."""
    failure = "no address of its host takes connections"
    for each in addresses(address, allow_private=allow_private):
        patience = min(clock.left(), _PATIENCE)
        try:
            connected = socket.create_connection((each, address.port), timeout=patience)
        except OSError as error:
            failure = error.strerror or str(error)
            continue
        if address.scheme == "http":
            return connected
        try:
            connected.settimeout(clock.left())
            return ssl.create_default_context().wrap_socket(connected, server_hostname=address.host)
        except BaseException:
            connected.close()
            raise
    raise UnusableInputError(f"{address}: cannot be reached: {_line(failure).lower()}")


class _Timed:
    """What an HTTP connection needs of a socket, each read and write within the time that is left.

    A socket's own time limit starts anew with each read: a server that sends a byte now and then would hold
    us for ever.
    """

    def __init__(self, connected: socket.socket, clock: Clock) -> None:
        self._socket = connected
        self._clock = clock

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._clock.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReads(self._socket, self._clock), _CHUNK)

    def close(self) -> None:
        """Leave the socket open: the answer is read after the connection counts as closed."""


class _TimedReads(io.RawIOBase):
    """The bytes that come over a socket until the clock runs out."""

    def __init__(self, connected: socket.socket, clock: Clock) -> None:
        super().__init__()
        self._socket = connected
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._socket.settimeout(self._clock.left())
        return self._socket.recv_into(buffer)


def _answer(response: HTTPResponse, address: Address, size: int, clock: Clock) -> HttpAnswer:
    headers: Message = response.headers
    body = b""
    if response.status == 200:
        body = _unpacked(_body(response, address, size, clock), headers, address, size)
    typed = headers.get("Content-Type") is not None
    return HttpAnswer(
        status=response.status,
        body=body,
        media_type=headers.get_content_type() if typed else "",
        charset=_parameter(headers, "charset"),
        # a header's bytes come as Latin-1; addresses in them are UTF-8, if not ASCII
        location=headers.get("Location", "").encode("latin-1", "replace").decode("utf-8", "replace"),
    )


def _body(response: HTTPResponse, address: Address, size: int, clock: Clock) -> bytes:
    """Return the body as it was sent, complete."""
    if (response.length or 0) > size:
        raise _too_large(address, size)
    parts: list[bytes] = []
    count = 0
    while part := response.read(_CHUNK):
        clock.left()
        parts.append(part)
        count += len(part)
        if count > size:
            raise _too_large(address, size)
    if response.length:  # what is still to come of the length that was announced
        raise UnusableInputError(f"{address}: the answer is cut short, {response.length:,} bytes are missing")
    return b"".join(parts)


def _unpacked(body: bytes, headers: Message, address: Address, size: int) -> bytes:
    """Return a body without its content encoding."""
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise UnusableInputError(f"{address}: comes packed as {_line(encoding)}, which was not asked for")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(body, size + 1)
    except zlib.error as error:
        raise UnusableInputError(f"{address}: what it sends is damaged ({error})") from error
    if len(unpacked) > size:
        raise _too_large(address, size)
    if not unpacker.eof:
        raise UnusableInputError(f"{address}: the answer is cut short within its packed body")
    return unpacked


def _parameter(headers: Message, name: str) -> str:
    """Return a parameter of the content type, "" where there is none or it is no plain word."""
    value = headers.get_param(name)
    text = value if isinstance(value, str) else ""
    return (
        text if text.isascii() and text.replace("-", "").replace("_", "").replace(".", "").isalnum() else ""
    )


def _too_large(address: Address, size: int) -> UnusableInputError:
    return UnusableInputError(f"{address}: has more than {size:,} bytes, the limit; raise it with --max-size")


def _line(text: str) -> str:
    """Return a text of elsewhere on one short line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:120]


class Clock:
    """Counts down from its making."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raise :class:`TimeoutError` if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def ran_out(self, what: object) -> UnusableInputError:
        """Return the error to raise when time is up for ``what``."""
        return UnusableInputError(
            f"{what}: took more than {self._seconds:g} seconds, the limit; raise it with --max-seconds"
        )


def may_fetch(rules: str, address: Address) -> bool:
    """Whether the rules of a site ("" if it has none) allow this program to fetch an address.

    >>> may_fetch("User-agent: *\\nDisallow: /drafts/", Address.parse("http://example.org/plan.pdf"))
    True
    """
    parser = RobotFileParser()
    parser.parse(rules.splitlines())
    return parser.can_fetch(AGENT, str(address))
