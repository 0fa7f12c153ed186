"""The page and the guide of the ontology: each term, in all its languages, and nothing from elsewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from rdflib import Graph

from strategraph.knowledge import resources
from strategraph.rdf.namespace import SG

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
LANGUAGES = 5  # of the names, beside English


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("page") / "new" / "ontology.html"
    runpy.run_path(str(ROOT / "docs" / "ontology_page.py"))["main"](target)
    return target.read_text(encoding="utf-8")


def test_the_page_has_each_term_once(page: str) -> None:
    anchors = re.findall(r'<section id="(\w+)">', page)
    assert sorted(anchors) == sorted(SG.__annotations__)


def test_each_link_within_the_page_leads_somewhere(page: str) -> None:
    targets = set(re.findall(r' id="(\w+)"', page))
    links = set(re.findall(r'href="#(\w*)"', page))
    assert links <= targets
    assert links > set(SG.__annotations__)


def test_the_page_says_where_values_come_from(page: str) -> None:
    section = page.partition('<section id="addresses">')[2].partition("</section>")[0]
    assert '<a class="badge extracted" href="#extracted">extracted</a>' in section
    assert "sg:TargetGroup" in section
    assert "dcterms:audience" in section


def test_the_page_has_the_names_in_all_languages(page: str) -> None:
    section = page.partition('<section id="citedBy">')[2].partition("</section>")[0]
    assert '<span lang="fr"><bdi>cité par</bdi></span> (fr)' in section
    assert section.count("<bdi>") == LANGUAGES
    assert '<dt>Inverse of</dt><dd><a href="#cites">' in section


def test_the_page_loads_nothing(page: str) -> None:
    assert not re.search(r"<script|<link|<img|@import|url\(", page)


def test_the_guide_has_each_term_and_no_other() -> None:
    named = set(re.findall(r"sg:(\w+)", GUIDE))
    assert named == set(SG.__annotations__)


@pytest.mark.parametrize("query", re.findall(r"```sparql\n(.*?)```", GUIDE, flags=re.DOTALL))
def test_the_guide_s_questions_have_answers(query: str) -> None:
    graph = Graph().parse(ROOT / "tests" / "shapes" / "valid.ttl", format="turtle")
    assert list(graph.query(query))


def test_the_guide_tells_the_kinds_of_provenance_apart() -> None:
    ontology = Graph().parse(resources.path("ontology", "strategraph.ttl"), format="turtle")
    rows = dict(re.findall(r"^\| `sg:(extracted|computed|table)` \|[^|]*\|([^|]*)\|$", GUIDE, flags=re.M))
    assert rows.keys() == {"extracted", "computed", "table"}
    for kind, named in rows.items():
        for name in re.findall(r"`sg:(\w+)`", named):
            assert ontology.value(SG[name], SG.provenance) == SG[kind], name
