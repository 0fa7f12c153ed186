"""The serve command as people run it: its messages, its end, and what goes on beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result
from tests.interop.stores.servers import free_port

from strategraph.cli import main
from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.querying import catalogue
from strategraph.querying.stores.collection import add
from strategraph.querying.stores.loading import PlanGraph
from strategraph.rdf.loading import load_graph

TESTS = Path(__file__).parents[1]
FILES = (TESTS / "shapes" / "valid.ttl", TESTS / "querying" / "riverside.ttl")
MONSTER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store with two plans."""
    folder = tmp_path_factory.mktemp("serve") / "plans.db"
    plans = [
        PlanGraph(str(name), len(graph), write(graph, "ntriples"))
        for path in FILES
        for name, graph in plan_graphs(load_graph(path))
    ]
    assert len(list(add(folder, plans))) == len(plans) == 2
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same plans as files."""
    folder = tmp_path_factory.mktemp("files")
    for path in FILES:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@contextmanager
def serving(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and the address that it shows."""
    command = [sys.executable, "-m", "strategraph", "serve", *map(str, arguments), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            line = server.stdout.readline()
            assert line.endswith("(stop with Ctrl-C)\n"), server.communicate()[1]
            yield server, line.rsplit(": ", 1)[1].split()[0]
        finally:
            server.kill()


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    if not listed.exists():
        pytest.skip("no list of child processes on this system")
    return [int(child) for child in listed.read_text().split()]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended stays in the table until somebody asks how.
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_for_end(processes: list[int]) -> None:
    end = time.monotonic() + 600
    while any(map(is_alive, processes)):
        assert time.monotonic() < end, "still running"
        time.sleep(0.05)


def rows(url: str, query: str) -> str:
    return requests.get(f"{url}sparql", {"query": query}, headers={"Accept": "text/csv"}, timeout=600).text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("busy", [False, True])
def test_a_signal_ends_it_and_its_workers(store: Path, number: signal.Signals, busy: bool) -> None:
    with serving(store) as (server, url):
        assert rows(url, "SELECT ?x { VALUES ?x { 1 } }") == "x\r\n1\r\n"
        workers = children(server.pid)
        assert len(workers) >= 2
        answers: list[int] = []
        if busy:
            asking = threading.Thread(target=lambda: answers.append(status_of(url, MONSTER)))
            asking.start()
            time.sleep(0.5)
        server.send_signal(number)
        assert server.wait(300) == 0
        assert server.stderr is not None
        assert server.stderr.read() == ""
        wait_for_end(workers)
        if busy:
            asking.join()
            assert answers in ([503], [0])


def status_of(url: str, query: str) -> int:
    """Return the status of an answer, 0 if the connection was closed before it was whole."""
    try:
        return requests.get(f"{url}sparql", {"query": query}, timeout=600).status_code
    except requests.RequestException:
        return 0


def test_a_killed_server_leaves_no_workers(store: Path) -> None:
    with serving(store) as (server, url):
        assert rows(url, "SELECT ?x { VALUES ?x { 1 } }")
        workers = children(server.pid)
        server.kill()
        server.wait()
        wait_for_end(workers)


def test_it_runs_in_this_process_too(store: Path) -> None:
    """As above, where coverage sees it; and the warning that goes with an address that others reach."""
    port = free_port()
    seen: list[str] = []

    def ask_and_end() -> None:
        while not seen:
            try:
                seen.append(
                    rows(f"http://127.0.0.1:{port}/", "SELECT (COUNT(*) AS ?n) { ?p a sg:StrategicPlan }")
                )
            except requests.ConnectionError:
                time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    asking = threading.Thread(target=ask_and_end)
    asking.start()
    result = run("serve", store, "--host", "0.0.0.0", "--port", str(port))
    seen.append("")  # so that the thread ends if the server never came up
    asking.join()
    assert (result.exit_code, seen[0].split()) == (0, ["n", "2"])
    assert result.stdout == f"{store}: http://0.0.0.0:{port}/ (stop with Ctrl-C)\n"
    assert result.stderr.count("\n") == 1
    assert "warning: on 0.0.0.0 other machines can ask, without any password" in result.stderr
    assert signal.getsignal(signal.SIGTERM) is before


def test_ipv6(store: Path) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with serving(store, "--host", "::1") as (server, url):
        assert url.startswith("http://[::1]:")
        assert rows(url, "SELECT ?x { VALUES ?x { 1 } }") == "x\r\n1\r\n"
        server.terminate()
        assert server.wait(300) == 0
        assert server.stderr is not None
        assert server.stderr.read() == ""


def test_a_port_in_use_is_told_in_one_line(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("serve", store, "--port", str(port))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert f"port {port}: already in use; choose another with --port" in result.stderr


@pytest.mark.parametrize(
    ("host", "message"),
    [("no.such.host.invalid", "no such address"), ("203.0.113.7", "cannot be listened on"), ("x" * 300, "no such address")],
)  # fmt: skip
def test_an_address_that_is_none(store: Path, host: str, message: str) -> None:
    result = run("serve", store, "--host", host, "--port", "0")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr.splitlines()[-1]


def test_what_holds_no_graph(tmp_path: Path) -> None:
    (tmp_path / "notes.ttl").write_text("not Turtle", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("none", "empty", "notes.ttl"):
        result = run("serve", tmp_path / name, "--port", "0")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), name
        assert name in result.stderr


@pytest.mark.parametrize(
    "option", [("--timeout", "0"), ("--memory", "10"), ("--limit", "-1"), ("--port", "70000")]
)
def test_options_out_of_range(store: Path, option: tuple[str, str]) -> None:
    assert run("serve", store, *option).exit_code == 2


def test_the_store_stays_as_it_is_while_it_is_served(store: Path) -> None:
    with serving(store) as (server, url), serving(store) as (_, second):
        assert rows(second, "ASK {}") == rows(url, "ASK {}")
        assert run("store", store, "list").exit_code == 0
        refused = run("store", store, "remove", "Riverside")
        assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
        assert "another process is using this store" in refused.stderr
        server.terminate()
        server.wait(300)
        assert run("store", store, "add", FILES[0]).exit_code == 2  # the second one is there still
    assert "stays as it was" in run("store", store, "add", FILES[0]).stdout


@pytest.mark.parametrize("kind", ["store", "files"])
def test_the_query_command_gets_the_same_rows_from_it(
    request: pytest.FixtureRequest, store: Path, kind: str
) -> None:
    served = request.getfixturevalue(kind)
    with serving(served) as (_, url):
        for question in catalogue():
            there = run("query", f"{url}sparql", question.name, "-f", "csv")
            here = run("query", store, question.name, "-f", "csv")
            assert (there.exit_code, there.stderr) == (0, ""), question.name
            assert there.stdout == here.stdout, question.name
