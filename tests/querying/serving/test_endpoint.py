"""The endpoint over a real socket: each status and format, and the same rows as ``strategraph query``."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph
import pytest
import requests
from click.testing import CliRunner
from rdflib import RDF, URIRef
from tests.conftest import SEED
from tests.reading.producers import to_pdf

from strategraph.cli import main
from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.pipeline import build
from strategraph.querying import catalogue, find_format, load_dataset, render
from strategraph.querying.engine import run
from strategraph.querying.serving import Settings, pages
from strategraph.querying.serving.server import Server, address, listening_socket, running
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG
from strategraph.reading import read

FRIEND = "https://friend.example"
VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
LABELS = ["Meadow Trust Plan from 2025"]
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o }"
MONSTER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?i"


@contextmanager
def serving(settings: Settings, path: Path = VALID) -> Iterator[tuple[Server, str]]:
    with listening_socket(settings) as listening, running(path, settings, listening) as (server, _):
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server, address(listening)
        finally:
            server.stop()
            thread.join(300)
            assert not thread.is_alive()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A server that has time, as machines that run tests may be busy."""
    with serving(Settings(port=0, timeout=60, limit=5, body=20_000, cors=FRIEND)) as (_, url):
        yield url


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    """A server that has neither time nor memory."""
    with serving(Settings(port=0, timeout=2, memory=400, patience=1)) as (_, url):
        yield url


def ask(base: str, query: str, accept: str = "*/*") -> requests.Response:
    headers = {"Accept": accept}
    return requests.get(f"{base}sparql", params={"query": query}, headers=headers, timeout=300)


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
    assert requests.post(url, data={"query": query}, timeout=300).json()["boolean"] is True
    direct = requests.post(url, query, headers={"Content-Type": "application/sparql-query"}, timeout=300)
    assert direct.json()["boolean"] is True
    nowhere = {"query": query, "default-graph-uri": "http://example.org/none"}
    assert requests.get(url, params=nowhere, timeout=300).json()["boolean"] is False


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
    ],
)
def test_refusals_are_one_line(base: str, query: str, status: int, words: str) -> None:
    answer = ask(base, query)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert answer.text.count("\n") == 1


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(strict: str) -> None:
    for _ in range(2):
        answer = ask(strict, MONSTER)
        assert (answer.status_code, answer.text.count("\n")) == (504, 1)
        assert "longer than the 2 s" in answer.text
    assert ask(strict, "ASK {}").status_code == 200


def test_a_query_that_takes_too_much_memory_ends_alone(strict: str) -> None:
    answer = ask(strict, HOG)
    assert answer.status_code in (500, 504)  # on a busy machine, its time may be over first
    assert "more than 400 MB" in answer.text or "longer than" in answer.text
    assert ask(strict, "ASK {}").status_code == 200


def test_others_are_answered_while_a_monster_runs(strict: str) -> None:
    base = strict
    for _ in range(10):
        statuses: list[int] = []
        monster = threading.Thread(target=lambda: statuses.append(ask(base, MONSTER).status_code))  # noqa: B023
        monster.start()
        time.sleep(0.3)
        assert ask(base, "ASK {}").status_code == 200
        still = not statuses
        monster.join()
        assert statuses == [504]
        if still:
            return  # else the machine was so busy that the monster's time was over first
    pytest.fail("nobody was answered while a monster ran")


def test_methods_types_and_lengths(base: str) -> None:
    url = f"{base}sparql"
    for method in ("PUT", "DELETE", "PATCH", "BREW"):
        refused = requests.request(method, url, data="x", timeout=300)
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert requests.post(base, "x", timeout=300).headers["Allow"] == "GET, HEAD, OPTIONS"
    options = requests.options(url, timeout=300)
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert requests.post(url, "x", headers={"Content-Type": "text/plain"}, timeout=300).status_code == 415
    update = {"Content-Type": "application/sparql-update"}
    assert requests.post(url, "DROP ALL", headers=update, timeout=300).status_code == 403
    assert ask(base, ROWS, "image/png").status_code == 406
    assert ask(base, ROWS, "text/turtle").status_code == 406
    assert requests.post(url, {"query": "x" * 30_000}, timeout=300).status_code == 413
    head = requests.head(url, params={"query": "ASK {}"}, timeout=300)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", "27")


def test_hosts_and_origins(base: str) -> None:
    def status(**headers: str) -> int:
        return requests.get(f"{base}sparql", headers=headers, timeout=300).status_code

    assert status(Host="localhost:1") == 200
    assert status(Host="evil.example") == 421
    assert status(Origin=base.rstrip("/")) == 200
    assert status(Origin="http://evil.example") == 403
    assert status(Origin="null") == 403


def test_pages_of_the_origin_that_is_let_in(base: str) -> None:
    preflight = requests.options(
        f"{base}sparql",
        headers={
            "Origin": FRIEND,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
        timeout=300,
    )
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == FRIEND
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    answer = requests.post(f"{base}sparql", {"query": ROWS}, headers={"Origin": FRIEND}, timeout=300)
    assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
    assert answer.headers["Access-Control-Expose-Headers"] == "Strategraph-Cut-After"
    broken = requests.get(f"{base}sparql", {"query": "?"}, headers={"Origin": FRIEND}, timeout=300)
    assert (broken.status_code, broken.headers["Access-Control-Allow-Origin"]) == (400, FRIEND)
    alone = requests.get(f"{base}sparql", timeout=300)
    assert "Access-Control-Allow-Origin" not in alone.headers
    assert "Origin" in alone.headers["Vary"]


def test_pages_elsewhere_stay_out_unless_somebody_asked(strict: str) -> None:
    refused = requests.options(f"{strict}sparql", headers={"Origin": FRIEND}, timeout=300)
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_rdflib_can_ask(base: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{base}sparql")
    try:
        for kind in ("xml", "json", "csv"):
            store.returnFormat = kind
            found: list[Any] = list(store.query("SELECT ?l { ?s a sg:StrategicPlan ; rdfs:label ?l }"))
            assert [str(row[0]) for row in found] == LABELS, kind
        for method in ("GET", "POST", "POST_FORM"):
            store.method = method
            assert len(list(store.query(f"{ROWS} LIMIT 3"))) == 3
    finally:
        store.close()


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for a plan's graph with its name."""
    path = tmp_path_factory.mktemp("named") / "valid.trig"
    path.write_bytes(write(load_graph(VALID), "trig"))
    with serving(Settings(port=0, timeout=60), path) as (_, url):
        yield url


def test_a_request_names_its_graphs(named: str) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    def count(query: str, **scope: str | list[str]) -> int:
        names = {name.replace("_", "-"): iri for name, iri in scope.items()}
        answer = requests.get(f"{named}sparql", {"query": query, **names}, timeout=60)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    graph = str(
        ask(named, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"][0]["g"][
            "value"
        ]
    )
    assert graph.endswith("/graph")
    assert f"<{graph}>" in requests.get(f"{named}sparql", timeout=60).text  # in the service's description
    assert count(everything) == count(everything, default_graph_uri=graph) > 0
    assert count(everything, default_graph_uri=[graph, "urn:none"]) == count(everything)
    assert count(everything, named_graph_uri=graph) == 0
    assert count(inside, named_graph_uri=graph) == count(inside) == count(everything)
    assert count(inside, named_graph_uri="urn:none") == 0
    assert count("SELECT (COUNT(*) AS ?n) FROM <urn:none> { ?s ?p ?o }", default_graph_uri=graph) > 0
    broken = requests.get(f"{named}sparql", {"query": everything, "default-graph-uri": "no iri"}, timeout=60)
    assert (broken.status_code, broken.text.count("\n")) == (400, 1)


def test_no_header_keeps_the_server_busy(base: str) -> None:
    assert ask(base, "ASK {}", '"' + '\\"' * 25_000).status_code == 406


def test_an_answer_that_nobody_fetches_is_given_up() -> None:
    many = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
    with serving(Settings(port=0, patience=1, limit=0)) as (server, url):
        size = int(
            requests.head(f"{url}sparql", params={"query": many}, timeout=60).headers["Content-Length"]
        )
        assert size > 8_000_000
        with socket.socket() as idle:
            idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            idle.connect(("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])))
            request = f"GET /sparql?{urlencode({'query': many})} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            idle.sendall(2 * request.encode())  # two, so that a thread waits for the first to be fetched
            assert idle.recv(12) == b"HTTP/1.1 200"
            end = time.monotonic() + 300
            while server.active_channels:
                assert time.monotonic() < end, "the connection is still open"
                time.sleep(0.1)


def test_the_endpoint_describes_itself_or_shows_the_page(base: str) -> None:
    assert "sd:Service" in requests.get(f"{base}sparql", timeout=300).text
    html = requests.get(f"{base}sparql", headers={"Accept": "text/html,*/*;q=0.1"}, timeout=300)
    assert html.text.startswith("<!doctype html>")
    assert "default-src 'none'" in html.headers["Content-Security-Policy"]


def test_the_first_page_shows_the_plans_with_their_text_and_leads_to_questions(base: str) -> None:
    html = requests.get(base, timeout=60)
    assert html.headers["Content-Type"] == "text/html; charset=utf-8"
    said = html.headers["Content-Security-Policy"]
    assert "default-src 'none'" in said
    assert "frame-ancestors 'none'" in said
    assert "unsafe" not in said
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html.text, re.DOTALL)
    shown = json.loads(found)
    assert LABELS[0] in [node[4] for node in shown["nodes"]]
    assert shown["sources"]  # the text stands beside the graph
    assert shown["links"] == {"Ask": "ask"}
    assert requests.get(base, timeout=60).content == html.content
    assert requests.head(base, timeout=60).status_code == 200


def test_a_plan_has_a_page_of_its_own(base: str) -> None:
    plan = next(str(node) for node in load_graph(VALID).subjects(RDF.type, SG.StrategicPlan))
    html = requests.get(f"{base}plan", params={"iri": plan}, timeout=60)
    assert html.status_code == 200
    assert "All plans" in html.text
    assert (
        requests.get(f"{base}plan", params={"iri": "https://example.org/none"}, timeout=60).status_code == 404
    )


def test_of_a_pdf_that_stands_beside_its_graph_the_pages_are_shown(tmp_path: Path) -> None:
    pdf = to_pdf(read(SEED), tmp_path / "plan.pdf")
    (tmp_path / "plan.ttl").write_bytes(write(build(pdf).graph, "turtle"))
    with serving(Settings(port=0, timeout=60), tmp_path) as (_, url):
        (found,) = re.findall(r'id="data">(.*?)</script>', requests.get(url, timeout=60).text, re.DOTALL)
    (source,) = json.loads(found)["sources"].values()
    assert [page[0] for page in source["pages"]][:1] == [1]


def test_of_a_large_collection_the_first_page_leads_to_each_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "WHOLE", 10)
    plan = next(str(node) for node in load_graph(VALID).subjects(RDF.type, SG.StrategicPlan))
    with serving(Settings(port=0, timeout=60)) as (_, url):
        (found,) = re.findall(r'id="data">(.*?)</script>', requests.get(url, timeout=60).text, re.DOTALL)
        shown = json.loads(found)
        (address_of,) = shown["pages"].values()
        assert {node[1] for node in shown["nodes"]} >= {"StrategicPlan", "TargetGroup"}
        assert not shown["evidence"]
        page = requests.get(f"{url}{address_of}", timeout=60)
        assert page.status_code == 200
        assert plan.rpartition("/")[2] in page.text


def test_a_plan_is_taken_out_of_a_store_as_out_of_a_graph() -> None:
    store, other = load_dataset(VALID).store, pyoxigraph.NamedNode("https://example.org/other")
    graph = load_graph(VALID)
    plan = next(str(node) for node in graph.subjects(RDF.type, SG.StrategicPlan))
    type_ = pyoxigraph.NamedNode(str(RDF.type))
    store.add(pyoxigraph.Quad(other, type_, pyoxigraph.NamedNode(str(SG.StrategicPlan))))
    graph.add((URIRef(other.value), RDF.type, SG.StrategicPlan))
    wanted = dict(plan_graphs(graph))[URIRef(f"{plan}/graph")]
    found = {
        (str(quad.subject), str(quad.predicate)) for quad in pages._of_plan(store, pyoxigraph.NamedNode(plan))
    }
    assert found == {(f"<{s}>", f"<{p}>") for s, p, _ in wanted}


def test_a_store_has_a_page_for_each_of_its_graphs(tmp_path: Path) -> None:
    store = tmp_path / "plans.db"
    assert CliRunner().invoke(main, ["store", str(store), "add", str(VALID)]).exit_code == 0
    plan = next(str(node) for node in load_graph(VALID).subjects(RDF.type, SG.StrategicPlan))
    with serving(Settings(port=0, timeout=60), store) as (_, url):
        assert requests.get(f"{url}plan", params={"iri": plan}, timeout=60).status_code == 200


def test_the_page_to_ask_from_and_its_files(base: str) -> None:
    html = requests.get(f"{base}ask", timeout=60)
    assert html.headers["Content-Type"] == "text/html; charset=utf-8"
    names = re.findall(r'(?:href|src)="([^"]+)"', html.text)
    assert "static/page.js" in names
    # Nothing from elsewhere, nothing in the markup.
    assert all(name.startswith("static/") or name == "./" for name in names)
    for name in (*(name for name in names if name != "./"), "static/answer.js"):
        file = requests.get(f"{base}{name}", timeout=60)
        assert file.status_code == 200
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in file.headers["Content-Security-Policy"]
    assert requests.get(f"{base}static/none.js", timeout=60).status_code == 404
    assert requests.get(f"{base}nowhere", timeout=60).status_code == 404


def test_the_catalogue_for_the_page(base: str) -> None:
    found = requests.get(f"{base}catalogue", timeout=60).json()
    assert [question["name"] for question in found["questions"]] == [
        question.name for question in catalogue()
    ]
    assert (found["limit"], found["timeout"]) == (5, 60)
    assert found["base"].startswith("https://")
    assert requests.get(f"{base}catalogue/goals?x=%ff", timeout=60).status_code == 400
    assert requests.get(f"{base}catalogue/%ff", timeout=60).status_code == 404


def test_the_catalogue_binds_values_as_literals(base: str) -> None:
    url = f"{base}catalogue/goals-for-group"
    assert '"a\\"b"' in requests.get(url, params={"group": 'a"b'}, timeout=300).json()["query"]
    assert requests.get(url, params={"nix": "1"}, timeout=300).status_code == 400
    assert requests.get(f"{base}catalogue/nix", timeout=300).status_code == 404
    assert requests.get(f"{base}static/../page.py", timeout=300).status_code == 404


def test_a_request_that_drips_in_is_given_up(strict: str) -> None:
    port = int(strict.rstrip("/").rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=1) as slow,
        pytest.raises(OSError, match=r"reset|closed|pipe"),
    ):
        drip(slow)


def drip(connection: socket.socket) -> None:
    """Send one byte after another for longer than the server waits."""
    start = time.monotonic()
    while time.monotonic() - start < 120:
        connection.sendall(b"G")
        time.sleep(0.2)
