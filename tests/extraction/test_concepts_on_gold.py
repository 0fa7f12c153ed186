"""Target groups against the gold: each element's own words as passages.

What is measured here is finding groups in given words, apart from finding the elements.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from strategraph.extraction.concepts import find_concepts
from strategraph.extraction.groups import ADDRESSED
from strategraph.knowledge.vocabulary import TARGET_GROUP, load
from strategraph.model import Passage

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared" / "gold"
OWN = ROOT / "data" / "gold"
SEED = "itu-strategic-plan-2024-2027.txt.gold.json"

Pairs = set[tuple[str, str, str]]  # document, element, words


def normal(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def pairs(path: Path) -> tuple[Pairs, Pairs]:
    """Return the groups in a gold file, and those found in its elements' words."""
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    optional = set(gold.get("optional", ()))
    name = path.name
    wanted = {
        (name, group["in"], normal(group["surface"]))
        for group in gold["target_groups"]
        if group["in"] not in optional
    }
    vocabulary = load()
    found = {
        (name, element["id"], normal(mention.surface))
        for element in gold["elements"]
        if element["id"] not in optional
        for words in (element["title"], element["statement"])
        if words
        for mention in find_concepts([Passage(words, ((0, 0),))], vocabulary, gold["language"])
        if mention.scheme == TARGET_GROUP and mention.role == ADDRESSED
    }
    return wanted, found


def f1(hits_found: int, found: int, hits_wanted: int, wanted: int) -> float:
    precision, recall = hits_found / found, hits_wanted / wanted
    return 2 * precision * recall / (precision + recall)


def scores(paths: Iterable[Path]) -> tuple[float, float]:
    """Return F1 over all: strict, by equal words, and lenient, where one may contain the other."""
    wanted: Pairs = set()
    found: Pairs = set()
    for path in paths:
        more_wanted, more_found = pairs(path)
        wanted |= more_wanted
        found |= more_found
    near = [(w, f) for w in wanted for f in found if w[:2] == f[:2] and (w[2] in f[2] or f[2] in w[2])]
    both = len(wanted & found)
    lenient = f1(len({f for _, f in near}), len(found), len({w for w, _ in near}), len(wanted))
    return f1(both, len(found), both, len(wanted)), lenient


def test_our_own_gold() -> None:
    """The model has learnt from these: a guard, no measure."""
    strict, lenient = scores(OWN.glob("*.gold.json"))
    assert strict >= 0.9
    assert lenient >= 0.9


def test_our_gold_that_was_held_out() -> None:
    strict, lenient = scores((OWN / "held-out").glob("*.gold.json"))
    assert strict >= 0.58
    assert lenient >= 0.77


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents do not stand beside the checkout")
def test_the_gold_of_real_documents() -> None:
    strict, lenient = scores(SHARED.glob("*.gold.json"))
    assert strict >= 0.7
    assert lenient >= 0.78


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents do not stand beside the checkout")
def test_the_seed_exactly() -> None:
    wanted, found = pairs(SHARED / SEED)
    assert found == wanted
    assert len(wanted) == 14
