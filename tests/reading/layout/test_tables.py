"""Tables of plain text, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.conftest import Outline
from tests.reading.test_offsets import check

from strategraph.reading.plain import parse

KPIS = """\
Table 4.1: Key performance indicators

Strategic      KPI                            Unit     Baseline   Target
objective                                              2022/23    2027/28

1.1            Average milk yield per cow     Litres   1,450      2,100
1.2            Households covered by          No.      18,000     90,000
               insurance
"""


def grid(text: str) -> list[list[str]]:
    """Return the rows of a text's cells; a head's row begins with "H"."""
    rows: dict[tuple[int, int], list[str]] = {}
    for block in parse(text).blocks:
        if block.kind == "cell":
            row = rows.setdefault((block.table or 0, block.row), ["H"] if block.header else [])
            row.append(f"{block.column} {block.passage.text}")
    return list(rows.values())


def test_heads_and_cells_are_wrapped() -> None:
    assert grid(KPIS) == [
        ["H", "0 Strategic objective", "1 KPI", "2 Unit", "3 Baseline 2022/23", "4 Target 2027/28"],
        ["0 1.1", "1 Average milk yield per cow", "2 Litres", "3 1,450", "4 2,100"],
        ["0 1.2", "1 Households covered by insurance", "2 No.", "3 18,000", "4 90,000"],
    ]


def test_a_head_right_above_its_figures() -> None:
    text = "Indicator            Target\nPeople trained       30 per year\nShips inspected      12 by 2026\n"
    assert grid(text)[0] == ["H", "0 Indicator", "1 Target"]
    assert grid(text)[2] == ["0 Ships inspected", "1 12 by 2026"]


def test_a_numbered_row_is_no_head() -> None:
    text = "SD 1      Implementation      Council\n\nSD 2      Technologies        Safety\n\nSD 3      Climate             All\n"
    assert grid(text)[0] == ["0 SD 1", "1 Implementation", "2 Council"]


def test_tabs_part_cells() -> None:
    text = "Indicator\tBaseline\tTarget\nPeople trained in law\t5\t30\nShips\t\t12\n"
    assert grid(text)[1:] == [["0 People trained in law", "1 5", "2 30"], ["0 Ships", "2 12"]]


def test_figures_stand_to_the_right_of_their_column() -> None:
    text = "Goal            Spent     Planned\nGrowth              5          30\nHealth          1,000      40,000\n"
    assert grid(text)[1:] == [["0 Growth", "1 5", "2 30"], ["0 Health", "1 1,000", "2 40,000"]]


def test_blank_lines_may_part_all_rows() -> None:
    text = """\
Term              Working definition

Financial plan    The financial plan covers four
                  years.

Human resources   The Union's staff
management        and its posts.

Values            Shared and common beliefs.
"""
    assert grid(text)[1:] == [
        ["0 Financial plan", "1 The financial plan covers four years."],
        ["0 Human resources management", "1 The Union's staff and its posts."],
        ["0 Values", "1 Shared and common beliefs."],
    ]


def test_a_table_goes_on_behind_the_name_of_its_next_part(outline: Outline) -> None:
    text = """\
Output    Description                        Organ          Year
number

1.1       Drafting of laws                   Council        2024
1.2       Guidance on casualties             Safety         2025
                                             Committee
SD 2     Integrate new and advancing technologies in the rules

2.1       Code for vessels                   Safety         2025
SD 3     Respond to climate change

3.1       Guidelines for fuels               Environment    2026
"""
    found = outline(parse(text))
    assert found[4:12] == [
        "cell1.0: 1.1",
        "cell1.1: Drafting of laws",
        "cell1.2: Council",
        "cell1.3: 2024",
        "cell2.0: 1.2",
        "cell2.1: Guidance on casualties",
        "cell2.2: Safety Committee",
        "cell2.3: 2025",
    ]
    assert found[12] == "paragraph: SD 2 Integrate new and advancing technologies in the rules"
    assert found[13] == "cell3.0: 2.1"
    assert found[17] == "paragraph: SD 3 Respond to climate change"
    assert {block.table for block in parse(text).blocks if block.kind == "cell"} == {0}


def test_the_same_head_begins_a_new_table() -> None:
    table = "KPI            Unit     Target\nMilk yield     Litres   2,100\nCoverage       %        35\n"
    text = f"{table}\nObjective 2: Health of all animals\n\n{table}"
    assert [block.table for block in parse(text).blocks if block.passage.text == "KPI"] == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        # a letterhead
        "United Nations                    E/CWF/2025/12\nEconomic and Social Council       Distr.: General\n"
        "                                  18 July 2025\n                                  Original: English\n",
        "ASSEMBLY                    A 33/Res.1173\n33rd session                24 January 2024\n"
        "Agenda item 8               Original: ENGLISH\n",
        # signatures
        "Dana Whitlock                  Sam Reed\nMayor                          Chief Executive\n",
        # a contents list
        "Preface                       v\n1. Introduction               1\n2. Vision                     2\n"
        "3. Goals                     14\n",
        # numbered lines and lists
        "1.1   Model regulations for vessels\n1.2   A low-cost test\n1.3   Guidelines on inspection\n",
        "1        APPROVES the plan as set out in\nthe annex;\n\n2        REQUESTS the Council to report;\n\n"
        "3        REVOKES the former resolution.\n\n4        DECIDES to meet again.\n",
        "•   Debt. Interest takes a quarter\n•   Weak statistics\n•   Distance\n",
        "(a)     Human rights\n(b)     Gender\n(c)     Children\n",
        "Goal 1      Growth\n\nGoal 2      Health\n\nGoal 3      Peace\n\nGoal 4      Justice\n",
        "Target 1      Growth\nTarget 2      5% more\nTarget 3      10% less\n",
        # abbreviations
        "AI          Artificial insemination\nFMD         Foot-and-mouth disease\nKPI         Key indicator\n",
        # justified prose
        "The  present plan  has been prepared  pursuant to  a resolution\nof  the General  Assembly,  which "
        "calls upon  all  entities  of\nthe  United  Nations  to align their  plans  with the  cycle.\n",
        # measures with a sign of where they should go
        "Emissions from Council operations              ↓\nRooftop solar per dwelling                     ↑\n",
    ],
)
def test_other_columns_are_no_tables(text: str) -> None:
    assert grid(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a  b   c    d      e\nx   y\n\nword      9\nlead    in     9\nSection\n" * 500,
        "Aa bb     12     13     14\n  cc      12\nA section that crosses the columns\n" * 500,
        "a   " * 5_000 + "\n",
        "a\t" * 5_000 + "\n",
        "Goal   4\n\n" * 2_000,
    ],
)
@pytest.mark.usefixtures("in_proportion")
def test_what_stands_in_columns_takes_linear_time(text: str) -> None:
    parse(text * 20)


CELLS = st.sampled_from(
    ["", "", "1.1", "20%", "Rate of change", "in two lines", "–", "•", "Goal 1", "\tx", "wrap-"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12), st.integers(8, 20))
def test_any_columns_are_read_with_exact_offsets(rows: list[list[str]], width: int) -> None:
    content = parse("\n".join("".join(cell.ljust(width) for cell in row) for row in rows))
    check(content)
    read = [block.passage.offset(n) for block in content.blocks for n in range(len(block.passage.text))]
    assert len(read) == len(set(read))
