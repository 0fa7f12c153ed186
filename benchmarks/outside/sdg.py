"""How well texts are told to be about a Sustainable Development Goal, through ``strategraph annotate``.

    python benchmarks/outside/sdg.py FOLDER [--misses]

FOLDER holds ``benchmark.csv``: snippets, each with one goal and whether experts agree that it is about it. A
text counts as about a goal if any of its mentions leads to it.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from strategraph.resolution.annotation import annotate_lines


def main() -> None:
    """Print accuracy by goal, its mean, precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what differs")
    options = parser.parse_args()
    with (options.folder / "benchmark.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for one in annotate_lines((row["text"].replace("\n", " ") for row in rows), "en"):
        if one.kind == "sdg" and one.goal is not None:
            found[one.record].setdefault(one.goal, one.text)
    right: dict[int, list[bool]] = defaultdict(list)
    hits = said = wanted = 0
    for record, row in enumerate(rows):
        goal, is_about = int(row["sdg"]), row["label"] == "True"
        told = goal in found[record]
        right[goal].append(told == is_about)
        hits, said, wanted = hits + (told and is_about), said + told, wanted + is_about
        if options.misses and told != is_about:
            print(f"{goal:2} {'+' if told else '-'} {found[record].get(goal, '')}  |  {row['text']}")
    for goal in sorted(right):
        print(f"goal {goal:2}  accuracy {sum(right[goal]) / len(right[goal]):.3f} of {len(right[goal])}")
    mean = sum(sum(values) / len(values) for values in right.values()) / len(right)
    print(
        f"mean accuracy {mean:.3f}  precision {hits / said:.3f}  recall {hits / wanted:.3f}  of {len(rows)}"
    )


if __name__ == "__main__":
    main()
