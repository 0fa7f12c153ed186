"""Who may ask: names of this machine, and pages of its own or of the origin that was let in."""

from __future__ import annotations

import socket

import pytest

from strategraph.querying.serving.guards import check_host, cors_headers, is_loopback
from strategraph.querying.serving.protocol import RequestError

ANY = ("0.0.0.0", "::")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LocalHost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "localhost.example", "", "127.0.0.1.example"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "listening"),
    [
        ("localhost", "127.0.0.1"),
        ("127.0.0.1:7979", "127.0.0.1"),
        ("[::1]:7979", "::1"),
        ("plans.example:80", "plans.example"),
        ("PLANS.example", "plans.example"),
        ("192.0.2.1:1", "0.0.0.0"),
        ("[2001:db8::1]", "::"),
        (socket.gethostname(), "0.0.0.0"),
    ],
)
def test_names_that_are_ours(host: str, listening: str) -> None:
    check_host({"HTTP_HOST": host}, listening)


@pytest.mark.parametrize(
    ("host", "listening", "status"),
    [
        ("evil.example", "127.0.0.1", 421),
        ("192.0.2.1", "127.0.0.1", 421),
        ("evil.example", "0.0.0.0", 421),
        ("localhost.evil.example", "127.0.0.1", 421),
        ("", "127.0.0.1", 400),
        ("localhost@evil.example", "127.0.0.1", 400),
        ("localhost:99999999", "127.0.0.1", 400),
        ("local host", "127.0.0.1", 400),
        ("[::1", "::1", 400),
    ],
)
def test_names_that_are_not(host: str, listening: str, status: int) -> None:
    with pytest.raises(RequestError) as caught:
        check_host({"HTTP_HOST": host}, listening)
    assert caught.value.status == status


def headers(origin: str, allowed: str, method: str = "GET") -> dict[str, str]:
    environment = {"HTTP_ORIGIN": origin, "HTTP_HOST": "localhost:7979", "REQUEST_METHOD": method}
    return dict(cors_headers(environment, allowed))


def test_our_own_page_needs_no_permission() -> None:
    assert headers("", "") == headers("http://localhost:7979", "") == headers("", "*") == {}
    assert headers("http://localhost:7979", "https://a.example") == {"Vary": "Origin"}


def test_pages_that_are_let_in() -> None:
    assert headers("https://a.example", "*")["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in headers("https://a.example", "*")
    let_in = headers("https://a.example", "https://a.example", "OPTIONS")
    assert let_in["Access-Control-Allow-Origin"] == "https://a.example"
    assert let_in["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert let_in["Vary"] == "Origin"


@pytest.mark.parametrize("allowed", ["", "https://b.example", "https://a.example:8080", "a.example"])
def test_pages_that_are_not(allowed: str) -> None:
    with pytest.raises(RequestError, match="--cors ORIGIN allows it") as caught:
        headers("https://a.example", allowed)
    assert caught.value.status == 403
