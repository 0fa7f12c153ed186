"""A server that is told to stop has the answers that are being made written, and nothing left open."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from strategraph.errors import UnusableInputError
from strategraph.querying.serving import Settings
from strategraph.querying.serving.application import Application
from strategraph.querying.serving.server import Server, listening_socket, running

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
ANSWER = b"whole"


class Slow:
    """An application that answers when it is let."""

    def __init__(self) -> None:
        self.asked, self.let = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.asked.set()
        assert self.let.wait(60)
        start("200 OK", [("Content-Length", str(len(ANSWER)))])
        return [ANSWER]


@pytest.fixture
def listening() -> Iterable[socket.socket]:
    with closing(listening_socket(Settings(port=0))) as found:
        yield found


def test_an_answer_being_made_is_written_after_the_stop(listening: socket.socket) -> None:
    slow = Slow()
    server = Server(cast(Application, slow), listening, Settings())
    running = threading.Thread(target=server.run)
    running.start()
    with socket.create_connection(listening.getsockname()[:2], timeout=60) as client:
        client.sendall(REQUEST)
        assert slow.asked.wait(60)
        server.stop()
        running.join(60)
        assert not running.is_alive()
        slow.let.set()
        server.end()
        answer = b""
        while received := client.recv(4096):
            answer += received
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(ANSWER)
    assert not server.active_channels


def test_too_few_threads_are_told_in_one_line(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a container may have few processes, or memory is bounded: each thread has a stack."""

    def start(*_: object, **__: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("waitress.task.ThreadedTaskDispatcher.start_new_thread", start)
    with (
        pytest.raises(UnusableInputError, match=r"threads that answer cannot be started \(can't start"),
        running(VALID, Settings(port=0), listening),
    ):
        pytest.fail("it serves")


def test_who_outlives_the_end_wakes_nobody(listening: socket.socket) -> None:
    server = Server(cast(Application, Slow()), listening, Settings())
    server.end()
    server.pull_trigger()
