"""Elements in tables: what a head names, what a row labels, what a matrix only relates."""

from __future__ import annotations

from pathlib import Path

from strategraph.model import Section
from strategraph.outline import outline
from strategraph.reading import read


def sections(folder: Path, text: str) -> tuple[Section, ...]:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    return outline(read(path))


def told(found: tuple[Section, ...]) -> list[tuple[str, str | None, str, int | None]]:
    return [(s.kind, s.number, " ".join(p.text for p in s.passages), s.parent) for s in found]


def test_milestones_with_their_measures(tmp_path: Path) -> None:
    text = """## Action 1: Know what we hold

| Milestone | Measurement | Target date |
|---|---|---|
| List the systems | Number of systems listed | June 2025 |
| 1.2 Publish the list | Completion | May 2026 |
"""
    assert told(sections(tmp_path, text)) == [
        ("Action", "1", "Know what we hold", None),
        ("Action", None, "List the systems", 0),
        ("Indicator", None, "Number of systems listed", 1),
        ("Action", "1.2", "Publish the list", 0),
    ]


def test_rows_with_labels_of_their_own(tmp_path: Path) -> None:
    text = """## Goal 1: Water

| No. | What | When |
|---|---|---|
| Target 1.1 | By 2030, every village has a well | 2030 |
| Target 1.2: Clean rivers by 2028 | | 2028 |
"""
    assert told(sections(tmp_path, text)) == [
        ("Goal", "1", "Water", None),
        ("Target", "1.1", "By 2030, every village has a well", 0),
        ("Target", "1.2", "Clean rivers by 2028", 0),
    ]


def test_a_column_of_numbers_refers_to_elements(tmp_path: Path) -> None:
    text = """## Theme 1: Learning

## Theme 2: Discovery

## How we will know

| Theme | Measure | 2030 |
|---|---|---|
| 1 | Students in work | 85% |
| 2 | Doctoral students | 900 |
"""
    assert told(sections(tmp_path, text)) == [
        ("Priority", "1", "Learning", None),
        ("Priority", "2", "Discovery", None),
        ("Indicator", None, "Students in work", 0),
        ("Indicator", None, "Doctoral students", 1),
    ]


def test_a_matrix_of_dots_states_nothing(tmp_path: Path) -> None:
    text = """| Practices | Action 1 | Action 2 |
|---|---|---|
| Champion data | • | |
| Share results | | • |
| Protect people | • | • |
"""
    assert sections(tmp_path, text) == ()


def test_other_tables_state_nothing(tmp_path: Path) -> None:
    text = """| Year | Budget |
|---|---|
| 2025 | 4 million |
| 2026 | 5 million |
"""
    assert sections(tmp_path, text) == ()


def test_the_same_measure_in_two_tables_is_two_elements(tmp_path: Path) -> None:
    table = "| Milestone | Measurement |\n|---|---|\n| {} | Number of meetings |\n\n"
    text = f"## Action 1: Meet\n\n{table.format('Call a meeting')}## Action 2: Meet again\n\n{table.format('Call another')}"
    found = sections(tmp_path, text)
    assert [s.parent for s in found if s.kind == "Indicator"] == [1, 4]


def test_a_column_that_numbers_elements(tmp_path: Path) -> None:
    text = """## SD 1: Safety

| Output number | Description | Organ |
|---|---|---|
| 1.1 | Model rules for vessels | Council |
| 1.2 | A cheap stability test | Safety |
"""
    assert told(sections(tmp_path, text)) == [
        ("Priority", "1", "Safety", None),
        ("Output", "1.1", "Model rules for vessels", 0),
        ("Output", "1.2", "A cheap stability test", 0),
    ]
