"""The page as a file: what it holds, that nothing in it can be taken for markup, and its policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from tests.export.graphs import VALID, graphs, valid

from strategraph.cli import main
from strategraph.export.digest import SourceText, texts_beside
from strategraph.export.page import SCRIPTS, assemble, content, policy, title
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

STATIC = Path(__file__).parents[3] / "src" / "strategraph" / "export" / "page" / "static"


def data(page: bytes) -> dict[str, Any]:
    (found,) = re.findall(rb'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    shown = json.loads(found)
    assert isinstance(shown, dict)
    return shown


def test_the_page_of_the_valid_graph_has_its_text_and_every_quotation_at_its_place() -> None:
    graph = valid()
    texts = texts_beside(graph, [VALID])
    assert texts
    shown = content(graph, texts)
    for row in shown["evidence"]:
        text = shown["sources"].get(str(row[1]))
        assert text is not None
        assert row[2] >= 0
        assert text["text"].encode("utf-16-le")[2 * row[2] : 2 * row[3]]
    files = {name: gzip.decompress(base64.b64decode(text)) for name, text in shown["files"].items()}
    assert files["graphml"].startswith(b"<?xml")
    assert b"sg:Goal" in files["turtle"]


def test_places_are_counted_as_browsers_count() -> None:
    graph, words = Graph(), "🧑‍🌾 farmers"
    plan, source = URIRef("https://example.org/plan"), URIRef("https://example.org/source")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, SG.mentions, source))
    graph.add((source, RDF.type, SG.SourceDocument))
    statement = URIRef("https://example.org/e")
    from rdflib import DCTERMS

    from strategraph.rdf.namespace import OA

    for predicate, value in (
        (RDF.type, SG.Evidence), (RDF.subject, plan), (RDF.predicate, SG.mentions), (RDF.object, source),
        (DCTERMS.source, source), (OA.start, Literal(4)), (OA.end, Literal(11)), (OA.exact, Literal("farmers")),
    ):  # fmt: skip
        graph.add((statement, predicate, value))
    assert words[4:11] == "farmers"
    (row,) = content(graph, {str(source): SourceText(words)})["evidence"]
    utf16 = words.encode("utf-16-le")
    assert utf16[2 * row[2] : 2 * row[3]].decode("utf-16-le") == "farmers"
    assert len(row) == 8
    (moved,) = content(graph, {str(source): SourceText("x" + words)})["evidence"]
    assert moved[2:4] == [-1, -1]  # words that do not stand there are shown, not placed
    assert moved[8] == "farmers"


@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_no_text_can_be_taken_for_markup(graph: Graph) -> None:
    page = assemble(content(graph, {}, validated=False), "</title><script>alert(1)</script>")
    assert page.count(b"<script") == 2
    assert page.count(b"</script") == 2
    head, _, rest = page.partition(b'<script type="application/json" id="data">')
    assert b"alert(1)" not in head.replace(b"&lt;script&gt;alert(1)", b"")
    shown = rest.partition(b"</script>")[0]
    assert not re.search(rb"[<>&\x00-\x1f\x7f]", shown)
    assert data(page)["nodes"] == content(graph, {}, validated=False)["nodes"]


def test_the_policy_lets_only_the_pages_own_style_and_script_in() -> None:
    page = assemble(content(valid(), {}, validated=False), "x").decode()
    said = policy(page.encode())
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0]
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[0]
    for name, text in (("style-src", style), ("script-src", script)):
        checksum = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} 'sha256-{checksum}'" in said
    assert "default-src 'none'" in said
    assert "unsafe" not in said
    assert not re.search(r"https?:", said)


def test_the_scripts_make_no_markup_and_ask_nothing() -> None:
    for name in SCRIPTS:
        text = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function|document\.write", text
        ), name
        assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|importScripts", text), name
    assert {path.name for path in STATIC.glob("*.js")} == set(SCRIPTS)


def test_the_same_graph_gives_the_same_bytes() -> None:
    one, other = (assemble(content(valid(), {}), "x") for _ in range(2))
    assert one == other


def test_a_graph_that_cannot_be_validated_is_shown_with_the_reason() -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/x"), RDFS.label, Literal("nothing of ours")))
    found = content(graph, {})
    assert found["nodes"] == []
    assert found["findings"]["conforms"] is False
    assert found["findings"]["summary"]


def test_the_title_is_the_plans_or_how_many_there_are() -> None:
    graph = Graph()
    assert title(graph) == "strategraph (0)"
    plan = URIRef("https://example.org/plan")
    graph.add((plan, RDF.type, SG.StrategicPlan))
    graph.add((plan, RDFS.label, Literal("A plan", lang="en")))
    assert title(graph) == "A plan"


def test_several_plans_have_a_picture_each_and_one_together() -> None:
    graph = valid()
    other = URIRef("https://example.org/other")
    graph.add((other, RDF.type, SG.StrategicPlan))
    graph.add((other, RDFS.label, Literal("Other", lang="en")))
    shown = content(graph, {}, validated=False)
    plans = [str(rank) for rank, row in enumerate(shown["nodes"]) if row[1] == "StrategicPlan"]
    assert set(shown["pictures"]) == {*plans, "all"}


@pytest.mark.parametrize("options", [[], ["--no-validate"]])
def test_view_writes_one_file(options: list[str], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["view", str(VALID), "-o", str(out), *options])
    assert result.exit_code == 0, result.output
    assert result.output == f"{out}\n"
    shown = data(out.read_bytes())
    assert bool(shown["findings"]) is not bool(options)
    assert shown["sources"]
    assert shown["nodes"] == content(load_graph(VALID), {}, validated=False)["nodes"]


def test_view_of_no_graph_is_one_line_and_exit_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["view", str(tmp_path / "none.ttl"), "-o", str(tmp_path / "x.html")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_fact_that_calls_itself_a_plan_has_no_picture() -> None:
    graph = valid()
    before = set(content(graph, {})["pictures"])
    given = next(graph.subjects(RDF.type, SG.GivenFact))
    graph.add((given, RDF.type, SG.StrategicPlan))
    assert set(content(graph, {})["pictures"]) - {"all"} == before - {"all"}
