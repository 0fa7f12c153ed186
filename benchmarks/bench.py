"""What builds cost, one plan and many, beside what they are compared with: benchmarks/RESULTS.md.

    python benchmarks/bench.py [PLANS]

Processor time is measured, since the clock tells more of what else the machine does; of several tries the
least. The plain pipeline makes the same triples by hand with rdflib, validates with pySHACL and writes with
rdflib and networkx.
"""

from __future__ import annotations

import gc
import inspect
import io
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx
import pyshacl
from rdflib import Graph, Literal

from strategraph.export import write
from strategraph.knowledge import resources
from strategraph.pipeline import build
from strategraph.rdf.loading import load_graph
from strategraph.validation import engine, validate
from strategraph.validation.shapes import load_shapes

HERE = Path(__file__).parent
SEED = resources.path("data", "plans", "itu-strategic-plan-2024-2027.txt")
TRIES = 5


def least(what: Callable[[], object]) -> float:
    """Return the least processor time of some tries, in milliseconds."""
    found = []
    for _ in range(TRIES):
        gc.collect()
        begun = time.process_time()
        what()
        found.append(time.process_time() - begun)
    return min(found) * 1000


def plain(triples: list[tuple[object, object, object]], shapes: Graph) -> None:
    """Do by hand what comes after the reading: triples, SHACL, Turtle, GraphML."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)  # type: ignore[arg-type]
    pyshacl.validate(graph, shacl_graph=shapes)
    graph.serialize(format="turtle")
    network = networkx.MultiDiGraph()
    for subject, predicate, object_ in graph:
        if isinstance(object_, Literal):
            network.add_node(str(subject), **{str(predicate).rpartition("#")[2] or "value": str(object_)})
        else:
            network.add_edge(str(subject), str(object_), label=str(predicate))
    networkx.write_graphml(network, io.BytesIO())


def ours() -> None:
    """Build and write as `strategraph build` does."""
    result = build(SEED)
    write(result.graph, "turtle")
    write(result.graph, "graphml")
    write(result.report.to_graph(), "turtle")


def cold(code: str, folder: str) -> float:
    """Return the processor time of a process of its own, in seconds: the least of some tries."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}  # an installed wheel has it compiled
    found = []
    for _ in range(4):  # the first one compiles
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", code, folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if code is not COLD_OURS:
            found[-1] -= float(done.stdout)
    return min(found)


COLD_OURS = f"""
import sys
from strategraph.cli import main
sys.argv = ["strategraph", "build", {str(SEED)!r}, "-o", sys.argv[1]]
main()
"""
# It imports what it needs and nothing of ours; what it takes to get at the triples, which a pipeline by hand
# has from its own reading, is told on its standard output and taken away.
COLD_PLAIN = (
    """
import io, sys, time
import networkx
import pyshacl
from rdflib import Graph, Literal
begun = time.process_time()
triples = list(Graph().parse({graph!r}, format="turtle"))
print(time.process_time() - begun)
shapes = Graph()
for file in {shapes!r}:
    shapes.parse(file, format="turtle")
"""
    + inspect.getsource(plain)
    + """
plain(triples, shapes)
"""
)


def many(folder: Path, plans: int) -> dict[str, Any]:
    """Make and build plans in a process of its own, or build them again, and return what it took."""
    command = [sys.executable, str(HERE / "many.py"), str(plans), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tenths(took: list[dict[str, float]]) -> Iterator[str]:
    """Yield the lines of a table that shows whether cost and memory grow with the number of plans."""
    yield "| tenth | kB | CPU s | 10 kB | MB, the largest worker so far |"
    yield "|---:|---:|---:|---:|---:|"
    for number, one in enumerate(took, start=1):
        cost = one["cpu"] / one["kB"] * 10
        yield f"| {number} | {one['kB']:,.0f} | {one['cpu']:,.0f} | {cost:.2f} | {one['MB']:.0f} |"


def main(count: int) -> None:
    """Measure all of it, and write the results."""
    lines = [
        "# What builds cost",
        "",
        f"`make bench COUNT={count}` on {os.cpu_count()} processors ({platform.machine()}), Python"
        f" {platform.python_version()}. Processor time; of several tries the least. Ratios hold, seconds do"
        " not.",
        "",
    ]
    ours()
    result = build(SEED)
    triples = list(result.graph)
    shapes = load_graph(*resources.files("shapes", ".ttl"))
    by_hand = least(lambda: plain(triples, shapes))
    whole, warm = least(ours), least(lambda: build(SEED))
    referee = least(lambda: list(engine.run(load_shapes(()), result.graph)))
    fast = (
        least(lambda: engine.run_natively(load_shapes(()), result.graph))
        if engine.is_installed()
        else float("nan")
    )
    text = result.document.source.text
    checking = least(lambda: validate(result.graph, text=text, fast=True))
    with TemporaryDirectory() as folder:
        graph = Path(folder) / "x.ttl"
        graph.write_bytes(write(result.graph, "turtle"))
        alone = cold(COLD_OURS, folder)
        shape_files = [str(file) for file in resources.files("shapes", ".ttl")]
        by_hand_alone = COLD_PLAIN.replace("{graph!r}", repr(str(graph)))
        by_hand_alone = by_hand_alone.replace("{shapes!r}", repr(shape_files))
        alone_by_hand = cold(by_hand_alone, folder)
        lines += [
            f"## One plan: the ITU plan, {len(triples):,} triples",
            "",
            "| what | ms | beside |",
            "|---|---:|---:|",
            f"| build and write, in a process that has built before | {whole:,.0f} | 1 |",
            f"| the same triples, SHACL, Turtle and GraphML by hand, without any reading | {by_hand:,.0f}"
            f" | {by_hand / whole:.1f} × |",
            f"| build alone | {warm:,.0f} | |",
            f"| of it validation | {checking:,.0f} | |",
            f"| SHACL by pySHACL | {referee:,.0f} | |",
            f"| SHACL by the extra `fast` | {fast:,.0f} | {referee / fast:.0f} × |",
            f"| one build in a process of its own, start included | {alone * 1000:,.0f} | 1 |",
            f"| by hand in a process of its own | {alone_by_hand * 1000:,.0f}"
            f" | {alone_by_hand / alone:.1f} × |",
            "",
            "## Many plans (seeded generator, 2 kB to 100 kB)",
            "",
            "| plans | kB | processes | clock s | CPU s | a plan | 10 kB | failed |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|",
        ]
        sizes = [size for size in (10, 30, 100, 300, 1000, 3000, 10000) if size < count] + [count]
        for size in sizes[-2:]:
            done = many(Path(folder) / str(size), size)
            length = sum(one["kB"] for one in done["tenths"])
            lines.append(
                f"| {size:,} | {length:,.0f} | 2 | {done['seconds']:,.0f} | {done['cpu']:,.0f}"
                f" | {done['cpu'] / size:.2f} | {done['cpu'] / length * 10:.2f} | {done['failed']} |"
            )
            again = many(Path(folder) / str(size), size)
            lines.append(
                f"| the same again, {again['unchanged']:,} unchanged | | 2 | {again['seconds']:,.1f}"
                f" | {again['cpu']:,.1f} | {again['cpu'] / size:.3f} | | |"
            )
        lines += ["", *tenths(done["tenths"])]
    page = "\n".join(lines) + "\n"
    (HERE / "RESULTS.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
