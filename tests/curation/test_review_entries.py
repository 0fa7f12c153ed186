"""Sections written as entries, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import SEED

from strategraph.curation import Readings, load_readings, place, write_readings
from strategraph.curation.entries import MODEL, ElementEntry, Reader
from strategraph.curation.review_entries import element_text, entries_of
from strategraph.model import Section, Span
from strategraph.reading import read
from strategraph.understanding import understand

GOLD = SEED.parents[1] / "gold"
PLANS = [
    SEED,
    *(
        path
        for path in sorted(GOLD.iterdir())
        if path.suffix not in (".json",) and path.is_file() and path.name != "README.md"
    ),
]


def facts(sections: Sequence[Section]) -> set[tuple[object, ...]]:
    """Return what sections say, whatever their order: their words, their class, the words of their parent."""

    def words(section: Section) -> tuple[Span, ...]:
        return tuple(part.span() for part in section.passages)

    return {
        (one.kind, words(one), words(sections[one.parent]) if one.parent is not None else None)
        for one in sections
    }


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_what_the_reader_found_is_placed_again(path: Path, tmp_path: Path) -> None:
    document = read(path)
    sections = understand(document)
    file = tmp_path / "plan.readings.toml"
    readings = Readings(entries_of(sections, document, by=MODEL), reader=Reader("ourselves"))
    file.write_text(write_readings(readings), encoding="utf-8")
    placed = place(load_readings(file), document)
    told = [
        fault
        for fault in placed.faults
        if "no number" not in fault.what and "second Vision" not in fault.what
    ]
    assert told == []
    assert facts(placed.sections) == facts(sections)


def test_an_entry_with_its_alternatives() -> None:
    entry = ElementEntry(id="4", kind="Goal", title="Clean water", block=4)
    alternatives = [("nothing", 0.12), ("Goal", 0.61), ("Objective", 0.27)]
    assert element_text(entry, alternatives, ["line 7, under “Our goals”"]) == (
        "# line 7, under “Our goals”\n# 0.61 Goal\n# 0.27 Objective\n# 0.12 nothing\n"
        '[[element]]\nid = "4"\nis = "Goal"\ntitle = "Clean water"\nblock = 4\n'
    ).replace("\\\n", "\n")


def test_a_comment_stays_on_its_line() -> None:
    assert element_text(replace(ElementEntry(kind="Goal", text="x")), notes=["a\nb"]).startswith("# a b\n[[")
