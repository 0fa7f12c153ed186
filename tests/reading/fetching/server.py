"""A real server on the loopback interface that answers what a test tells it to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What a server has at each path, and the requests it got: (path, headers)."""

    origin: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """Return the paths that were asked for, without that of robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def sends(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    """Return an answer with a body; ``content_type`` stands for the header Content-Type."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body))} | named).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def leads(location: str, *, status: int = 302) -> Answer:
    return sends(b"", status=status, location=location)


def streams(chunks: Iterator[bytes] | Callable[[], Iterator[bytes]]) -> Answer:
    """Return an answer of unknown length, until the client goes away."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for chunk in chunks() if callable(chunks) else chunks:
                handler.wfile.write(chunk)
                handler.wfile.flush()
        except OSError:
            pass  # the client has had enough, as it should

    return answer


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site that is empty at first, over TLS if a context is given, until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            missing = sends(b"no such page", status=404)
            site.pages.get(self.path, missing)(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is no news
    site.origin = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
