from __future__ import annotations

import pytest
from tests.reading.conftest import Outline

from strategraph.reading.layout.lines import heading_level
from strategraph.reading.plain import parse

WRAPPED = """\
1. The present plan has been prepared pursuant to resolution 70/1 of
the General Assembly, which calls upon all entities of the United
Nations system to align their work. It does so.
"""


def lines(text: str) -> list[str]:
    return [block.passage.text for block in parse(text).blocks]


def test_blank_lines_part_paragraphs(outline: Outline) -> None:
    assert outline(parse("One is here.\n\nTwo is\u00a0 here.\n")) == [
        "paragraph: One is here.",
        "paragraph: Two is here.",
    ]


def test_wrapped_prose_is_joined(outline: Outline) -> None:
    assert outline(parse(WRAPPED)) == ["item1: [1.] " + " ".join(WRAPPED.split())[3:]]


def test_ragged_prose_is_joined_too() -> None:
    ragged = WRAPPED.replace("United\nNations", "United Nations\nand its\nother").replace(
        "It does", "\nThat does"
    )
    assert len(lines(WRAPPED.replace("of\nthe General", "\nof the General"))) == 1
    assert len(lines(ragged)) > 1, "but a line that ends early was ended on purpose"


def test_lines_that_are_whole_stay_apart() -> None:
    text = "The plan has three parts and this is the first of them.\nThis line is another, and is longer.\nShort."
    assert len(lines(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Objective 1.1\nRecruit, develop and retain staff\nObjective 1.2\nInvest in staff",
        "Target 1.1: By 2023, 65% of households\nTarget 1.2: By 2023, 70% of people\nGoal 2 – Growth\nGoal 3 - More",
        "- Strategic Goal 1: Connect America: Maximize access\n- Strategic Goal 2: Spectrum: Maximize benefits",
        "Outcome 1: Health\nR.1-a: Result\nIndicator 1.1: Rate",
    ],
)
def test_labelled_lines_stand_for_themselves(text: str) -> None:
    assert [line.removeprefix("- ") for line in text.split("\n")] == lines(text)


def test_a_label_is_followed_by_its_wrapped_text() -> None:
    text = "Outcome 2: Education for all girls and boys wherever they\nlive\nOutcome 3: Health"
    assert lines(text) == [
        "Outcome 2: Education for all girls and boys wherever they live",
        "Outcome 3: Health",
    ]


def test_a_joining_word_at_a_lines_end_goes_on() -> None:
    assert lines("Ministry of\nHealth and\nSocial Affairs\nMinistry of Labour") == [
        "Ministry of Health and Social Affairs",
        "Ministry of Labour",
    ]


def test_list_depth_comes_from_indentation_and_markers(outline: Outline) -> None:
    text = (
        "1. One\n   - a\n   - b\n2. Two\n- c\n3. Three\n(a) d\n(b) e\n   o\tf\n\nText at the margin.\n\n• g\n"
    )
    assert outline(parse(text)) == [
        "item1: [1.] One",
        "item2: [-] a",
        "item2: [-] b",
        "item1: [2.] Two",
        "item2: [-] c",
        "item1: [3.] Three",
        "item2: [(a)] d",
        "item2: [(b)] e",
        "item3: [◦] f",
        "paragraph: Text at the margin.",
        "item1: [•] g",
    ]


def test_items_go_on_over_lines(outline: Outline) -> None:
    text = "including:\n  1. increasing rates for college\n     Admission of all\n  2. more\n"
    assert outline(parse(text)) == [
        "paragraph: including:",
        "item1: [1.] increasing rates for college Admission of all",
        "item1: [2.] more",
    ]


def test_headings_are_isolated_and_look_like_it(outline: Outline) -> None:
    text = (
        "OUR PLAN\n\nGoals and Objectives\n\n1.4 Strategic goals\n\nThe goals are listed here.\n\n"
        "What we value\n\nThis is a paragraph of some length, and it ends.\n\nTitle\n=====\n\nPart\n----\nText.\n"
    )
    assert outline(parse(text)) == [
        "heading1: OUR PLAN",
        "heading1: Goals and Objectives",
        "heading2: 1.4 Strategic goals",
        "paragraph: The goals are listed here.",
        "heading1: What we value",
        "paragraph: This is a paragraph of some length, and it ends.",
        "heading1: Title",
        "heading2: Part",
        "paragraph: Text.",
    ]


def test_a_title_may_stand_right_above_its_prose(outline: Outline) -> None:
    text = "FAO Strategic Framework\nThe framework articulates the vision of a world that is food secure for all.\nMore."
    assert outline(parse(text))[0] == "heading1: FAO Strategic Framework"


@pytest.mark.parametrize(
    "line", ["The plan was adopted in 2018 and ends in 2023", "It ends here.", "- Growth For All", "x" * 120]
)
def test_other_lines_are_no_headings(line: str) -> None:
    marker = None
    if line.startswith("-"):
        from strategraph.reading.content import TextLine
        from strategraph.reading.layout.markers import find_marker

        marker = find_marker(TextLine(0, line))
    assert heading_level(line, "It has goals, and they are listed here in full length.", marker) == 0


def test_contents_lists_are_left_out() -> None:
    text = (
        "Table of contents\n\nI. Introduction ............ 3\nII. Goals and the means to reach them in all the\n"
        "countries . . . . . . . . 5\nAnnex\t12\n\nI. INTRODUCTION\n\nText of it.\n"
    )
    assert lines(text) == ["I. INTRODUCTION", "Text of it."]


PAGES = (
    "Strategic Plan\n\nIt will work with all the\n1/3",
    "A/75/123\nStrategic Plan\n\npartners that are concerned.\n\n30\n31\n\n2/3",
    "A/75/123\nStrategic Plan\n\nGoal 1: Growth\nPage 3",
)


def test_page_furniture_is_left_out_and_paragraphs_made_whole() -> None:
    blocks = parse("\f".join(PAGES)).blocks
    assert [(block.page, block.passage.text) for block in blocks] == [
        (1, "Strategic Plan"),
        (1, "It will work with all the partners that are concerned."),
        (2, "30"),
        (2, "31"),
        (3, "Goal 1: Growth"),
    ]


def test_page_furniture_is_found_without_page_breaks() -> None:
    blocks = parse("\n".join(PAGES)).blocks
    assert [block.passage.text for block in blocks] == [
        "Strategic Plan",
        "It will work with all the partners that are concerned.",
        "30",
        "31",
        "Goal 1: Growth",
    ]
    assert {block.page for block in blocks} == {None}


def test_a_label_that_recurs_is_no_header() -> None:
    text = "Goal 1: A\n\nIndicators:\n\nx\n\nGoal 2: B\n\nIndicators:\n\ny\n\nGoal 3: C\n\nIndicators:\n\nz\n"
    assert lines(text).count("Indicators:") == 3


def test_hyphens_at_a_lines_end() -> None:
    text = (
        "Governments are many, and the plan will work with the govern-\n"
        "ments that have joined it in order to provide them with high-\n"
        "quality services."
    )
    assert lines(text) == [
        "Governments are many, and the plan will work with the governments that have joined it in order to "
        "provide them with high-quality services."
    ]
    assert lines("delivering high- quality services") == ["delivering high- quality services"]


def test_rulers_are_left_out() -> None:
    assert lines("One.\n\n* * *\n\n______\nTwo.") == ["One.", "Two."]


NUMBERS_APART = """1.
Цель программы
Обеспечение безопасности дорожного движения на всей территории муниципального района и в посёлках.
2 .
Задачи программы :
1)
ремонт дорог ;
2)
создание освещения .
3.
Сроки
2019 год .
"""


def test_a_number_on_a_line_of_its_own_is_that_of_the_next(outline: Outline) -> None:
    assert outline(parse(NUMBERS_APART)) == [
        "heading1: 1. Цель программы",
        "paragraph: Обеспечение безопасности дорожного движения на всей территории муниципального района и в посёлках.",
        "heading1: 2 . Задачи программы :",
        "item1: [1)] ремонт дорог ;",
        "item1: [2)] создание освещения .",
        "heading1: 3. Сроки",
        "paragraph: 2019 год .",
    ]
    items = [block for block in parse(NUMBERS_APART).blocks if block.kind == "item"]
    assert [block.marker for block in items] == ["1)", "2)"]


def test_a_part_numbered_on_a_line_of_its_own_is_named_by_the_next(outline: Outline) -> None:
    prose = "Цель программы – безопасность всех жителей муниципального района и его гостей."
    assert outline(parse(f"Раздел IV .\nЦели и задачи\n{prose}\n")) == [
        "heading1: Раздел IV . Цели и задачи",
        f"paragraph: {prose}",
    ]


def test_dashes_right_before_words_are_bullets_where_several_are(outline: Outline) -> None:
    assert outline(parse("Tasks:\n-plant trees;\n-mend roads.\n")) == [
        "paragraph: Tasks:",
        "item1: [-] plant trees;",
        "item1: [-] mend roads.",
    ]
    assert outline(parse("Tasks:\n-plant trees\n")) == ["paragraph: Tasks:", "paragraph: -plant trees"]


def test_a_number_above_a_ruler_stands_for_itself(outline: Outline) -> None:
    assert outline(parse("2.\n-----\nGoals of the city\n")) == [
        "heading2: 2.",
        "paragraph: Goals of the city",
    ]


def test_a_part_is_named_by_the_next_line_even_behind_a_line_that_goes_on(outline: Outline) -> None:
    assert outline(parse("о порядке,\nРаздел IV\nЦели и задачи\nЦель одна для всех нас.\n"))[:2] == [
        "paragraph: о порядке,",
        "heading1: Раздел IV Цели и задачи",
    ]
