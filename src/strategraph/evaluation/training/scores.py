"""``python -m strategraph.evaluation.training.scores DATA…``: scores cross-validated by publisher.

Of five models, each learns from four fifths of the publishers and reads the documents of the others; words
are counted in what is learnt from only. The words of ``data/languages`` were written by people who knew some
of the documents: they are part of the method. Micro is all elements together, macro the mean over documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from strategraph.evaluation import load_gold, score
from strategraph.evaluation.gold import ELEMENT_TYPES, Gold
from strategraph.evaluation.matching import align
from strategraph.evaluation.scores import Scores, Tally, total
from strategraph.evaluation.training.examples import FOLDER, Example, examples, marked_examples
from strategraph.evaluation.training.fit import fit, fold
from strategraph.extraction import extract
from strategraph.knowledge.vocabulary import load
from strategraph.model import Plan
from strategraph.model.identifiers import DEFAULT_BASE, Namer
from strategraph.resolution.plan import resolve
from strategraph.understanding import understand
from strategraph.understanding.model import Model

FOLDS = 5
_BINS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one document; ``blind`` leaves the elements' classes aside.

    ``told`` are the elements' confidences, each with whether the element is right.
    """

    example: Example
    scores: Scores
    blind: Tally
    told: tuple[tuple[float, bool], ...]


def cross_validated(
    found: Sequence[Example], beside: Sequence[Example] = (), folds: int = FOLDS
) -> Iterator[Scored]:
    """Yield the scores of each document, read by a model that has seen none of its publisher's.

    ``beside`` are examples to learn from only.
    """
    for part in range(folds):
        held = [example for example in found if fold(example.publisher, folds) == part]
        known = [example for example in found if fold(example.publisher, folds) != part]
        if held and known:
            model = fit([*known, *beside])
            for example in held:
                yield scored(example, model)


def scored(example: Example, model: Model) -> Scored:
    """Return the scores of a document that a model reads."""
    gold = load_gold(example.file)
    plan = _plan(example, model)
    hits = {element.iri for _, element in align(plan, gold).pairs}
    waived = align(plan, gold).waived
    told = tuple(
        (link.supports[0].confidence, link.object in hits)
        for link in plan.links
        if link.predicate.removeprefix("has") in ELEMENT_TYPES and link.object not in waived and link.supports
    )
    blind = score(_of_one_class(plan), _gold_of_one_class(gold)).all_elements
    return Scored(example, score(plan, gold), blind, told)


def _plan(example: Example, model: Model) -> Plan:
    vocabulary = load()
    mentions = extract(example.document, understand(example.document, model), vocabulary)
    return resolve(example.document, mentions, vocabulary, Namer(DEFAULT_BASE))


def _of_one_class(plan: Plan) -> Plan:
    elements = tuple(replace(e, kind=_ONE) if e.kind in ELEMENT_TYPES else e for e in plan.elements)
    return replace(plan, elements=elements)


def _gold_of_one_class(gold: Gold) -> Gold:
    return replace(gold, elements=tuple(replace(element, type=_ONE) for element in gold.elements))


def table(found: Sequence[Scored]) -> str:
    """Return the scores as text: of all documents, by language, format and type; how confidence holds."""
    lines = [_HEAD, _line("all", found)]
    for what in (lambda one: one.example.language, lambda one: one.example.document.source.media_type):
        lines += [_line(name, part) for name, part in _parts(found, what)]
    whole = total(one.scores for one in found)
    lines += ["", f"{'type':24} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}"]
    for kind, tally in whole.elements.items():
        lines.append(f"{kind:24} {_rates(tally)} {tally.expected:6}")
    lines += ["", f"{'confidence':24} {'number':>6} {'said':>6} {'right':>6}"]
    lines += _reliability([pair for one in found for pair in one.told])
    return "\n".join(lines) + "\n"


_ONE = "Goal"  # any class: type-blind scores give all elements the same
_HEAD = (
    f"{'':24} {'docs':>4} {'P':>6} {'R':>6} {'micro':>6} {'macro':>6} {'blind':>6} {'macro':>6} "
    f"{'parents':>7} {'groups':>6} {'fields':>6}"
)


def _parts(found: Sequence[Scored], what: Callable[[Scored], str]) -> Iterable[tuple[str, list[Scored]]]:
    names = sorted({what(one) for one in found})
    return [(name, [one for one in found if what(one) == name]) for name in names]


def _line(name: str, found: Sequence[Scored]) -> str:
    whole = total(one.scores for one in found)
    blind = sum((one.blind for one in found), Tally())
    having = [one for one in found if one.scores.all_elements.expected]
    macro = _mean([one.scores.all_elements.f1 for one in having])
    macro_blind = _mean([one.blind.f1 for one in having])
    numbers = (macro, blind.f1, macro_blind)
    rest = (whole.groups.f1, whole.fields.accuracy)
    return (
        f"{name[-24:]:24} {len(having):4} {_rates(whole.all_elements)} {' '.join(map(_number, numbers))}"
        f" {_number(whole.parents.accuracy):>7} {' '.join(map(_number, rest))}"
    )


def _rates(tally: Tally) -> str:
    return " ".join(map(_number, (tally.precision, tally.recall, tally.f1)))


def _number(value: float | None) -> str:
    return f"{'-' if value is None else format(value, '.3f'):>6}"


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value or 0.0 for value in values]
    return sum(known) / len(known) if known else None


def _reliability(told: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Yield a line for each tenth of confidence: how many elements, what it said, how many were right."""
    for tenth in range(_BINS):
        mine = [(said, right) for said, right in told if tenth == min(_BINS - 1, int(said * _BINS))]
        if mine:
            said, right = (sum(values) / len(mine) for values in zip(*mine, strict=True))
            bounds = f"{tenth / _BINS:.1f}–{(tenth + 1) / _BINS:.1f}"
            yield f"{bounds:24} {len(mine):6} {said:6.3f} {right:6.3f}"


def main(arguments: list[str] | None = None) -> int:
    """Print the cross-validated scores of the documents below folders; return the exit status."""
    parser = argparse.ArgumentParser(prog="strategraph.evaluation.training.scores", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="folders with documents and *.gold.json files")
    parser.add_argument("--beside", type=Path, action="append", default=[], help="folders to learn from only")
    given = parser.parse_args(arguments)
    beside = [
        example
        for folder in given.beside
        for example in (*examples(folder), *marked_examples(folder / FOLDER))
    ]
    found = [example for folder in given.data if folder.is_dir() for example in examples(folder)]
    if not found:
        print(f"{given.data[0]}: no documents with gold to score on", file=sys.stderr)
        return 2
    print(table(list(cross_validated(found, beside))), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
