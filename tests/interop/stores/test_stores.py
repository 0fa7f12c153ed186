"""Loading into real stores: what must hold with each of them, and when things go wrong.

Not part of ``make test``; ``make test-interop`` installs the stores and runs this.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import XSD, Graph, Literal

from strategraph import build
from strategraph.querying.stores import StoreError
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import PlanGraph, load, staging_name, swap
from strategraph.querying.stores.profiles import Swap, find_profile, probe
from strategraph.querying.stores.transport import Login, Transport
from strategraph.rdf.loading import load_graph
from strategraph.validation import validate

from .acting import BYSTANDER, ROOT, connected, environment, everything, run
from .plans import graph_name, write_plan
from .servers import Server

pytestmark = pytest.mark.interop

VALID = ROOT / "tests" / "shapes" / "valid.ttl"
ITU = ROOT / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
VALID_PLAN = "https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025"
VALID_GRAPH = f"{VALID_PLAN}/graph"


def way(server: Server) -> Swap:
    return find_profile(server.kind.name).swap


def triples(ntriples: bytes) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(ntriples, format=pyoxigraph.RdfFormat.N_TRIPLES)}


def by_value(graph: Graph) -> set[tuple[object, ...]]:
    """Return the triples with decimals as numbers: Oxigraph makes "1.0" into "1", Fuseki "1" into "1.0"."""
    return {
        (s, p, o.toPython() if isinstance(o, Literal) and o.datatype == XSD.decimal else o)
        for s, p, o in graph
    }


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, int]:
    """A graph that shares most of its triples with the new one, and has some that are gone there."""
    path = tmp_path / "old.nt"
    count = write_plan(path, 25_000, wording="the old wording")
    return path, count


@pytest.fixture
def new(tmp_path: Path) -> tuple[Path, int]:
    path = tmp_path / "new.nt"
    return path, write_plan(path, 50_000)


def test_the_store_is_recognised(server: Server, store: Store) -> None:
    with Transport(Login(server.environment)) as transport:
        for address in (server.url, f"{server.url}/", store.endpoints.query):
            assert probe(transport, address).endpoints(address) == store.endpoints


def test_load_reload_status_unload(server: Server, store: Store) -> None:
    graph = load_graph(VALID)
    first = run(server, "load", VALID, "--to", server.url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == f"loaded {len(graph)} triples into <{VALID_GRAPH}>, which had 0\n"
    once = triples(store.fetch(VALID_GRAPH))

    second = run(server, "load", VALID, "--to", server.url)
    assert second.stdout == f"loaded {len(graph)} triples into <{VALID_GRAPH}>, which had {len(graph)}\n"
    assert triples(store.fetch(VALID_GRAPH)) == once
    assert everything(store) == {VALID_GRAPH: len(graph), BYSTANDER: 1}

    status = run(server, "status", server.url)
    assert (status.returncode, status.stderr) == (0, "")
    assert status.stdout.splitlines()[1].split(maxsplit=3) == [
        str(len(graph)), "8dfdceb5", VALID_PLAN, "Meadow Trust Plan from 2025",
    ]  # fmt: skip

    unload = run(server, "unload", VALID_PLAN, "--from", server.url)
    assert (unload.returncode, unload.stdout) == (0, f"removed {len(graph)} triples of <{VALID_GRAPH}>\n")
    assert everything(store) == {BYSTANDER: 1}
    again = run(server, "unload", VALID_PLAN, "--from", server.url)
    assert again.returncode == 2
    assert "not in the store" in again.stderr


def test_a_dry_run_changes_nothing(server: Server, store: Store) -> None:
    result = run(server, "load", VALID, "--to", server.url, "--dry-run")
    assert result.returncode == 0
    assert (
        f"would load {len(load_graph(VALID))} triples into <{VALID_GRAPH}>, which has 0 now" in result.stdout
    )
    assert everything(store) == {BYSTANDER: 1}


def test_what_comes_back_is_what_was_built(server: Server, store: Store, tmp_path: Path) -> None:
    """Quotes, offsets and every literal survive the store: the graph fetched back still holds."""
    from strategraph.export import write

    built = build(ITU)
    (tmp_path / "itu.ttl").write_bytes(write(built.graph, "turtle"))
    assert run(server, "load", tmp_path / "itu.ttl", "--to", server.url).returncode == 0
    back = tmp_path / "back.nt"
    back.write_bytes(store.fetch(f"{built.plan.iri}/graph"))
    fetched = load_graph(back)
    assert by_value(fetched) == by_value(built.graph)
    assert validate(fetched, text=built.document.source.text).conforms
    verified = run(server, "verify", back, "--source", ITU)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "verified: everything holds" in verified.stdout


def test_a_hundred_thousand_triples(server: Server, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "large.nt"
    count = write_plan(path, 100_000)
    result = run(server, "load", path, "--to", server.url)
    assert result.returncode == 0, result.stderr
    assert "sending" in result.stderr
    assert everything(store) == {graph_name(): count, BYSTANDER: 1}
    assert triples(store.fetch(graph_name())) == triples(path.read_bytes())


def test_a_graph_in_more_requests_than_one(server: Server, store: Store, tmp_path: Path) -> None:
    count = write_plan(tmp_path / "x.nt", 5_000)
    with Transport(Login(server.environment)) as transport:
        parts = Store(transport, replace(store.endpoints, most=2_000))
        load(parts, PlanGraph(graph_name(), count, (tmp_path / "x.nt").read_bytes()), way(server))
    assert everything(store) == {graph_name(): count, BYSTANDER: 1}
    assert triples(store.fetch(graph_name())) == triples((tmp_path / "x.nt").read_bytes())


def test_a_smaller_graph_replaces_a_larger_one(server: Server, store: Store, tmp_path: Path) -> None:
    counts = []
    for size in (5_000, 2_000):
        counts.append(write_plan(tmp_path / "x.nt", size, wording=f"of {size}"))
        assert run(server, "load", tmp_path / "x.nt", "--to", server.url).returncode == 0
    assert everything(store) == {graph_name(): counts[-1], BYSTANDER: 1}
    assert triples(store.fetch(graph_name())) == triples((tmp_path / "x.nt").read_bytes())


def test_malformed_input_is_not_sent(server: Server, store: Store, tmp_path: Path) -> None:
    run(server, "load", VALID, "--to", server.url)
    before = everything(store)
    broken = tmp_path / "broken.ttl"
    broken.write_bytes(VALID.read_bytes() + b"<cut off")
    result = run(server, "load", VALID, broken, "--to", server.url)
    assert result.returncode == 2
    assert result.stderr.startswith(f"strategraph: error: {broken}: does not parse")
    assert everything(store) == before


def test_an_invalid_graph_is_not_sent(server: Server, store: Store, tmp_path: Path) -> None:
    invalid = tmp_path / "invalid.ttl"
    invalid.write_text(VALID.read_text().replace('sg:startYear "2025"', 'sg:startYear "2035"'))
    result = run(server, "load", invalid, "--to", server.url)
    assert result.returncode == 1
    assert "nothing was loaded" in result.stderr
    assert everything(store) == {BYSTANDER: 1}


@pytest.mark.parametrize("damage", [b"<https://example.org/x> <https://example.org/y> 'z .\n", b"\xff .\n"])
def test_what_the_store_cannot_parse_leaves_the_old_graph(
    server: Server, store: Store, damage: bytes
) -> None:
    """Should our own check ever let something pass, the store's graph is still safe."""
    good = b"<https://example.org/s> <https://example.org/p> <https://example.org/o> .\n"
    load(store, PlanGraph(graph_name(), 1, good), way(server))
    with pytest.raises(StoreError, match="stays as it was"):
        load(store, PlanGraph(graph_name(), 3, good + damage + good.replace(b"/s>", b"/t>")), way(server))
    assert triples(store.fetch(graph_name())) == triples(good)
    assert everything(store) == {graph_name(): 1, BYSTANDER: 1}


def test_a_wrong_password(server: Server, store: Store) -> None:
    result = run(server, "load", VALID, "--to", server.url, STRATEGRAPH_PASSWORD="wrong-pass-word")
    assert "wrong-pass-word" not in result.stderr + result.stdout
    if server.kind.password:
        assert result.returncode == 2
        assert "does not accept these credentials" in result.stderr
        assert everything(store) == {BYSTANDER: 1}
    else:  # a store that does not ask is not told
        assert result.returncode == 0


def test_no_credentials(server: Server, store: Store, tmp_path: Path) -> None:
    nobody = dict.fromkeys(server.environment, "")
    result = run(server, "load", VALID, "--to", server.url, NETRC=str(tmp_path / "none"), **nobody)
    if server.kind.password:
        assert result.returncode == 2
        assert "STRATEGRAPH_USER" in result.stderr
    else:
        assert result.returncode == 0


def test_credentials_from_netrc(server: Server, store: Store, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f'machine 127.0.0.1 login "{server.kind.user}" password "{server.kind.password}"\n')
    netrc.chmod(0o600)
    nobody = dict.fromkeys(server.environment, "")
    assert run(server, "load", VALID, "--to", server.url, NETRC=str(netrc), **nobody).returncode == 0


def test_updates_serve_where_there_is_no_graph_store_protocol(
    server: Server, store: Store, tmp_path: Path
) -> None:
    count = write_plan(tmp_path / "x.nt", 5_000)
    endpoints = ["--query-endpoint", store.endpoints.query, "--update-endpoint", store.endpoints.update]
    for more in ([], ["--gsp", f"{server.url}/no/such/endpoint"]):
        result = run(server, "load", tmp_path / "x.nt", "--store", "generic", *endpoints, *more)
        assert result.returncode == 0, result.stderr
        assert "untested" in result.stderr
        assert everything(store) == {graph_name(): count, BYSTANDER: 1}
        assert triples(store.fetch(graph_name())) == triples((tmp_path / "x.nt").read_bytes())


def _interruptible() -> None:
    """Undo what a shell does that starts tests in the background: it has them ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(server: Server, path: Path, moment: str) -> subprocess.Popen[str]:
    """Start a load and return it when it says that it is at some step."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.interop.stores.loader",
            server.kind.name,
            server.url,
            graph_name(),
            path,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(server),
        cwd=ROOT,
        preexec_fn=_interruptible,  # noqa: PLW1509 - no thread runs beside it
    )
    assert process.stderr is not None
    for line in process.stderr:
        if moment in line:
            return process
    raise AssertionError(f"the load ended before it was {moment}")


def load_straight(server: Server, path: Path) -> None:
    """Load a graph without the validation before it, which takes longer than all the rest."""
    with connected(server) as store:
        content = path.read_bytes()
        graph = PlanGraph(graph_name(), content.count(b"\n"), content)
        load(store, graph, way(server))


def settled(store: Store) -> dict[str, int]:
    """Return the graphs once the store has ended what it was doing for a client that went away."""
    before = everything(store)
    for _ in range(30):
        time.sleep(1)
        now = everything(store)
        if now == before:
            break
        before = now
    return before


@pytest.mark.parametrize("moment", ["sending", "putting"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_client_that_goes_away_half_way(
    server: Server,
    store: Store,
    old: tuple[Path, int],
    new: tuple[Path, int],
    moment: str,
    how: signal.Signals,
) -> None:
    (path, count), (_, before) = new, old
    load_straight(server, old[0])
    process = interrupted(server, path, moment)
    time.sleep(0.1)
    process.send_signal(how)
    process.communicate()
    assert process.returncode != 0
    left = settled(store)
    assert left[graph_name()] in ((before,) if moment != "putting" else (before, count))

    load_straight(server, path)
    assert run(server, "unload", "--leftovers", "--from", server.url).returncode == 0
    assert everything(store) == {graph_name(): count, BYSTANDER: 1}


def test_an_update_that_comes_after_its_staging_graph_was_removed_empties_nothing(
    server: Server, store: Store, old: tuple[Path, int], new: tuple[Path, int]
) -> None:
    """A client was killed, its update waited for its turn; meanwhile the next load removed the graph."""
    load_straight(server, old[0])
    sent = PlanGraph(graph_name(), new[1], new[0].read_bytes())
    with pytest.raises(StoreError, match=f"has {old[1]} triples now, not {new[1]}"):
        swap(store, staging_name(graph_name()), sent, way(server))
    assert everything(store) == {graph_name(): old[1], BYSTANDER: 1}


@pytest.mark.parametrize("moment", ["sending", "putting"])
@pytest.mark.parametrize("how", ["kill", "stop"])
def test_a_server_that_stops_in_the_middle(
    server: Server, store: Store, old: tuple[Path, int], new: tuple[Path, int], moment: str, how: str
) -> None:
    (path, count), (_, before) = new, old
    load_straight(server, old[0])
    process = interrupted(server, path, moment)
    time.sleep(0.1)
    getattr(server, how)()
    _, said = process.communicate()
    assert process.returncode == 2, said
    assert "Traceback" not in said
    assert "load again" in said

    server.start()
    assert settled(store)[graph_name()] in ((before,) if moment == "sending" else (before, count))
    load_straight(server, path)
    assert run(server, "unload", "--leftovers", "--from", server.url).returncode == 0
    assert everything(store) == {graph_name(): count, BYSTANDER: 1}
    assert triples(store.fetch(graph_name())) == triples(path.read_bytes())


def test_a_crash_after_a_load_loses_nothing(
    server: Server, store: Store, old: tuple[Path, int], new: tuple[Path, int]
) -> None:
    """Old and new graph share triples: after a MOVE, Virtuoso would come back without some of them."""
    for path, _ in (old, new):
        load_straight(server, path)
    server.kill()
    server.start()
    assert everything(store) == {graph_name(): new[1], BYSTANDER: 1}
    assert triples(store.fetch(graph_name())) == triples(new[0].read_bytes())


def test_triples_that_old_and_new_graph_share_stay(
    server: Server, store: Store, old: tuple[Path, int], new: tuple[Path, int]
) -> None:
    """After a MOVE, Fuseki's TDB2 would lack some of them."""
    for path, _ in (new, old, new):
        load_straight(server, path)
        assert triples(store.fetch(graph_name())) == triples(path.read_bytes())


def test_literals_that_stores_rewrite_are_not_lost(server: Server, store: Store) -> None:
    """However a store writes them, it must know them again when it compares the new graph with the old."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [
        *(f'"{text}"^^<{xsd}decimal>' for text in ("1", "2.0", "0.90", "100", "-0.5", "+3", "007.70")),
        *(f'"{text}"^^<{xsd}integer>' for text in ("5", "06", "+8", "-9")),
        *(f'"{text}"^^<{xsd}double>' for text in ("1", "2.50", "3E2")),
        f'"2025"^^<{xsd}gYear>', f'"2025-01-02Z"^^<{xsd}date>', f'"1"^^<{xsd}boolean>',
        '"colour"@en-GB', '"Farbe"@de', '"текст"@ru', '"a\\tb\\"c\\\\d"', '"\u2028🎯"',
    ]  # fmt: skip
    lines = "".join(
        f"<https://example.org/s{i}> <https://example.org/p> {v} .\n" for i, v in enumerate(values)
    )
    for _ in range(3):
        load(store, PlanGraph(graph_name(), len(values), lines.encode()), way(server))
        assert everything(store) == {graph_name(): len(values), BYSTANDER: 1}
