"""Loading into a real Oxigraph, in small; what needs other stores, size or violence is in tests/interop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from requests import Response
from tests.interop.stores.plans import graph_name, write_plan
from tests.interop.stores.servers import Server, free_port

from strategraph.cli import main, store_options
from strategraph.cli import stores as store_commands
from strategraph.errors import UnusableInputError
from strategraph.querying.stores import NoAnswerError, RefusedError, StoreError, loading
from strategraph.querying.stores.client import CHUNK, Store, chunks
from strategraph.querying.stores.loading import PlanGraph, load, read, staging_name, status, unload
from strategraph.querying.stores.profiles import Endpoints, find_profile, probe
from strategraph.querying.stores.transport import Account, StoreRequest, Transport
from strategraph.rdf.loading import load_graph

from .conftest import Answer, Stage

VALID = Path(__file__).parents[2] / "shapes" / "valid.ttl"
PLAN = "https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025"
GRAPH = f"{PLAN}/graph"
SIZE = len(load_graph(VALID))
TRIPLE = b"<https://example.org/s> <https://example.org/p> <https://example.org/o> .\n"


class Flaky(Transport):
    """A transport that fails at the n-th update, before it is sent or after it was done."""

    def __init__(self, *, at: str = "", error: Exception | None = None, after: bool = False) -> None:
        super().__init__()
        self.at, self.error, self.after = at, error, after

    def send(self, request: StoreRequest) -> Response:
        if self.error is not None and self.at.encode() in request.method.encode() + b" " + request.body:
            error, self.error = self.error, None
            if self.after:
                super().send(request)
            raise error
        return super().send(request)


def endpoints(server: Server) -> Endpoints:
    return find_profile("oxigraph").endpoints(server.url)


@pytest.fixture
def store(oxigraph: Server) -> Iterator[Store]:
    with Transport() as transport:
        found = Store(transport, endpoints(oxigraph))
        found.update("DROP ALL")
        yield found


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def graphs(store: Store) -> dict[str, int]:
    rows = store.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"]: int(row["n"]) for row in rows if "g" in row}


def test_from_the_command_line(oxigraph: Server, store: Store) -> None:
    assert run("load", VALID, "--to", oxigraph.url, "--dry-run").stdout == (
        f"would load {SIZE} triples into <{GRAPH}>, which has 0 now\n"
    )
    assert graphs(store) == {}
    for before in (0, SIZE):
        result = run("load", VALID, "--to", oxigraph.url, "--store", "oxigraph", "--gzip")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"loaded {SIZE} triples into <{GRAPH}>, which had {before}\n"
    assert graphs(store) == {GRAPH: SIZE}

    store.put(f"{GRAPH}/staging/20260101T000000Z-00000000", TRIPLE)
    shown = run("status", oxigraph.url)
    assert shown.exit_code == 0
    assert shown.stdout == f"Oxigraph: 1 plan\n{SIZE:>10}  8dfdceb5  {PLAN}  Meadow Trust Plan from 2025\n"
    assert "(1 triples) is of a load that was interrupted" in shown.stderr

    removed = run("unload", PLAN, "--leftovers", "--from", oxigraph.url)
    assert removed.exit_code == 0
    assert removed.stdout.splitlines()[0] == f"removed {SIZE} triples of <{GRAPH}>"
    assert graphs(store) == {}
    again = run("unload", PLAN, "--from", oxigraph.url)
    assert (again.exit_code, again.stderr) == (2, f"strategraph: error: not in the store: <{GRAPH}>\n")
    assert run("status", oxigraph.url).stdout == "Oxigraph: 0 plans\n"


def test_two_files_and_one_of_them_twice(oxigraph: Server, store: Store, tmp_path: Path) -> None:
    count = write_plan(tmp_path / "x.nt", 500)
    assert run("load", VALID, tmp_path / "x.nt", "--to", oxigraph.url).exit_code == 0
    assert graphs(store) == {GRAPH: SIZE, graph_name(): count}
    result = run("load", VALID, VALID, "--to", oxigraph.url)
    assert (result.exit_code, result.stderr) == (
        2,
        f"strategraph: error: <{GRAPH}> is in more than one of the files; load one of them\n",
    )


def test_several_plans_in_a_file(store: Store, tmp_path: Path) -> None:
    write_plan(tmp_path / "a.nt", 200, slug="plan-a", wording="of a")
    write_plan(tmp_path / "b.nt", 300, slug="plan-b", wording="of b")
    both = tmp_path / "both.nt"
    both.write_bytes((tmp_path / "a.nt").read_bytes() + (tmp_path / "b.nt").read_bytes())
    report, parts = read(both)
    assert report.conforms
    for part in parts:
        load(store, part)
    assert set(graphs(store)) == {graph_name("plan-a"), graph_name("plan-b")}


def test_a_graph_that_does_not_conform(tmp_path: Path) -> None:
    invalid = tmp_path / "invalid.ttl"
    invalid.write_text(VALID.read_text().replace('sg:startYear "2025"', 'sg:startYear "2035"'))
    result = run("load", invalid, "--to", "http://127.0.0.1:9")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Violation" in result.stderr
    assert result.stderr.endswith("nothing was loaded\n")


def test_strict(tmp_path: Path) -> None:
    write_plan(tmp_path / "x.nt", 100)
    result = run("load", tmp_path / "x.nt", "--strict", "--to", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert "Warning" in result.stderr
    assert "Info " not in result.stderr


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(VALID.read_text() + f"\n<{PLAN}> <https://example.org/note> [] .\n")
    with pytest.raises(UnusableInputError, match="blank nodes"):
        read(path)


def test_triples_of_no_plan_are_refused(tmp_path: Path) -> None:
    write_plan(tmp_path / "x.nt", 100)
    path = tmp_path / "both.ttl"
    stray = "<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"
    path.write_text(VALID.read_text() + (tmp_path / "x.nt").read_text() + stray)
    with pytest.raises(UnusableInputError, match="1 triples belong to no plan"):
        read(path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "http://me:hush@localhost/"], "no user or password in an address"),
        (["--to", "ftp://localhost/"], "not an address of a store"),
        ([], "which store?"),
        (["--to", "http://localhost/", "--gsp", "http://localhost/"], "only with --store generic"),
        (["--store", "generic", "--to", "http://localhost/"], "takes its endpoints one by one"),
        (["--store", "generic", "--gsp", "http://localhost/"], "needs --query-endpoint"),
    ],
)
def test_which_store(arguments: list[str], message: str) -> None:
    result = run("load", VALID, *arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr
    assert "hush" not in result.stderr


def test_nothing_to_unload() -> None:
    result = run("unload", "--from", "http://localhost/")
    assert (result.exit_code, result.stderr) == (
        2,
        "strategraph: error: nothing to unload: name a plan by its IRI, or --leftovers\n",
    )


@pytest.mark.parametrize("gsp", [True, False])
def test_a_generic_store(oxigraph: Server, store: Store, gsp: bool) -> None:
    found = endpoints(oxigraph)
    more = ["--gsp", f"{oxigraph.url}/none"] if gsp else []
    result = run(
        "load", VALID, "--store", "generic",
        "--query-endpoint", found.query, "--update-endpoint", found.update, *more,
    )  # fmt: skip
    assert result.exit_code == 0
    assert "untested" in result.stderr
    assert graphs(store) == {GRAPH: SIZE}


def test_chunks(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    count = write_plan(path, 2 * CHUNK + 500)
    pieces = list(chunks(path.read_bytes()))
    assert [piece.count(b"\n") for piece in pieces] == [CHUNK, CHUNK, count - 2 * CHUNK]
    assert b"".join(pieces) == path.read_bytes()
    told: list[int] = []
    with Transport() as transport:
        updates = Store(transport, Endpoints(store.endpoints.query, store.endpoints.update, None))
        updates.put(graph_name(), path.read_bytes(), lambda part, _: told.append(part))
        assert updates.fetch(graph_name()).count(b"\n") == count
    assert len(told) == 3
    assert sorted(store.fetch(graph_name()).splitlines()) == sorted(path.read_bytes().splitlines())


def test_a_graph_of_more_than_a_store_takes_in_one_request(store: Store, tmp_path: Path) -> None:
    count = write_plan(tmp_path / "x.nt", 500)
    data = (tmp_path / "x.nt").read_bytes()
    told: list[tuple[int, int]] = []
    with Transport() as transport:
        parts = Store(transport, replace(store.endpoints, most=200))
        parts.put(graph_name(), data, lambda sent, whole: told.append((sent, whole)))
        assert parts.count(graph_name()) == count
        assert sorted(parts.fetch(graph_name()).splitlines()) == sorted(data.splitlines())
        parts.put(graph_name(), b"")
        assert parts.count(graph_name()) == 0
    assert told == sorted(told)
    assert told[-1] == (len(data), len(data))


def test_the_store_keeps_fewer_than_it_was_sent(store: Store) -> None:
    load(store, PlanGraph(GRAPH, 1, TRIPLE))
    with pytest.raises(StoreError, match=r"kept 1 of 2 triples; <.*> stays as it was"):
        load(store, PlanGraph(GRAPH, 2, TRIPLE))
    assert graphs(store) == {GRAPH: 1}


@pytest.mark.parametrize("error", [RefusedError("full", 507), NoAnswerError("gone"), KeyboardInterrupt()])
def test_a_failure_before_the_swap_leaves_no_trace(store: Store, oxigraph: Server, error: Exception) -> None:
    load(store, PlanGraph(GRAPH, 1, TRIPLE))
    flaky = Store(Flaky(at="PUT", error=error, after=True), endpoints(oxigraph))
    with pytest.raises((StoreError, KeyboardInterrupt)):
        load(flaky, PlanGraph(GRAPH, 2, TRIPLE + TRIPLE.replace(b"/s>", b"/t>")))
    assert graphs(store) == {GRAPH: 1}


def test_a_refused_swap(store: Store, oxigraph: Server) -> None:
    flaky = Store(Flaky(at="INSERT {", error=RefusedError("read only", 403)), endpoints(oxigraph))
    with pytest.raises(StoreError, match=r"read only; <.*> has 0 triples now; load again"):
        load(flaky, PlanGraph(GRAPH, 1, TRIPLE))
    assert graphs(store) == {}


def test_a_swap_whose_answer_is_lost_but_was_done(store: Store, oxigraph: Server) -> None:
    flaky = Store(Flaky(at="INSERT {", error=NoAnswerError("lost"), after=True), endpoints(oxigraph))
    assert load(flaky, PlanGraph(GRAPH, 1, TRIPLE)).after == 1
    assert graphs(store) == {GRAPH: 1}


def test_a_swap_that_may_still_come_keeps_its_staging_graph(store: Store, oxigraph: Server) -> None:
    """Were it removed, the update would, when its turn comes, empty the graph."""
    flaky = Store(Flaky(at="INSERT {", error=NoAnswerError("lost")), endpoints(oxigraph))
    with pytest.raises(StoreError, match=r"lost; .*> has 0 triples now; .*; load again, which is safe"):
        load(flaky, PlanGraph(GRAPH, 1, TRIPLE))
    assert [leftover.triples for leftover in status(store).leftovers] == [1]


def test_a_swap_that_did_something_else(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {"merge": "DROP SILENT GRAPH <{staging}> ; DROP SILENT GRAPH <{target}>"}
    monkeypatch.setattr(loading, "_UPDATES", lost)
    with pytest.raises(StoreError, match=r"has 0 triples now, not 1; .*; load again"):
        load(store, PlanGraph(GRAPH, 1, TRIPLE))


def test_probing_somewhere_else(stage: Stage) -> None:
    stage.plays(Answer(404))
    with Transport() as transport, pytest.raises(StoreError, match="no store that we know answers here"):
        probe(transport, stage.url)
    stage.plays(Answer(403))
    with Transport() as transport, pytest.raises(RefusedError, match="HTTP 403"):
        probe(transport, stage.url)


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({"Server": "Oxigraph/0.5.13"}, "oxigraph"),
        ({"Fuseki-Request-Id": "7"}, "fuseki"),
        ({"Server": "Virtuoso/07.20.3229 (Linux) x86_64"}, "virtuoso"),
        ({"Server": "Apache"}, "rdf4j"),
    ],
)
def test_probing(stage: Stage, headers: dict[str, str], name: str) -> None:
    stage.script = lambda seen: Answer(200, headers, b"470" if seen.path.endswith("/size") else b"{}")
    with Transport() as transport:
        assert probe(transport, stage.url).name == name


def test_answers_that_are_not_results(stage: Stage) -> None:
    stage.plays(Answer(200, body=b"<html>"), Answer(200, body=b"[]"))
    with Transport() as transport:
        for _ in range(2):
            with pytest.raises(StoreError, match="not SPARQL results in JSON"):
                Store(transport, Endpoints(stage.url, stage.url, None)).count("urn:g")


def test_a_name_that_is_no_iri(store: Store) -> None:
    with pytest.raises(StoreError, match="is not an IRI"):
        store.drop("urn:x> ; DROP ALL #")


def test_staging_names() -> None:
    moment = datetime(2026, 11, 23, 22, 10, 49, tzinfo=UTC)
    first, second = staging_name(GRAPH, moment), staging_name(GRAPH, moment)
    assert first != second
    assert first.startswith(f"{GRAPH}{loading.STAGING}20261123T221049Z-")


def test_a_swap_after_which_the_store_is_gone(store: Store, oxigraph: Server) -> None:
    class Gone(Transport):
        gone = False

        def send(self, request: StoreRequest) -> Response:
            self.gone = self.gone or b"INSERT {" in request.body
            if self.gone:
                raise NoAnswerError("gone")
            return super().send(request)

    with pytest.raises(
        StoreError, match="has the old graph or the new one, as a whole, which cannot be asked now"
    ):
        load(Store(Gone(), endpoints(oxigraph)), PlanGraph(GRAPH, 1, TRIPLE))


def test_an_unload_that_did_nothing(store: Store, oxigraph: Server) -> None:
    class Forgetful(Transport):
        def send(self, request: StoreRequest) -> Response:
            return Response() if b"DROP" in request.body else super().send(request)

    store.put(GRAPH, TRIPLE)
    with pytest.raises(StoreError, match="still has 1 of 1 triples"):
        unload(Store(Forgetful(), endpoints(oxigraph)), GRAPH)


def test_a_person_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool = False, err: bool) -> str:
        assert err
        asked.append((text, hide_input))
        return "typed"

    monkeypatch.setattr(click, "prompt", prompt)
    assert store_options._ask("http://x.example", None) == Account("typed", "typed")
    assert asked == [("user for http://x.example", False), ("password of typed", True)]


def test_several_graphs_and_a_store_that_fails(oxigraph: Server, store: Store, tmp_path: Path) -> None:
    write_plan(tmp_path / "x.nt", 100)
    gone = f"http://127.0.0.1:{free_port()}/update"
    result = run(
        "load", VALID, tmp_path / "x.nt", "--store", "generic",
        "--query-endpoint", store.endpoints.query, "--update-endpoint", gone,
    )  # fmt: skip
    assert result.exit_code == 2
    assert "0 of 2 graphs were loaded before" in result.stderr
    assert "cannot be reached (Connection refused)" in result.stderr
    assert "stays as it was" in result.stderr


def test_a_large_load_is_told_about(monkeypatch: pytest.MonkeyPatch, oxigraph: Server, store: Store) -> None:
    monkeypatch.setattr(store_commands, "_LARGE", 1)
    monkeypatch.setattr(store_commands, "_PAUSE", 0.0)
    result = run("load", VALID, "--to", oxigraph.url)
    assert result.exit_code == 0
    told = result.stderr.splitlines()
    assert told[0] == f"strategraph: sending {SIZE} triples to a staging graph"
    assert told[-1] == "strategraph: putting the staging graph in place"
    assert "strategraph: 100 % of 0 MiB sent" in told


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_a_graph_store_that_does_not_let_us(stage: Stage, method: str) -> None:
    """Updates are for stores that have no Graph Store Protocol, not for getting around a refusal."""
    stage.script = lambda seen: Answer(403 if seen.method == method else 204)
    with Transport() as transport, pytest.raises(RefusedError, match=f"{method} refused, HTTP 403"):
        Store(transport, Endpoints(stage.url, stage.url, stage.url)).put(GRAPH, TRIPLE)
    assert "POST" not in {seen.method for seen in stage.seen}
    assert all("graph=https" in seen.path for seen in stage.seen)
