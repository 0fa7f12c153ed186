"""Instruments and adoption in real plans with gold, in two halves by publisher.

    python benchmarks/outside/instruments.py FOLDER

FOLDER has ``docs``, ``gold`` and ``SOURCES.md``. Rules are not trained, but those who write them look at
plans: of one half of the publishers (0) misses and false hits were looked at first, of the other (1) only
after it had F1 .851 unread. Counted as ``strategraph evaluate`` counts.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

from strategraph.errors import StrategraphError
from strategraph.evaluation.gold import find_gold, load_gold
from strategraph.evaluation.scores import Tally
from strategraph.evaluation.scoring import score
from strategraph.pipeline import read_plan

_PUBLISHER = re.compile(r"([\w.-]+)/[\w.-]+?[@ ]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    publishers = dict(publishers_of(folder / "SOURCES.md"))
    instruments, adoption = [Tally(), Tally()], [Tally(), Tally()]
    for path in find_gold([folder / "gold"]):
        gold = load_gold(path)
        try:
            _, plan = read_plan(folder / "docs" / gold.document)
        except StrategraphError:
            continue
        publisher = publishers.get(gold.document, gold.document.split("-")[0])
        half = int(hashlib.sha256(publisher.encode()).hexdigest(), 16) % 2
        scores = score(plan, gold)
        instruments[half] += scores.instruments
        adoption[half] += scores.adoption
    for name, tallies in (("instruments", instruments), ("adoption", adoption)):
        for what, tally in (("half 0", tallies[0]), ("half 1", tallies[1]), ("all", tallies[0] + tallies[1])):
            print(
                f"{name:12} {what:7} P {tally.precision or 0:.3f} R {tally.recall or 0:.3f}"
                f" F1 {tally.f1 or 0:.3f} ({tally.hits} right, {tally.expected} there, {tally.found} found)"
            )


def publishers_of(sources: Path) -> list[tuple[str, str]]:
    """Return each document that a table of sources names, with its publisher."""
    found = []
    for line in sources.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.split("|")[1:-1]]
        match = _PUBLISHER.search(" ".join(cells[1:])) if len(cells) > 1 else None
        if match is not None:
            found.append((cells[0], match[1].lower()))
    return found


if __name__ == "__main__":
    main()
