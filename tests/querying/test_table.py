"""No cell of a CSV file for people is run by a spreadsheet; for programs the file stays as the W3C has it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from strategraph.cli import main
from strategraph.querying.table import safe_cell, safe_csv

EVIL = [
    "=1+1",
    "@SUM(A1)",
    "+cmd|'/C calc'!A0",
    "-2+3",
    "\t=1",
    "\r=1",
    " =1",
    "\ufeff=1",
    "＝1",
    "%0A=1",
    "|calc",
]


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_like_a_formula_is_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Goal 1", "-12", "+1.5", "-1e-5", "", "a=b", "'=1", "1-2", "目标"])
def test_other_text_stays(text: str) -> None:
    assert safe_cell(text) == text


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=3
        ),
        max_size=5,
    )
)
def test_rows_and_columns_stay(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    made = list(csv.reader(io.StringIO(safe_csv(written.getvalue().encode()).decode(), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in made] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert all(not cell.startswith(("=", "@")) for row in made for cell in row)


def test_the_command_is_faithful_unless_asked(tmp_path: Path) -> None:
    graph = tmp_path / "x.ttl"
    graph.write_text('<urn:a> <urn:b> "=1+1" .', encoding="utf-8")
    words = ["query", str(graph), "-e", "SELECT ?o { ?s ?p ?o }", "-f", "csv"]
    assert CliRunner().invoke(main, words).stdout.split() == ["o", "=1+1"]
    assert CliRunner().invoke(main, [*words, "--csv-safe"]).stdout.split() == ["o", "'=1+1"]
    refused = CliRunner().invoke(main, [*words[:-1], "json", "--csv-safe"])
    assert refused.exit_code == 2
    assert "--csv-safe is for -f csv" in refused.stderr
