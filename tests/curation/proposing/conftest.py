"""An endpoint on loopback that speaks the chat-completions protocol, whole and streamed, well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass
class Says:
    """What to answer: the model's words as the protocol sends them, or ``raw`` bytes instead.

    ``endless`` goes on for ever; ``hang_up`` closes the connection after what was sent.
    """

    words: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    stream: bool | None = None  # None: as it was asked for
    usage: bool = True
    endless: bool = False
    hang_up: bool = False


@dataclass
class Chat:
    """The endpoint: its address, what it was asked, and what it says."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    script: Callable[[Asked], Says] = lambda _: Says("{}")

    def says(self, *answers: Says | str) -> None:
        """Answer one after another; the last one stays."""
        left = [Says(answer) if isinstance(answer, str) else answer for answer in answers]
        self.script = lambda _: left.pop(0) if len(left) > 1 else left[0]


def whole(words: str, *, usage: bool) -> bytes:
    """Return a completion as servers send it."""
    content: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": words},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
    }
    if usage:
        content["usage"] = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}
    return json.dumps(content).encode()


def streamed(words: str, *, usage: bool) -> Iterator[bytes]:
    """Yield a completion as servers stream it: a few characters at a time, some split within an event."""

    def event(delta: dict[str, str], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        content = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]}
        return b"data: " + json.dumps(content, ensure_ascii=False).encode() + b"\n\n"

    yield b": keep-alive\n\n" + event({"role": "assistant", "content": ""})
    for start in range(0, len(words), 7):
        part = event({"content": words[start : start + 7]})
        yield part[:30]
        yield part[30:]
    yield event({}, "stop")
    if usage:
        yield b'data: {"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 50}}\n\n'
    yield b"data: [DONE]\n\n"


@pytest.fixture
def chat() -> Iterator[Chat]:
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.path, dict(self.headers.items()), json.loads(body))
            found.asked.append(asked)
            says = found.script(asked)
            stream = asked.body.get("stream", False) if says.stream is None else says.stream
            self.send_response_only(says.status)
            kind = "text/event-stream; charset=utf-8" if stream else "application/json"
            for name, value in {"Content-Type": kind, **says.headers}.items():
                self.send_header(name, value)
            if says.raw is not None or not (stream or says.endless):
                content = says.raw if says.raw is not None else whole(says.words, usage=says.usage)
                self.send_header("Content-Length", str(len(content) + says.hang_up))
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = self.close_connection or says.hang_up
                return
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in streamed(says.words, usage=says.usage):
                if not (says.endless and part.startswith(b"data: [DONE]")):
                    self._chunk(part)
            while says.endless and not over.is_set():
                self._chunk(b": keep-alive" + b" " * 60_000 + b"\n\n")
            self.close_connection = True
            if not says.hang_up:
                self.wfile.write(b"0\r\n\r\n")

        def _chunk(self, part: bytes) -> None:
            try:
                self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            except OSError:  # who asked has gone
                over.set()

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        found = Chat(f"http://127.0.0.1:{server.server_port}/v1")
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield found
        finally:
            over.set()
            server.shutdown()
            thread.join()
