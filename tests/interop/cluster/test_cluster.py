"""Builds on a Dask cluster and from and to S3: the bytes of a build here, also when a worker is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from tests.corpus.test_kills import contents, write_sources

from strategraph.corpus.crew import cluster as workers_of
from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
from strategraph.corpus.records import FAILED, FILES, MANIFEST, PlanRecord, load_records
from strategraph.corpus.remote import RemoteFolder
from strategraph.corpus.run import Telling, run
from strategraph.corpus.sources import find
from strategraph.corpus.work import Done
from strategraph.pipeline import Options

from .conftest import Cluster

pytestmark = pytest.mark.interop
PLANS = 10


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "strategraph", "build", *map(str, arguments)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def objects(url: str) -> dict[str, bytes]:
    """Return what is at an address, by name, but for the manifest, which says how long each took."""
    system, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
    names = {str(path).removeprefix(f"{root}/"): path for path in system.find(root)}
    return {name: system.cat_file(path) for name, path in names.items() if name not in FILES}


def known(folder: Path) -> list[PlanRecord]:
    return [replace(record, seconds=0) for record in load_records(folder)]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Give a folder of plans, and beside it what a build with processes makes of them."""
    write_sources(tmp_path / "in", 0)
    (tmp_path / "in" / "bad.txt").write_text("The bus leaves at noon.\n", encoding="utf-8")
    assert command(tmp_path / "in", "-o", tmp_path / "jobs", "--jobs", 2).returncode == 2
    return tmp_path / "in"


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    plans: Path, tmp_path: Path, cluster: Cluster
) -> None:
    told: Counter[str] = Counter()

    def notice(done: Done, number: int, _: int) -> None:
        told[done.record.name] += 1
        if number == PLANS // 2:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)

    out = LocalFolder(tmp_path / "out")
    sources = find([str(plans)], outputs=suffixes(DEFAULT_FORMATS), out=str(out))
    with workers_of(cluster.scheduler) as workers:
        outcome = run(
            sources, out, Recipe(Options(), DEFAULT_FORMATS), cluster=workers, telling=Telling(notice)
        )
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert (outcome.built, outcome.failed) == (PLANS, 1)
    assert set(told.values()) == {1}
    assert len(told) == PLANS + 1
    assert contents(out.path) == contents(tmp_path / "jobs")
    assert known(out.path) == known(tmp_path / "jobs")


def test_the_command_builds_on_the_cluster_from_and_to_s3(
    plans: Path, tmp_path: Path, cluster: Cluster
) -> None:
    system = fsspec.filesystem("s3")
    system.mkdir("plans")
    system.put(f"{plans}/", "plans/in", recursive=True)
    build = ("s3://plans/in", "-o", "s3://plans/out", "--scheduler", cluster.scheduler)
    done = command(*build)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert "s3://plans/in/bad.txt: nothing of a plan is recognised" in done.stderr
    assert f"  built           {PLANS:>7}\n" in done.stdout
    here = {name: (tmp_path / "jobs" / name).read_bytes() for name in contents(tmp_path / "jobs")}
    assert objects("s3://plans/out") == here
    again = command(*build)
    assert f"  unchanged       {PLANS:>7}\n" in again.stdout
    system.rm("plans/in/0", recursive=True)
    pruned = command(*build, "--prune")
    assert "removed" in pruned.stdout
    assert not any(name.startswith("0/") for name in objects("s3://plans/out"))


def test_a_run_to_s3_that_is_killed_is_gone_on_with(plans: Path, tmp_path: Path, s3: str) -> None:
    fsspec.filesystem("s3").mkdir("other")

    def stop(done: Done, number: int, _: int) -> None:
        if number == PLANS // 2:
            raise KeyboardInterrupt

    (plans / "bad.txt").unlink()
    sources = find([str(plans)], outputs=suffixes(DEFAULT_FORMATS))
    out, recipe = RemoteFolder("s3://other/out"), Recipe(Options(), DEFAULT_FORMATS)
    with pytest.raises(KeyboardInterrupt):
        run(sources, out, recipe, telling=Telling(stop))
    outcome = run(sources, out, recipe)
    assert (outcome.built, outcome.unchanged) == (PLANS - PLANS // 2, PLANS // 2)
    assert len(objects("s3://other/out")) == 6 * PLANS
    manifest = json.loads(RemoteFolder("s3://other/out").read(MANIFEST) or b"")
    assert all(plan["verdict"] != FAILED for plan in manifest["plans"])
