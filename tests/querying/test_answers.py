"""Answers in their formats, and tables that people can read.

No cell of a CSV file for people is run by a spreadsheet; for programs the file stays as the W3C has it.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.querying import FORMATS, Dataset, find_format, load_dataset, render, run
from strategraph.querying.answers import rows_as_table, safe_cell, safe_csv

GOALS = "SELECT ?goal ?label ?number { ?goal a sg:Goal ; rdfs:label ?label OPTIONAL { ?goal sg:position ?number } } ORDER BY ?goal ?label"
GRAPH = """
@base <http://b.example/> .
@prefix sg: <https://w3id.org/strategraph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<plan/1> a sg:Goal ; rdfs:label "Clean\\n  water, for all", "水" ; sg:position 7 .
<http://other.example/x> a sg:Goal ; rdfs:label "A \\"quoted\\" word that is rather long" ; sg:position 12 .
[] a sg:Goal ; rdfs:label "anonymous" .
"""


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return load_dataset(path)


def text(dataset: Dataset, query: str, name: str, width: int | None = None) -> str:
    return render(run(dataset, query), find_format(name), dataset, width=width).decode("utf-8")


def test_a_table(dataset: Dataset) -> None:
    assert text(dataset, GOALS, "table") == (
        "goal                      label                                number\n"
        "────────────────────────  ───────────────────────────────────  ──────\n"
        "_:b0                      anonymous\n"
        "<plan/1>                  Clean water, for all                      7\n"
        "<plan/1>                  水                                        7\n"
        '<http://other.example/x>  A "quoted" word that is rather long      12\n'
    )


def test_a_table_is_wrapped_to_the_terminal(dataset: Dataset) -> None:
    table = text(dataset, GOALS, "table", width=40)
    assert max(map(len, table.splitlines())) <= 40
    assert '  A "quoted" word      12\n' in table
    assert "  that is rather\n" in table


def test_words_stay_whole_where_an_iri_can_give_way(dataset: Dataset) -> None:
    query = "SELECT ?l ?m ?g { ?g rdfs:label ?l . BIND(CONCAT('administrative ', ?l) AS ?m) } ORDER BY ?g"
    table = text(dataset, query, "table", width=42)
    assert max(map(len, table.splitlines())) <= 42
    assert "administrative" in table.split()


@pytest.mark.parametrize("width", [1, 10, 20, 30, 50])
def test_no_width_loses_words(dataset: Dataset, width: int) -> None:
    table = text(dataset, "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "table", width=width)
    assert (
        "".join(table.split("─")[-1].split()) == 'A"quoted"wordthatisratherlongCleanwater,forallanonymous水'
    )


def test_a_table_without_rows_has_its_head(dataset: Dataset) -> None:
    assert text(dataset, "SELECT ?x { ?x a sg:Vision }", "table") == "x\n─\n"
    assert text(dataset, "SELECT * {}", "table").strip() == ""


def test_rows_for_programs_read_back(dataset: Dataset) -> None:
    rows = list(csv.reader(io.StringIO(text(dataset, GOALS, "csv"))))
    assert rows[0] == ["goal", "label", "number"]
    assert rows[4][1:] == ['A "quoted" word that is rather long', "12"]
    bindings = json.loads(text(dataset, GOALS, "json"))["results"]["bindings"]
    assert bindings[1]["label"] == {"type": "literal", "value": "Clean\n  water, for all"}
    for name, format_ in (("tsv", QueryResultsFormat.TSV), ("xml", QueryResultsFormat.XML)):
        answer = parse_query_results(text(dataset, GOALS, name), format=format_)
        assert isinstance(answer, QuerySolutions)
        assert len(list(answer)) == 4


def test_yes_and_no(dataset: Dataset) -> None:
    assert text(dataset, "ASK { ?s a sg:Goal }", "table") == "yes\n"
    assert text(dataset, "ASK { ?s a sg:Plan }", "table") == "no\n"
    assert json.loads(text(dataset, "ASK { ?s a sg:Goal }", "json"))["boolean"] is True


@pytest.mark.parametrize("name", ["table", "turtle", "ntriples", "jsonld", "xml"])
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s rdfs:label ?o }", "DESCRIBE <http://other.example/x>"]
)
def test_triples(dataset: Dataset, name: str, query: str) -> None:
    formats = {"ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "xml": "RDF_XML"}
    found = text(dataset, query, name)
    triples = {
        (str(quad.predicate), str(quad.object))
        for quad in parse(found, format=getattr(RdfFormat, formats.get(name, "TURTLE")))
    }
    assert len(triples) == (4 if "CONSTRUCT" in query else 3)
    assert found == text(dataset, query, name)


def test_turtle_has_the_prefixes_it_needs_and_no_others(dataset: Dataset) -> None:
    found = text(dataset, "CONSTRUCT WHERE { ?s rdfs:label ?o }", "turtle")
    assert "@prefix rdfs:" in found
    assert "@prefix skos:" not in found


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        (GOALS, "turtle", "the answer is rows, not triples: .*choose table, csv"),
        ("ASK {}", "jsonld", "yes or no"),
        ("CONSTRUCT WHERE { ?s a ?o }", "csv", "the answer is triples, not rows: .*turtle"),
    ],
)
def test_formats_that_do_not_fit(dataset: Dataset, query: str, name: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        text(dataset, query, name)


def test_every_format_fits_something() -> None:
    assert all(format_.rows or format_.triples or name == "table" for name, format_ in FORMATS.items())
    assert find_format("CSV").name == "csv"
    with pytest.raises(UnusableInputError, match=r"^unknown format 'excel': known are table"):
        find_format("excel")


def test_columns_of_right_to_left_texts_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text('<http://x/1> <http://x/a> "خدمة" ; <http://x/b> "نساء" .\n', encoding="utf-8")
    rows = run(load_dataset(path), "SELECT ?a ?b { ?x <http://x/a> ?a ; <http://x/b> ?b }")
    assert isinstance(rows, QuerySolutions)
    table = rows_as_table(rows, load_dataset(path))
    assert table.splitlines()[-1] == "خدمة\u200e  نساء\u200e"


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
