"""What a store may cost us: bytes, time, secrets, and what an interrupted load leaves there."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyoxigraph
import pytest
from requests.auth import HTTPBasicAuth
from tests.interop.stores.servers import Server

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.querying.dataset import open_to_write
from strategraph.querying.stores import RefusedError, StoreError, loading
from strategraph.querying.stores.client import Store
from strategraph.querying.stores.loading import STAGING, staging_name, tidy
from strategraph.querying.stores.profiles import find_profile
from strategraph.querying.stores.transport import Account, Login, StoreRequest, Transport

from .conftest import Answer, Stage

GRAPH = "https://example.org/plan/x/graph"


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_is_read_as_far_as_the_limit(stage: Stage, packed: bool) -> None:
    body = b"x" * 1_000_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    stage.plays(Answer(body=gzip.compress(body) if packed else body, headers=headers))
    with (
        Transport(most=100_000) as transport,
        pytest.raises(StoreError, match="more than 100,000 bytes, the limit"),
    ):
        transport.send(StoreRequest("GET", stage.url))
    with Transport(most=1_000_000) as transport:
        assert transport.send(StoreRequest("GET", stage.url)).content == body


def test_a_redirects_answer_is_read_as_far_as_the_limit_too(stage: Stage) -> None:
    stage.plays(Answer(307, {"Location": "/there"}, body=b"x" * 1_000_000))
    with (
        Transport(most=100_000) as transport,
        pytest.raises(StoreError, match="more than 100,000 bytes, the limit"),
    ):
        transport.send(StoreRequest("GET", stage.url))


PASSWORD = "secret & pass/word"
ENVIRON = {"STRATEGRAPH_USER": "ann", "STRATEGRAPH_PASSWORD": PASSWORD}


@pytest.mark.parametrize(
    "login", [Login(ENVIRON), Login(ask=lambda *_: Account("ann", PASSWORD))], ids=["environ", "asked"]
)
def test_a_store_that_echoes_what_it_was_sent_shows_no_password(stage: Stage, login: Login) -> None:
    basic = b64encode(f"ann:{PASSWORD}".encode()).decode()
    echo = f"Authorization: Basic {basic} {PASSWORD} secret%20%26%20pass%2Fword"
    stage.plays(Answer(401, {"WWW-Authenticate": 'Basic realm="x"'}), Answer(500, body=echo.encode()))
    with Transport(login) as transport, pytest.raises(RefusedError) as refused:
        transport.send(StoreRequest("GET", stage.url))
    assert stage.seen[-1].headers["Authorization"] == f"Basic {basic}"
    assert basic not in str(refused.value)
    assert "secret" not in str(refused.value)
    assert str(refused.value).endswith("Authorization: Basic *** *** ***")


def test_nothing_is_secret_that_was_not_given() -> None:
    assert Login().secrets() == ()
    assert isinstance(Login(ENVIRON).answer("Basic", "http://127.0.0.1/"), HTTPBasicAuth)


@pytest.fixture
def store(oxigraph: Server) -> Iterator[Store]:
    with Transport() as transport:
        found = Store(transport, find_profile("oxigraph").endpoints(oxigraph.url))
        found.update("DROP ALL")
        yield found


def test_a_load_removes_what_a_killed_one_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, foreign, old = (
        staging_name(GRAPH),
        f"{GRAPH}{STAGING}20200101T000000Z-0badcafe",
        "20200101T000000Z-0badcafe",
    )
    now = datetime.now(UTC)
    fresh = staging_name(GRAPH, now)[: -len(ours.rpartition("Z-")[2])] + "0badcafe-0badcafe-1"
    other = f"https://example.org/plan/y/graph{STAGING}{old}"
    for name in (ours, foreign, fresh, other):
        store.put(name, b"<urn:s> <urn:p> <urn:o> .\n")
    assert tidy(store, GRAPH, now) == 1  # the old one, of a machine that is not known
    assert [store.count(name) for name in (ours, foreign, fresh, other)] == [1, 0, 1, 1]
    monkeypatch.setattr(loading, "_runs", lambda _: False)
    assert tidy(store, GRAPH, now) == 1  # the process on this machine is no more
    assert tidy(store, GRAPH, now + timedelta(days=2)) == 1
    assert [store.count(name) for name in (ours, foreign, fresh, other)] == [0, 0, 0, 1]


def test_a_process_that_runs_is_left_alone(store: Store) -> None:
    assert loading._runs(1)
    assert not loading._runs(2**22 + 1)
    assert loading._is_dead(f"{GRAPH}{STAGING}nonsense", datetime.now(UTC)) is False


def test_the_command_tells_what_it_removed(
    store: Store, oxigraph: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = Path(__file__).parents[2] / "shapes" / "valid.ttl"
    _, (plan,) = loading.read(graph)
    store.put(f"{plan.name}{STAGING}20200101T000000Z-0badcafe", b"<urn:s> <urn:p> <urn:o> .\n")
    with pytest.raises(SystemExit) as ended:
        main(["load", str(graph), "--to", oxigraph.url])
    assert ended.value.code == 0
    assert "removed 1 staging graph of interrupted loads" in capsys.readouterr().err
    assert store.count(f"{plan.name}{STAGING}20200101T000000Z-0badcafe") == 0


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_the_folder_free(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "db"
    if there:
        folder.mkdir()

    def full(path: str) -> None:
        (Path(path) / "LOCK").write_bytes(b"")
        (Path(path) / "MANIFEST-000001").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pyoxigraph, "Store", full)
        with pytest.raises(UnusableInputError, match="No space left on device"):
            open_to_write(folder, create=True)
    assert folder.exists() == there
    assert open_to_write(folder, create=True) is not None


def test_what_a_kill_left_of_a_store_is_made_anew(tmp_path: Path) -> None:
    for name in ("LOCK", "LOG", "MANIFEST-000001", "000004.log", "IDENTITY"):
        (tmp_path / name).write_bytes(b"")
    assert open_to_write(tmp_path, create=True) is not None


@pytest.mark.parametrize("name", ["plan.ttl", "000009.sst"])
def test_what_may_be_somebodys_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "LOCK").write_bytes(b"")
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UnusableInputError, match="not a store"):
        open_to_write(tmp_path, create=True)
    assert (tmp_path / name).read_bytes() == b"mine"
