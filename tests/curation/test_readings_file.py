"""Readings files: what they say, what is wrong with them and on which line, and writing them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.builders import readings

from strategraph.curation import entry_text, find_readings, load_readings, write_readings
from strategraph.curation.entries import (
    MODEL,
    ElementEntry,
    FieldEntry,
    GroupEntry,
    Reader,
    Readings,
)
from strategraph.errors import UnusableInputError
from strategraph.model import CURATOR

ALL = """
[source]
name = "plan.txt"
sha256 = "00"

[[field]]
name = "start"
text = "2025-28"
year = 2025
block = 0

[[element]]
id = "4"
is = "Goal"
number = "1"
title = "Clean water"
statement = "We clean the bay."
block = 4
statement_block = 5
parent = "3"

[[group]]
text = "women and girls"
in = "4"
role = "involved"

[[instrument]]
is = "Resolution"
text = "Resolution 12 (Rev. Oslo, 2021)"
number = "12"
revision_place = "Oslo"
revision_year = 2021
relation = "adoptedBy"
by = "curator"
reason = "its last page says so"
"""


def test_everything_that_a_file_may_say(tmp_path: Path) -> None:
    found = readings(tmp_path, ALL)
    assert found.reader == Reader("test")
    assert (found.source, found.sha256) == ("plan.txt", "00")
    assert found.fields == (FieldEntry(at=8, name="start", text="2025-28", year=2025, block=0, by=MODEL),)
    (element,) = found.elements
    assert (element.at, element.id, element.kind, element.parent) == (14, "4", "Goal", "3")
    assert found.groups == (
        GroupEntry(at=24, text="women and girls", element="4", role="involved", by=MODEL),
    )
    assert [entry.by for entry in found.instruments] == [CURATOR]
    assert found.said_by(CURATOR).entries == found.instruments
    assert len(found.said_by(MODEL).entries) == 3


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    found = readings(tmp_path, ALL)
    path = tmp_path / "again.toml"
    path.write_text(write_readings(found), encoding="utf-8")
    again = load_readings(path)
    assert write_readings(again) == write_readings(found)
    assert [entry.told() for entry in again.entries] == [entry.told() for entry in found.entries]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text("ab1. ", min_size=1))
def test_every_text_can_be_written(tmp_path_factory: pytest.TempPathFactory, words: str, number: str) -> None:
    entry = ElementEntry(kind="Goal", text=words, number=number, by=MODEL)
    path = tmp_path_factory.mktemp("file") / "x.toml"
    path.write_text(write_readings(Readings((entry,), reader=Reader("m"))), encoding="utf-8", newline="\n")
    (found,) = load_readings(path).elements
    assert (found.text, found.number) == (words, number)


def test_an_entry_with_its_alternatives_as_comments() -> None:
    entry = ElementEntry(kind="Goal", text="Clean water", block=3, reason="the foreword says so")
    assert entry_text(entry, notes=["0.61 Goal", "0.30 Objective"]) == (
        "# 0.61 Goal\n# 0.30 Objective\n[[element]]\n"
        'is = "Goal"\ntext = "Clean water"\nblock = 3\nreason = "the foreword says so"\n'
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('[[element]]\nis = "Aim"\ntitle = "x"', "is = 'Aim'; known are Vision"),
        ('[[element]]\nis = "Goal"', "has no text"),
        ('[[element]]\ntitle = "x"\nkind = "Goal"', "unknown key 'kind'"),
        ('[[element]]\ntitle = "x"\nblock = "3"', "block is to be a number"),
        ('[[element]]\ntitle = "x"\nblock = true', "block is to be a number"),
        ('[[element]]\ntitle = ""', "title is to be words"),
        ("[[group]]\nrole = 'addressed'", "has no text"),
        ("[[group]]\ntext = 'x'\nrole = 'loved'", "role = 'loved'; known are addressed"),
        ("[[instrument]]\ntext = 'x'", "has no is"),
        ("[[instrument]]\nis = 'Order'", "has no text"),
        ("[[field]]\ntext = 'x'", "has no name"),
        ("[[field]]\nname = 'colour'\ntext = 'x'", "name = 'colour'; known are title"),
        ("[[field]]\nname = 'title'", "has no text"),
        ("[[element]]\ntitle = 'x'\nby = 'nobody'", "by = 'nobody'; known are curator, model"),
        ("element = [3]", "is to be a table"),
    ],
)
def test_entries_that_are_not_of_the_form(tmp_path: Path, entry: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        readings(tmp_path, entry, model=False)
    if "nobody" not in entry and "[3]" not in entry:  # whose they are is known: they are told, and left out
        found = readings(tmp_path, "\n" + entry)
        assert not found.entries
        (fault,) = found.faults
        assert fault.at == 4
        assert message.split(";", maxsplit=1)[0] in fault.what


def test_a_persons_mistake_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"plan\.readings\.toml: line 4: element 2: has no text"):
        readings(tmp_path, "[[element]]\ntext = 'x'\n\n[[element]]\nis = 'Goal'\n", model=False)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("[[element]]\nis = 'nothing'\ntext = 'x'", "only a person says"),
        ("[[element]]\ntext = 'x'", "has no is"),
    ],
)
def test_what_only_a_person_may_say(tmp_path: Path, entry: str, message: str) -> None:
    (fault,) = readings(tmp_path, entry).faults
    assert message in str(fault)
    assert str(fault).startswith("line 3: ")
    assert readings(tmp_path, entry, model=False).entries


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("element = 3", r"write \[\[element\]\]"),
        ("[[goal]]\nx = 1", "holds 'goal'; known are element"),
        ("source = 3\n[[element]]\ntext = 'x'", r"\[source\] is to be a table"),
        ("[reader]\nmodel = ''", "names no model"),
        ("[reader]\nmodel = 'm'\nprompt_tokens = 'many'", "prompt_tokens that is none"),
        ("[source]\nname = 'x'", "holds no decision"),
        ("[[element]]\ntext = ", "not TOML"),
        ("element = " + "[" * 5000, "nested deeper|not TOML"),
        ("[[element]]\nblock = " + "9" * 5000, "not TOML"),
    ],
)
def test_files_that_are_no_readings(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        readings(tmp_path, content, model=False)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot read"):
        load_readings(tmp_path / "missing.toml")


def test_a_model_may_find_nothing(tmp_path: Path) -> None:
    assert readings(tmp_path, "").entries == ()


def test_entries_in_line_have_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "inline.toml"
    path.write_text("element = [{text = 'x'}]\n", encoding="utf-8")
    assert [entry.at for entry in load_readings(path).elements] == [0]


def test_the_file_for_a_source(tmp_path: Path) -> None:
    (tmp_path / "a.readings.toml").touch()
    (tmp_path / "b.txt.readings.toml").touch()
    suffix = ".readings.toml"
    assert find_readings(tmp_path, "x/a.txt", "a", suffix) == tmp_path / "a.readings.toml"
    assert find_readings(tmp_path, "x/b.txt", "b.txt", suffix) == tmp_path / "b.txt.readings.toml"
    assert find_readings(tmp_path, "x/c.txt", "c", suffix) is None
    assert find_readings(tmp_path / "c.toml", "x/c.txt", "c", suffix) == tmp_path / "c.toml"
