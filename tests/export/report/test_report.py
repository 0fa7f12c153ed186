"""Reports: the same words in every format, nothing in them that runs, and the same bytes each time."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from markdown_it import MarkdownIt
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from selectolax.lexbor import LexborHTMLParser
from tests.export.graphs import HOSTILE, VALID, graphs, valid

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export import report
from strategraph.export.digest import digest, texts_beside
from strategraph.export.report import FORMATS, Handout, compose, contents, write
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG
from strategraph.validation import validate


def handout(graph: Graph) -> Handout:
    return compose(digest(graph), {}, None)


def whole(graph: Graph) -> Handout:
    return compose(digest(graph), texts_beside(graph, [VALID]), validate(graph))


def texts(content: Mapping[str, bytes]) -> dict[str, str]:
    """Return what people read of a report in each format."""
    word = docx.Document(io.BytesIO(content["docx"]))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))
    values = [
        str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v is not None
    ]
    page = MarkdownIt("commonmark").enable("table").render(content["md"].decode())
    shown = {"html": LexborHTMLParser(content["html"].decode()), "md": LexborHTMLParser(page)}
    plain = {name: tree.body.text(separator=" ") for name, tree in shown.items() if tree.body is not None}
    word_text = " ".join([*(p.text for p in word.paragraphs), *cells])
    return {**plain, "docx": word_text, "xlsx": " ".join(values)}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_report_says_goals_groups_commitments_mandates_and_findings_with_their_words() -> None:
    graph = valid()
    told = whole(graph)
    (chapter,) = told.chapters
    tables = {section.title: section.table for section in chapter.sections}
    goals = tables["Goals"]
    assert goals is not None
    assert len(goals.rows) == len(set(graph.subjects(RDF.type, SG.Goal)))
    assert all(str(row[3]).startswith("“") for row in goals.rows)
    for title, class_ in (("Groups", SG.addresses), ("Resolutions and other instruments", SG.cites)):
        table = tables[title]
        assert table is not None
        named = {str(graph.value(node, RDFS.label)) for node in graph.objects(None, class_)}
        assert named <= {str(row[0]) for row in table.rows}
    everything = texts({name: write(told, name) for name in FORMATS})
    for row in goals.rows:
        for text in everything.values():
            assert squeezed(str(row[1])) in squeezed(text)


def test_the_spreadsheet_has_a_sheet_for_each_class_and_one_of_all_facts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(whole(valid()), "xlsx")))
    names = {name.casefold() for name in book.sheetnames}
    assert {"summary", "goal", "target group", "resolution", "goals and groups", "facts"} <= names
    facts = book["Facts"]
    assert facts.max_row - 1 >= len(set(valid().subjects(RDF.type, SG.Evidence)))
    assert {cell.data_type for row in facts.iter_rows(min_row=2) for cell in row if cell.value} <= {"s", "n"}


def test_tables_fit_their_texts_and_the_paper() -> None:
    told = compose(digest(valid()), {}, None)
    for sheet in openpyxl.load_workbook(io.BytesIO(write(told, "xlsx"))):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages down as it needs, one across
        assert sheet.print_title_rows == "$1:$1"
        for row in sheet.iter_rows(min_row=2):
            height = sheet.row_dimensions[row[0].row].height or 15
            longest = max(len(str(cell.value or "")) for cell in row)
            assert height >= min(15 * longest / 60, 405)  # no column is wider than 60 letters
    for table in docx.Document(io.BytesIO(write(told, "docx"))).tables:
        for column in table.columns:
            longest = max(len(word) for cell in column.cells for word in cell.text.split() or [""])
            assert column.width is not None
            assert column.width.pt >= min(longest, 24) * 9 * 0.62


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = handout(valid())
    first = write(told, name)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert write(told, name) == first


@given(graph=graphs())
@settings(max_examples=15, deadline=None)
def test_any_graph_has_a_report_in_every_format(graph: Graph) -> None:
    told = handout(graph)
    for name in FORMATS:
        assert write(told, name)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "1. a", "- b", "`c`"]
)
def test_texts_stay_texts(text: str) -> None:
    graph = Graph()
    plan, goal = URIRef("https://example.org/plan"), URIRef("https://example.org/plan/goal/1")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, RDFS.label, Literal(text)))
    graph.add((plan, SG.hasGoal, goal))
    for class_ in (SG.Goal, SG.PlanElement):
        graph.add((goal, RDF.type, class_))
    graph.add((goal, RDFS.label, Literal(text)))
    content = {name: write(handout(graph), name) for name in FORMATS}
    assert b"<script" not in content["html"]
    book = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    wanted = squeezed(re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", text))
    for name, shown in texts(content).items():
        assert wanted in squeezed(shown), name


def test_several_plans_have_a_chapter_each_and_a_column_in_the_spreadsheet() -> None:
    graph = Graph()
    for name in "pq":
        plan, goal = URIRef(f"https://example.org/{name}"), URIRef(f"https://example.org/{name}/goal/1")
        graph.add((plan, RDF.type, SG.StrategicPlan))
        graph.add((plan, RDFS.label, Literal(f"Plan {name}")))
        graph.add((plan, SG.hasGoal, goal))
        graph.add((goal, RDF.type, SG.Goal))
        graph.add((goal, SG.inPlan, plan))
        graph.add((goal, RDFS.label, Literal("Goal 1")))
    told = handout(graph)
    assert told.title == "2 plans"
    assert [chapter.title for chapter in told.chapters] == ["Plan p", "Plan q"]
    book = openpyxl.load_workbook(io.BytesIO(write(told, "xlsx")))
    assert [row[0] for row in book["Goals"].iter_rows(values_only=True)] == ["Plan", "Plan p", "Plan q"]


def test_an_empty_graph_is_an_empty_report() -> None:
    told = handout(Graph())
    assert told.chapters == ()
    for name in FORMATS:
        assert write(told, name)


@pytest.mark.parametrize(("name", "module"), [("docx", "docx"), ("xlsx", "xlsxwriter")])
def test_a_missing_package_is_named(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "strategraph.export.report.office", raising=False)
    monkeypatch.delattr(report, "office", raising=False)
    with pytest.raises(UnusableInputError, match=r"pip install 'strategraph\[report\]'"):
        write(handout(Graph()), name)


def summarised(graph: Graph) -> dict[str, str]:
    table = whole(graph).chapters[0].sections[0].table
    assert table is not None
    return {str(name): str(value) for name, value in table.rows}


def test_groups_are_told_apart_by_the_nearest_part_they_have() -> None:
    summary = summarised(load_graph(VALID))
    assert summary["For"] == "everyone, young farmers, all countries"
    assert "With" not in summary
    graph = load_graph(VALID)
    graph.remove((None, SG.addresses, None))
    summary = summarised(graph)
    assert (summary["With"], summary["Only mentioned"]) == ("young farmers", "everyone")


# --------------------------------------------------------------------------------------------------
# The command


@pytest.mark.parametrize("name", FORMATS)
def test_report_writes_what_the_suffix_or_the_option_says(name: str, tmp_path: Path) -> None:
    wanted = write(whole(load_graph(VALID)), name)
    for options in (["-o", f"{tmp_path}/x.{name}"], ["-f", name, "-o", f"{tmp_path}/y"]):
        result = CliRunner().invoke(main, ["report", str(VALID), *options])
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"strategraph: wrote {options[-1]}\n"
        assert Path(options[-1]).read_bytes() == wanted
    result = CliRunner().invoke(main, ["report", str(VALID), "-f", name])
    assert result.stdout_bytes == wanted


def test_report_needs_no_validation(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(VALID), "--no-validate"])
    assert result.exit_code == 0
    assert "SHACL" not in result.stdout


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("<urn:a> <urn:b> <urn:c> .", [], "nothing to report on"),
        ("<urn:a> <urn:b> <urn:c> .", ["-o", "x.pdf"], "a report is one of html, docx, xlsx, md"),
        ("no turtle", [], "does not parse"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_exit_2(
    content: str, options: list[str], message: str, tmp_path: Path
) -> None:
    given_graph = tmp_path / "x.ttl"
    given_graph.write_text(content)
    result = CliRunner().invoke(main, ["report", str(given_graph), *options])
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_is_wrong_with_the_words_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "__file__", str(tmp_path / "contents.py"))
    words = tmp_path / "words.toml"
    words.write_text("[sections]\n[head]", encoding="utf-8")
    wrong = f'{words}: unknown key "head"; did you mean heads?'
    with pytest.raises(UnusableInputError, match=re.escape(wrong)):
        contents._table.__wrapped__()
