"""Contexts: headings above, what leads to a list, siblings, columns."""

from __future__ import annotations

from pathlib import Path

from strategraph.reading import read
from strategraph.understanding.context import NAME, STRONG, Context, contexts
from strategraph.understanding.units import Unit, units


def around(folder: Path, text: str) -> tuple[tuple[Unit, ...], tuple[Context, ...]]:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    found = units(read(path))
    return found, contexts(found)


def test_headings_lead_and_siblings(tmp_path: Path) -> None:
    found, told = around(
        tmp_path, "# Plan\n\n## Goals\n\nWe have two:\n\n- Grow.\n- Share.\n\n## Staff\n\nTen.\n"
    )
    items = [index for index, unit in enumerate(found) if unit.kind == "item"]
    assert [told[index].headings for index in items] == [(2, 1, 0), (2, 1, 0)]  # the short line is one, too
    assert [found[told[index].lead].text for index in items] == ["We have two:", "We have two:"]
    assert told[items[0]].group == told[items[1]].group
    assert [told[index].place for index in items] == [0, 1]
    assert told[3].level == 0
    assert told[1].level == 2


def test_an_item_holds_the_items_below_it(tmp_path: Path) -> None:
    found, told = around(tmp_path, "# Plan\n\n- Grow\n  - by ten\n  - by two\n- Share\n")
    texts = {unit.text: index for index, unit in enumerate(found)}
    assert told[texts["by ten"]].holder == told[texts["by two"]].holder == texts["Grow"]
    assert told[texts["Share"]].holder == -1


def test_cells_know_their_column_and_row(tmp_path: Path) -> None:
    found, told = around(
        tmp_path, "# Plan\n\n| Action | Lead |\n|---|---|\n| Build | Ann |\n| Train | Ben |\n"
    )
    texts = {unit.text: index for index, unit in enumerate(found)}
    assert found[told[texts["Train"]].head].text == "Action"
    assert found[told[texts["Ben"]].row].text == "Train"
    assert told[texts["Build"]].group == told[texts["Train"]].group != told[texts["Ann"]].group


def test_bold_lines_and_short_lines_stand_as_headings_do(tmp_path: Path) -> None:
    text = "# Plan\n\n**Our people**\n\nThey are many.\n\nWater\n\nBring safe water to every village of the land, always.\n"
    found, told = around(tmp_path, text)
    levels = {unit.text: context.level for unit, context in zip(found, told, strict=True)}
    assert levels["Our people"] == STRONG
    assert levels["Water"] == NAME
    assert levels["They are many."] == 0


def test_two_lists_are_two_series(tmp_path: Path) -> None:
    found, told = around(tmp_path, "# Plan\n\nFirst:\n\n- a b\n\nThen:\n\n- c d\n")
    groups = [context.group for unit, context in zip(found, told, strict=True) if unit.kind == "item"]
    assert len(set(groups)) == 2


def test_a_list_without_marks_is_a_series_of_its_own_behind_its_lead(tmp_path: Path) -> None:
    lines = (
        "The city has grown for many years, and with it what it owes to the people who live there.",
        "To get there within the next five years we have to do three things:",
        "build homes that people can pay for;",
        "plant trees in every street of the city;",
        "open one more school in each of the districts.",
        "All of this has been discussed with the people who live there, over a whole year.",
    )
    found, told = around(tmp_path, "# Plan\n\n" + "\n\n".join(lines) + "\n")
    series = [index for index, unit in enumerate(found) if unit.text in lines[2:5]]
    assert [found[told[index].lead].text for index in series] == [lines[1]] * 3
    assert [told[index].place for index in series] == [0, 1, 2]
    assert told[series[-1] + 1].lead == -1
    assert told[series[-1] + 1].group == told[series[0] - 2].group != told[series[0]].group
