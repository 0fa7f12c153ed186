"""Fetching over real sockets: what is read, what is refused, and that nothing goes on for ever."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from strategraph import __version__
from strategraph.errors import UnusableInputError
from strategraph.reading.fetching import REDIRECTS, exchange, fetch, redirected
from strategraph.reading.fetching.address import Address
from strategraph.reading.request import Original

from .server import Site, leads, sends, streams

PLAN = b"Goal 1: Water for everyone\n"


def get(url: str, *, size: int = 1_000_000, seconds: float = 20) -> Original:
    return fetch(url, size=size, seconds=seconds, allow_private=True)


def refusal(url: str, *, size: int = 1_000_000, seconds: float = 20) -> str:
    with pytest.raises(UnusableInputError) as error:
        get(url, size=size, seconds=seconds)
    message = str(error.value)
    assert message.isprintable(), "an error is one line"
    return message


def test_what_is_there_and_what_is_known_of_it(site: Site) -> None:
    site.pages["/docs/plan.txt?v=2"] = sends(PLAN, content_type="text/plain; charset=UTF-8")
    found = get(f"{site.origin}/docs/plan.txt?v=2#goals")
    assert found == Original(
        "plan.txt", PLAN, f"{site.origin}/docs/plan.txt?v=2", media_type="text/plain", charset="UTF-8"
    )


def test_it_says_who_asks_and_keeps_no_secret(site: Site) -> None:
    site.pages["/plan.txt"] = sends(PLAN)
    get(f"{site.origin}/plan.txt")
    for _, headers in site.asked:
        assert headers["User-Agent"] == f"strategraph/{__version__}"
        assert headers["Host"] == site.origin.removeprefix("http://")
        assert not headers.keys() & {"Authorization", "Cookie", "Referer"}


def test_the_connection_is_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that tells another address the second time is not asked a second time."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def told(host: str, port: int, *arguments: int, **options: int) -> list[object]:
        if host != "plans.example":
            return list(real(host, port, *arguments, **options))
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    site.pages["/plan.txt"] = sends(PLAN)
    port = site.origin.rpartition(":")[2]
    assert get(f"http://plans.example:{port}/plan.txt").data == PLAN
    assert len(asked) == len(site.asked)  # once for each connection
    assert {headers["Host"] for _, headers in site.asked} == {f"plans.example:{port}"}


def test_hosts_with_several_addresses(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    found = lambda *_, **__: ("127.0.0.99", "127.0.0.1")  # noqa: E731
    monkeypatch.setattr("strategraph.reading.fetching.exchange.addresses", found)
    site.pages["/plan.txt"] = sends(PLAN)
    assert get(f"{site.origin}/plan.txt").data == PLAN


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_are_followed_and_the_last_address_is_told(self, site: Site, status: int) -> None:
        site.pages["/a/old"] = leads("../new/plan.txt#x", status=status)
        site.pages["/new/plan.txt"] = sends(PLAN)
        found = get(f"{site.origin}/a/old")
        assert (found.data, found.address) == (PLAN, f"{site.origin}/new/plan.txt")
        assert found.name == "old.txt"

    def test_to_words_that_are_not_ascii(self, site: Site) -> None:
        site.pages["/old"] = leads("/план.txt".encode().decode("latin-1"))
        site.pages["/%D0%BF%D0%BB%D0%B0%D0%BD.txt"] = sends(PLAN)
        assert get(f"{site.origin}/old").data == PLAN

    def test_as_many_as_there_may_be(self, site: Site) -> None:
        for number in range(REDIRECTS):
            site.pages[f"/{number}"] = leads(f"/{number + 1}")
        site.pages[f"/{REDIRECTS}"] = sends(PLAN)
        assert get(f"{site.origin}/0").data == PLAN
        site.pages["/more"] = leads("/0")
        assert "more than 5 redirects" in refusal(f"{site.origin}/more")

    def test_in_a_circle(self, site: Site) -> None:
        site.pages["/a"], site.pages["/b"] = leads("/b"), leads("/a")
        assert "more than 5 redirects" in refusal(f"{site.origin}/a")
        assert len(site.paths) == REDIRECTS + 1

    def test_to_a_private_host(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """The server itself counts as public here; where it leads to is checked anew."""
        monkeypatch.setattr(exchange, "is_public", lambda address: address == "127.0.0.1")
        site.pages["/out"] = leads("http://127.0.0.2:1/secret")
        with pytest.raises(UnusableInputError, match="not on the public internet"):
            fetch(f"{site.origin}/out", size=1000, seconds=20)
        assert site.paths == ["/out"]

    @pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)"])
    def test_to_what_is_no_web_page(self, site: Site, location: str) -> None:
        site.pages["/out"] = leads(location)
        assert "only http and https" in refusal(f"{site.origin}/out")

    def test_to_an_address_with_a_password(self, site: Site) -> None:
        site.pages["/out"] = leads(site.origin.replace("://", "://me:secret@"))
        message = refusal(f"{site.origin}/out")
        assert "password" in message
        assert "secret" not in message

    def test_from_https_to_http(self) -> None:
        here = Address.parse("https://example.org/plan")
        assert str(redirected(here, "//example.com/x")) == "https://example.com/x"
        assert str(redirected(Address.parse("http://example.org"), "https://example.org/x")).startswith(
            "https:"
        )
        with pytest.raises(UnusableInputError, match="from https to http"):
            redirected(here, "http://example.org/plan")


def test_private_hosts_are_refused_unless_they_are_allowed(site: Site) -> None:
    site.pages["/plan.txt"] = sends(PLAN)
    port = site.origin.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"):
        with pytest.raises(UnusableInputError, match=r"--allow-private|host is not found"):
            fetch(f"http://{host}:{port}/plan.txt", size=1000, seconds=20)
    assert site.asked == []


class TestTooMuch:
    def test_announced(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(PLAN, content_length="1000001")
        assert "more than 1,000,000 bytes" in refusal(f"{site.origin}/plan.txt")

    def test_without_end(self, site: Site) -> None:
        site.pages["/plan.txt"] = streams(lambda: itertools.repeat(PLAN * 1000))
        assert "more than 1,000,000 bytes" in refusal(f"{site.origin}/plan.txt")

    def test_as_much_as_there_may_be(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(PLAN)
        assert get(f"{site.origin}/plan.txt", size=len(PLAN)).data == PLAN
        assert "more than 26 bytes" in refusal(f"{site.origin}/plan.txt", size=len(PLAN) - 1)

    def test_once_unpacked(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(gzip.compress(bytes(50_000_000)), content_encoding="gzip")
        assert "more than 1,000,000 bytes" in refusal(f"{site.origin}/plan.txt")


class TestTooSlow:
    """The clock is what ends these, not the server: it would go on for a minute."""

    def drip(self) -> Iterator[bytes]:
        for _ in range(600):
            yield b"x"
            time.sleep(0.1)

    def test_a_body_that_drips(self, site: Site) -> None:
        site.pages["/plan.txt"] = streams(self.drip)
        assert "more than 0.5 seconds" in refusal(f"{site.origin}/plan.txt", seconds=0.5)

    def test_headers_that_drip(self, site: Site) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
            streams(self.drip)(handler)

        site.pages["/plan.txt"] = answer
        assert "more than 0.5 seconds" in refusal(f"{site.origin}/plan.txt", seconds=0.5)

    def test_a_server_that_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/plan.txt"
            assert "more than 0.3 seconds" in refusal(url, seconds=0.3)


class TestBroken:
    def test_shorter_than_announced(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(PLAN, content_length=str(len(PLAN) + 10))
        assert "cut short, 10 bytes are missing" in refusal(f"{site.origin}/plan.txt")

    def test_chunks_that_end_early(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(
            b"10\r\nGoal", transfer_encoding="chunked", content_length="", connection="close"
        )
        assert "cut short" in refusal(f"{site.origin}/plan.txt")

    def test_a_packed_body_that_ends_early(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(gzip.compress(PLAN)[:-9], content_encoding="gzip")
        assert "cut short" in refusal(f"{site.origin}/plan.txt")

    def test_a_packed_body_that_is_none(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(PLAN, content_encoding="gzip")
        assert "damaged" in refusal(f"{site.origin}/plan.txt")

    def test_packed_in_another_way(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(PLAN, content_encoding="br")
        assert "packed as br" in refusal(f"{site.origin}/plan.txt")

    def test_nothing(self, site: Site) -> None:
        site.pages["/plan.txt"] = sends(b"")
        assert "sent no bytes" in refusal(f"{site.origin}/plan.txt")

    def test_no_http(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:

            def talk() -> None:
                connected, _ = server.accept()
                with connected:
                    connected.recv(4096)
                    connected.sendall(b"220 mail ready\r\n")

            thread = threading.Thread(target=talk)
            thread.start()
            assert "no HTTP" in refusal(f"http://127.0.0.1:{server.getsockname()[1]}/plan.txt")
            thread.join()

    def test_no_tls(self, site: Site) -> None:
        assert "cannot be fetched" in refusal(site.origin.replace("http:", "https:"))

    def test_no_server(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        assert "cannot be reached" in refusal(f"http://127.0.0.1:{port}/plan.txt")

    def test_no_host(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def told(*_: object, **__: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", told)
        message = refusal("http://no.such.example/plan.txt")
        assert message == "http://no.such.example: the host is not found: name or service not known"


def test_packed_bodies_are_unpacked(site: Site) -> None:
    site.pages["/plan.txt"] = sends(gzip.compress(PLAN), content_encoding="gzip")
    assert get(f"{site.origin}/plan.txt").data == PLAN


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "404 Not Found"), (401, "401 Unauthorized"), (500, "500 Internal Server Error"), (299, "299")],
)
def test_other_answers_are_told(site: Site, status: int, said: str) -> None:
    site.pages["/plan.txt"] = sends(b"<h1>Sorry</h1>", status=status)
    assert refusal(f"{site.origin}/plan.txt") == f"{site.origin}/plan.txt: the server answers {said}"


class TestRobots:
    def rules(self, site: Site, text: str, *, status: int = 200) -> None:
        site.pages["/robots.txt"] = sends(text.encode(), status=status)
        site.pages["/drafts/plan.txt"] = sends(PLAN)

    @pytest.mark.parametrize("agent", ["*", "strategraph", "Strategraph"])
    def test_are_heeded(self, site: Site, agent: str) -> None:
        self.rules(site, f"User-agent: {agent}\nDisallow: /drafts/\n")
        assert "robots.txt asks programs" in refusal(f"{site.origin}/drafts/plan.txt")
        assert site.paths == []

    @pytest.mark.parametrize("rules", ["User-agent: other\nDisallow: /\n", "Disallow", "\x00\xff", ""])
    def test_that_do_not_forbid(self, site: Site, rules: str) -> None:
        self.rules(site, rules)
        assert get(f"{site.origin}/drafts/plan.txt").data == PLAN

    def test_are_heeded_where_a_redirect_leads(self, site: Site) -> None:
        self.rules(site, "User-agent: *\nDisallow: /drafts/\n")
        site.pages["/open"] = leads("/drafts/plan.txt")
        assert "robots.txt" in refusal(f"{site.origin}/open")
        assert site.paths == ["/open"]

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_that_are_not_there(self, site: Site, status: int) -> None:
        self.rules(site, "User-agent: *\nDisallow: /\n", status=status)
        assert get(f"{site.origin}/drafts/plan.txt").data == PLAN

    def test_that_the_server_cannot_give(self, site: Site) -> None:
        self.rules(site, "", status=503)
        assert "503 Service Unavailable, which means" in refusal(f"{site.origin}/drafts/plan.txt")

    def test_are_asked_once(self, site: Site) -> None:
        self.rules(site, "")
        site.pages["/open"] = leads("/drafts/plan.txt")
        get(f"{site.origin}/open")
        assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/drafts/plan.txt"]
