"""Scores of measures and deadlines on sentences that people annotated: ``data/gold/measures.json``.

The gold has no words: a sentence is the checksum of its document and two offsets, so the documents must be
at hand. ``python -m strategraph.evaluation.measures data/gold/measures.json DIR`` prints the scores over
those of its sentences whose documents are in DIR.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from strategraph.extraction.measures import deadlines, measures
from strategraph.knowledge.measure_words import measure_words

FIELDS = ("value", "unit", "comparator", "baseline", "year")


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found, found wrongly, and missed."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 where there was nothing to find."""
        whole = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / whole if whole else 1.0

    def __str__(self) -> str:
        return f"{self.hits} found, {self.extra} wrongly, {self.missed} missed: F1 {self.f1:.2f}"


def score(sentences: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> dict[str, Score]:
    """Return the score of each field over the sentences whose documents' texts are there, by checksum.

    A unit or comparator counts together with its value, and a year is that of a deadline.
    """
    totals = {field: Score() for field in FIELDS}
    for sentence in sentences:
        words = measure_words(sentence["language"])
        if sentence["document"] not in texts or words is None:
            continue
        text = " ".join(texts[sentence["document"]][sentence["start"] : sentence["end"]].split())
        found, due = measures(text, words), deadlines(text, words)
        gold = sentence["measures"]
        ours = {
            "value": Counter(str(one.value.normalize()) for one in found),
            "unit": Counter(f"{one.value.normalize()} {one.unit}" for one in found),
            "comparator": Counter(f"{one.value.normalize()} {one.comparator}" for one in found),
            "baseline": Counter(str(one.baseline.normalize()) for one in found if one.baseline is not None),
            "year": Counter({str(one.year) for one in due}),
        }
        theirs = {
            "value": Counter(_number(one["value"]) for one in gold),
            "unit": Counter(f"{_number(one['value'])} {one['unit']}" for one in gold),
            "comparator": Counter(f"{_number(one['value'])} {one['comparator']}" for one in gold),
            "baseline": Counter(_number(one["baseline"]) for one in gold if one.get("baseline")),
            "year": Counter([sentence["due"][:4]] if sentence["due"] else []),
        }
        for field, before in totals.items():
            totals[field] = Score(
                before.hits + (ours[field] & theirs[field]).total(),
                before.extra + (ours[field] - theirs[field]).total(),
                before.missed + (theirs[field] - ours[field]).total(),
            )
    return totals


def texts_of(folder: Path, wanted: Iterable[str]) -> dict[str, str]:
    """Return the texts of the documents in a folder, by the checksums of their bytes that are wanted."""
    from strategraph.reading import read

    checksums = set(wanted)
    found: dict[str, str] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        if checksum in checksums:
            found[checksum] = read(path).source.text
    return found


def _number(text: str) -> str:
    return str(Decimal(text).normalize())


def main(gold: Path, folder: Path) -> None:
    """Print the scores on the gold's sentences whose documents are in a folder."""
    sentences = json.loads(gold.read_text(encoding="utf-8"))["sentences"]
    texts = texts_of(folder, (sentence["document"] for sentence in sentences))
    print(f"{sum(sentence['document'] in texts for sentence in sentences)} of {len(sentences)} sentences")
    for field, result in score(sentences, texts).items():
        print(f"{field:<12}{result}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
