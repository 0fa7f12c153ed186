"""Learning to read a plan's title, owner and period: candidates of documents with gold, a forest for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any

import lightgbm
import numpy as np

from strategraph.evaluation.training.examples import Example, words
from strategraph.evaluation.training.fit import TREES, as_forest, fold
from strategraph.extraction.names import find_acronyms, find_organizations
from strategraph.extraction.profile import choose_title
from strategraph.extraction.profile.owners import owner_candidates, owner_features
from strategraph.extraction.profile.periods import period_candidates, period_features
from strategraph.extraction.profile.ranking import LEAST, Ranker, Rankers, Usage
from strategraph.extraction.profile.rivals import full_forms
from strategraph.extraction.profile.titles import title_candidates, title_features
from strategraph.extraction.profile.zones import SAME, Surroundings, likeness, words_of
from strategraph.knowledge.organizations import directory
from strategraph.model import Passage
from strategraph.understanding import understand

# By cross-validation over publishers: docs/reading-plans.md. Above them more is said than is right.
THRESHOLDS = {"title": 0.28, "owner": 0.24, "period": 0.46}
_FOLDS = 5
_SHAPES: Mapping[str, tuple[dict[str, Any], int]] = {  # of trees and how many, by cross-validation
    "title": ({"extra_trees": False, "num_leaves": 8}, 200),
    "owner": ({"extra_trees": True, "num_leaves": 12}, 250),
    "period": ({"extra_trees": True, "num_leaves": 12}, 250),
}
_TREES = {
    **TREES,
    "learning_rate": 0.06,
    "min_data_in_leaf": 15,
    "min_sum_hessian_in_leaf": 0.5,
    "feature_fraction": 0.5,
    "lambda_l2": 5.0,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The features of a document's candidates, and which of them are right."""

    publisher: str
    features: Sequence[Mapping[str, float]]
    right: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Told:
    """A document with what its gold says of the plan as a whole."""

    publisher: str
    around: Surroundings
    gold: Mapping[str, Any]


def told(examples: Sequence[Example]) -> list[Told]:
    """Return the documents of some examples, with the elements that the shipped model sees in them."""
    found = []
    for example in examples:
        passages = [block.passage for block in example.document.blocks]
        sections = understand(example.document)
        around = Surroundings(
            example.document, sections, find_acronyms(passages), find_organizations(passages)
        )
        found.append(Told(example.publisher, around, example.gold["plan"] or {}))
    return found


def fit_rankers(documents: Sequence[Told]) -> Rankers:
    """Return the rankers of some documents."""
    titles = [title_rows(document) for document in documents]
    chosen = chosen_titles(documents, titles)
    used = _used(documents)
    usage = Usage(
        len(used),
        {word: number for word, number in Counter(chain(*used.values())).items() if number >= LEAST},
    )
    owners = [
        owner_rows(document, title, usage, used[document.publisher])
        for document, title in zip(documents, chosen, strict=True)
    ]
    periods = [period_rows(document, title) for document, title in zip(documents, chosen, strict=True)]
    return Rankers(_ranker("title", titles), _ranker("owner", owners), _ranker("period", periods), usage)


def _used(documents: Sequence[Told]) -> dict[str, Set[str]]:
    """Return the words that each publisher uses."""
    used: dict[str, set[str]] = {}
    for document in documents:
        mine = used.setdefault(document.publisher, set())
        for block in document.around.blocks:
            mine.update(words_of(block.passage.text))
    return {**used}


def chosen_titles(documents: Sequence[Told], titles: Sequence[Rows]) -> list[Passage | None]:
    """Return the titles that rankers choose who have not seen the document's publisher."""
    chosen: list[Passage | None] = [None] * len(documents)
    for part in range(_FOLDS):
        inside = [fold(document.publisher, _FOLDS) == part for document in documents]
        rows = [row for row, within in zip(titles, inside, strict=True) if not within]
        if not any(inside) or not any(any(row.right) for row in rows):
            continue
        ranker = _ranker("title", rows)
        for index, document in enumerate(documents):
            if inside[index]:
                best = choose_title(document.around, ranker)
                chosen[index] = best[0].passage if best else None
    return chosen


def title_rows(document: Told) -> Rows:
    """Return the candidates for the title."""
    candidates = title_candidates(document.around)
    right = [_same(document.gold.get("title"), [candidate.text]) for candidate in candidates]
    return Rows(document.publisher, title_features(document.around, candidates), right)


def owner_rows(document: Told, title: Passage | None, usage: Usage, own: Set[str]) -> Rows:
    """Return the candidates for the owner beside a title; ``own`` are the words of its publisher."""
    candidates = owner_candidates(document.around, title)
    right = [
        _same(document.gold.get("owner"), _names([one.name for one in forms if one], document.around))
        for forms in full_forms(document.around, candidates)
    ]
    return Rows(document.publisher, owner_features(document.around, candidates, usage, own), right)


def period_rows(document: Told, title: Passage | None) -> Rows:
    """Return the candidates for the period beside a title."""
    candidates = period_candidates(document.around, title)
    wanted = _year(document.gold.get("start")), _year(document.gold.get("end"))
    right = [
        wanted != (None, None) and (candidate.start, candidate.end) == wanted for candidate in candidates
    ]
    return Rows(document.publisher, period_features(document.around, candidates), right)


def _year(value: Any) -> int | None:
    return None if value is None else int(value)


def _same(wanted: str | None, names: Sequence[str]) -> bool:
    return wanted is not None and any(likeness(words(wanted), words(name)) >= SAME for name in names)


def _names(names: list[str], around: Surroundings) -> list[str]:
    """Return all names that the graph would give an owner of these names."""
    for acronym in around.acronyms:
        if acronym.other is not None and names[0] in (acronym.name, acronym.other):
            names = [acronym.other, acronym.name]
    known = [entry for entry in map(directory().find, names) if entry is not None]
    return names + [other for entry in known for other in (entry.label, *entry.names)]


def _ranker(field: str, rows: Sequence[Rows]) -> Ranker:
    rows = [row for row in rows if row.features]
    names = sorted({name for row in rows for features in row.features[:1] for name in features})
    data = np.array([[features[name] for name in names] for row in rows for features in row.features])
    answers = np.array([right for row in rows for right in row.right], dtype=float)
    odds = _Odds(np.array([len(row.features) for row in rows]), answers)
    shape, number = _SHAPES[field]
    booster = lightgbm.train({**_TREES, **shape, "objective": odds}, lightgbm.Dataset(data, answers), number)
    return Ranker(as_forest(booster, names), THRESHOLDS[field])


class _Odds:
    """The loss of candidates whose scores are log-odds against none of them: a softmax over each document."""

    def __init__(self, sizes: Any, answers: Any) -> None:
        self._starts = np.cumsum(sizes) - sizes
        self._group = np.repeat(np.arange(len(sizes)), sizes)
        self._answers = answers
        self._answered = np.add.reduceat(answers, self._starts) > 0

    def __call__(self, scores: Any, _: lightgbm.Dataset) -> tuple[Any, Any]:
        """Return the gradient and the second derivative for each candidate."""
        most = np.maximum(np.maximum.reduceat(scores, self._starts), 0.0)
        odds = np.exp(scores - most[self._group])
        said = odds / (np.add.reduceat(odds, self._starts) + np.exp(-most))[self._group]
        right = odds * self._answers
        wanted = right / np.maximum(np.add.reduceat(right, self._starts), 1e-12)[self._group]
        return said - wanted * self._answered[self._group], np.maximum(said * (1.0 - said), 1e-3)
