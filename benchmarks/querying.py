"""How long each question of the catalogue takes on rdflib, against the embedded store and a store in memory.

    python -m benchmarks.querying [--plans N] [--repeat N]

Run it from the checkout. The ITU plan is built as often as asked for, each time under another base, so that
the graphs are as many plans with the same groups, themes and instruments. Each engine has its data open, as
a program that asks more than once would; the best of several runs counts.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import RdfFormat, Store
from rdflib import Graph

from strategraph import build
from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.knowledge.resources import path
from strategraph.querying import catalogue, load_dataset
from strategraph.querying.stores.collection import add
from strategraph.querying.stores.loading import PlanGraph

PLAN = path("data", "plans", "itu-strategic-plan-2024-2027.txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plans", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    bases = [f"https://example.org/{number}/" for number in range(options.plans)]
    plans = [
        PlanGraph(str(name), len(part), write(part, "ntriples"))
        for base in bases
        for name, part in plan_graphs(build(PLAN, base_iri=base).graph)
        if name is not None
    ]
    graph, memory = Graph(), Store()
    for plan in plans:
        graph.parse(data=plan.ntriples, format="nt")
        memory.bulk_load(plan.ntriples, RdfFormat.N_TRIPLES)
    with tempfile.TemporaryDirectory() as folder:
        for _ in add(Path(folder) / "plans.db", plans):
            pass
        embedded = load_dataset(Path(folder) / "plans.db").store
        print(f"{len(plans)} plans, {len(graph)} triples")
        print(f"{'question':<20}{'rdflib':>10}{'embedded':>10}{'memory':>10}{'rdflib / embedded':>20}")
        for question in catalogue():
            engines = (
                lambda text=question.text: list(graph.query(text)),
                lambda text=question.text: list(embedded.query(text)),
                lambda text=question.text: list(memory.query(text)),
            )
            slow, stored, fast = (_best(engine, options.repeat) for engine in engines)
            cells = "".join(f"{1000 * seconds:>7.0f} ms" for seconds in (slow, stored, fast))
            print(f"{question.name:<20}{cells}{slow / stored:>20.1f}", flush=True)


def _best(work: Callable[[], object], repeat: int) -> float:
    """Return the seconds of the fastest run."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
