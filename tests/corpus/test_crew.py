"""Work that is done by several processes, one of which may die.

The workers of a cluster, without a cluster: what Dask's answers mean. tests/interop/cluster has a real one.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from typing import Any

import distributed
import pytest
from tests.corpus.test_run import contents, sources

from strategraph.corpus.crew import Cluster, Crew, Processes, cluster
from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
from strategraph.corpus.run import run
from strategraph.corpus.sources import find
from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options


def work(number: int, deadly: int = -1) -> int:
    if number == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def died(number: int) -> int:
    return -number


@pytest.mark.parametrize("workers", [None, Processes(2)])
def test_every_task_is_done_once(workers: Processes | None) -> None:
    assert sorted(Crew(work, workers, died).work(range(30))) == [(n, n * n) for n in range(30)]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_one_that_dies_is_told_and_the_others_are_done() -> None:
    found = dict(Crew(partial(work, deadly=7), Processes(2), died).work(range(20)))
    assert found == {n: -7 if n == 7 else n * n for n in range(20)}


def test_who_stops_listening_ends_the_processes() -> None:
    working = Crew(work, Processes(2), died).work(iter(range(1_000_000)))
    next(working)
    working.close()


ADDRESS = "tcp://127.0.0.1:8786"


class Client:
    """Does at once what it is given; a client of Dask as far as it is used."""

    def __init__(self, fails: Callable[[Any], BaseException | None] = lambda _: None) -> None:
        self.fails = fails

    def nthreads(self) -> dict[str, int]:
        return {}

    def get_executor(self, *, pure: bool) -> Client:
        assert not pure
        return self

    def submit(self, function: Callable[..., Any], do: Callable[[Any], Any], task: Any) -> Future[Any]:
        future: Future[Any] = Future()
        error = self.fails(task)
        if error is not None:
            future.set_exception(error)
            return future
        try:
            future.set_result(function(do, task))
        except Exception as raised:
            future.set_exception(raised)
        return future

    def shutdown(self, *, wait: bool = True) -> None:
        pass


def squared(number: int) -> int:
    return number * number


def cluster_died(number: int) -> int:
    return -number


def crew(fails: Callable[[int], BaseException | None]) -> Crew[int, int]:
    return Crew(squared, Cluster(Client(fails), ADDRESS), cluster_died)


def test_what_dask_gives_up_is_tried_alone() -> None:
    given: list[int] = []

    def killed(number: int) -> BaseException | None:
        given.append(number)
        again = given.count(number) > 1
        dies = number == 7 or (number == 8 and not again)
        return distributed.KilledWorker(str(number), None, 3) if dies else None  # type: ignore[arg-type]

    assert dict(crew(killed).work(range(20))) == {n: -7 if n == 7 else n * n for n in range(20)}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CancelledError(), "the scheduler has gone; another run goes on"),
        (ModuleNotFoundError("No module named 'strategraph'"), "a worker cannot build .*No module named"),
        (UnusableInputError("host: has another strategraph"), "^host: has another strategraph$"),
    ],
)
def test_what_ends_a_run_is_one_line(error: Exception, said: str) -> None:
    with pytest.raises(UnusableInputError, match=said):
        list(crew(lambda _: error).work([1]))


def build(folder: Path, out: Path, recipe: Recipe, fails: Callable[[Any], Any] = lambda _: None) -> None:
    found = find([str(folder)], outputs=suffixes(DEFAULT_FORMATS))
    run(found, LocalFolder(out), recipe, cluster=Cluster(Client(fails), ADDRESS))


def test_a_run_on_a_cluster_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sources(tmp_path)
    monkeypatch.chdir(tmp_path)  # workers are in other folders
    given: list[str] = []
    build(
        Path("in"),
        tmp_path / "out",
        Recipe(Options(), DEFAULT_FORMATS),
        lambda task: given.append(task.place),
    )
    assert all(Path(place).is_absolute() for place in given)
    found = find([str(folder)], outputs=suffixes(DEFAULT_FORMATS))
    run(found, LocalFolder(tmp_path / "here"), Recipe(Options(), DEFAULT_FORMATS))
    assert contents(tmp_path / "out") == contents(tmp_path / "here")


def test_a_worker_with_another_software_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def otherwise(_: object) -> None:
        monkeypatch.setattr("strategraph.corpus.outputs.made_by", lambda: {"software": "another"})

    with pytest.raises(UnusableInputError, match="has another strategraph, other tables, libraries"):
        build(sources(tmp_path), tmp_path / "out", Recipe(Options(), DEFAULT_FORMATS), otherwise)


def test_a_worker_that_lacks_a_file_is_told(tmp_path: Path) -> None:
    vocabulary = tmp_path / "mine.ttl"
    vocabulary.write_text("", encoding="utf-8")
    recipe = Recipe(Options(vocabularies=(vocabulary,)), DEFAULT_FORMATS).seen_by_all()
    with pytest.raises(UnusableInputError, match=r"mine\.ttl: cannot be read on "):
        build(sources(tmp_path), tmp_path / "out", recipe, lambda _: vocabulary.unlink(missing_ok=True))


def test_without_dask_or_a_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        pytest.raises(UnusableInputError, match="no Dask scheduler answers there"),
        cluster("nonsense://"),
    ):
        pass
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "distributed", None)
        with (
            pytest.raises(UnusableInputError, match=r"pip install 'strategraph\[cluster\]'"),
            cluster(ADDRESS),
        ):
            pass


def test_a_scheduler_with_and_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Idle(Client):
        workers = 0

        def __init__(self, *_: object, **__: object) -> None:
            super().__init__()

        def __enter__(self) -> Idle:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def wait_for_workers(self, _: int, timeout: float) -> None:
            if not self.workers:
                raise TimeoutError

    monkeypatch.setattr(distributed, "Client", Idle)
    with pytest.raises(UnusableInputError, match="has no workers; `dask worker"), cluster(ADDRESS):
        pass
    monkeypatch.setattr(Idle, "workers", 1)
    with cluster(ADDRESS) as workers:
        assert dict(Crew(squared, workers, cluster_died).work([3])) == {3: 9}
