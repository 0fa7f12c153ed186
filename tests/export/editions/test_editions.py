"""Editions compared, and the forms in which that is given."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import PROV, RDF, Graph, URIRef

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export.editions import (
    ADDED,
    DROPPED,
    KEPT,
    MOVED,
    REWORDED,
    Comparison,
    compare,
    edition,
    write,
)
from strategraph.knowledge import resources
from strategraph.pipeline import build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import CHANGE
from strategraph.reading.request import Original

SEED = (Path(__file__).parents[3] / "data" / "plans" / "itu-strategic-plan-2024-2027.txt").read_text("utf-8")
EDITED = "\n".join(
    line.replace("Enable and foster universal access", "Enable universal access").replace(
        "older persons, persons", "older persons, rural women, persons"
    )
    for line in SEED.splitlines()
    if not line.startswith("Mission: ")
)
ENGLISH = """RESOLUTION 71 (REV. BUSAN, 2014)

Meadow programme of the Union

The Plenipotentiary Conference of the International Telecommunication Union (Busan, 2014),

considering

a) that 1,200 meadows are dry;

b) Resolution 72 (Rev. Busan, 2014),

resolves

1 to rest the meadows by 2020;

2 to support young people and older persons.
"""
FRENCH = """RÉSOLUTION 71 (RÉV. BUSAN, 2014)

Programme des prés de l'Union

La Conférence de plénipotentiaires de l'Union internationale des télécommunications (Busan, 2014),

considérant

a) que 1 500 prés sont secs ;

b) la Résolution 72 (Rév. Busan, 2014),

décide

1 de laisser reposer les prés d'ici à 2020 ;

2 d'aider les jeunes.
"""


def compared(old: str, new: str) -> Comparison:
    graphs = [
        build(Original(f"{name}.txt", text.encode())).graph for name, text in (("old", old), ("new", new))
    ]
    return compare(edition(graphs[0], "old"), edition(graphs[1], "new"))


@pytest.fixture(scope="module")
def edited() -> Comparison:
    return compared(SEED, EDITED)


def states(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    return {
        change.part.label: change.states for change in comparison.parts if change.part.kind != "Commitment"
    }


def test_a_goal_reworded_a_mission_dropped_and_a_group_added(edited: Comparison) -> None:
    found = states(edited)
    assert found["Goal 1: Universal Connectivity"] == (REWORDED,)
    assert found["Goal 2: Sustainable Digital Transformation"] == (REWORDED,)
    assert found["Vision"] == (KEPT,)
    assert found["Mission"] == (DROPPED,)
    assert {(change.state, change.link.label) for change in edited.links} == {(ADDED, "rural women")}
    first = next(change for change in edited.parts if change.part.label.startswith("Goal 1"))
    assert [run.text for run in first.runs if run.side != "="] == ["and foster "]
    assert first.old is not None
    assert first.old.words[0].text.startswith("Goal 1")
    assert first.old.words[0].line == 15


def test_an_edition_is_itself() -> None:
    same = compared(SEED, SEED)
    assert {change.states for change in same.parts} == {(KEPT,)}
    assert same.links == ()
    assert b"Nothing else has changed." in write(same, "text")


def test_what_stands_elsewhere_or_has_another_number_has_moved() -> None:
    old = "Goal 1: Water for all villages\n\nGoal 2: Schools in every town of the coast\n"
    new = "Goal 1: Schools in every town of the coast\n\nGoal 2: Water for all villages\n"
    assert set(states(compared(old, new)).values()) == {(MOVED,)}


def test_two_languages_are_compared_by_numbers_and_names() -> None:
    comparison = compared(ENGLISH, FRENCH)
    assert comparison.across_languages
    differing = [change for change in comparison.parts if change.changed]
    assert [(change.only_old, change.only_new) for change in differing if change.only_old] == [
        (("1200",), ("1500",))
    ]
    assert [link.link.label for change in differing for link in change.links] == ["older persons"]
    text = write(comparison, "text").decode()
    assert "en → fr: numbers and what is named are compared, no words" in text
    assert "only old: 1200" in text
    assert b"Two languages" in write(comparison, "html")


def test_a_resolution_that_adopts_a_plan_is_compared_with_its_paragraphs() -> None:
    english, french = (
        text.replace(was, now)
        for text, was, now in (
            (ENGLISH, "Meadow programme of the Union", "Strategic plan of the Union for 2016-2019"),
            (FRENCH, "Programme des prés de l'Union", "Plan stratégique de l'Union pour 2016-2019"),
        )
    )
    comparison = compared(english, french)
    assert comparison.fields["title"][0] == "Strategic plan of the Union for 2016-2019"
    assert (("1200",), ("1500",)) in [(change.only_old, change.only_new) for change in comparison.parts]


def test_editions_of_one_title_are_told_apart_by_their_files(edited: Comparison) -> None:
    before, after = edited.titles
    assert before.startswith(edited.old.label)
    assert before != after
    assert before in write(edited, "text").decode()


def test_goals_of_the_un_are_called_by_their_names() -> None:
    comparison = compared("Goal 1: End hunger by rest\n", "Goal 1: Rest on the hill\n")
    assert "- SDG 2: zero hunger" in write(comparison, "text").decode()


def test_the_text_reads_from_the_whole_to_the_parts(edited: Comparison) -> None:
    text = write(edited, "text").decode()
    assert "Enable [-and foster-] universal access" in text
    assert "{+rural women,+} " in text
    assert "+ groups: rural women" in text
    assert "- Mission (line 11)" in text
    assert max(map(len, text.splitlines())) <= 100


def test_json_has_the_words_of_both_sides(edited: Comparison) -> None:
    content = json.loads(write(edited, "json"))
    first = next(part for part in content["parts"] if part["states"] == ["reworded"])
    for side in ("old", "new"):
        assert first[side]["quotes"][0]["text"].startswith("Goal 1")
    assert ["-", "and foster "] in first["words"]
    assert content["counts"]["Mission"] == {"dropped": 1}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_shows_both_words(edited: Comparison) -> None:
    page = write(edited, "html").decode()
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert {"ins", "del", "details"} <= set(tags.seen)
    assert "<script" not in page
    assert "<del>and foster </del>" in page


def test_words_of_a_plan_are_no_markup() -> None:
    old = "Goal 1: Water for <b>all</b> villages & towns\n"
    page = write(compared(old, old.replace("all", "most")), "html").decode()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_triples_use_the_vocabulary_and_nothing_revises_itself(edited: Comparison) -> None:
    graph = Graph().parse(data=write(edited, "turtle"), format="turtle")
    known = set(load_graph(resources.path("ontology", "changes.ttl")).subjects())
    used = {term for triple in graph for term in triple if str(term).startswith(str(CHANGE))}
    assert used <= known
    (comparison,) = graph.subjects(RDF.type, CHANGE.Comparison)
    changes = set(graph.subjects(CHANGE.inComparison, comparison))
    assert len(changes) == len(edited.parts) + len(edited.links)
    revisions = list(graph.subject_objects(PROV.wasRevisionOf))
    assert revisions
    assert all(new != old for new, old in revisions)
    gone = {graph.value(change, CHANGE.old) for change in graph.subjects(RDF.type, CHANGE.Dropped)}
    assert URIRef(f"{edited.old.iri}/mission") in gone


def test_the_same_bytes_every_time(edited: Comparison) -> None:
    again = compared(SEED, EDITED)
    for name in ("text", "html", "json", "turtle"):
        assert write(edited, name) == write(again, name)


def test_what_is_no_edition() -> None:
    with pytest.raises(UnusableInputError, match="there is no plan in it"):
        edition(Graph(), "x")
    both = build(Original("a.txt", SEED.encode())).graph + build(Original("b.txt", b"Goal 1: Water\n")).graph
    with pytest.raises(UnusableInputError, match="holds 2 plans"):
        edition(both, "x")


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def test_the_command_takes_sources_and_graphs(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(SEED, encoding="utf-8")
    (tmp_path / "new.txt").write_text(EDITED, encoding="utf-8")
    CliRunner().invoke(main, ["build", str(tmp_path / "old.txt"), "-o", str(tmp_path / "out")])
    result = command(tmp_path / "out" / "old.ttl", tmp_path / "new.txt")
    assert result.exit_code == 0, result.output
    assert "2024-2027 (old.txt)  →  ITU Strategic Plan 2024-2027 (new.txt)" in result.stdout
    result = command(tmp_path / "out" / "old.ttl", tmp_path / "new.txt", "-o", tmp_path / "page.html")
    assert result.exit_code == 0
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!doctype html>")
    assert json.loads(command(tmp_path / "old.txt", tmp_path / "new.txt", "-f", "json").stdout)
    missing = command(tmp_path / "no.ttl", tmp_path / "new.txt")
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)
