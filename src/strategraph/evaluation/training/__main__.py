"""``python -m strategraph.evaluation.training DATA… [--out FILE]``: learn the model from plans with gold.

Exits with 2 where there is nothing to learn from.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from strategraph.evaluation.training.examples import FOLDER, examples, marked_examples
from strategraph.evaluation.training.fields import fit_rankers, told
from strategraph.evaluation.training.fit import fit
from strategraph.extraction.profile.ranking import FIELDS
from strategraph.extraction.profile.ranking import FILE as PROFILE
from strategraph.extraction.profile.ranking import to_json as fields_json
from strategraph.understanding.model import FILE, to_json


def main(arguments: list[str] | None = None) -> int:
    """Write the model learnt from a folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="strategraph.evaluation.training", description=__doc__)
    parser.add_argument(
        "data", type=Path, nargs="+", help="folders with documents, *.gold.json files and a SOURCES.md"
    )
    parser.add_argument("--out", type=Path, default=Path("data/models") / FILE)
    parser.add_argument("--only", choices=("elements", "profile"), help="learn only this of the two models")
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
    found = [example for part in parts for example in part]
    if given.only != "profile":
        marked = [example for folder in given.data for example in marked_examples(folder / FOLDER)]
        given.out.write_text(as_text(to_json(fit([*found, *marked]))), encoding="utf-8")
    if given.only != "elements":
        rankers = fields_json(fit_rankers(told(found)))
        given.out.with_name(PROFILE).write_text(fields_as_text(rankers), encoding="utf-8")
    return 0


def fields_as_text(data: dict[str, Any]) -> str:
    """Return the rankers of a profile as JSON with one tree a line."""
    parts = []
    for name in FIELDS:
        trees = ",\n".join(map(_json, data[name]["trees"]))
        head = _json({key: value for key, value in data[name].items() if key != "trees"})
        parts.append(f'"{name}":{head[:-1]},"trees":[\n{trees}\n]}}')
    return "{" + ",\n".join([*parts, f'"usage":{_json(data["usage"])}']) + "}\n"


def as_text(data: dict[str, Any]) -> str:
    """Return a model as JSON with one token or tree a line, so that a reader and a diff see what it says."""
    words = dict(data["words"])
    weights = words.pop("weights")
    lines = [f'"kinds":{_json(data["kinds"])},']
    lines.append('"words":{' + _json(words)[1:-1] + ',"weights":{')
    lines.append(",\n".join(f"{_json(token)}:{_json(row)}" for token, row in weights.items()))
    lines.append("}},")
    forests = []
    for name in ("elements", "classes"):
        trees = ",\n".join(map(_json, data[name]["trees"]))
        forests.append(f'"{name}":{{"names":{_json(data[name]["names"])},"trees":[\n{trees}\n]}}')
    outcomes = ",\n".join(
        "[\n" + ",\n".join(map(_json, trees)) + "\n]" for trees in data["outcomes"]["trees"]
    )
    forests.append(f'"outcomes":{{"names":{_json(data["outcomes"]["names"])},"trees":[\n{outcomes}\n]}}')
    return "{" + "\n".join(lines) + "\n" + ",\n".join(forests) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    raise SystemExit(main())
