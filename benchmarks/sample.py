"""Draw facts on groups, themes and SDGs at random, each with its words, to be judged by a reader.

    python benchmarks/sample.py FOLDER [--count 100] [--seed 1] [--each 3] [--skip FILE]

FOLDER holds documents. They come in an order that the seed decides; of each at most ``--each`` facts are
drawn, so that no long one fills the sample. ``--skip`` names a file with names of documents that were looked
at before, one a line. A fact is a triple of ``sg:addresses``, ``sg:involves``, ``sg:concerns`` or
``sg:contributesTo`` with one of its evidences.

What is judged: do the words name it, and is the element for this group (does it work with it, is it about the
theme, does it contribute to the goal)? What is kept are counts and kinds of error, no sentences.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from strategraph.errors import StrategraphError
from strategraph.extraction import extract
from strategraph.knowledge.sdgs import sdg_of
from strategraph.knowledge.vocabulary import load
from strategraph.model import Plan
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.reading import read
from strategraph.resolution.plan import resolve
from strategraph.understanding import understand

PREDICATES = ("addresses", "involves", "concerns", "contributesTo")
_AROUND = 160  # characters on either side of the words


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact of a document: what is said of which element, and its words with what stands around them."""

    document: str
    element: str
    predicate: str
    object: str
    around: str
    confidence: float
    via: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sample, a paragraph a fact."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--skip", type=Path)
    given = parser.parse_args(arguments)
    seen = set(given.skip.read_text("utf-8").split("\n")) if given.skip else set()
    paths = [path for path in sorted(given.folder.iterdir()) if path.is_file() and path.name not in seen]
    chance = random.Random(given.seed)
    chance.shuffle(paths)
    drawn: list[Drawn] = []
    for path in paths:
        found = list(facts(path))
        drawn += chance.sample(found, min(given.each, len(found)))
        if len(drawn) >= given.count:
            break
    for number, one in enumerate(drawn[: given.count], start=1):
        print(f"{number:3} {one.document}  {one.element}")
        print(
            f"    {one.predicate} {one.object}  ({one.confidence:.2f}{', via ' + one.via if one.via else ''})"
        )
        print(f"    … {one.around} …")


def facts(path: Path) -> Iterator[Drawn]:
    """Yield the facts of a document; none of one that cannot be read."""
    try:
        document = read(path)
    except StrategraphError:
        return
    vocabulary = load()
    mentions = extract(document, understand(document), vocabulary)
    yield from _facts(path.name, resolve(document, mentions, vocabulary, Namer(DEFAULT_BASE)))


def _facts(name: str, plan: Plan) -> Iterator[Drawn]:
    labels = {concept.iri: concept.label for concept in plan.concepts}
    kinds = {element.iri: element.kind for element in plan.elements}
    for link in plan.links:
        if link.predicate not in PREDICATES:
            continue
        for support in link.supports:
            start, end = support.span.start, support.span.end
            text = plan.source.text
            before, words, after = (
                text[max(0, start - _AROUND) : start],
                text[start:end],
                text[end : end + _AROUND],
            )
            around = " ".join(f"{before}[[{words}]]{after}".split())
            goal = sdg_of(link.object)
            said = goal.label if goal else labels.get(link.object, link.object)
            via = labels.get(support.via or "", support.via or "")
            kind = kinds.get(link.subject, "Plan")
            yield Drawn(name, kind, link.predicate, said, around, support.confidence, via)


if __name__ == "__main__":
    main()
