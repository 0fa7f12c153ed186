"""Tables as dataclasses: what is read, and the one line that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategraph.errors import UnusableInputError
from strategraph.knowledge.typed_tables import (
    FILLED,
    At,
    Flags,
    Folded,
    From,
    Gathered,
    LearntWeights,
    Words,
    as_value,
    load_content,
    load_rows,
    read_table,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    pattern: re.Pattern[str]
    examples: Words = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    name: str
    nouns: Annotated[Words, At("plan.nouns")]
    owners: Annotated[Folded, At("plan.owners")] = frozenset()
    periods: Annotated[tuple[Pattern, ...], At("period"), Flags(re.IGNORECASE)] = ()
    lead: Annotated[str, FILLED] = ""
    numbers: Mapping[str, Annotated[Decimal, From(float, Decimal)]]
    bounds: Annotated[Mapping[str, Words], Gathered({"at_least": "at-least", "hyphen.ends": "ends"})]
    role: Literal["one", "two"] = "one"
    count: int = 0
    share: float = 0.0
    spaced: bool = True
    parent: str | None = None


WHOLE = """
name = "x"
lead = "{noun}s"
at_least = ["not under"]
spaced = false
share = 1
[plan]
nouns = ["plan"]
owners = ["Owner"]
[[period]]
pattern = "a{noun}"
examples = ["aPLAN"]
[numbers]
one = 1
[hyphen]
ends = ["ment"]
"""


def read(path: Path, text: str) -> Table:
    path.write_text(text, encoding="utf-8")
    return read_table(Table, path, {"{noun}": "plan|strategy"})


def test_every_kind_of_field(tmp_path: Path) -> None:
    table = read(tmp_path / "x.toml", WHOLE)
    assert (table.nouns, table.owners, table.lead) == (("plan",), frozenset({"owner"}), "(?:plan|strategy)s")
    assert table.bounds == {"at-least": ("not under",), "ends": ("ment",)}
    assert table.numbers == {"one": Decimal(1)}
    assert (table.spaced, table.share, table.count, table.parent, table.role) == (False, 1, 0, None, "one")
    (period,) = table.periods
    assert period.pattern.fullmatch("aPLAN")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "x"\n', "", 'the key "name" is missing'),
        ('name = "x"', "name = 3", "name: must be a text"),
        ('nouns = ["plan"]', "", 'plan: the key "nouns" is missing'),
        ('nouns = ["plan"]', 'nouns = "plan"', "plan.nouns: must be a list"),
        ('nouns = ["plan"]', 'nouns = ["plan", 3]', "plan.nouns[1]: must be a text"),
        ('nouns = ["plan"]', 'nuons = ["plan"]', 'plan: unknown key "nuons"; did you mean nouns?'),
        ("spaced = false", "spaced = 0", "spaced: must be true or false"),
        ("spaced = false", "count = true", "count: must be a whole number"),
        ("share = 1", 'share = "1"', "share: must be a number"),
        ("share = 1", 'role = "three"', "role: must be one of one, two"),
        ("share = 1", "colour = 1", 'unknown key "colour"'),
        ('lead = "{noun}s"', "lead = 1", "lead: must be a pattern"),
        ('pattern = "a{noun}"', 'pattern = "(a"', "period[0].pattern: is no pattern: missing ), "),
        ('pattern = "a{noun}"\n', "", 'period[0]: the key "pattern" is missing'),
        ("one = 1", 'one = "many"', "numbers.one: must be a number"),
        ("[numbers]\none = 1", "numbers = 1\n", ""),
        ('ends = ["ment"]', 'start = ["ment"]', 'hyphen: unknown key "start"'),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(UnusableInputError) as raised:
        read(tmp_path / "x.toml", WHOLE.replace(old, new))
    assert str(raised.value).startswith(f"{tmp_path / 'x.toml'}: {message}")
    assert "\n" not in str(raised.value)


def test_files_that_hold_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot be read"):
        load_content(tmp_path / "missing.toml")
    for name, text, message in (
        ("x.toml", "a = ", "is no TOML"),
        ("x.json", "{", "is no JSON"),
        ("y.json", "[1]", "must hold a table"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(UnusableInputError, match=message):
            load_content(tmp_path / name)


def test_only_the_keys_that_are_asked_for() -> None:
    assert as_value(Pattern, {"pattern": "a", "more": 1}, "x", whole=False).examples == ()
    with pytest.raises(UnusableInputError, match='x: unknown key "more"'):
        as_value(Pattern, {"pattern": "a", "more": 1}, "x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("name", "plan", "period", "lead", "numbers", "at_least", "hyphen", "role", "count", "share")


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_any_content_is_read_or_refused_in_one_line(content: dict[str, object]) -> None:
    message = "x.toml: "
    try:
        as_value(Table, content, "x.toml")
    except UnusableInputError as error:
        message = str(error)
    assert message.startswith("x.toml: ")


def test_rows_are_words_by_what_stands_before_the_tab(tmp_path: Path) -> None:
    path = tmp_path / "nl.tsv"
    path.write_text("# people\nperson\tboeren vissers\n\nbody\traad\nperson\tburgers\n", encoding="utf-8")
    assert load_rows(path) == {"person": ("boeren", "vissers", "burgers"), "body": ("raad",)}


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"person boeren\n", "line 1 has no tab"), (b"person\t\xff\n", "can't decode byte 0xff")],
)
def test_rows_that_are_none_are_one_line(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "nl.tsv"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError) as caught:
        load_rows(path)
    assert str(caught.value).startswith(f"{path}: is no TSV: ")
    assert expected in str(caught.value)


def test_rows_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="cannot be read"):
        load_rows(tmp_path / "missing.tsv")


def test_a_row_is_read_when_its_name_is_asked_for() -> None:
    weights = LearntWeights({"one": "1", "two": "2", "bad": "?"}, int)
    assert ("bad" in weights, "three" in weights) == (True, False)
    assert (list(weights), len(weights)) == (["one", "two", "bad"], 3)
    assert (weights["two"], weights.get("three")) == (2, None)
    with pytest.raises(ValueError, match="invalid literal"):
        weights["bad"]
