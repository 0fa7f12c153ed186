"""Which IP addresses a host has, and which of them are on the public internet."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from strategraph.errors import UnusableInputError
from strategraph.reading.fetching.address import Address

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
