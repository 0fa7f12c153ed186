"""A server under load and under attack: those that ask are answered. All on loopback."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests

from strategraph.querying import serving
from strategraph.querying.serving import Settings
from strategraph.querying.serving.server import (
    MOST,
    UNFINISHED,
    address,
    listening_socket,
    most_connections,
    running,
    to_give_way,
)

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    settings = Settings(port=0)
    with listening_socket(settings) as listening, running(VALID, settings, listening) as (server, _):
        thread = threading.Thread(target=server.run)
        thread.start()
        yield address(listening)
        server.stop()
        thread.join()


def ask(url: str) -> int:
    return requests.get(f"{url}sparql", params={"query": "ASK {}"}, timeout=60).status_code


def test_many_short_queries_at_once_are_all_answered(url: str) -> None:
    ask(url)
    with ThreadPoolExecutor(200) as pool:
        found = Counter(pool.map(lambda _: ask(url), range(200)))
    assert found == {200: 200}


def test_connections_that_dribble_starve_nobody(url: str) -> None:
    place = (urlsplit(url).hostname, urlsplit(url).port)
    dribbling = [socket.create_connection(place) for _ in range(300)]
    try:
        for connection in dribbling:
            connection.send(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nX: ")
        assert [ask(url) for _ in range(5)] == [200] * 5
    finally:
        for connection in dribbling:
            connection.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no figures on memory on this system")
def test_a_thousand_clients_at_once(url: str) -> None:
    """Half of them ask, and all these are answered; the others are silent or dribble, and cost little."""
    if not _files(MOST * 3):
        pytest.skip("this system has too few open files for a thousand clients")
    assert ask(url) == 200
    place = (urlsplit(url).hostname, urlsplit(url).port)
    before = _memory()
    kept: list[socket.socket] = []
    try:
        for number in range(500):
            kept.append(socket.create_connection(place, timeout=120))
            if number % 2:
                kept[-1].send(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nX: ")
        asking = [socket.create_connection(place, timeout=120) for _ in range(500)]
        kept += asking
        for connection in asking:
            connection.sendall(
                b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            )
        found = Counter(_whole_answer(connection)[:12] for connection in asking)
        assert found == {b"HTTP/1.1 200": 500}
        assert ask(url) == 200
        assert _memory() - before < 200_000, "more than 200 kB a client"
    finally:
        for connection in kept:
            connection.close()


def _whole_answer(connection: socket.socket) -> bytes:
    answer = b""
    while part := connection.recv(65_536):
        answer += part
    return answer


def _memory() -> int:
    """Return the most memory that this process had so far, in kB; the server is a part of it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _files(wanted: int) -> bool:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= wanted


@pytest.mark.parametrize("body", [b"0\r\n\r\n", b"query=ASK%7B%7D"])
def test_two_lengths_are_refused(url: str, body: bytes) -> None:
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port)) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n%s" % (len(body), body)
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ") or connection.recv(100).startswith(
            b"HTTP/1.0 400 "
        )


def channel(created: float, client: str, *, asks: bool = False) -> SimpleNamespace:
    return SimpleNamespace(creation_time=created, addr=(client, 1), asks=asks)


def test_the_oldest_that_do_not_ask_give_way() -> None:
    channels = {n: channel(n, "a", asks=n % 2 == 0) for n in range(10)}
    found = to_give_way(channels, 8, now=100.0)  # type: ignore[arg-type]
    assert [each.creation_time for each in found] == [1, 3]
    young = {n: channel(100 + n / 20, "a") for n in range(10)}
    assert to_give_way(young, 8, now=100.5) == []  # type: ignore[arg-type]
    assert to_give_way(channels, 10, now=100.0) == []  # type: ignore[arg-type]


def test_a_clock_that_is_set_back_keeps_nobody() -> None:
    channels = {n: channel(5_000 + n, "a") for n in range(10)} | {10: channel(1_000, "a")}
    found = to_give_way(channels, 8, now=1_000.5)  # type: ignore[arg-type]
    assert [each.creation_time for each in found] == [5_000, 5_001, 5_002]


def test_a_client_with_many_gives_way_before_others() -> None:
    channels = {n: channel(n, "many" if n else "one") for n in range(UNFINISHED + 3)}
    found = to_give_way(channels, MOST, now=1e6)  # type: ignore[arg-type]
    assert [each.creation_time for each in found] == [1, 2]


def test_there_are_files_enough() -> None:
    assert 16 <= most_connections() <= MOST


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_what_a_killed_server_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "gettempdir", lambda: str(tmp_path))
    left, held, fresh = (tmp_path / f"strategraph-serve-{name}" for name in ("left", "held", "fresh"))
    for folder in (left, held, fresh):
        (folder / "store").mkdir(parents=True)
    for folder in (left, held):
        os.utime(folder, (time.time() - 60, time.time() - 60))
    (tmp_path / "strategraph-serve-link").symlink_to(held)
    (tmp_path / "other").mkdir()
    with serving._held(held):
        serving.remove_leftovers()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "other", "strategraph-serve-fresh", "strategraph-serve-held", "strategraph-serve-link",
    ]  # fmt: skip
    assert gettempdir()
