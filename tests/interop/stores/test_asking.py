"""Asking real stores: the same answers as over the files, whatever each makes of its default graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.querying.test_questions import ASKED

from strategraph.cli import main
from strategraph.export import write
from strategraph.pipeline import build
from strategraph.querying import catalogue
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import STAGING, load, read
from strategraph.querying.stores.profiles import find_profile

from .acting import ROOT, connected, run
from .servers import Server

pytestmark = pytest.mark.interop

# They share groups, themes, organisations and instruments; two are named beyond ASCII.
PLANS = (
    "data/plans/itu-strategic-plan-2024-2027.txt",
    "data/gold/women-peace-seminar-report.md",
    "data/gold/digital-records-action-plan.md",
    "data/gold/office-national-eau-plan-2025-2029.fr.txt",
    "data/gold/water-authority-plan-2025-2028.ar.txt",
)
ITU = "https://w3id.org/strategraph/id/plan/itu-strategic-plan-2024-2027"

QUERIES = {
    "every triple": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "a join": "SELECT (COUNT(*) AS ?n) { ?s a ?class ; rdfs:label ?label }",
    "every triple of every plan": "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?m) { GRAPH ?g { ?s ?p ?o } }",
    "sums": "SELECT ?rule (SUM(?line) AS ?n) (SUM(?c) AS ?m) { ?e sg:rule ?rule ; sg:line ?line ; sg:confidence ?c }"
    " GROUP BY ?rule ORDER BY ?rule",
    "rows that repeat": "SELECT ?label { ?group a sg:TargetGroup ; rdfs:label ?label } ORDER BY STR(?label)",
    "one plan by name": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ITU}/graph> {{ ?s ?p ?o }} }}",
    "one plan by FROM": f"SELECT (COUNT(*) AS ?n) FROM <{ITU}/graph> {{ ?s ?p ?o }}",
    "FROM NAMED": f"SELECT (COUNT(*) AS ?n) FROM NAMED <{ITU}/graph> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "the word from": "SELECT ?from { VALUES ?from { 'FROM' } ?s a sg:StrategicPlan } ORDER BY ?s",
    "yes": "ASK { ?s a sg:Goal }",
    "no": "ASK { ?s a sg:Nothing }",
    "triples": "CONSTRUCT { ?e sg:confidence ?c ; sg:line ?l } { ?e sg:confidence ?c ; sg:line ?l }",
    "a description": f"DESCRIBE <{ITU}>",
}


def ask(graph: str | Path, *arguments: str, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["query", str(graph), *arguments], env=env)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plans as files."""
    folder = tmp_path_factory.mktemp("plans")
    for name in PLANS:
        (folder / f"{Path(name).stem}.ttl").write_bytes(write(build(ROOT / name).graph, "turtle"))
    return folder


@pytest.fixture(scope="session")
def collection(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plans in an embedded store, where each has a graph of its own as in other stores."""
    collection = tmp_path_factory.mktemp("collection") / "plans.db"
    files = [str(path) for path in sorted(folder.iterdir())]
    assert CliRunner().invoke(main, ["store", str(collection), "add", *files]).exit_code == 0
    return collection


@pytest.fixture
def loaded(server: Server, store: Store, folder: Path) -> Store:
    """The store with the plans in it, and with what a load left that was killed: a plan's triples twice."""
    graphs = [graph for path in sorted(folder.iterdir()) for graph in read(path)[1]]
    for graph in graphs:
        load(store, graph, find_profile(server.kind.name).swap)
    store.put(f"{graphs[0].name}{STAGING}20261124T010203Z-0badcafe", graphs[0].ntriples)
    return store


def test_the_whole_catalogue_and_any_query(
    server: Server, loaded: Store, folder: Path, collection: Path
) -> None:
    for question in catalogue():
        for values in {tuple(ASKED.get(question.name, {}).items()), ()}:
            parameters = [word for name, value in values for word in ("-p", f"{name}={value}")]
            here = ask(folder, question.name, *parameters, "-f", "json")
            there = ask(server.url, question.name, *parameters, "-f", "json", env=server.environment)
            assert (there.exit_code, there.stderr) == (0, ""), question.name
            assert json.loads(there.stdout) == json.loads(here.stdout), question.name
            assert there.stdout_bytes == here.stdout_bytes, question.name
    for what, query in QUERIES.items():
        for format_ in ("turtle", "ntriples") if what in ("triples", "a description") else ("csv", "xml"):
            here = ask(collection, "-e", query, "-f", format_)
            there = ask(server.url, "-e", query, "-f", format_, env=server.environment)
            assert (there.exit_code, there.stderr) == (0, ""), what
            assert there.stdout_bytes == here.stdout_bytes, what
    assert run(server, "query", server.url, "groups").stdout == ask(folder, "groups").stdout


def test_every_question_is_answered_by_the_store_itself(
    server: Server, loaded: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is fetched for the catalogue, and nothing at all from a store that merges graphs."""
    monkeypatch.setattr(Store, "fetch", lambda *_: pytest.fail("fetched"))
    assert ask(server.url, "themes", env=server.environment).exit_code == 0
    if find_profile(server.kind.name).merges:
        everything = ask(server.url, "-e", QUERIES["every triple"], env=server.environment)
        assert everything.exit_code == 0


def test_as_many_graphs_as_the_table_says(server: Server, loaded: Store) -> None:
    profile = find_profile(server.kind.name)
    names = [f"{ITU}/graph", *(f"{ITU}-{number}/graph" for number in range(min(profile.graphs, 1000) - 1))]
    asking = "PREFIX sg: <https://w3id.org/strategraph/ns#> SELECT ?s WHERE { ?s a sg:Goal ; sg:inPlan ?p }"
    with connected(server) as client:
        answer = json.loads(client.query(asking, "application/sparql-results+json", names))
    assert len(answer["results"]["bindings"]) == 2


def test_what_goes_wrong_is_told_in_one_line(server: Server, loaded: Store, tmp_path: Path) -> None:
    refused = {
        "SELECT ?s { ?s ?p ?o": "the query is not finished",
        "DROP ALL": "DROP is an update",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }": "--allow-service",
    }
    for query, message in refused.items():
        result = ask(server.url, "-e", query, env=server.environment)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert message in result.stderr
    if server.kind.password:
        wrong = {**server.environment, "STRATEGRAPH_PASSWORD": "wrong-pass-word"}
        result = ask(server.url, "goals", env=wrong)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "does not accept these credentials" in result.stderr
        assert "wrong-pass-word" not in result.stderr


def test_a_store_without_plans(server: Server, store: Store) -> None:
    result = ask(server.url, "goals", env=server.environment)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "no plan's graph" in result.stderr


def test_a_server_that_is_down(server: Server, loaded: Store) -> None:
    server.stop()
    result = ask(server.url, "goals", env=server.environment)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith("cannot be reached (Connection refused)")
    assert "Traceback" not in result.stderr
