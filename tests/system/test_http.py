"""Servers that lie about lengths, never end, or send a byte now and then: to a model's endpoint and to a store."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
import requests

from strategraph.curation.proposing import Prompt
from strategraph.curation.proposing.endpoint import Endpoint, EndpointError
from strategraph.querying.stores import NoAnswerError, StoreError
from strategraph.querying.stores.transport import StoreRequest, Transport
from strategraph.system import http
from strategraph.system.http import Session, TimeLimit, refusal, retry_after

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
PROMPT = Prompt(1, "You read a plan.", "BEGIN x\n[0] p: Text\nEND x")
WHOLE = json.dumps({"choices": [{"message": {"content": "{}"}}]}).encode()


@dataclass
class Liar:
    """A server: it sends ``first``, then ``again`` and again for as long as anybody listens.

    The time of whoever asked is up when it has sent that a few times, so that no test waits for a clock.
    """

    port: int
    first: bytes = b""
    again: bytes = b""
    up: Callable[[], object] = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            asked = client.recv(65_536)
            while b"\r\n\r\n" not in asked:
                asked += client.recv(65_536)
            client.sendall(self.first)
            sent = 0
            while self.again:
                client.sendall(self.again)
                sent += 1
                if sent == 5:
                    self.up()


@pytest.fixture
def liar(monkeypatch: pytest.MonkeyPatch) -> Iterator[Liar]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Liar(listening.getsockname()[1])

        class Clock:
            def __init__(self, seconds: float, function: Callable[[], object]) -> None:
                found.up = function

            def start(self) -> None: ...

            def cancel(self) -> None: ...

        def serve() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=found.answer, args=(listening.accept()[0],), daemon=True).start()

        monkeypatch.setattr(http, "Timer", Clock)
        threading.Thread(target=serve, daemon=True).start()
        yield found
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


WITHOUT_END = {
    "a status line": (b"HTTP/1.1 200 ", b"O"),
    "greetings": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the size of a chunk": (HEAD + CHUNKED, b"0"),
    "a chunk": (HEAD + CHUNKED + b"ffffff\r\n", b" "),
    "chunks": (HEAD + CHUNKED, b"1\r\n \r\n"),
    "a trailer": (HEAD + CHUNKED + b"2\r\n{}\r\n0\r\nX: ", b"x"),
    "trailers": (HEAD + CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: y\r\n"),
    "a body of a length": (HEAD + b"Content-Length: 99999\r\n\r\n", b" "),
    "a body": (HEAD + b"\r\n" + WHOLE, b" "),
    "events": (HEAD.replace(b"application/json", b"text/event-stream") + b"\r\n", b": here\n\n"),
}
LIES = {
    "a longer length": HEAD + b"Content-Length: 9999\r\n\r\n" + WHOLE,
    "a shorter length": HEAD + b"Content-Length: 9\r\n\r\n" + WHOLE,
    "two lengths": HEAD + b"Content-Length: 9\r\nContent-Length: 8\r\n\r\n" + WHOLE,
    "a chunk of less than nothing": HEAD + CHUNKED + b"-5\r\n{}\r\n0\r\n\r\n",
    "a chunk of no number": HEAD + CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk cut off": HEAD + CHUNKED + b"ff\r\n{}",
    "a packing it has not": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    "no HTTP": b"\x00\xff\r\n\r\n",
    "nothing": b"",
    "no address": b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n",
}


def endpoint(liar: Liar) -> Endpoint:
    return Endpoint(liar.url, "m", sleep=lambda _: None)


@pytest.mark.parametrize("what", WITHOUT_END)
def test_an_endpoint_that_sends_little_for_ever(liar: Liar, what: str) -> None:
    liar.first, liar.again = WITHOUT_END[what]
    with pytest.raises(EndpointError, match=r"no answer within 300 s, 6 times|took more than 300 s"):
        endpoint(liar).ask(PROMPT)


@pytest.mark.parametrize("what", WITHOUT_END)
def test_a_store_that_sends_little_for_ever(liar: Liar, what: str) -> None:
    liar.first, liar.again = WITHOUT_END[what]
    with Transport() as transport, pytest.raises(NoAnswerError, match="for more than 3600 s, the limit"):
        transport.send(StoreRequest("GET", liar.url))


@pytest.mark.parametrize("what", LIES)
def test_an_endpoint_that_lies(liar: Liar, what: str) -> None:
    liar.first = LIES[what]
    with pytest.raises(EndpointError) as told:
        endpoint(liar).ask(PROMPT)
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize("what", sorted(set(LIES) - {"a shorter length"}))
def test_a_store_that_lies(liar: Liar, what: str) -> None:
    liar.first = LIES[what]
    with Transport(sleep=lambda _: None) as transport, pytest.raises(StoreError) as told:
        transport.send(StoreRequest("GET", liar.url, repeatable=True))
    assert len(str(told.value).splitlines()) == 1


def test_a_connection_that_is_used_again_is_cut_too(liar: Liar) -> None:
    liar.first = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with Session() as session, TimeLimit(1) as deadline:
        session.get(liar.url)
        deadline._cut()
        with pytest.raises(requests.ConnectionError):
            session.get(liar.url)
    assert deadline.over


def test_nothing_is_cut_outside(liar: Liar) -> None:
    liar.first = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with Session() as session:
        with TimeLimit(1):
            pass
        liar.up()
        assert session.get(liar.url).text == "{}"


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("7", 7.0),
        (" 0.5 ", 0.5),
        ("", 0.0),
        ("soon", 0.0),
        ("-1", 0.0),
        ("²", 0.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0.0),
        ("Fri, 31 Dec 1999 23:59:59", 0.0),
    ],
)
def test_how_long_a_server_asks_us_to_wait(wish: str, seconds: float) -> None:
    answer = requests.Response()
    answer.headers["Retry-After"] = wish
    assert retry_after(answer) == seconds


def test_a_refusal_is_one_line_without_secrets() -> None:
    assert refusal(" it is\n s3cret ", ["s3cret"]) == ": it is ***"
    assert refusal("x" * 1000, ()) == f": {'x' * 300}"
    assert refusal("", ()) == refusal(" <html>", ()) == ""
