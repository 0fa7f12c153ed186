"""Draw facts at random, each with its words, for a reader to judge: on groups, themes and SDGs, or measures.

    python benchmarks/sample.py FOLDER [--of measures] [--count 100] [--seed 1] [--each 3] [--skip FILE]

FOLDER holds documents. They come in an order that the seed decides; of each at most ``--each`` facts are
drawn, so that no long one fills the sample. ``--skip`` names a file with names of documents that were looked
at before, one a line. A fact is a triple of ``sg:addresses``, ``sg:involves``, ``sg:concerns`` or
``sg:contributesTo``; of measures one of ``sg:hasMeasure``, ``sg:budget``, ``sg:due``, ``sg:responsible`` or
``sg:modality``; with one of its evidences.

What is judged: do the words name it, and is the element for this group (does it work with it, is it about the
theme, does it contribute to the goal)? Of a measure: are value, unit, comparator, baseline and year as the
words say, and does the element set it; is it due then, does this body do it, is the commitment meant so? What
is kept are counts and kinds of error, no sentences.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from strategraph.errors import StrategraphError
from strategraph.extraction import extract
from strategraph.knowledge.sdgs import sdg_of
from strategraph.knowledge.vocabulary import load
from strategraph.model import Link, Plan
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.model.plan import Measure
from strategraph.reading import read
from strategraph.resolution.plan import resolve
from strategraph.understanding import understand

PREDICATES: Mapping[str, tuple[str, ...]] = {
    "groups": ("addresses", "involves", "concerns", "contributesTo"),
    "measures": ("hasMeasure", "budget", "due", "responsible", "modality"),
}
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
    parser.add_argument("--of", choices=PREDICATES, default="groups")
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
        found = list(facts(path, PREDICATES[given.of]))
        drawn += chance.sample(found, min(given.each, len(found)))
        if len(drawn) >= given.count:
            break
    for number, one in enumerate(drawn[: given.count], start=1):
        print(f"{number:3} {one.document}  {one.element}")
        print(
            f"    {one.predicate} {one.object}  ({one.confidence:.2f}{', via ' + one.via if one.via else ''})"
        )
        print(f"    … {one.around} …")


def facts(path: Path, predicates: Sequence[str]) -> Iterator[Drawn]:
    """Yield the facts of a document; none of one that cannot be read."""
    try:
        document = read(path)
    except StrategraphError:
        return
    vocabulary = load()
    mentions = extract(document, understand(document), vocabulary)
    plan = resolve(document, mentions, vocabulary, Namer(DEFAULT_BASE))
    yield from _facts(path.name, plan, predicates)


def _facts(name: str, plan: Plan, predicates: Sequence[str]) -> Iterator[Drawn]:
    labels = {one.iri: one.label for one in (*plan.concepts, *plan.organizations)}
    labels |= {measure.iri: _said(measure) for measure in plan.measures}
    elements = {element.iri: element for element in plan.elements}
    dues = (Link(one.element, "due", one.value, one.supports) for one in plan.deadlines)
    for link in (*plan.links, *dues):
        if link.predicate not in predicates:
            continue
        element = elements.get(link.subject)
        kind = "Plan" if element is None else f"{element.kind} {element.verb or ''}".strip()
        goal = sdg_of(link.object)
        said = goal.label if goal else labels.get(link.object, link.object)
        for support in link.supports:
            via = labels.get(support.via or "", support.via or "")
            around = _around(plan.source.text, support.span.start, support.span.end)
            yield Drawn(name, kind, link.predicate, said, around, support.confidence, via)


def _said(measure: Measure) -> str:
    parts = {"from": measure.baseline, "in": measure.baseline_year, "by": measure.due}
    more = (f"{word} {part}" for word, part in parts.items() if part is not None)
    return " ".join((measure.comparator, measure.value, measure.unit, *more))


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return " ".join(f"{before}[[{text[start:end]}]]{after}".split())


if __name__ == "__main__":
    main()
