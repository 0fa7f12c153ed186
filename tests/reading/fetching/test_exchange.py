"""Which addresses are of the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.reading.fetching.exchange import is_public

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "239.1.2.3", "240.0.0.1",
    "255.255.255.255",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "192.169.0.1"]


def embeddings(address: str) -> dict[str, IPv6Address]:
    """Return the IPv6 addresses in which an IPv4 address stands."""
    number = int(IPv4Address(address))
    return {
        "mapped": IPv6Address((0xFFFF << 32) | number),
        "6to4": IPv6Address((0x2002 << 112) | (number << 80) | 1),
        "teredo server": IPv6Address((0x20010000 << 96) | (number << 64) | 0xFFFFFFFF ^ 0x08080808),
        "teredo client": IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | number ^ 0xFFFFFFFF),
        "translated": IPv6Address((0x0064FF9B << 96) | number),
        "locally translated": IPv6Address((0x0064FF9B0001 << 80) | number),
        "compatible": IPv6Address(number),
    }


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(address)
    for how, outer in embeddings(address).items():
        assert not is_public(str(outer)), how


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)
    assert is_public(str(embeddings(address)["mapped"]))
    assert is_public(str(embeddings(address)["translated"]))


@pytest.mark.parametrize(
    "address",
    ["::", "::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
     "ff0e::1", "2001:db8::1", "100::1", "nonsense", ""],
)  # fmt: skip
def test_private_or_none(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["2606:4700:4700::1111", "2a00:1450:4001::8a", "2001:4860:4860::8888"])
def test_public_ipv6(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_embedded_address_is_no_way_around(address: IPv4Address) -> None:
    if not is_public(str(address)):
        assert not any(is_public(str(outer)) for outer in embeddings(str(address)).values())


@given(st.ip_addresses())
def test_what_is_public_can_be_reached_over_the_internet(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)):
        never = (address.is_loopback, address.is_multicast, address.is_link_local, address.is_unspecified)
        assert not any(never)
