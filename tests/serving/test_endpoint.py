"""The endpoint over a real socket: each status and format, and the same rows as ``strategraph query``."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from strategraph.querying import catalogue, find_format, load_dataset, render
from strategraph.querying.engine import run
from strategraph.serving.server import address, listening_socket, running
from strategraph.serving.settings import Settings

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o }"
MONSTER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?i"


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    with listening_socket(settings) as listening, running(VALID, settings, listening) as (server, _):
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield address(listening)
        finally:
            server.stop()
            thread.join(20)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serving(Settings(port=0, timeout=2, limit=5, memory=400, patience=1, body=20_000)) as url:
        yield url


def ask(base: str, query: str, accept: str = "*/*") -> requests.Response:
    headers = {"Accept": accept}
    return requests.get(f"{base}sparql", params={"query": query}, headers=headers, timeout=30)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_rows_are_those_of_the_query_command(base: str, name: str) -> None:
    types = {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
    }
    dataset = load_dataset(VALID)
    for question in catalogue():
        expected = render(run(dataset, question.text), find_format(name), dataset)
        answer = ask(base, question.text, types[name])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(types[name])
        if "Strategraph-Cut-After" not in answer.headers:
            assert answer.content == expected, question.name


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_triples(base: str, media_type: str) -> None:
    answer = ask(base, "CONSTRUCT WHERE { ?s a sg:StrategicPlan }", media_type)
    assert answer.headers["Content-Type"].startswith(media_type)
    assert "StrategicPlan" in answer.text


def test_three_ways_to_ask(base: str) -> None:
    url, query = f"{base}sparql", "ASK { ?s a sg:StrategicPlan }"
    assert ask(base, query).json()["boolean"] is True
    assert requests.post(url, data={"query": query}, timeout=30).json()["boolean"] is True
    direct = requests.post(url, query, headers={"Content-Type": "application/sparql-query"}, timeout=30)
    assert direct.json()["boolean"] is True
    nowhere = {"query": query, "default-graph-uri": "http://example.org/none"}
    assert requests.get(url, params=nowhere, timeout=30).json()["boolean"] is False


def test_a_cut_answer_says_so(base: str) -> None:
    answer = ask(base, ROWS)
    assert len(answer.json()["results"]["bindings"]) == 5
    assert answer.headers["Strategraph-Cut-After"] == "5"
    assert "Strategraph-Cut-After" not in ask(base, f"{ROWS} LIMIT 5").headers


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {", 400, "does not parse: line 1"),
        ("DROP ALL", 403, "is an update"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "another host"),
        (MONSTER, 504, "longer than the 2 s"),
        (HOG, 500, "more than the 400 MB"),
    ],
)
def test_refusals_are_one_line(base: str, query: str, status: int, words: str) -> None:
    start = time.monotonic()
    answer = ask(base, query)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert answer.text.count("\n") == 1
    assert time.monotonic() - start < 15


def test_others_are_answered_while_a_monster_runs(base: str) -> None:
    statuses: list[int] = []
    monster = threading.Thread(target=lambda: statuses.append(ask(base, MONSTER).status_code))
    monster.start()
    time.sleep(0.3)
    assert ask(base, "ASK {}").status_code == 200
    assert statuses == []
    monster.join()
    assert statuses == [504]


def test_methods_types_and_lengths(base: str) -> None:
    url = f"{base}sparql"
    refused = requests.put(url, "x", timeout=30)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert requests.options(url, timeout=30).status_code == 204
    assert requests.post(url, "x", headers={"Content-Type": "text/plain"}, timeout=30).status_code == 415
    update = {"Content-Type": "application/sparql-update"}
    assert requests.post(url, "DROP ALL", headers=update, timeout=30).status_code == 403
    assert ask(base, ROWS, "image/png").status_code == 406
    assert ask(base, ROWS, "text/turtle").status_code == 406
    assert requests.post(url, {"query": "x" * 30_000}, timeout=30).status_code == 413
    head = requests.head(url, params={"query": "ASK {}"}, timeout=30)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", "27")


def test_hosts_and_origins(base: str) -> None:
    def status(**headers: str) -> int:
        return requests.get(f"{base}sparql", headers=headers, timeout=30).status_code

    assert status(Host="localhost:1") == 200
    assert status(Host="evil.example") == 421
    assert status(Origin=base.rstrip("/")) == 200
    assert status(Origin="http://evil.example") == 403


def test_the_endpoint_describes_itself_or_shows_the_page(base: str) -> None:
    assert "sd:Service" in requests.get(f"{base}sparql", timeout=30).text
    html = requests.get(f"{base}sparql", headers={"Accept": "text/html,*/*;q=0.1"}, timeout=30)
    assert html.text.startswith("<!doctype html>")
    assert "default-src 'none'" in html.headers["Content-Security-Policy"]


def test_the_catalogue_binds_values_as_literals(base: str) -> None:
    url = f"{base}catalogue/goals-for-group"
    assert '"a\\"b"' in requests.get(url, params={"group": 'a"b'}, timeout=30).json()["query"]
    assert requests.get(url, params={"nix": "1"}, timeout=30).status_code == 400
    assert requests.get(f"{base}catalogue/nix", timeout=30).status_code == 404
    assert requests.get(f"{base}static/../page.py", timeout=30).status_code == 404


def test_a_request_that_drips_in_is_given_up(base: str) -> None:
    port = int(base.rstrip("/").rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=1) as slow,
        pytest.raises(OSError, match=r"reset|closed|pipe"),
    ):
        drip(slow)


def drip(connection: socket.socket) -> None:
    """Send one byte after another for longer than the server waits."""
    start = time.monotonic()
    while time.monotonic() - start < 15:
        connection.sendall(b"G")
        time.sleep(0.2)
