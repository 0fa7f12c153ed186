"""Each request of a load fails once, or from some request on: nothing is half-loaded without being told."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from requests import Response
from tests.interop.stores.servers import Server

from strategraph.cli import main
from strategraph.querying.stores import RefusedError, StoreError, loading
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import STAGING, PlanGraph, load, swap
from strategraph.querying.stores.profiles import Swap, find_profile
from strategraph.querying.stores.transport import StoreRequest, Transport

from .conftest import Answer, Seen, Stage

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
FAULTS = (
    "cut before", "cut after", "half an answer", "half a line", "500 before", "500 after", "504 after", "503 before",
    "silent before", "silent after", "nonsense", "another charset", "another place",
)  # fmt: skip
LASTING = ("cut before", "half an answer", "500 before", "silent before", "nonsense")


class Between:
    """A proxy before a store, which spoils the answer to one request, or to all from one on."""

    def __init__(self, store: str) -> None:
        self._store = urlsplit(store).netloc
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.fault, self.at, self.lasting, self.requests = "", 0, False, 0
        threading.Thread(target=self._serve, daemon=True).start()

    def spoil(self, fault: str, at: int, *, lasting: bool) -> None:
        self.fault, self.at, self.lasting, self.requests = fault, at, lasting, 0

    def close(self) -> None:
        self._over.set()
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        """Answer one request, and close."""
        with connection, connection.makefile("rb") as file:
            line = file.readline().decode("latin-1").split()
            if not line:
                return
            headers = {}
            while (row := file.readline().decode("latin-1").strip()) != "":
                name, _, value = row.partition(":")
                headers[name.lower()] = value.strip()
            body = file.read(int(headers.get("content-length", 0)))
            self.requests += 1
            spoilt = self.requests == self.at or (self.lasting and self.requests > self.at > 0)
            answer = b""
            if not spoilt or "after" in self.fault or "half" in self.fault:
                answer = self._forwarded(line[0], line[1], body, headers)
            connection.sendall(self._spoilt(answer) if spoilt else answer)

    def _forwarded(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        store = HTTPConnection(self._store, timeout=60)
        kept: dict[str, str] = {name: headers[name] for name in ("accept", "content-type") if name in headers}
        store.request(method, path, body, kept)
        answer = store.getresponse()
        content = answer.read()
        store.close()
        return _response(f"{answer.status} {answer.reason}", content, answer.headers.get("Content-Type", ""))

    def _spoilt(self, answer: bytes) -> bytes:
        if self.fault.startswith("half"):
            end = answer.index(b"\r\n\r\n")
            return answer[:9] if self.fault == "half a line" else answer[: (end + len(answer)) // 2]
        if self.fault.startswith("silent"):
            self._over.wait(60)
        if self.fault[:3].isdigit():
            return _response(f"{self.fault[:3]} No", b"out of order")
        if self.fault == "another charset":
            return _response("400 No", b"\xff no", "text/plain; charset=idna")
        if self.fault == "another place":
            return b"HTTP/1.1 307 There\r\nLocation: http://[::1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        return (
            _response("200 OK", b"<html>Sign in to the wireless network</html>")
            if self.fault == "nonsense"
            else b""
        )


def _response(status: str, content: bytes, kind: str = "text/plain") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nServer: Oxigraph\r\nContent-Length: {len(content)}\r\n"
    )
    return f"{head}Connection: close\r\n\r\n".encode() + content


@contextmanager
def between(store: str) -> Iterator[Between]:
    made = Between(store)
    try:
        yield made
    finally:
        made.close()


def triple(number: int) -> bytes:
    return b"<https://example.org/s> <https://example.org/p> <https://example.org/o%d> .\n" % number


OLD, NEW = (b"".join(map(triple, numbers)) for numbers in (range(3), range(1, 5)))


@pytest.fixture(scope="module")
def plan() -> PlanGraph:
    return PlanGraph("https://example.org/plan/x/graph", 4, NEW)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch, plan: PlanGraph) -> None:
    """No pauses; what is loaded is checked elsewhere; a load before, by this same process, is no more."""
    options = Transport.__init__.__kwdefaults__
    assert options is not None
    monkeypatch.setitem(options, "sleep", lambda _: None)
    report, _ = loading.read(VALID)
    monkeypatch.setattr(loading, "read", lambda _: (report, (plan,)))
    monkeypatch.setattr(loading, "_runs", lambda _: False)


@pytest.fixture
def store(oxigraph: Server) -> Iterator[Store]:
    with Transport() as transport:
        yield Store(transport, find_profile("oxigraph").endpoints(oxigraph.url))


def run(url: str, *more: str) -> Result:
    return CliRunner().invoke(main, ["load", str(VALID), "--to", url, *more])


@pytest.mark.parametrize(
    ("fault", "lasting"), [*((fault, False) for fault in FAULTS), *((fault, True) for fault in LASTING)]
)
def test_each_request_of_a_load_fails(
    fault: str, lasting: bool, oxigraph: Server, store: Store, plan: PlanGraph, at_once: None
) -> None:
    more = ["--timeout", "0.5"] if fault.startswith("silent") else []
    ends = set()
    with between(oxigraph.url) as way:
        for number in range(1, 40):
            store.update("DROP ALL")
            store.put(plan.name, OLD)
            way.spoil(fault, number, lasting=lasting)
            result = run(way.url, *more)
            reached = way.requests >= number
            ends.add(result.exit_code)
            _is_as_told(store, plan, result, reached=reached)
            way.spoil("", 0, lasting=False)
            assert run(way.url).exit_code == 0
            assert sorted(store.fetch(plan.name).splitlines()) == NEW.splitlines()
            assert _staging(store) == []
            if not reached:
                break
        else:
            pytest.fail("it never came to an end without a fault")
    assert ends <= {0, 2}
    assert ends == {0, 2} or not lasting


def _staging(store: Store) -> list[str]:
    rows = store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    return [row["g"] for row in rows if STAGING in row["g"]]


def _is_as_told(store: Store, plan: PlanGraph, result: Result, *, reached: bool) -> None:
    """The old graph or the new one is there, as a whole, and the status and the words say which."""
    assert isinstance(result.exception, SystemExit | None), result.stderr
    assert "Traceback" not in result.stderr
    assert all(line.startswith("strategraph: ") for line in result.stderr.splitlines()), result.stderr
    content = b"".join(sorted(store.fetch(plan.name).splitlines(keepends=True)))
    assert content in (OLD, NEW), result.stderr
    if result.exit_code == 0:
        assert content == NEW
        assert _staging(store) == []
        return
    assert reached
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("strategraph: error: ")
    if "stays as it was" in result.stderr:
        assert content == OLD
    if _staging(store):
        assert "staging graph" in result.stderr
    if content == NEW:
        assert any(words in result.stderr for words in ("4 triples now", "the old graph or the new one"))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_swap_that_a_proxy_does_not_wait_for_keeps_its_staging_graph(
    status: int, store: Store, oxigraph: Server, plan: PlanGraph
) -> None:
    """Were it removed, the update would, when its turn comes, empty the graph."""
    late: list[StoreRequest] = []

    class Impatient(Transport):
        def send(self, request: StoreRequest) -> Response:
            if b"INSERT {" not in request.body:
                return super().send(request)
            late.append(request)
            raise RefusedError("gave up waiting", status)

    store.update("DROP ALL")
    store.put(plan.name, OLD)
    with (
        Impatient() as transport,
        pytest.raises(
            StoreError, match=r"gave up waiting; .* has 3 triples now; .* load again, which is safe"
        ),
    ):
        load(Store(transport, store.endpoints), plan)
    assert len(_staging(store)) == 1
    with Transport() as transport:  # its turn comes
        transport.send(late[0])
    assert sorted(store.fetch(plan.name).splitlines()) == NEW.splitlines()


@pytest.mark.parametrize("way", ["merge", "replace"])
def test_a_swap_that_comes_after_its_staging_graph_was_tidied_away_empties_nothing(
    way: Swap, store: Store, plan: PlanGraph
) -> None:
    """The client was killed, its update waits for its turn; meanwhile the next load has removed the graph."""
    store.update("DROP ALL")
    store.put(plan.name, OLD)
    with pytest.raises(StoreError, match="has 3 triples now, not 4"):
        swap(store, f"{plan.name}{STAGING}gone", plan, way)
    assert sorted(store.fetch(plan.name).splitlines()) == OLD.splitlines()


@pytest.mark.parametrize("way", ["merge", "replace"])
def test_a_graph_of_literals_takes_the_old_ones_place(way: Swap, store: Store) -> None:
    """A store may write them in another form, so that none of them can be asked for as it was sent."""
    number = b'<https://example.org/s> <https://example.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    graph = PlanGraph("https://example.org/plan/x/graph", 1, number)
    store.update("DROP ALL")
    store.put(graph.name, OLD)
    load(store, graph, way)
    assert store.count(graph.name) == 1


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit])
def test_what_is_interrupted_is_told(
    ending: Callable[[], BaseException], store: Store, oxigraph: Server, plan: PlanGraph, at_once: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    store.update("DROP ALL")
    send = Transport.send

    def ended(self: Transport, request: StoreRequest) -> Response:
        if b"INSERT {" in request.body:
            raise ending()
        return send(self, request)

    monkeypatch.setattr(Transport, "send", ended)
    result = run(oxigraph.url)
    assert (
        "stopped while putting the staging graph in place: <https://example.org/plan/x/graph> has"
        in result.stderr
    )
    if ending is KeyboardInterrupt:
        assert result.exit_code == 128 + signal.SIGINT
    monkeypatch.setattr(Transport, "send", send)
    assert run(oxigraph.url).exit_code == 0


@pytest.mark.parametrize("answer", ['{"results": {"bindings": [{"g": {"value": "x"}}]}}', '{"results": {"bindings": [{"g": {"value": 5}}]}}',
                                    '{"results": {"bindings": [{"g": {"value": "x/graph"}, "n": {"value": "many"}}]}}',
                                    '{"results": {"bindings": [{}]}}', "[" * 100_000, '{"results": {"bindings": [1]}}'])  # fmt: skip
@pytest.mark.parametrize("command", ["status", "load", "unload", "query"])
def test_answers_that_say_something_else(command: str, answer: str, stage: Stage, at_once: None) -> None:
    def script(seen: Seen) -> Answer:
        return Answer(200, {"Server": "Oxigraph"}, answer.encode())

    stage.script = script
    words = {
        "status": ["status", stage.url],
        "load": ["load", str(VALID), "--to", stage.url],
        "unload": ["unload", "--leftovers", "--from", stage.url],
        "query": ["query", stage.url, "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    }[command]
    result = CliRunner().invoke(main, words)
    assert "fault of strategraph" not in result.stderr, result.stderr
    assert result.exit_code == 2 or (command, result.exit_code) in {("status", 0), ("unload", 0)}


def test_what_an_update_asks_for_is_a_whole_triple() -> None:
    """U+2028 ends a line for Python, and may stand in a literal of N-Triples."""
    literal = '<urn:s> <urn:p> "\u2028a" .\n'
    assert loading._witness(literal.encode()) == "<urn:s> <urn:p> ?any"
    assert loading._witness(f"{literal}<urn:s> <urn:q> <urn:o> .\n".encode()) == "<urn:s> <urn:q> <urn:o>"
