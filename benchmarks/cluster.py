"""The same plans built by a pool of processes and by a Dask cluster of as many workers, on this machine.

    python benchmarks/cluster.py [PLANS] [WORKERS]

Prints clock and processor seconds of each, starting the pool's processes and the workers left aside alike,
and whether the outputs are the same bytes. Needs the extra ``cluster``.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from distributed import LocalCluster
from synthetic import write as write_plans

from strategraph.corpus.crew import Workers, cluster
from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
from strategraph.corpus.records import FILES
from strategraph.corpus.run import run
from strategraph.corpus.sources import find
from strategraph.pipeline import Options


def contents(out: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in FILES:
            whole.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()


def spent() -> float:
    """Return the processor seconds of this process and all that it started and that are still there."""
    me = psutil.Process()
    times = [process.cpu_times() for process in [me, *me.children(recursive=True)]]
    return sum(time.user + time.system for time in times) + sum(me.cpu_times()[2:4])


def measured(what: Callable[[], Any]) -> tuple[float, float]:
    clock, processor = time.monotonic(), spent()
    what()
    return time.monotonic() - clock, spent() - processor


def main(count: int, workers: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_plans(folder / "in", count)
        sources = find([str(folder / "in")], outputs=suffixes(DEFAULT_FORMATS))

        def build(out: str, on: Workers | None) -> None:
            recipe = Recipe(Options(), DEFAULT_FORMATS).seen_by_all()
            run(sources, LocalFolder(folder / out), recipe, processes=workers, cluster=on)

        pool = measured(lambda: build("pool", None))
        print(f"{count} plans, {workers} processes of a pool: {pool[0]:.1f} s, {pool[1]:.1f} s of processor")
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as local,
            cluster(local.scheduler_address) as on,
        ):
            dask = measured(lambda: build("dask", on))
        print(f"{count} plans, {workers} workers of Dask: {dask[0]:.1f} s, {dask[1]:.1f} s of processor")
        print(f"clock {dask[0] / pool[0]:.2f}, processor {dask[1] / pool[1]:.2f} of the pool's")
        print(f"the same bytes: {contents(folder / 'pool') == contents(folder / 'dask')}")


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["100", "2"][len(sys.argv) - 1 :])))
