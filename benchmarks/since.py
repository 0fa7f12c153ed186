"""What this checkout costs beside an older one, in one run: a cold build, Turtle, terms, pages of PDFs.

    git worktree add --detach OLD f2b79cf
    python benchmarks/since.py OLD [PDF…]

Both do the same on the same files, in turn, each time in a process of its own; of several tries the least
processor time. Bytecode is kept, as an installed wheel has it; with ``PYTHONDONTWRITEBYTECODE=1`` it is not,
and every run compiles all modules. Turtle is of each one's own graph of the plan in ``data/plans``, and
therefore told per thousand triples.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from strategraph.knowledge import vocabulary

HERE = Path(__file__).resolve().parents[1]
SEED = HERE / "data" / "plans" / "itu-strategic-plan-2024-2027.txt"
TRIES = 5
BEGIN = """
import json, resource, sys, time
from pathlib import Path
def spent():
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
def least(what):
    found = []
    for _ in range(3):
        begun = spent()
        what()
        found.append(spent() - begun)
    return min(found)
"""
COLD = """
sys.argv = ["strategraph", "build", given[0], "-o", given[1]]
from strategraph.cli import main
try:
    main()
except SystemExit:
    pass
print(); print(json.dumps([spent(), 1]))
"""
TURTLE = """
from strategraph.export import write
from strategraph.pipeline import build
graph = build(Path(given[0])).graph
print(json.dumps([least(lambda: write(graph, "turtle")), len(graph) / 1000]))
"""
GAZETTEER = """
try:
    from strategraph.knowledge.gazetteer import Gazetteer
except ImportError:
    from strategraph.gazetteer import Gazetteer
terms = json.loads(Path(given[2]).read_text())
text = [line for line in Path(given[0]).read_text("utf-8").splitlines() if line.strip()] * 40
size = sum(len(line.encode()) for line in text) / 1e6
known = Gazetteer((term, term) for term in terms)
print(json.dumps([least(lambda: sum(1 for line in text for _ in known.find(line))), size]))
"""
PDF = """
from strategraph.errors import StrategraphError
from strategraph.reading import read
begun = spent()
pages = 0
for file in given[3:]:
    try:
        pages += max((block.page or 0 for block in read(Path(file)).blocks), default=0)
    except StrategraphError:
        pass
print(json.dumps([spent() - begun, pages]))
"""
TASKS = {
    "one cold build, s": COLD,
    "Turtle, s of a thousand triples": TURTLE,
    "gazetteer, s a MB": GAZETTEER,
    "PDF, s a page": PDF,
}


def measured(root: Path, code: str, given: Sequence[str], folder: str) -> tuple[float, float]:
    """Return the least processor time of a task in a checkout, and how much was done."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = kept | {"PYTHONPATH": str(root / "src"), "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    command = [sys.executable, "-c", f"{BEGIN}given = {list(given)!r}\n{code}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=root)
    seconds, amount = json.loads(done.stdout.splitlines()[-1])
    return seconds, amount


def main(old: Path, pdfs: Sequence[Path]) -> None:
    """Print a line for each task."""
    known = vocabulary.load()
    terms = sorted({label.text for entry in known.entries for label in entry.names("en")})
    print("| what | here | there | here / there | amount here, there |\n|---|---:|---:|---:|---:|")
    with TemporaryDirectory() as folder:
        table = Path(folder) / "terms.json"
        table.write_text(json.dumps(terms))
        given = [str(SEED), folder, str(table), *(str(file.resolve()) for file in pdfs)]
        for name, code in TASKS.items():
            if code is PDF and not pdfs:
                continue
            found: dict[Path, list[tuple[float, float]]] = {HERE: [], old: []}
            for _ in range(1 if code is PDF else TRIES + 1):  # the first one writes bytecode
                for root, tries in found.items():
                    tries.append(measured(root, code, given, folder))
            (here, mine), (there, theirs) = (min(tries) for tries in found.values())
            ours, before = here / mine, there / theirs
            print(
                f"| {name} | {ours:.4f} | {before:.4f} | {ours / before:.2f} | {mine:.2f}, {theirs:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [Path(file) for file in sys.argv[2:]])
