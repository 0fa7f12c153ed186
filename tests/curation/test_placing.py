"""Proposals held against the words: what a source bears out is placed, all else is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.builders import document, readings

from strategraph.curation import Placed, Readings, place
from strategraph.curation.entries import ELEMENT_KINDS, MODEL, ElementEntry, GroupEntry, Reader
from strategraph.curation.quotations import same_words
from strategraph.model import Document


def element(kind: str, **values: str | int) -> str:
    said = {key: value if isinstance(value, int) else f"'{value}'" for key, value in values.items()}
    return "\n".join(
        ["[[element]]", f"is = '{kind}'", *(f"{key} = {value}" for key, value in said.items()), ""]
    )


def placed(folder: Path, *entries: str, plan: Document | None = None) -> Placed:
    return place(readings(folder, "\n".join(entries)), plan or document(folder))


def faults(found: Placed) -> list[str]:
    return [fault.what for fault in found.faults]


def test_an_element_with_title_number_and_statement(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        element(
            "Goal",
            number="1",
            title="Clean water",
            statement="We clean the bay for the people of the harbour and for women and girls.",
            block=3,
        ),
    )
    (section,) = found.sections
    assert section.title
    assert section.statement
    assert (section.kind, section.number, section.title.text) == ("Goal", "1", "Clean water")
    assert section.statement.text.startswith("We clean the bay for the people of the harbour")
    (support,) = section.supports
    assert support.rule == "proposed"
    assert support.span.start == section.title.span().start
    assert support.span.end == section.statement.span().end
    assert not found.faults


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (element("Goal", title="Clean air"), "plan.txt does not say “Clean air”"),
        (element("Goal", title="lean water", block=3), "does not say “lean water”"),
        (element("Goal", title="Clean water"), "on lines 7, 21; add line"),
        (element("Goal", statement="Everyone walks safely and quickly."), "does not say"),
        (
            element("Goal", title="Clean water", block=3, statement="We clean the bay for everyone."),
            "does not",
        ),
    ],
)
def test_words_that_the_source_does_not_have(tmp_path: Path, entry: str, what: str) -> None:
    found = placed(tmp_path, entry)
    assert not found.sections
    (fault,) = found.faults
    assert what in fault.what
    assert fault.at == 3


def test_a_number_that_is_not_printed_is_left_out(tmp_path: Path) -> None:
    found = placed(tmp_path, element("Goal", number="7", statement="Everyone walks safely."))
    assert [section.number for section in found.sections] == [None]
    assert faults(found) == ["“Everyone walks safely.” has no number “7”"]


def test_the_number_of_a_list_mark_and_of_a_table_row(tmp_path: Path) -> None:
    plan = document(
        tmp_path,
        "# Goals\n\n1. Clean water\n\n| No | Goal | By |\n|-|-|-|\n| 7 | x | Safe piers |\n",
        "plan.md",
    )
    entries = (
        element("Goal", number="1", title="Clean water"),
        element("Goal", number="7", title="Safe piers"),
    )
    assert [section.number for section in placed(tmp_path, *entries, plan=plan).sections] == ["1", "7"]


def test_figures_of_a_table_row_are_no_elements_of_their_own(tmp_path: Path) -> None:
    table = "| Indicator | Target 2030 |\n|---|---|\n| Boats in service | 40 % |\n| Piers | 12 piers |\n"
    plan = document(tmp_path, f"# Plan\n\n{table}\nTarget:\n\n- 85 % (2029)\n", "plan.md")
    found = placed(
        tmp_path,
        element("Indicator", id="i", title="Boats in service"),
        element("Target", title="40 %", parent="i"),
        element("Target", title="12 piers"),
        element("Target", title="85 % (2029)"),
        plan=plan,
    )
    titles = [section.title.text for section in found.sections if section.title]
    assert titles == ["Boats in service", "12 piers", "85 % (2029)"]
    assert faults(found) == ["“40 %” is a figure of a table's row, no element"]


def test_parents(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        element("Objective", id="c", statement="Mend the planks", parent="b"),
        element("Goal", id="a", title="Clean water", block=3),
        element("Outcome", id="b", statement="Nobody ever falls.", parent="a"),
        element("Action", id="d", statement="Everyone walks safely.", parent="z"),
        element("Value", id="e", statement="Clean water is a right.", parent="e"),
    )
    assert [(section.kind, section.parent) for section in found.sections] == [
        ("Goal", None),
        ("Action", None),
        ("Objective", 0),  # its parent is not in the source: it goes to the parent's parent
        ("Value", None),
    ]
    assert faults(found) == [
        "“Mend the planks” has no parent 'b'",
        "plan.txt does not say “Nobody ever falls.”",
        "“Everyone walks safely.” has no parent 'z'",
        "“Clean water is a right.” would be its own ancestor",
    ]


def test_elements_that_enclose_each_other(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        element("Goal", id="a", title="Clean water", block=3, parent="b"),
        element("Goal", id="b", statement="Everyone walks safely.", parent="a"),
    )
    assert sorted(section.parent is None for section in found.sections) == [False, True]
    assert any("its own ancestor" in fault for fault in faults(found))


def test_what_is_said_twice(tmp_path: Path) -> None:
    same = element("Goal", id="a", title="Clean water", block=3)
    found = placed(tmp_path, same, same, element("Goal", id="a", statement="Everyone walks safely."))
    assert len(found.sections) == 2
    assert faults(found) == ["“Clean water” is said twice", "a second element is called 'a'"]


def test_a_second_vision_is_told(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        element("Vision", statement="Everyone walks safely."),
        element("Vision", statement="Clean water is a right."),
    )
    assert len(found.sections) == 2
    assert faults(found) == ["“Clean water is a right.” is a second Vision; it is kept"]


def test_title_and_statement_do_not_share_words(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        element("Value", title="Clean water", statement="Clean water is a right.", block=10),
        element("Goal", title="the bay", statement="We clean the bay for the people of the harbour"),
        element("Goal", title="Mend the planks", statement="Mend the planks"),
    )
    assert [[part.text for part in section.passages] for section in found.sections] == [
        ["We clean the bay for the people of the harbour"],
        ["Mend the planks"],
        ["Clean water", "is a right."],
    ]


def test_a_statement_far_from_its_title_has_a_support_of_its_own(tmp_path: Path) -> None:
    found = placed(
        tmp_path, element("Goal", title="Clean water", block=3, statement="Clean water is a right.")
    )
    assert len(found.sections[0].supports) == 2


def test_groups_stand_in_their_element(tmp_path: Path) -> None:
    goal = element(
        "Goal",
        id="3",
        title="Clean water",
        block=3,
        statement="We clean the bay for the people of the harbour and for women and girls.",
    )
    found = placed(
        tmp_path,
        goal,
        "[[group]]\ntext = 'women and girls'\nin = '3'\n",
        "[[group]]\ntext = 'people of the harbour'\nin = '3'\nrole = 'involved'\n",
        "[[group]]\ntext = 'girls'\nin = '3'\n",
        "[[group]]\ntext = 'men and girls'\nin = '3'\n",
        "[[group]]\ntext = 'Everyone'\nin = '3'\n",
        "[[group]]\ntext = 'Everyone'\nin = '9'\n",
        "[[group]]\ntext = 'Everyone'\n",
    )
    assert [(group.passage.text, group.role) for group in found.groups] == [
        ("women and girls", "addressed"),
        ("people of the harbour", "involved"),
        ("Everyone", "addressed"),
    ]
    assert faults(found) == [
        "the words of '3' do not say “men and girls”",
        "the words of '3' do not say “Everyone”",
        "“Everyone” has no element '9'",
    ]


def instrument(**values: str | int) -> str:
    return element("Resolution", **values).replace("[[element]]", "[[instrument]]")


def test_instruments_have_what_their_words_have(tmp_path: Path) -> None:
    words = "Resolution 12 (Rev. Oslo, 2021)"
    found = placed(
        tmp_path,
        instrument(text=words, number="12", revision_place="Oslo", revision_year=2021, relation="adoptedBy"),
        instrument(text=words, number="13"),
        instrument(text=words, revision_place="Bergen"),
        instrument(text=words, revision_year=2022),
        instrument(text="Resolution 99", number="99"),
    )
    (citation,) = found.citations
    assert (citation.number, citation.revision_place, citation.role) == ("12", "Oslo", "adoptedBy")
    assert citation.revised
    assert citation.title is None
    assert [fault.split("” ")[1] for fault in faults(found)[:3]] == [
        "has no number “13”",
        "has no place “Bergen”",
        "has no year “2022”",
    ]
    assert "does not say" in faults(found)[3]


def field(name: str, text: str, **values: int) -> str:
    return "\n".join(
        [f"[[field]]\nname = '{name}'\ntext = '{text}'", *(f"{k} = {v}" for k, v in values.items()), ""]
    )


def test_fields_of_the_plan(tmp_path: Path) -> None:
    found = placed(
        tmp_path,
        field("title", "Harbour Trust Strategic Plan 2025-28"),
        field("owner", "Harbour Trust", block=1),
        field("start", "2025-28", year=2025),
        field("end", "2025-28", year=2028),
    )
    values = {name: reading and reading.value for name, reading in found.fields.items()}
    assert values == {
        "title": "Harbour Trust Strategic Plan 2025-28",
        "owner": "Harbour Trust",
        "start": "2025",
        "end": "2028",
    }


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (field("owner", "Ministry of Magic"), "does not say “Ministry of Magic”"),
        (field("end", "2025-28", year=2030), "does not say the year 2030"),
        (field("end", "2025-28"), "does not say the year 2025-28"),
        (field("start", "Harbour Trust", block=1, year=2025), "does not say the year 2025"),
    ],
)
def test_fields_that_the_words_do_not_say(tmp_path: Path, entry: str, what: str) -> None:
    found = placed(tmp_path, entry)
    assert not found.fields
    assert what in faults(found)[0]


def test_years_in_other_digits(tmp_path: Path) -> None:
    plan = document(tmp_path, "خطة ٢٠٢٥–٢٠٢٧\n")
    found = placed(tmp_path, field("end", "٢٠٢٥–٢٠٢٧", year=2027), plan=plan)
    assert found.fields["end"] is not None
    assert found.fields["end"].value == "2027"


def test_the_first_of_two_fields_of_one_name_stands(tmp_path: Path) -> None:
    found = placed(tmp_path, field("owner", "Harbour Trust", block=1), field("owner", "Harbour Assembly"))
    assert found.fields["owner"] is not None
    assert found.fields["owner"].value == "Harbour Trust"


def test_a_field_in_the_front_matter(tmp_path: Path) -> None:
    plan = document(tmp_path, "---\ntitle: About us\n---\n\n# Goals\n\nText.\n", "plan.md")
    found = placed(tmp_path, field("title", "About us"), plan=plan)
    assert found.fields["title"] is not None


WORDS = st.sampled_from(
    [
        "Clean water",
        "Everyone walks safely.",
        "1",
        "2.1",
        "bay",
        "ean wat",
        "none",
        "12",
        "a",
        "b",
        "Harbour Trust",
    ]
)


@given(
    st.lists(
        st.builds(
            ElementEntry,
            id=st.none() | WORDS,
            kind=st.sampled_from(ELEMENT_KINDS),
            number=st.none() | WORDS,
            title=st.none() | WORDS,
            statement=WORDS,
            block=st.none() | st.integers(-1, 12),
            parent=st.none() | WORDS,
            by=st.just(MODEL),
        ),
        max_size=8,
    ),
    st.lists(st.builds(GroupEntry, text=WORDS, element=WORDS, by=st.just(MODEL)), max_size=4),
)
def test_whatever_is_proposed_only_the_source_s_words_are_placed(
    tmp_path_factory: pytest.TempPathFactory, elements: list[ElementEntry], groups: list[GroupEntry]
) -> None:
    plan = document(tmp_path_factory.mktemp("plan"))
    found = place(Readings(tuple(elements), tuple(groups), reader=Reader("test")), plan)
    text = plan.source.text
    for index, section in enumerate(found.sections):
        assert section.parent is None or section.parent < index
        for part in section.passages:
            assert same_words(text[part.span().start : part.span().end], part.text)
        for part in section.passages:
            assert any(support.span.contains(part.span()) for support in section.supports)
    for group in found.groups:
        assert any(
            part.span().contains(group.support.span) for one in found.sections for part in one.passages
        )
