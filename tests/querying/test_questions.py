"""Each question of the catalogue, answered over the seed: by hand where it matters, by golden file for all."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store
from rdflib import Graph

from strategraph.export import write
from strategraph.export.snapshot import plan_graphs
from strategraph.querying import Dataset, Question, catalogue, find_question, load_dataset, run
from strategraph.querying.stores.collection import add
from strategraph.querying.stores.loading import PlanGraph
from strategraph.rdf.loading import load_graph

GOLDEN = Path(__file__).parents[1] / "golden" / "queries"
VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
MEADOWS = Path(__file__).parent / "meadows.ttl"  # a resolution that adopts a plan, with its provisions
RIVERSIDE = Path(__file__).parent / "riverside.ttl"
NAMES = [question.name for question in catalogue()]

# Values that make a question worth asking of the seed.
ASKED: Mapping[str, Mapping[str, str]] = {
    "goals-for-group": {"group": "persons with disabilities"},
    "commitments-about": {"theme": "digital divide"},
    "evidence": {"of": "goal/1", "by": "addresses"},
    "on-line": {"at": "19"},
    "below": {"under": "goal/1"},
    "names": {"of": "ITU"},
    "mappings": {"of": "theme/digital-divide"},
    "without-groups": {"of_kind": "Goal"},
}
Rows = list[tuple[str, ...]]


def bound(name: str, values: Mapping[str, str] | None = None) -> str:
    return find_question(name).bind(ASKED.get(name, {}) if values is None else values)


def rows(path: Path, query: str) -> Rows:
    return rows_of(load_dataset(path), query)


def rows_of(dataset: Dataset, query: str) -> Rows:
    """The head and the rows that strategraph's engine gives."""
    answer = run(dataset, query)
    assert isinstance(answer, QuerySolutions)
    head = tuple(variable.value for variable in answer.variables)
    return [head, *(tuple("" if term is None else term.value for term in row) for row in answer)]


def rdflib_rows(graph: Graph, query: str) -> Rows:
    answer = graph.query(query)
    head = answer.vars or []
    # Grouping nothing, rdflib makes one empty row, which SPARQL does not.
    found = [tuple(str(row.get(variable, "")) for variable in head) for row in answer.bindings if row]
    return [tuple(map(str, head)), *found]


def numbers_alike(table: Rows) -> Rows:
    """Two engines may write one number in two ways ("1" and "1.0")."""

    def alike(cell: str) -> str:
        try:
            return f"{Decimal(cell).normalize():f}"
        except InvalidOperation:
            return cell

    return [tuple(map(alike, row)) for row in table]


def column(table: Rows, name: str) -> list[str]:
    at = table[0].index(name)
    return [row[at] for row in table[1:]]


# -- All questions


@pytest.mark.parametrize("name", NAMES)
def test_golden_answers(seed_turtle: Path, name: str, regenerate: bool) -> None:
    golden = GOLDEN / f"{name}.csv"
    found = io.StringIO()
    csv.writer(found, lineterminator="\n").writerows(rows(seed_turtle, bound(name)))
    if regenerate:
        golden.write_text(found.getvalue(), encoding="utf-8")
    assert found.getvalue() == golden.read_text(encoding="utf-8")


def test_no_golden_file_without_a_question() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(NAMES)


@pytest.mark.parametrize("source", ["seed", "valid", "riverside"])
def test_rdflib_gives_the_same_rows_in_the_same_order(seed_turtle: Path, source: str) -> None:
    path = {"seed": seed_turtle, "valid": VALID, "riverside": RIVERSIDE}[source]
    graph, dataset = load_graph(path), load_dataset(path)
    for name in NAMES:
        query = bound(name, None if source == "seed" else {})
        theirs = numbers_alike(rdflib_rows(graph, query))
        assert theirs == numbers_alike(rows_of(dataset, query)), name


def test_named_graphs_and_graphs_given_twice_give_the_same_rows(seed_turtle: Path, tmp_path: Path) -> None:
    folder, together = tmp_path / "folder", tmp_path / "together.ttl"
    folder.mkdir()
    for path in (seed_turtle, VALID):
        (folder / f"{path.stem}.nq").write_bytes(write(load_graph(path), "nquads"))
        (folder / f"{path.stem}.ttl").write_bytes(path.read_bytes())
    together.write_bytes(write(load_graph(seed_turtle, VALID), "turtle"))
    many, one = load_dataset(folder), load_dataset(together)
    for name in NAMES:
        found = rows_of(many, bound(name, {}))
        assert found == rows_of(one, bound(name, {})), name
        assert len(set(found)) == len(found), name


def test_nothing_counts_twice_where_a_store_has_a_triple_twice() -> None:
    """Some stores see a triple in their default graph as often as named graphs have it."""
    for path in (VALID, RIVERSIDE):
        once, twice = load_dataset(path), Store()
        for name in ("urn:a", "urn:b"):
            twice.load(path=path, to_graph=NamedNode(name))
        for name in NAMES:
            answer = twice.query(bound(name, {}), use_default_graph_as_union=True)
            assert isinstance(answer, QuerySolutions)
            found = [tuple("" if term is None else term.value for term in row) for row in answer]
            assert found == rows_of(once, bound(name, {}))[1:], name


def test_many_plans_on_rdflib_in_files_and_in_an_embedded_store(seed_turtle: Path, tmp_path: Path) -> None:
    files = (seed_turtle, VALID, RIVERSIDE)
    folder = tmp_path / "plans"
    folder.mkdir()
    for path in files:
        (folder / path.name).write_bytes(path.read_bytes())
    plans = [
        PlanGraph(str(name), len(part), write(part, "ntriples"))
        for path in files
        for name, part in plan_graphs(load_graph(path))
    ]
    assert len({plan.name for plan in plans}) == 3
    assert all(done.changed for done in add(tmp_path / "plans.db", plans))
    graph, many, stored = load_graph(*files), load_dataset(folder), load_dataset(tmp_path / "plans.db")
    for name in NAMES:
        query = bound(name, {})
        assert rows_of(stored, query) == rows_of(many, query), name
        assert numbers_alike(rdflib_rows(graph, query)) == numbers_alike(rows_of(many, query)), name


@pytest.mark.parametrize("name", NAMES)
def test_every_question_finds_something_somewhere(seed_turtle: Path, neighbours: Path, name: str) -> None:
    places: tuple[tuple[Path, Mapping[str, str] | None], ...] = (
        (seed_turtle, None),
        (VALID, {}),
        (RIVERSIDE, {}),
        (MEADOWS, {}),
        (neighbours, {}),
    )
    assert any(len(rows(path, bound(name, values))) > 1 for path, values in places)


# -- Answers by hand, over the seed


def test_which_goals_address_persons_with_disabilities(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("goals-for-group"))
    assert column(answer, "goal") == ["Goal 2: Sustainable Digital Transformation"]
    assert column(answer, "words") == ["persons with disabilities"]
    assert column(answer, "line") == ["17"]


@pytest.mark.parametrize(
    "group", ["Personnes handicapées", "persons-with-disabilities", "PERSONS WITH DISABILITIES"]
)
def test_a_group_goes_by_any_of_its_names(seed_turtle: Path, group: str) -> None:
    answer = rows(seed_turtle, bound("goals-for-group", {"group": group}))
    assert column(answer, "addressed") == ["persons with disabilities"]


def test_a_group_stands_for_its_narrower_ones(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("goals-for-group", {"group": "people"}))
    assert {"people", "youth", "women and girls"} <= set(column(answer, "addressed"))
    assert "all countries" not in column(answer, "addressed")


def test_which_resolution_of_which_body_and_conference_adopted_the_plan(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("adoption"))
    assert column(answer, "instrument") == ["Resolution 71 (Rev. Bucharest, 2022)"]
    assert column(answer, "body") == ["ITU Plenipotentiary Conference"]
    assert column(answer, "conference") == ["ITU Plenipotentiary Conference (Bucharest, 2022)"]
    assert column(answer, "year") == ["2022"]


def test_which_groups_goal_2_names_and_goal_1_does_not(seed_turtle: Path) -> None:
    groups = set(column(rows(seed_turtle, bound("groups-only-here")), "group"))
    assert {"women and girls", "youth", "indigenous peoples", "older persons", "persons with disabilities",
            "persons with specific needs", "everyone"} <= groups  # fmt: skip
    assert not {"all countries", "humanity"} & groups


def test_sdgs_are_reached_through_groups_too_and_have_labels(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("sdgs"))
    assert ("SDG 5: gender equality", "women and girls") in zip(
        column(answer, "sdg"), column(answer, "through"), strict=True
    )
    assert all(column(answer, "sdg"))


def test_an_sdg_that_the_text_or_a_person_names_is_reached_through_nothing() -> None:
    answer = rows(VALID, bound("sdgs"))
    assert answer[1:] == [("", "Goal 2: Knowledge", "", "http://metadata.un.org/sdg/15")]


def test_groups_that_a_plan_is_not_for_are_counted_apart() -> None:
    answer = rows(VALID, bound("groups"))
    found = {row[0]: row[1:4] for row in answer[1:]}
    assert found == {
        "everyone": ("1", "0", "1"),
        "young farmers": ("2", "1", "0"),
        "all countries": ("1", "0", "0"),
    }


def test_what_itu_commits_to_do_about_the_digital_divide(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("commitments-about"))
    assert column(answer, "owner") == ["ITU", "ITU"]
    assert column(answer, "kind") == ["Purpose", "Commitment"]
    assert all(words.startswith("close the digital divide in ") for words in column(answer, "words"))
    assert column(answer, "line") == ["15", "17"]


@pytest.mark.parametrize(
    ("values", "plans"),
    [
        ({}, 1),
        ({"owned_by": "International Telecommunication Union"}, 1),
        ({"owned_by": "itu"}, 1),
        ({"owned_by": "FAO"}, 0),
        ({"from": "2027", "to": "2030"}, 1),
        ({"from": "2028"}, 0),
        ({"to": "2024"}, 1),
        ({"to": "2023"}, 0),
    ],
)
def test_plans_by_owner_and_years(seed_turtle: Path, values: dict[str, str], plans: int) -> None:
    assert len(column(rows(seed_turtle, bound("plans", values)), "plan")) == plans


def test_the_verbs_of_the_goals(seed_turtle: Path) -> None:
    answer = rows(seed_turtle, bound("verbs"))
    assert answer[1] == ("foster", "4", "4", "0")


# -- Answers by hand, over graphs that have what the seed does not


def test_targets_below_a_goal() -> None:
    answer = rows(RIVERSIDE, bound("targets", {"within": "goal/1"}))
    assert [row[:4] for row in answer[1:]] == [
        ("Goal 1: Clean Water", "Target", "2", "Ten clean wells by 2025."),
        ("Goal 1: Clean Water", "Target", "10", "No lead"),
        ("Goal 1: Clean Water", "Indicator", "", "Wells tested each year."),
    ]
    assert rows(RIVERSIDE, bound("targets", {"within": "goal/2"}))[1:] == []


def test_superseded_revisions() -> None:
    (answer,) = rows(RIVERSIDE, bound("superseded"))[1:]
    assert answer[:3] == (
        "Resolution 12 (Rev. Oslo, 2018)", "Resolution 12 (Rev. Lisbon, 2022)", "Riverside Plan",
    )  # fmt: skip


def test_a_plan_without_end_counts_for_its_first_year() -> None:
    assert column(rows(RIVERSIDE, bound("plans", {"from": "2021"})), "end") == [""]
    assert rows(RIVERSIDE, bound("plans", {"from": "2022"}))[1:] == []


def test_a_group_below_one_that_no_plan_names() -> None:
    answer = rows(RIVERSIDE, bound("goals-for-group", {"group": "youth"}))
    assert column(answer, "addressed") == ["young anglers"]
    assert column(answer, "words") == [""]


def test_groups_shared_by_plans(tmp_path: Path) -> None:
    for path in (VALID, RIVERSIDE):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert rows(tmp_path, bound("groups-shared"))[1:] == [
        ("all countries", "Goal 2: Knowledge", "Goal 1: Clean Water")
    ]
    assert column(rows(tmp_path, bound("plans")), "plan") == ["Riverside Plan", "Meadow Trust Plan from 2025"]


def test_candidates_are_those_in_no_scheme() -> None:
    assert column(rows(RIVERSIDE, bound("candidates")), "candidate") == ["young anglers"]


def test_levels_below_a_plan() -> None:
    answer = rows(RIVERSIDE, bound("below", {}))
    assert list(zip(column(answer, "level"), column(answer, "element"), strict=True)) == [
        ("1", "Goal 1: Clean Water"),
        ("2", "Objective 1"),
        ("3", "Indicator 1"),
        ("3", "Target 2"),
        ("3", "Target 10"),
    ]


def test_elements_without_groups() -> None:
    answer = rows(VALID, bound("without-groups", {}))
    assert column(answer, "element") == ["promote bee-friendly farming", "Mission", "Objective 1.1"]


def test_facts_below_a_confidence() -> None:
    assert rows(VALID, bound("uncertain"))[1:] == []
    assert (
        column(rows(VALID, bound("uncertain", {"below": "0.95"})), "confidence") == ["0.8"] * 3 + ["0.9"] * 2
    )


def test_a_question_is_plain_sparql_that_any_engine_runs(seed_turtle: Path) -> None:
    question: Question = find_question("goals-for-group")
    assert rows(seed_turtle, question.text) == rows(seed_turtle, question.bind({}))
