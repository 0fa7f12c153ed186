"""A real Oxigraph, which comes with the development dependencies, and a server that misbehaves on purpose."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.interop.stores.servers import MissingError, Server, running


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        with running("oxigraph", tmp_path_factory.mktemp("oxigraph")) as found:
            yield found
    except MissingError as error:
        if os.environ.get("CI"):
            pytest.fail(f"Oxigraph is missing: {error}")
        pytest.skip(f"Oxigraph was not tried: {error}")


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answer:
    """What to answer; ``hang_up`` closes the connection without a word, ``wait`` stays silent so long."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang_up: bool = False
    wait: float = 0


Script = Callable[[Seen], Answer]


@dataclass
class Stage:
    """A server on loopback that answers as its script says, and what it was asked."""

    url: str
    seen: list[Seen] = field(default_factory=list)
    script: Script = lambda _: Answer()

    def plays(self, *answers: Answer) -> None:
        """Answer one after another; the last one stays."""
        left = list(answers)
        self.script = lambda _: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def stage() -> Iterator[Stage]:
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen = Seen(self.command, self.path, dict(self.headers.items()), body)
            found.seen.append(seen)
            answer = found.script(seen)
            over.wait(answer.wait)
            if answer.hang_up:
                self.close_connection = True
                return
            self.send_response_only(answer.status)  # without a Server header of its own
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found = Stage(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield found
        finally:
            over.set()
            server.shutdown()
            thread.join()
