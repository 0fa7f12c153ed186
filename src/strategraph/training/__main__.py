"""``python -m strategraph.training DATA… [--out FILE]``: learn the model from plans with gold.

Exits with 2 where there is nothing to learn from.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from strategraph.training.examples import examples
from strategraph.training.fit import fit
from strategraph.understanding.model import FILE, to_json

THRESHOLD = 0.4  # of the probability, by cross-validation: docs/reading-plans.md


def main(arguments: list[str] | None = None) -> int:
    """Write the model learnt from a folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="strategraph.training", description=__doc__)
    parser.add_argument(
        "data", type=Path, nargs="+", help="folders with documents, *.gold.json files and a SOURCES.md"
    )
    parser.add_argument("--out", type=Path, default=Path("data/models") / FILE)
    given = parser.parse_args(arguments)
    parts = [examples(folder) if folder.is_dir() else [] for folder in given.data]
    if not all(parts):
        missing = next(folder for folder, part in zip(given.data, parts, strict=True) if not part)
        print(
            f"{missing}: no documents with gold to learn from; data/models/SOURCES.md names those that the "
            "shipped model has learnt from",
            file=sys.stderr,
        )
        return 2
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(
        as_text(to_json(fit([example for part in parts for example in part], THRESHOLD))), encoding="utf-8"
    )
    return 0


def as_text(data: dict[str, object]) -> str:
    """Return a model as JSON with one token or tree a line, so that a reader and a diff see what it says."""
    words = dict(data["words"])  # type: ignore[call-overload]
    weights = words.pop("weights")
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    lines = [f'"threshold":{data["threshold"]},', f'"kinds":{json.dumps(data["kinds"], **compact)},']
    lines.append('"words":{' + json.dumps(words, **compact)[1:-1] + ',"weights":{')
    lines.append(
        ",\n".join(
            f"{json.dumps(token, **compact)}:{json.dumps(row, **compact)}" for token, row in weights.items()
        )
    )
    lines.append("}},")
    forests = []
    for name in ("elements", "classes"):
        forest = data[name]
        trees = ",\n".join(json.dumps(tree, **compact) for tree in forest["trees"])  # type: ignore[index]
        forests.append(f'"{name}":{{"names":{json.dumps(forest["names"], **compact)},"trees":[\n{trees}\n]}}')  # type: ignore[index]
    return "{" + "\n".join(lines) + "\n" + ",\n".join(forests) + "}\n"


if __name__ == "__main__":
    raise SystemExit(main())
