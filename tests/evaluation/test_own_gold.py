"""The gold we ship is about the documents we ship, in their own words."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from strategraph.evaluation import find_gold, load_gold, score
from strategraph.evaluation.gold import SUFFIX, Gold

from .builders import perfect_plan

FOLDER = Path(__file__).parents[2] / "data" / "gold"
GOLD = find_gold([FOLDER])
SHARED = Path(__file__).parents[2] / ".." / "shared" / "gold"


def readable(text: str) -> str:
    """Return a document's text without its markup, on one line."""
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", " ", text)
    text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", text))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)  # a Markdown link's words
    text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    return " ".join(re.sub(r"[*_`|~]", "", text).split())


def gold_texts(gold: Gold) -> list[str]:
    texts = [text for e in gold.elements for text in (e.title, e.statement) if text]
    texts += [i.surface for i in gold.instruments]
    return texts + [text for text in (gold.plan.title, gold.plan.owner) if text]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_every_text_stands_in_the_document(path: Path) -> None:
    gold = load_gold(path)
    assert path.name == gold.document + SUFFIX
    document = readable((FOLDER / gold.document).read_text(encoding="utf-8"))
    assert [text for text in gold_texts(gold) if " ".join(text.split()) not in document] == []
    elements = {e.id: e for e in gold.elements}
    assert [g for g in gold.groups if g.surface not in elements[g.element].text] == []


def test_texts_that_are_not_there_are_noticed() -> None:
    document = readable("## Goal 1: **Reach** [everyone](https://example.org)\n<em>by</em>\n2030")
    assert "Reach everyone by 2030" in document
    assert "Reach all" not in document


def test_every_document_has_gold_and_every_kind_of_thing_occurs() -> None:
    documents = {
        p.name for p in FOLDER.iterdir() if p.is_file() and p.suffix != ".json" and p.name != "README.md"
    }
    golds = [load_gold(path) for path in GOLD]
    assert documents == {gold.document for gold in golds}
    assert len(golds) >= 9
    assert {Path(gold.document).suffix for gold in golds} >= {".txt", ".md", ".adoc", ".rst", ".html"}
    assert len({e.type for gold in golds for e in gold.elements}) == 11
    assert any(not gold.elements for gold in golds)
    assert {i.relation for gold in golds for i in gold.instruments} == {"cites", "adoptedBy"}
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [gold.document for gold in golds if f"`{gold.document}`" not in table] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_the_gold_scores_full_marks_against_itself(path: Path) -> None:
    gold = load_gold(path)
    assert score(perfect_plan(gold), gold).faults == ()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not beside the checkout")
def test_gold_of_others_loads_and_scores_full_marks_against_itself() -> None:
    for path in find_gold([SHARED]):
        gold = load_gold(path)
        assert score(perfect_plan(gold), gold).faults == ()
