"""Two editions as a picture: each part at its side, in a row with what it became."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strategraph.cli import main
from strategraph.export.editions import Comparison, compare, edition, write
from strategraph.export.editions.picture import _in_order, drawn
from strategraph.pipeline import build
from strategraph.reading.request import Original

SVG = "{http://www.w3.org/2000/svg}"
OLD = """Goal 1: Water for all <villages>

Objective 1.1: Dig wells for farmers

Goal 2: Schools in every valley

Goal 3: Roads to the harbour
"""
NEW = """Goal 1: Water for all <villages>

Objective 1.1: Dig wells for farmers and young people

Goal 2: Roads to the harbour

Goal 3: Clinics on the islands
"""


@pytest.fixture(scope="module")
def compared() -> Comparison:
    sides = (build(Original(f"{name}.txt", text.encode())).graph for name, text in (("a", OLD), ("b", NEW)))
    return compare(*(edition(graph, "x") for graph in sides))


def boxes(content: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Return the boxes by their words: left, top, width, height."""
    found = {}
    for group in ET.fromstring(content).iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        assert box is not None
        words = " ".join(text.text or "" for text in group.findall(f"{SVG}text"))
        left, top, width, height = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        found[f"{words} @{'new' if left > 500 else 'old'}"] = (left, top, width, height)
    return found


def test_what_was_kept_stands_in_one_row_and_what_came_or_went_beside_it(compared: Comparison) -> None:
    found = boxes(write(compared, "svg"))
    rows = {words: top for words, (_, top, _, _) in found.items()}
    assert rows["Goal 1: Water for all <villages> @old"] == rows["Goal 1: Water for all <villages> @new"]
    assert "- Goal 2: Schools in every valley @old" in rows
    assert "+ Goal 3: Clinics on the islands @new" in rows
    assert "> Goal 3: Roads to the harbour @old" in rows
    assert "> Goal 2: Roads to the harbour @new" in rows
    assert any(words.startswith("~ Objective 1.1") and "+ youth" in words for words in rows), rows
    # What came or went between two kept parts stands side by side, each as high as its own words.
    came, went = rows["+ Goal 3: Clinics on the islands @new"], rows["- Goal 2: Schools in every valley @old"]
    assert abs(came - went) < 100
    areas = sorted(found.values(), key=lambda box: (box[0] > 500, box[1]))
    for (left, top, _, height), (other, below, _, _) in pairwise(areas):
        assert (left > 500) != (other > 500) or top + height <= below


def test_the_picture_is_sound_and_has_a_line_for_each_pair(compared: Comparison) -> None:
    root = ET.fromstring(write(compared, "svg"))
    assert len(list(root.iter(f"{SVG}path"))) == sum(bool(c.old and c.new) for c in compared.parts)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < width
        assert 0 < float(text.attrib["y"]) < height
    assert "kept (1)" in re.sub(r"<[^>]*>", " ", write(compared, "svg").decode())


def test_a_high_picture_goes_on_in_more_pages(compared: Comparison) -> None:
    whole, parts = boxes(write(compared, "svg")), drawn(compared, "svg", rows=2)
    assert len(parts) > 1
    assert {words for part in parts for words in boxes(part)} == set(whole)


@given(st.lists(st.integers(-1, 12), max_size=12, unique=True))
def test_rows_in_order_ascend_and_none_can_be_added_between(places: list[int]) -> None:
    found = _in_order(places)
    kept = [places[position] for position in found]
    assert kept == sorted(kept)
    assert -1 not in kept
    for position in set(range(len(places))) - set(found):
        tried = [places[each] for each in sorted([*found, position])]
        assert places[position] == -1 or tried != sorted(tried)


def test_the_command_writes_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    (tmp_path / "b.txt").write_text(NEW)
    arguments = ["diff", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    for name in ("x.svg", "x.png"):
        assert CliRunner().invoke(main, [*arguments, "-o", str(tmp_path / name)]).exit_code == 0
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    assert (
        CliRunner().invoke(main, [*arguments, "-f", "svg"]).stdout_bytes == (tmp_path / "x.svg").read_bytes()
    )
