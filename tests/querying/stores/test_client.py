"""Asking a real Oxigraph, and endpoints that answer as they like; other stores are in tests/interop."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result
from tests.interop.stores.servers import Server, free_port

from strategraph.cli import main
from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import STAGING, PlanGraph, load
from strategraph.querying.stores.profiles import PROFILES, find_profile
from strategraph.querying.stores.transport import Transport
from strategraph.rdf.loading import load_graph

from .conftest import Answer, Seen, Stage

TESTS = Path(__file__).parents[2]
FILES = (TESTS / "shapes" / "valid.ttl", TESTS / "querying" / "riverside.ttl")
EVERY_TRIPLE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RESULTS = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'


def query(graph: str | Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["query", str(graph), *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans that share a group."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for path in FILES:
        (folder / path.name).write_bytes(write(load_graph(path), "turtle"))
    return folder


@pytest.fixture
def store(oxigraph: Server) -> Iterator[Store]:
    """A store with the same plans, a load that was killed, and a graph that is no plan's."""
    with Transport() as transport:
        found = Store(transport, find_profile("oxigraph").endpoints(oxigraph.url))
        found.update("DROP ALL")
        for path in FILES:
            ((name, graph),) = plan_graphs(load_graph(path))
            triples = write(graph, "ntriples")
            load(found, PlanGraph(str(name), len(graph), triples))
            found.put(f"{name}{STAGING}20261124T010203Z-0badcafe", triples)
        found.put("https://example.org/other", b"<urn:s> <urn:p> <urn:o> .\n")
        yield found


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json", "xml"])
def test_the_same_bytes_as_from_files(oxigraph: Server, store: Store, folder: Path, format_: str) -> None:
    for arguments in (
        ["groups"],
        ["plans", "-p", "from=2025"],
        ["-e", EVERY_TRIPLE],
        ["-e", "ASK { ?s a sg:Goal }"],
        ["-e", "SELECT ?l { ?s a sg:TargetGroup ; rdfs:label ?l } ORDER BY ?l"],
    ):
        there, here = query(oxigraph.url, *arguments, "-f", format_), query(folder, *arguments, "-f", format_)
        assert (there.exit_code, there.stderr) == (0, ""), arguments
        assert there.stdout_bytes == here.stdout_bytes, arguments


def test_triples(oxigraph: Server, store: Store, folder: Path) -> None:
    made = "CONSTRUCT { ?s sg:number ?n ; sg:confidence ?c } { ?s sg:number ?n OPTIONAL { ?e sg:confidence ?c } }"
    for format_ in ("turtle", "ntriples", "jsonld", "xml"):
        there, here = (query(place, "-e", made, "-f", format_) for place in (oxigraph.url, folder))
        assert there.stdout_bytes == here.stdout_bytes
        assert there.exit_code == 0


def test_graphs_that_the_query_names(oxigraph: Server, store: Store) -> None:
    other = query(
        oxigraph.url,
        "-f",
        "csv",
        "-e",
        f"{EVERY_TRIPLE[:23]} FROM <https://example.org/other> {{ ?s ?p ?o }}",
    )
    assert other.stdout.split() == ["n", "1"]
    plans = query(oxigraph.url, "-f", "csv", "-e", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [row.rsplit("/", 2)[-1] for row in plans.stdout.split()[1:]] == ["graph", "graph"]


def test_the_catalogue_is_answered_there_and_the_rest_here(
    oxigraph: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "fetch", lambda *_: pytest.fail("fetched"))
    assert query(oxigraph.url, "groups").exit_code == 0
    monkeypatch.setattr(Store, "fetch", lambda *_: b"")
    result = query(oxigraph.url, "-e", EVERY_TRIPLE)
    assert result.exit_code == 2
    assert "triples, but the store sends 0: it may have a limit" in result.stderr


def test_a_store_that_sends_something_else(
    oxigraph: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "fetch", lambda *_: b"<html>")
    result = query(oxigraph.url, "-e", EVERY_TRIPLE)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "what the store sends is not N-Triples" in result.stderr


def test_how_a_long_fetching_goes_on(oxigraph: Server, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strategraph.cli.query._PAUSE", 0.0)
    assert query(oxigraph.url, "-e", EVERY_TRIPLE).stderr.splitlines() == [
        f"strategraph: fetched {number} of 2 plans, to ask them here" for number in (1, 2)
    ]


def test_more_graphs_than_the_store_can_be_told(
    oxigraph: Server, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(PROFILES["oxigraph"], graphs=1)
    monkeypatch.setattr("strategraph.cli.store_options.find_profile", lambda _: few)
    monkeypatch.setattr("strategraph.cli.query._PAUSE", 0.0)
    result = query(oxigraph.url, "--store", "oxigraph", "groups")
    assert result.stdout == query(folder, "groups").stdout
    assert "fetched 2 of 2 plans" in result.stderr


def test_an_empty_store(oxigraph: Server, store: Store) -> None:
    store.update("DROP ALL")
    result = query(oxigraph.url, "goals")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "there is no plan's graph in this store" in result.stderr


# -- Endpoints of other kinds


def fields(seen: Seen) -> dict[str, list[str]]:
    return parse_qs(seen.body.decode())


def test_an_endpoint_of_an_unknown_kind_is_asked_as_it_is(stage: Stage) -> None:
    rows = {
        "head": {"vars": ["n", "l", "x"]},
        "results": {
            "bindings": [
                {
                    "n": {"type": "typed-literal", "value": "1.0", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
                    "l": {"type": "literal", "value": "x", "xml:lang": "en-GB"},
                }
            ]
        },
    }  # fmt: skip
    url = f"{stage.url}/any/sparql"

    def script(seen: Seen) -> Answer:
        if seen.method != "POST" or seen.path != "/any/sparql":
            return Answer(404)
        return Answer(
            200,
            {"Content-Type": RESULTS},
            YES if "ASK" in fields(seen)["query"][0] else json.dumps(rows).encode(),
        )

    stage.script = script
    for options in ([], ["--store", "generic"]):
        result = query(url, "-e", "SELECT ?n ?l ?x { ?s sg:x ?n }", "-f", "tsv", *options)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == '?n\t?l\t?x\n"1"^^<http://www.w3.org/2001/XMLSchema#decimal>\t"x"@en-gb\t\n'
        sent = fields(stage.seen[-1])
        assert set(sent) == {"query"}
        assert "PREFIX sg: <https://w3id.org/strategraph/ns#>\n" in sent["query"][0]
    assert stage.seen[-1].headers["Accept"] == RESULTS


def test_what_needs_no_prefixes_is_sent_as_it_is(stage: Stage) -> None:
    stage.plays(Answer(200, body=YES))
    assert query(stage.url, "--store", "generic", "-e", "ASK { ?s ?p 1 }").stdout == "yes\n"
    assert fields(stage.seen[-1])["query"] == ["ASK { ?s ?p 1 }"]


def test_triples_of_an_endpoint(stage: Stage) -> None:
    stage.plays(Answer(200, body=b'<urn:s> <urn:p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'))
    result = query(stage.url, "--store", "generic", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "-f", "ntriples")
    assert result.stdout == '<urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    assert stage.seen[-1].headers["Accept"] == "application/n-triples"


@pytest.mark.parametrize(
    ("body", "asked", "message"),
    [
        (b"<html>", "SELECT * { ?s ?p ?o }", "the answer is not SPARQL results in JSON"),
        (b"[]", "ASK {}", "the answer is not SPARQL results in JSON"),
        (
            b'{"results": {"bindings": [{"s": 1}]}}',
            "SELECT * { ?s ?p ?o }",
            "the answer is not SPARQL results",
        ),
        (
            b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a b"}}]}}',
            "SELECT ?s { ?s ?p ?o }",
            "the answer is not SPARQL results",
        ),
        (b"<html>", "DESCRIBE <urn:x>", "the answer is not N-Triples"),
    ],
)
def test_answers_that_are_none(stage: Stage, body: bytes, asked: str, message: str) -> None:
    stage.plays(Answer(200, body=body))
    result = query(stage.url, "--store", "generic", "-e", asked)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert message in result.stderr


@pytest.mark.parametrize(
    "asked",
    [
        "DROP ALL",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT * {",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s nowhere:p ?o }",
    ],
)
def test_what_is_refused_is_never_sent(stage: Stage, asked: str) -> None:
    result = query(stage.url, "--store", "generic", "-e", asked)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not stage.seen


def test_service_is_the_servers_if_it_is_allowed(stage: Stage) -> None:
    called = threading.Event()
    calling = f"ASK {{ SERVICE <{stage.url}/other> {{ ?s sg:x ?o }} }}"

    def script(seen: Seen) -> Answer:
        if seen.path == "/other":
            called.set()
        return Answer(200, body=YES)

    stage.script = script
    assert query(stage.url, "--store", "generic", "--allow-service", "-e", calling).stdout == "yes\n"
    assert not called.is_set()  # by us
    assert calling in fields(stage.seen[-1])["query"][0]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            Answer(400, body=b"Parse error:\nline 1"),
            "POST refused, HTTP 400 Bad Request: Parse error: line 1",
        ),
        (Answer(401, {"WWW-Authenticate": "Basic"}), "asks for a user and password"),
        (Answer(403), "HTTP 403"),
        (Answer(500), "HTTP 500"),
        (Answer(200, body=YES, wait=5), "no answer within 0.3 s"),
    ],
)
def test_refusals(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer, message: str
) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    stage.plays(answer)
    result = query(stage.url, "--store", "generic", "--timeout", "0.3", "-e", "ASK {}")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert message in result.stderr


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    result = query(f"http://127.0.0.1:{free_port()}/sparql", "goals")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith("cannot be reached (Connection refused)")


def test_no_endpoint_at_all(stage: Stage) -> None:
    stage.plays(Answer(404))
    result = query(stage.url, "goals")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no store that we know answers here" in result.stderr


def test_no_password_in_an_address() -> None:
    result = query("http://me:secret@127.0.0.1:9/sparql", "goals")
    assert result.exit_code == 2
    assert "no user or password in an address" in result.stderr
    assert "secret" not in result.stderr
