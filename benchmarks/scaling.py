"""How the time of a build grows with the length of the text, stage by stage.

    .venv/bin/python benchmarks/scaling.py [KILOBYTES …]

Prints seconds for each length, validation apart, and the ratio of each length to the one before: a stage
that is linear takes about ten times as long for ten times the text.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from strategraph.extraction import extract
from strategraph.knowledge.vocabulary import load
from strategraph.model.identifiers import Namer
from strategraph.rdf.graph import to_graph
from strategraph.reading import read
from strategraph.resolution.coverage import cover
from strategraph.resolution.plan import resolve
from strategraph.understanding import understand
from strategraph.validation import validate

STAGES = ("read", "understand", "extract", "resolve", "graph", "coverage", "validate")


def plan(kilobytes: int) -> str:
    """Return the text of an invented plan of about this length."""
    parts = ["Harbour Trust Strategic Plan 2025-2028\n"]
    length, goal = len(parts[0]), 0
    while length < kilobytes * 1000:
        goal += 1
        part = (
            f"\nGoal {goal}: Clean water in district {goal}\n\n"
            f"Bring safe water to women and girls, youth and persons with disabilities of district {goal}. "
            "The Harbour Trust will work to close the digital divide, in line with Resolution "
            f"{goal} (Rev. Dubai, 2018).\n\nObjective {goal}.1: Dig {goal} wells\n\n"
            "Wells are dug where people in rural areas need them most.\n"
        )
        parts.append(part)
        length += len(part)
    return "".join(parts)


def measure(kilobytes: int, folder: Path) -> list[float]:
    """Return the seconds that each stage takes for a plan of this length."""
    path = folder / f"{kilobytes}.txt"
    path.write_text(plan(kilobytes), encoding="utf-8")
    vocabulary, namer = load(), Namer()
    marks = [time.perf_counter()]
    document = read(path)
    marks.append(time.perf_counter())
    sections = understand(document)
    marks.append(time.perf_counter())
    mentions = extract(document, sections, vocabulary)
    marks.append(time.perf_counter())
    resolved = resolve(document, mentions, vocabulary, namer)
    marks.append(time.perf_counter())
    graph = to_graph(resolved, document, namer=namer)
    marks.append(time.perf_counter())
    cover(document, resolved)
    marks.append(time.perf_counter())
    validate(graph)
    marks.append(time.perf_counter())
    return [after - before for before, after in pairwise(marks)]


def main() -> None:
    lengths = [int(each) for each in sys.argv[1:]] or [10, 100, 1000]
    with TemporaryDirectory() as folder:
        measure(1, Path(folder))  # what is loaded once is loaded before
        rows = {length: measure(length, Path(folder)) for length in lengths}
    print(f"{'kB':>8}" + "".join(f"{stage:>10}" for stage in (*STAGES, "all but it")))
    before: list[float] | None = None
    for length, row in rows.items():
        full = [*row, sum(row[:-1])]
        print(f"{length:>8}" + "".join(f"{seconds:>10.3f}" for seconds in full))
        if before is not None:
            print(
                f"{'ratio':>8}"
                + "".join(f"{now / then:>10.1f}" for now, then in zip(full, before, strict=True))
            )
        before = full


if __name__ == "__main__":
    main()
