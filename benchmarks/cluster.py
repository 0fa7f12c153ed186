"""The same plans built by a pool of processes and by a Dask cluster of as many workers, on this machine.

    python benchmarks/cluster.py [PLANS] [WORKERS]

Prints clock and processor seconds of each, starting the pool's processes and the workers left aside alike,
and whether the outputs are the same bytes. Needs the extra ``cluster``.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from distributed import LocalCluster
from many import measured
from synthetic import write as write_plans

from strategraph.corpus.crew import cluster
from strategraph.corpus.records import FILES


def contents(out: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file() and path.name not in FILES:
            whole.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()


def main(count: int, workers: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_plans(folder / "in", count)
        pool = measured(folder / "in", folder / "pool", workers)
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as local,
            cluster(local.scheduler_address) as on,
        ):
            dask = measured(folder / "in", folder / "dask", workers, on)
        for what, took in (("processes of a pool", pool), ("workers of Dask", dask)):
            print(
                f"{count} plans, {workers} {what}: {took['seconds']:.1f} s, {took['cpu']:.1f} s of processor"
            )
        clock, processor = (dask[each] / pool[each] for each in ("seconds", "cpu"))
        print(f"clock {clock:.2f}, processor {processor:.2f} of the pool's")
        print(f"the same bytes: {contents(folder / 'pool') == contents(folder / 'dask')}")


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["100", "2"][len(sys.argv) - 1 :])))
