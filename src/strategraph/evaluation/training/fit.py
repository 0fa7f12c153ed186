"""Fitting the parts of the model to examples: scikit-learn for the words, LightGBM for the trees.

One thread and fixed seeds: the same examples give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from strategraph.evaluation.training.examples import Example
from strategraph.understanding.forests import Forest, Tree
from strategraph.understanding.model import Evidence, Model, evidence, ordered
from strategraph.understanding.view import KINDS
from strategraph.understanding.wording import OUTCOMES, WordModel, tokens

FEWEST_PUBLISHERS = 3  # a word counts if so many publishers use it
_FOLDS = 4  # of the examples, so that no example's words are scored by a model that has seen them
_SCALE = 3.0
_SMALLEST = 0.02  # weights below are left out

TREES = {
    "objective": "binary",
    "learning_rate": 0.08,
    "extra_trees": True,
    "num_leaves": 15,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 8.0,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "use_missing": False,
    "verbose": -1,
}
ROUNDS = 300
OUTCOME_TREES = TREES | {
    "objective": "multiclass",
    "num_class": len(OUTCOMES),
    "learning_rate": 0.1,
    "num_leaves": 8,
    "min_data_in_leaf": 40,
}
OUTCOME_ROUNDS = 140
_DIGITS = 4  # of the values of nodes and leaves
_FIGURES = 9  # significant, of thresholds: -1e-35 parts nought from what is below, and must not become nought


def fold(publisher: str, folds: int, salt: str = "") -> int:
    """Return the fold of a publisher: always the same one, whatever other publishers there are."""
    return int(hashlib.sha256(f"{salt}{publisher}".encode()).hexdigest(), 16) % folds


def fit_words(examples: Sequence[Example]) -> WordModel:
    """Return the word model of some examples."""
    told = [[tokens(example.seen, index) for index in range(len(example.outcomes))] for example in examples]
    users: dict[str, set[str]] = defaultdict(set)
    for example, rows in zip(examples, told, strict=True):
        for row in rows:
            for token in row:
                users[token].add(example.publisher)
    known = sorted(token for token, publishers in users.items() if len(publishers) >= FEWEST_PUBLISHERS)
    place = {token: index for index, token in enumerate(known)}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    outcomes: list[int] = []
    for example, rows in zip(examples, told, strict=True):
        for row, outcome, counts in zip(rows, example.outcomes, example.counts, strict=True):
            if not counts:
                continue
            mine = sorted({place[token] for token in row if token in place})
            columns += mine
            values += [_SCALE / max(1, len(mine)) ** 0.5] * len(mine)
            ends.append(len(columns))
            outcomes.append(outcome)
    matrix = sparse.csr_matrix((values, columns, ends), shape=(len(outcomes), len(known)))
    fitted = LogisticRegression(C=0.3, max_iter=60, tol=1e-3).fit(matrix, outcomes)
    weights = np.zeros((len(OUTCOMES), len(known)))
    bias = np.full(len(OUTCOMES), -8.0)
    weights[fitted.classes_], bias[fitted.classes_] = fitted.coef_, fitted.intercept_
    rounded = np.where(np.abs(weights) < _SMALLEST, 0.0, np.round(weights, 2))
    kept = {
        token: tuple(map(float, rounded[:, index]))
        for token, index in place.items()
        if rounded[:, index].any()
    }
    return WordModel(kept, tuple(round(float(value), 3) for value in bias), _SCALE)


def score_words(model: WordModel, example: Example) -> list[tuple[float, ...]]:
    """Return the scores of an example's units."""
    return [model.scores(tokens(example.seen, index)) for index in range(len(example.outcomes))]


def weighed(examples: Sequence[Example]) -> list[Evidence]:
    """Return the evidence of examples, their words scored by models that have not seen their publishers."""
    parts = [[e for e in examples if fold(e.publisher, _FOLDS, "words ") == k] for k in range(_FOLDS)]
    found: dict[str, Evidence] = {}
    for part in parts:
        names = {example.name for example in part}
        model = fit_words([example for example in examples if example.name not in names])
        for example in part:
            found[example.name] = evidence(example.seen, score_words(model, example))
    return [found[example.name] for example in examples]


Rows = list[dict[str, float]]


def element_rows(told: Evidence) -> Rows:
    """Return the features of all units of an example."""
    return [told.row(index) for index in range(len(told.seen.units))]


def fit(examples: Sequence[Example], without: Sequence[str] = ()) -> Model:
    """Return the model of some examples; ``without`` are features to leave out."""
    told = weighed(examples)
    rows = [element_rows(each) for each in told]
    words = fit_words(examples)
    return Model(
        words,
        fit_elements(examples, rows, without),
        fit_classes(examples, told, rows, without),
        fit_outcomes(examples, told, rows, without),
    )


def fit_elements(examples: Sequence[Example], rows: Sequence[Rows], without: Sequence[str] = ()) -> Forest:
    """Return the forest that says whether a unit states an element."""
    names = [name for name in rows[0][0] if name not in without]
    data, answers = [], []
    for example, mine in zip(examples, rows, strict=True):
        for row, outcome, counts in zip(mine, example.outcomes, example.counts, strict=True):
            if counts:
                data.append(ordered(row, names))
                answers.append(outcome > 0)
    return _forest(np.array(data), np.array(answers, dtype=float), names)


CLASS_CONTEXT = (
    "form", "level", "words", "ending", "depth", "siblings", "number", "items below", "lead ending",
    "heading1 labelled", "heading1 level", "heading1 number", "heading2 labelled", "lead labelled",
)  # fmt: skip


def fit_classes(
    examples: Sequence[Example], told: Sequence[Evidence], rows: Sequence[Rows], without: Sequence[str] = ()
) -> Forest:
    """Return the forest that says whether an element is of a class."""
    data, answers = [], []
    names: list[str] = []
    for example, each, mine in zip(examples, told, rows, strict=True):
        for index, (outcome, counts) in enumerate(zip(example.outcomes, example.counts, strict=True)):
            if not outcome or not counts:
                continue
            for kind in KINDS:
                row = class_row(each, index, kind, mine[index])
                names = names or [name for name in row if name not in without]
                data.append(ordered(row, names))
                answers.append(OUTCOMES[outcome] == kind)
    return _forest(np.array(data), np.array(answers, dtype=float), names)


def fit_outcomes(
    examples: Sequence[Example], told: Sequence[Evidence], rows: Sequence[Rows], without: Sequence[str] = ()
) -> tuple[Forest, ...]:
    """Return the forests that say which class of element a unit states, or none."""
    data, answers = [], []
    names: list[str] = []
    for example, each, mine in zip(examples, told, rows, strict=True):
        for index, (outcome, counts) in enumerate(zip(example.outcomes, example.counts, strict=True)):
            if counts:
                row = each.outcome_row(index, mine[index])
                names = names or [name for name in row if name.partition(":")[0] not in without]
                data.append(np.array(ordered(row, names), dtype=np.float32))
                answers.append(outcome)
    booster = lightgbm.train(
        OUTCOME_TREES, lightgbm.Dataset(np.array(data), np.array(answers)), OUTCOME_ROUNDS
    )
    trees = as_forest(booster, names).trees
    return tuple(Forest(tuple(names), trees[at :: len(OUTCOMES)]) for at in range(len(OUTCOMES)))


def class_row(told: Evidence, index: int, kind: str, row: Mapping[str, float]) -> dict[str, float]:
    """Return the features that the class forest is fitted on."""
    return {**{name: row[name] for name in CLASS_CONTEXT}, **told.of_class(index, kind)}


def _forest(data: Any, answers: Any, names: Sequence[str]) -> Forest:
    return as_forest(lightgbm.train(TREES, lightgbm.Dataset(data, answers), ROUNDS), names)


def as_forest(booster: lightgbm.Booster, names: Sequence[str]) -> Forest:
    """Return LightGBM's trees over named features, numbers rounded."""
    model = booster.dump_model()
    return Forest(tuple(names), tuple(_tree(tree["tree_structure"]) for tree in model["tree_info"]))


def _tree(structure: dict[str, Any]) -> Tree:
    """Return LightGBM's tree as arrays, numbers rounded."""
    features: list[int] = []
    thresholds: list[float] = []
    below: list[int] = []
    above: list[int] = []
    means: list[float] = []
    leaves: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "split_feature" not in node:
            leaves.append(round(node["leaf_value"], _DIGITS))
            return -len(leaves)
        index = len(features)
        features.append(node["split_feature"])
        thresholds.append(float(f"{node['threshold']:.{_FIGURES}g}"))
        means.append(round(node["internal_value"], _DIGITS))
        below.append(0)
        above.append(0)
        below[index] = add(node["left_child"])
        above[index] = add(node["right_child"])
        return index

    if add(structure) < 0:  # nothing was learnt: a question that all answer alike
        return Tree((0,), (0.0,), (-1,), (-1,), (leaves[0],), tuple(leaves))
    parts = (features, thresholds, below, above, means, leaves)
    return Tree(*(tuple(part) for part in parts))  # type: ignore[arg-type]
