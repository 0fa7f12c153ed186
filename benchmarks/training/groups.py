"""python -m training.groups DATA [--cross-validate]: learn the models of group mentions, or score them.

Run in ``benchmarks``; ``make train-groups DATA=DIR`` does. DATA has ``outside/groups`` (annotated sentences
of manifestos) and ``train`` (plans with their gold); their texts stay there, only weights are written, to
``data/models``. No word or pair of words becomes a weight that fewer than three documents or publishers use.
Needs python-crfsuite; the same data give the same weights.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sys import intern

import pycrfsuite

from strategraph.extraction.groups.features import (
    Features,
    ProseView,
    SentenceWords,
    attributes,
    known_names,
    runs,
    sentences,
    tags,
)
from strategraph.extraction.groups.sequence_model import (
    LABELS,
    PROSE,
    STATEMENT,
    UNIT,
    SequenceModel,
    likely,
    open_runs,
)
from strategraph.extraction.groups.tagger import (
    LEAST,
    POSSIBLE,
    Seen,
    Weights,
    prose_view,
    whole_phrases,
)
from strategraph.knowledge import resources
from strategraph.knowledge.vocabulary import load
from strategraph.knowledge.word_classes import word_classes
from training.corpora import Example, british, german, marked_plans, own_examples, own_plans, plans
from training.scores import group_scores, reliability

_RARE = 3  # documents or publishers that must use an attribute
_SMALL = 20  # thousandths: weights below are left out
_FOLDS = 5
SETTINGS = {
    PROSE: {"c1": 0.1, "c2": 0.3, "max_iterations": 120},
    STATEMENT: {"c1": 0.05, "c2": 0.5, "max_iterations": 100},
}


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence of an example with the attributes and label of each word, and the tags of listed words."""

    seen: Seen
    parts: list[str]
    attributes: list[list[str]]
    labels: list[str]


def main(arguments: Sequence[str]) -> None:
    """Write the models, or print what cross-validation by publisher and the sets of development give."""
    data = Path(arguments[0])
    outside = data / "outside" / "groups"
    prose = [*british(outside, "train"), *german(outside)]
    own = [*own_examples(resources.path("data", "models", "groups-examples.tsv"))]
    own += own_plans(resources.path("data", "gold"))
    table = resources.path("data", "models", "groups-marked.tsv")
    own += marked_plans(table, resources.path("data", "gold", "marked"))
    stated = [*plans(data / "train")]
    dev = [*british(outside, "dev")]
    if "--cross-validate" in arguments:
        _cross_validate(prose, dev, stated, own)
        return
    folder = resources.path("data", "models")
    learnt = _learn(prose, PROSE)
    _write(learnt, folder / "groups-prose.tsv")
    _write(_learn(stated + own, STATEMENT, learnt), folder / "groups-statement.tsv")


def _cross_validate(
    prose: Sequence[Example], dev: Sequence[Example], stated: Sequence[Example], own: Sequence[Example]
) -> None:
    learnt = _learn(prose, PROSE)
    found = dict(_predict(dev, learnt, PROSE))
    for kept, left in _folds(prose):
        found.update(_predict(left, _learn(kept, PROSE), PROSE))
    for kept, left in _folds(stated):
        found.update(_predict(left, _learn([*kept, *own], STATEMENT, learnt), STATEMENT, learnt))
    for name, examples in (("uk-dev", dev), ("uk-train", prose), ("de", prose), ("plans", stated)):
        part = [example for example in examples if example.corpus == name]
        print(f"{name:9}", group_scores(part, found))
    for language in sorted({example.language for example in stated}):
        part = [example for example in stated if example.language == language]
        print(f"plans {language:3}", group_scores(part, found))
    for name, examples in (("running text", [*dev, *prose]), ("statements", stated)):
        print(f"confidence of groups in {name}: predicted, observed, mentions")
        for row in reliability(examples, found):
            print("  {:.2f} {:.2f} {:5d}".format(*row))


def _folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Yield what is kept and what is left out, so that each publisher is left out once."""
    fold: dict[tuple[str, str], int] = {}
    for corpus in sorted({example.corpus for example in examples}):
        publishers = sorted({example.publisher for example in examples if example.corpus == corpus})
        fold.update(((corpus, publisher), number % _FOLDS) for number, publisher in enumerate(publishers))
    for number in range(_FOLDS):
        parts: tuple[list[Example], list[Example]] = ([], [])
        for example in examples:
            parts[fold[example.corpus, example.publisher] == number].append(example)
        yield parts


@cache
def _read(example: Example, prose: SequenceModel | None) -> tuple[Read, ...]:
    """Return the sentences of an example, read once for all models that learn from it or are scored on it."""
    return tuple(_sentences(example, prose))


def _sentences(example: Example, prose: SequenceModel | None) -> Iterator[Read]:
    classes, vocabulary = word_classes(example.language), load()
    features, weights = _looked_at(example.language, prose)
    names = [
        (hit.start, hit.end, hit.value[0])
        for hit in known_names(vocabulary, example.language).find(example.text)
    ]
    listed = runs(example.text, classes.runs)
    for sentence in sentences(example.text):
        told = tags(sentence, names, listed)
        seen = Seen.of(sentence, told, features)
        views: Sequence[ProseView] = ()
        if weights is not None:
            totals = weights.emissions(seen)
            views = prose_view(len(sentence), weights.open_runs(totals, 0, POSSIBLE))
        found = [list(map(intern, word)) for word in attributes(features, sentence, told, views)]
        yield Read(seen, tags(sentence, listed), found, _labels(sentence, example))


@cache
def _looked_at(language: str, prose: SequenceModel | None) -> tuple[Features, Weights | None]:
    """Return what is looked at in a language, and the weights of a model of running text there."""
    features = Features(word_classes(language))
    return features, Weights(features, (prose,)) if prose else None


def _labels(sentence: SentenceWords, example: Example) -> list[str]:
    labels = ["O"] * len(sentence)
    for start, end in example.groups:
        inside = [i for i in range(len(sentence)) if sentence.starts[i] < end and start < sentence.ends[i]]
        for position, index in enumerate(inside):
            labels[index] = "I" if position else "B"
    return labels


def _learn(examples: Iterable[Example], name: str, prose: SequenceModel | None = None) -> SequenceModel:
    texts = [(example, _read(example, prose)) for example in dict.fromkeys(examples)]
    used: dict[str, set[str]] = defaultdict(set)
    for example, read in texts:
        for one in read:
            for word in one.attributes:
                for attribute in word:
                    if len(used[attribute]) < _RARE:
                        used[attribute].add(example.publisher)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**SETTINGS[name], "feature.possible_transitions": True})
    for _, read in texts:
        for one in read:
            known = [[a for a in word if len(used[a]) >= _RARE] for word in one.attributes]
            trainer.append(known, one.labels)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        return _rounded(info.state_features, info.transitions)


def _rounded(states: dict[tuple[str, str], float], steps: dict[tuple[str, str], float]) -> SequenceModel:
    weights: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (attribute, label), weight in states.items():
        thousandths = round(weight * UNIT)
        if abs(thousandths) >= _SMALL:
            weights[attribute][LABELS.index(label)] = thousandths
    transitions = tuple(
        tuple(round(steps.get((before, after), 0.0) * UNIT) for after in LABELS) for before in LABELS
    )
    return SequenceModel({attribute: tuple(found) for attribute, found in weights.items()}, transitions)


def _predict(
    examples: Iterable[Example], model: SequenceModel, name: str, prose: SequenceModel | None = None
) -> Iterator[tuple[Example, list[tuple[int, int, float]]]]:
    for example in examples:
        found = []
        for one in _read(example, prose):
            emissions = [model.scores(word) for word in one.attributes]
            told = likely(open_runs(emissions, model, LEAST[name]), LEAST[name])
            if name == STATEMENT:
                classes = word_classes(example.language)
                told = list(whole_phrases(one.seen, told, classes, one.parts))
            sentence = one.seen.sentence
            found += [(sentence.starts[first], sentence.ends[last], sure) for first, last, sure in told]
        yield example, found


def _write(model: SequenceModel, path: Path) -> None:
    lines = ["# A linear-chain model of group mentions; see groups.md. Weights in thousandths of O, B and I."]
    for label, row in zip(LABELS, model.transitions, strict=True):
        lines.append("\t".join([f"after {label}", *map(str, row)]))
    for attribute in sorted(model.weights):
        lines.append("\t".join([attribute, *map(str, model.weights[attribute])]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
