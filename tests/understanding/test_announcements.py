"""What a text says of a unit's class further away than beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from strategraph.reading import read
from strategraph.understanding.announcements import announcements, strongest
from strategraph.understanding.units import units
from strategraph.understanding.view import KINDS, Features, view

Told = Callable[[str, str], dict[str, Features]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return what is said, by class, of the unit of a Markdown text that begins with some words."""

    def of(text: str, begins: str) -> dict[str, Features]:
        path = tmp_path / "plan.md"
        path.write_text(text, encoding="utf-8")
        document = read(path)
        seen = view(document, units(document))
        return next(
            rows
            for unit, rows in zip(seen.units, announcements(seen), strict=True)
            if unit.text.startswith(begins)
        )

    return of


COUNTED = (
    "# Plan\n\nThe plan has a vision, three strategic goals and many targets.\n\n- Grow\n- Share\n- Rest\n"
)


def test_a_count_that_fits_the_series_is_of_the_class_it_counts(told: Told) -> None:
    rows = told(COUNTED, "Share")
    assert rows["Goal"]["counted near"] == 2
    assert rows["Target"]["counted near"] == rows["Vision"]["counted near"] == 0
    assert rows["Goal"]["counted anywhere"] == 1


def test_the_mark_of_a_footnote_counts_nothing(told: Told) -> None:
    """It is a digit, but no number: "²" cannot be one."""
    assert told(COUNTED.replace("three", "ranked ²"), "Share")["Goal"]["counted near"] == 0


def test_a_count_that_does_not_fit_says_less(told: Told) -> None:
    rows = told(COUNTED.replace("- Rest\n", ""), "Share")
    assert rows["Goal"]["counted near"] == 1
    assert rows["Goal"]["counted otherwise"] == 1


def test_a_label_on_a_line_of_its_own_opens_a_series_of_headings(told: Told) -> None:
    text = "# Web\n\nPrinciples\n\n### One web\n\nWe build one.\n\n### Safe web\n\nWe build it safe.\n"
    rows = told(text, "Safe web")
    assert rows["Value"]["opener"] == 5
    assert rows["Value"]["opener distance"] == 1
    assert rows["Goal"]["opener"] == 0


def test_what_is_announced_below_ranks_against_the_class(told: Told) -> None:
    text = "# Plan\n\n## Growth\n\nActions:\n\n- Lend money\n- Teach trades\n\n## Health\n\nMore.\n"
    rows = told(text, "Growth")
    assert (rows["Goal"]["lower below"], rows["Goal"]["same below"]) == (1, 0)
    assert (rows["Action"]["lower below"], rows["Action"]["same below"]) == (0, 1)
    assert rows["Indicator"]["higher below"] == 1


def test_a_labelled_heading_above_ranks_against_the_class(told: Told) -> None:
    rows = told("# Plan\n\n## Objective 1: Growth\n\n- Lend money\n- Teach trades\n", "Lend")
    assert [rows[kind]["rank under"] for kind in ("Goal", "Objective", "Action")] == [1, 12, 3]


def test_a_series_is_what_its_parallels_are_announced_as(told: Told) -> None:
    lead = "In the years to come we shall take each of these actions:"
    text = f"# Plan\n\n## Growth\n\n{lead}\n\n- Lend\n- Teach\n\n## Health\n\n- Build wards\n- Buy beds\n"
    rows = told(text, "Build wards")
    assert rows["Action"]["parallels so"] == 1
    assert rows["Goal"]["parallels so"] == 0


def test_the_paragraph_after_a_title_says_what_it_is(told: Told) -> None:
    text = "# Plan\n\n## Expertise\n\nOur goal is to teach.\n\n## Care\n\nOur goal is to care.\n"
    rows = told(text, "Care")
    assert rows["Goal"]["next begins so"] > rows["Mission"]["next begins so"] == 0
    assert rows["Goal"]["series next begins so"] > 0


def test_the_documents_own_title_says_what_it_is_about(told: Told) -> None:
    rows = told("---\ntitle: our-values\n---\n\n## People first\n\nWe put people first.\n", "People first")
    assert rows["Value"]["title says so"] == 2
    assert rows["Value"]["title ends so"] == 1
    assert rows["Goal"]["title says so"] == 0


def test_the_strongest_of_the_classes_counts_for_the_unit(told: Told) -> None:
    rows = told(COUNTED, "Share")
    assert strongest(rows) == {name: max(rows[kind][name] for kind in KINDS) for name in rows["Goal"]}
