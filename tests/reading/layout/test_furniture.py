"""Running headers, page numbers and contents lists, and what only looks like them."""

from __future__ import annotations

import pytest

from strategraph.reading.plain import parse


def lines(text: str) -> list[str]:
    return [block.passage.text for block in parse(text).blocks]


@pytest.mark.parametrize(
    "headers",
    [
        ("HARROW BAY COUNCIL  |  3", "HARROW BAY COUNCIL  |  4"),
        (
            "TOWNS STRATEGIC PLAN 2020-2023                      3",
            "TOWNS STRATEGIC PLAN 2020-2023                     11",
        ),
        ("2                WCSO STRATEGIC PLAN", "WCSO STRATEGIC PLAN                3"),
        ("4/9                             25-11842", "25-11842                             5/9"),
        ("A 12/Res.45                     Page 2", "A 12/Res.45                     Page 3"),
    ],
)
def test_headers_with_a_page_number_are_left_out(headers: tuple[str, str]) -> None:
    text = f"First part is here.\n\n{headers[0]}\n\nSecond part goes on.\n\n{headers[1]}\n\nThird."
    assert lines(text) == ["First part is here.", "Second part goes on.", "Third."]


def test_a_symbol_with_a_page_number_is_left_out_at_once() -> None:
    assert lines("One is here.\n\nA78/4                                3\n\nTwo is here.") == [
        "One is here.",
        "Two is here.",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Emissions           40", "Emissions           30"),  # falls
        ("Emissions           40", "Trees               50"),  # differs
        ("FOCUS AREA 1", "FOCUS AREA 2"),  # a label: no gap before its number
    ],
)
def test_other_words_with_a_number_stay(rows: tuple[str, str]) -> None:
    text = f"First part is here.\n\n{rows[0]}\n\nSecond part goes on.\n\n{rows[1]}\n\nThird."
    assert len(lines(text)) == 5


def test_roman_page_numbers_are_left_out_with_the_headers_beside_them() -> None:
    header = "Ministry of Fisheries          Strategic Plan 2023/24"
    text = "".join(f"Part {n} is here.\n\n{n}\n{header}\n\n" for n in ("i", "ii", "iv"))
    assert lines(text) == ["Part i is here.", "Part ii is here.", "Part iv is here."]
    assert lines("One is here.\n\nv\n\nTwo is here.") == ["One is here.", "v", "Two is here."]
    assert lines("One is here.\n\nIV\n\nTwo is here.")[1] == "IV"


def test_a_symbol_of_the_letterhead_is_the_head_of_each_page() -> None:
    letterhead = "ASSEMBLY                          A 33/Res.1173\n33rd session                      2024\n\n"
    text = (
        letterhead
        + "One is here.\n\nA 33/Res.1173\nPage 2\n\nTwo is here.\n\nA 33/Res.1173\nPage 3\n\nThree.\n"
    )
    assert "A 33/Res.1173" not in lines(text)


def test_headings_and_prose_beside_page_numbers_stay() -> None:
    part = "Measures\n\nTrees are planted.\n\nMeasures\n\nRivers are clean.\n\nPage {}\n\nMeasures\n\nAir is fresh.\n\n"
    text = "".join(part.format(n) for n in (1, 2, 3, 4))
    assert lines(text).count("Measures") == 12
    areas = "".join(f"Page {n}\n\nFOCUS AREA {n}\nWe grow.\n\nMore of it.\n\n" for n in (1, 2, 3, 4))
    assert [line for line in lines(areas) if line.startswith("FOCUS")] == [
        f"FOCUS AREA {n}" for n in (1, 2, 3, 4)
    ]


def test_contents_lists_may_have_roman_numbers() -> None:
    text = "Contents                Page\n\nPreface                   iv\n1. Vision                  1\n   1.1 Goals             12\n\n1. Vision\n\nWe see."
    assert lines(text) == ["1. Vision", "We see."]
