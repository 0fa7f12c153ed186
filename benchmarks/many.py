"""One run over many made plans, and what it took: processor seconds and memory, tenth by tenth.

    python benchmarks/many.py PLANS FOLDER [WORKERS]

Prints JSON: what the run as a whole did and took, and ``tenths``, each with the kB read in it, the processor
seconds they took here and in all workers, and the most memory that a worker has had until then, in MB.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import psutil
from synthetic import write as write_plans

from strategraph.corpus.crew import Workers
from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
from strategraph.corpus.run import Telling, run
from strategraph.corpus.sources import find
from strategraph.corpus.work import Done
from strategraph.pipeline import Options


def spent() -> float:
    """Return the processor seconds of this process and all that it started and that are still there."""
    me = psutil.Process()
    times = [process.cpu_times() for process in [me, *me.children(recursive=True)]]
    return sum(time.user + time.system for time in times) + sum(me.cpu_times()[2:4])


def _largest_worker() -> float:
    workers = psutil.Process().children(recursive=True) or [psutil.Process()]
    return max(worker.memory_info().rss for worker in workers) / 1e6


def measured(folder: Path, out: Path, workers: int, cluster: Workers | None = None) -> dict[str, Any]:
    """Build the plans of a folder, by processes here or by a cluster, and return what it took."""
    sources = find([str(folder)], outputs=suffixes(DEFAULT_FORMATS), out=str(out))
    tenths: list[dict[str, float]] = []
    before, read, most = spent(), 0.0, 0.0

    def tell(done: Done, number: int, total: int) -> None:
        nonlocal before, read, most
        read += os.path.getsize(done.place) / 1000
        most = max(most, _largest_worker())
        if number * 10 // total > (number - 1) * 10 // total:
            now = spent()
            tenths.append({"kB": read, "cpu": now - before, "MB": most})
            before, read = now, 0.0
            print(number, tenths[-1], file=sys.stderr, flush=True)

    started = spent()
    done = run(
        sources,
        LocalFolder(out),
        Recipe(Options(), DEFAULT_FORMATS).seen_by_all(),
        processes=workers,
        cluster=cluster,
        telling=Telling(done=tell),
    )
    return {
        "seconds": done.seconds,
        "built": done.built,
        "failed": done.failed,
        "unchanged": done.unchanged,
        "cpu": spent() - started,
        "here": psutil.Process().memory_info().rss / 1e6,
        "tenths": tenths,
    }


if __name__ == "__main__":
    place = Path(sys.argv[2])
    write_plans(place / "plans", int(sys.argv[1]))
    print(json.dumps(measured(place / "plans", place / "out", int(sys.argv[3]) if len(sys.argv) > 3 else 2)))
