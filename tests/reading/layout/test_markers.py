from __future__ import annotations

import pytest
from tests.reading.conftest import Outline

from strategraph.model import Block, Span, passage
from strategraph.reading.content import TextLine
from strategraph.reading.layout.markers import Depths, ListedItem, find_marker, listed
from strategraph.reading.plain import parse


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("»   Deliver the plan", "»"),
        ("\uf0b7 Expand services", "\uf0b7"),
        ("\ue0d1Expand services", "\ue0d1"),
        ("•Expand services", "•"),
        ("– Expand", "–"),
        ("▪ Expand", "▪"),
        ("☐ Expand", "☐"),
        ("[ ] 400 libraries", "[ ]"),
        ("[x] 400 libraries", "[x]"),
        ("(iv) Client focus", "(iv)"),
        ("  iv.   Client focus", "iv."),
        ("a. Client focus", "a."),
        ("IV. Change strategies", "IV."),
        (".1     needs of all", ".1"),
        ("o\tNeeds", "o"),
    ],
)
def test_markers(line: str, marker: str) -> None:
    found = find_marker(TextLine(0, line))
    assert found is not None
    assert found.text == marker
    assert line[found.end :] == line.split(marker, 1)[1].lstrip()


@pytest.mark.parametrize(
    "line",
    [
        ".5 per cent of all",
        "i.e. all of them",
        "o plano de todos",
        "o Plano Estratégico",
        "-5 degrees",
        "»Quoted« words",
        "[1] A note",
        "p. 12 of the report",
        "VIII of the treaty",
        "1.4 Strategic goals",
    ],
)
def test_no_markers(line: str) -> None:
    assert find_marker(TextLine(0, line)) is None


def test_the_letter_o_is_a_bullet_where_a_list_shows_it(outline: Outline) -> None:
    text = "Metrics\no First-year retention\no Graduation rate\n\nMetrics\no Number of students\n"
    assert outline(parse(text)) == [
        "paragraph: Metrics",
        "item1: [◦] First-year retention",
        "item1: [◦] Graduation rate",
        "paragraph: Metrics",
        "item1: [◦] Number of students",
    ]


def test_markers_may_end_alike(outline: Outline) -> None:
    text = "2.3 Core values\n   i.   Professionalism\n  ii.   Integrity\n iii.   Teamwork\n  iv.   Client focus\n"
    assert outline(parse(text)) == [
        "paragraph: 2.3 Core values",
        "item1: [i.] Professionalism",
        "item1: [ii.] Integrity",
        "item1: [iii.] Teamwork",
        "item1: [iv.] Client focus",
    ]


@pytest.mark.parametrize("kind", ["paragraph", "heading"])
def test_a_typed_bullet_makes_an_item(kind: str) -> None:
    (item,) = listed([Block(kind, passage("• Respect: for all", [(0, 18)]), level=2, lead=9)])
    assert (item.kind, item.marker, item.level, item.passage.text) == ("item", "•", 1, "Respect: for all")
    assert item.span == Span(2, 18)
    assert item.lead == 7


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("paragraph", "• One • Two"),  # a list run together
        ("paragraph", "Respect • Trust"),
        ("paragraph", "- five degrees"),  # a hyphen may be a dash or a minus
        ("paragraph", "•"),
        ("cell", "• One"),
    ],
)
def test_other_texts_stay_as_they_are(kind: str, text: str) -> None:
    block = Block(kind, passage(text, [(0, len(text))]))
    assert list(listed([block])) == [block]


@pytest.mark.parametrize(
    ("exact", "items", "expected"),
    [
        (True, [(0, "bullet •"), (2, "bullet •"), (0, "bullet •")], [1, 2, 1]),
        (False, [(18, "bullet •"), (20, "bullet •"), (36, "bullet •"), (18, "bullet •")], [1, 1, 2, 1]),
        # in one column, numbers are within capitals and bullets within numbers, not the other way round
        (True, [(0, "capital ."), (0, "number ."), (0, "bullet •"), (0, "number .")], [1, 2, 3, 2]),
        (True, [(0, "bullet •"), (0, "number )")], [1, 1]),
        # where indents may be lost, another style begins an inner list, and that of an outer one goes on with it
        (False, [(0, "bullet •"), (0, "letter )"), (0, "bullet •")], [1, 2, 1]),
    ],
)
def test_depths(exact: bool, items: list[tuple[float, str]], expected: list[int]) -> None:
    depths = Depths(exact=exact)
    assert [depths.enter(ListedItem(indent, style)) for indent, style in items] == expected


def test_numbers_that_end_alike_are_of_one_list() -> None:
    depths = Depths(exact=True)
    assert [depths.enter(ListedItem(indent, "roman .", 5)) for indent in (2, 1, 0)] == [1, 1, 1]


def test_a_paragraph_ends_lists_unless_it_goes_on_with_them() -> None:
    depths = Depths()
    depths.enter(ListedItem(18, "bullet •"))
    depths.close(18)
    assert depths.enter(ListedItem(36, "bullet –")) == 2
    depths.close(3)
    assert depths.enter(ListedItem(36, "bullet –")) == 1


def test_a_letter_before_a_number_and_a_day_is_the_number_s_sign() -> None:
    assert find_marker(TextLine(0, "N. 25 DEL 03/03/2020")) is None
    assert find_marker(TextLine(0, "N. 134 DEL 12 FEBBRAIO 2019")) is None
    assert find_marker(TextLine(0, "A. 25 schools are built")) is not None
    assert find_marker(TextLine(0, "B. 20 von 30 Schulen")) is not None
