"""A run that is killed at any moment leaves no broken file, and the next ends as if nothing had been."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from strategraph.corpus.records import FILES
from strategraph.system.files import HIDDEN, MANIFEST_SUFFIX, mixed

ROUNDS = int(os.environ.get("KILLS", "3"))  # make kills KILLS=100
SEED = int(os.environ.get("SEED", "17"))
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and locks of POSIX")
PLANS = 10


def write_sources(folder: Path, version: int) -> None:
    for number in range(PLANS):
        path = folder / f"{number % 3}" / f"plan-{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        goals = "\n\n".join(
            f"Goal {goal}: Reach youth of ward {goal + version}" for goal in range(1, 3 + number % 4)
        )
        path.write_text(f"Ward {number} Board\nWard Plan 2024-2027\n\n{goals}\n", encoding="utf-8")


def started(sources: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "strategraph", "build", str(sources), "-o", str(out), "--jobs", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in FILES and not path.name.startswith(HIDDEN)
    }


def test_kills_leave_whole_files_and_sets_that_are_told(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    versions = [tmp_path / "in-0", tmp_path / "in-1"]
    sources, out = tmp_path / "in", tmp_path / "out"
    whole: dict[str, set[str]] = {}
    clean = []
    for number, folder in enumerate(versions):
        write_sources(sources, number)
        begun = time.monotonic()
        assert started(sources, folder).wait() == 0
        took = time.monotonic() - begun
        clean.append(contents(folder))
        for name, digest in clean[-1].items():
            whole.setdefault(name, set()).add(digest)
    told = ended = 0
    for number in range(ROUNDS):
        write_sources(sources, number % 2)
        run = started(sources, out)
        with suppress(subprocess.TimeoutExpired):
            run.wait(took * 0.9 * chance.random())
            ended += 1
        run.kill()
        run.wait()
        for name, digest in contents(out).items() if out.exists() else ():
            if mixed(out / name) is not None:
                told += 1
            elif not name.endswith(MANIFEST_SUFFIX):
                assert digest in whole[name], name
    write_sources(sources, 1)
    assert started(sources, out).wait() == 0
    assert contents(out) == clean[1]
    time.sleep(1.5)  # what was started by those that were killed has ended by now
    assert contents(out) == clean[1]
    assert not list(out.rglob(f"{HIDDEN}*"))
    print(
        f"{ROUNDS - ended} kills, {ended} that came too late, {told} files of sets that were told to be mixed"
    )


def test_two_runs_at_once_end_as_one(tmp_path: Path) -> None:
    write_sources(tmp_path / "in", 0)
    runs = [started(tmp_path / "in", tmp_path / "out") for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert started(tmp_path / "in", tmp_path / "alone").wait() == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def test_a_source_that_changes_while_it_is_read_is_built_again(tmp_path: Path) -> None:
    """The record has the checksum of the bytes that were read: whatever the file holds now is another."""
    from tests.corpus.test_run import build

    from strategraph.corpus.records import load_records

    folder, out = tmp_path / "in", tmp_path / "out"
    write_sources(folder, 0)
    changing = folder / "0" / "plan-0.txt"

    def change(*_: object) -> None:
        changing.write_text("Goal 1: Reach everyone\n", encoding="utf-8")

    from strategraph.corpus.run import Telling

    build(folder, out=out, telling=Telling(change))
    assert build(folder, out=out).built == 1
    (record,) = (record for record in load_records(out) if record.name == "0/plan-0")
    assert record.sha256 == hashlib.sha256(changing.read_bytes()).hexdigest()
