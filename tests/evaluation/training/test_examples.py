"""Marked plans: marks find their units, all of them read, and what no unit says by itself does not count."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.understanding.test_units import document

from strategraph.errors import StrategraphError
from strategraph.evaluation.training.examples import Mark, marked_examples, marks, place_marks, unmarked
from strategraph.understanding.units import units
from strategraph.understanding.wording import OUTCOMES

MARKED = Path(__file__).parents[3] / "data" / "gold" / "marked"


def test_marks_are_taken_out_of_a_text() -> None:
    text = "- {{Value|**Open**: we listen}}\n- {{Goal|Goal 1: grow}} (since 2020)\n"
    assert unmarked(text) == "- **Open**: we listen\n- Goal 1: grow (since 2020)\n"
    assert [(mark.kind, mark.text.split()) for mark in marks(text)] == [
        ("Value", ["Open", ":", "we", "listen"]),
        ("Goal", ["Goal", "1:", "grow"]),
    ]


def test_a_mark_is_of_the_unit_that_says_it_best() -> None:
    parts = units(document(("heading", "Plan"), ("item", "Grow the network."), ("item", "Rest a while.")))
    outcomes, counts = place_marks([Mark("Goal", "Grow the network.")], parts)
    assert [OUTCOMES[outcome] for outcome in outcomes] == ["O", "Goal", "O"]
    assert counts == [True, True, True]


def test_a_unit_that_only_holds_a_mark_does_not_count() -> None:
    text = "We began in a shed in 1990 with ten hens, and we shall build a mill. Come and see us on Sunday."
    parts = units(document(("paragraph", text)))
    outcomes, counts = place_marks([Mark("Action", "we shall build a mill")], parts)
    assert not any(outcomes)
    assert not any(counts)


def test_a_mark_of_an_unknown_class_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.en.md").write_text("# Plan\n\n- {{Gaol|Grow.}}\n", encoding="utf-8")
    with pytest.raises(StrategraphError, match=r"plan\.en\.md: Gaol is no class of elements; known: Vision"):
        marked_examples(tmp_path)


def test_the_marked_plans_of_this_repository_read() -> None:
    found = marked_examples(MARKED)
    assert len(found) == len(list(MARKED.iterdir()))
    languages = Counter(example.language for example in found)
    assert set(languages) == {"ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"}
    stated = [outcome for example in found for outcome in example.outcomes if outcome]
    said = sum(len(marks(example.file.read_text(encoding="utf-8"))) for example in found)
    assert len(stated) > 0.75 * said
    assert {OUTCOMES[outcome] for outcome in stated} == set(OUTCOMES[1:])
