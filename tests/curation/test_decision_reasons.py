"""Reasons: the features that decided, told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import SEED

from strategraph.cli import main
from strategraph.curation.decision_reasons import phrase, reasons, told
from strategraph.model import Span
from strategraph.reading import read
from strategraph.understanding import Reason, weigh
from strategraph.understanding.model import shipped

CRYPTIC = re.compile(r"heading\d|[+-]\d |says so|goes on|\bcues?\b|\bverbs\b|strength")


def run(graph: Path, iri: str, source: Path) -> Result:
    return CliRunner().invoke(main, ["explain", str(graph), iri, "--why", str(source)])


def test_the_features_that_decided_stand_below_the_facts(seed_turtle: Path) -> None:
    ran = run(seed_turtle, "goal/1", SEED)
    assert ran.exit_code == 0
    why = ran.stdout[ran.stdout.index("Why it is of the class Goal") :].splitlines()
    assert why[1].startswith("  “Goal 1 – Universal Connectivity")
    assert why[2].endswith("states an element")
    assert why[8].split("  ")[3].startswith("is of the class Goal")
    rows = [line for line in why if re.match(r" +[+-]\d", line)]
    assert len(rows) == 10
    names = [re.split(r"  +", row.strip(), maxsplit=1)[1] for row in rows]
    assert len({len(row) - len(row.split("  ")[-1].lstrip()) for row in rows}) == 1, (
        "values stand below each other"
    )
    assert "has a label that names a class" in " ".join(names)


def test_the_weightiest_come_first() -> None:
    weighing = weigh(read(SEED))
    (first, *_) = weighing.chosen().values()
    for found in weighing.reasons(first.index, first.classes[0][0]):
        shares = [abs(reason.share) for reason in found]
        assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("iri", ["commitment/1", "plan/itu-strategic-plan-2024-2027", "target-group/youth"])
def test_only_elements_have_reasons(seed_turtle: Path, iri: str) -> None:
    ran = run(seed_turtle, iri if iri != "commitment/1" else "goal/1/commitment/1", SEED)
    assert ran.exit_code == 2
    assert "is no element that the model found" in ran.stderr
    assert ran.stdout == ""


def test_another_source_has_no_reasons(tmp_path: Path, seed_turtle: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Goal 1: Grow\n", encoding="utf-8")
    ran = run(seed_turtle, "goal/1", other)
    assert (ran.exit_code, "was not made from this" in ran.stderr) == (2, True)


def test_places_without_an_element_have_none() -> None:
    assert list(reasons(weigh(read(SEED)), [Span(0, 1)], "Goal")) == []


def test_commitments_have_none() -> None:
    weighing = weigh(read(SEED))
    assert list(reasons(weighing, list(weighing.chosen()), "Commitment")) == []


def test_every_feature_of_the_model_has_words() -> None:
    names = {*shipped().elements.names, *shipped().classes.names}
    assert [name for name in sorted(names) if CRYPTIC.search(phrase(name))] == []


def test_values_are_words_where_they_stand_for_some() -> None:
    assert told(Reason("form", 3, 0)) == "list item"
    assert told(Reason("heading1 says so", 5, 0)) == "says nothing else, as several"
    assert told(Reason("series years", 1 / 3, 0)) == "0.333"
