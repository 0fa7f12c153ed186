"""How well paragraphs of resolutions are told apart: preambular, operative or neither, in French and English.

    python benchmarks/outside/paragraph_types.py FOLDER [--misses]

FOLDER holds resolutions as JSON (paragraphs with ``para``, ``para_en`` and ``type``), and re-annotations as
``para-type-annos-*.csv`` (``type`` or ``type_manual``), which count where they are. Each paragraph is read
alone.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

from strategraph.extraction.provisions.paragraphs import read_paragraph

PARTS = ("preambular", "operative", "none")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the paragraphs that differ")
    options = parser.parse_args()
    for name, rows in (
        ("experts", list(experts(options.folder))),
        ("all", list(resolutions(options.folder))),
    ):
        for language in ("fr", "en"):
            pairs = []
            for row, gold in rows:
                text = row["para" if language == "fr" else "para_en"] or ""
                got = read_paragraph(text).part
                pairs.append((gold, got))
                if options.misses and gold != got and name == "experts":
                    print(f"{language} {gold} but {got}: {text[:200]}")
            two, three = macro(pairs, PARTS[:2]), macro(pairs, PARTS)
            print(
                f"{name} {language}: {len(pairs)} paragraphs, macro F1 of two {two:.3f}, of three {three:.3f}"
            )


def experts(folder: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each re-annotated paragraph with its part."""
    for path in sorted(folder.glob("para-type-annos-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row, part(row.get("type_manual") or row.get("type"))


def resolutions(folder: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each paragraph of the resolutions with its part."""
    for path in sorted(folder.glob("*.json")):
        for paragraph in json.loads(path.read_text(encoding="utf-8"))["body"]["paragraphs"]:
            yield paragraph, part(paragraph["type"])


def part(kind: str | None) -> str:
    """Return the part as ours is called."""
    return kind if kind in PARTS else "none"


def macro(pairs: list[tuple[str, str]], parts: tuple[str, ...]) -> float:
    """Return the mean F1 over parts."""
    scores = []
    for each in parts:
        right = sum(gold == got == each for gold, got in pairs)
        total = sum(gold == each for gold, _ in pairs) + sum(got == each for _, got in pairs)
        scores.append(2 * right / total if total else 0.0)
    return sum(scores) / len(scores)


if __name__ == "__main__":
    main()
