"""Facts told with their words, and nodes found by what people call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, URIRef

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.querying.explanation import WIDTH, explain, find_node
from strategraph.rdf.loading import load_graph

VALID = Path(__file__).parents[1] / "shapes" / "valid.ttl"
PLAN = "https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load_graph(VALID)


def told(graph: Graph, name: str) -> list[str]:
    return list(explain(graph, find_node(graph, name)))


def below(lines: list[str], head: str) -> list[str]:
    """The lines under a heading, up to the next."""
    start = lines.index(head) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


def run(graph: Path, iri: str) -> Result:
    return CliRunner().invoke(main, ["explain", str(graph), iri])


# -- What is told


def test_a_node_starts_with_its_name_and_kinds(graph: Graph) -> None:
    assert told(graph, "goal/1")[:3] == [
        "Goal 1: Wild Bees", f"  {PLAN}/goal/1", "  sg:Goal, sg:PlanElement",
    ]  # fmt: skip


def test_each_extracted_fact_is_quoted_with_place_rule_and_surroundings(graph: Graph) -> None:
    assert below(told(graph, "goal/2"), "addresses (sg:addresses)") == [
        "  all countries  <https://w3id.org/strategraph/concept/target-group/all-countries>",
        "    line 11 (vocabulary, 1.0): … biodiversity data with “all countries”, as Decision 4 (MA-3) a…",
    ]


def test_the_start_of_the_text_has_nothing_before_it(graph: Graph) -> None:
    assert below(told(graph, PLAN), "owner (sg:owner)")[1] == (
        "    line 1 (owner:title, 1.0): “Meadow Trust” Plan from 2025 Vision:…"
    )


def test_what_was_given_is_told_as_given(graph: Graph) -> None:
    assert below(told(graph, PLAN), "end year (sg:endYear)") == [
        "  “2028”",
        "    given by the user, not in the text",
    ]


def test_other_facts_say_where_they_are_from(graph: Graph) -> None:
    lines = told(graph, "rev/lisbon-2022")
    assert below(lines, "issued by (sg:issuedBy): from a table or vocabulary") == [
        "  Meadow Assembly  <organization/meadow-assembly>"
    ]
    assert below(lines, "revision place (sg:revisionPlace): computed") == ["  “Lisbon”"]
    assert below(told(graph, "goal/1"), "dcterms:title: computed") == ["  “Wild Bees” (en)"]


def test_what_points_to_a_node_comes_last_and_in_brief(graph: Graph) -> None:
    lines = told(graph, "organization/meadow-assembly")
    assert below(lines[lines.index("What points to it") :], "mentions (sg:mentions)") == [
        "  valid.txt  <source/8dfdceb59bb64cde826b438a52d71908193db174b274aae3692f1bc950300439>",
        "    line 13: “Meadow Assembly”",
    ]
    assert not any("evidence/" in line or "hasElement" in line for line in lines)


def test_a_light_graph_has_no_words(graph: Graph) -> None:
    light = Graph()
    light.add(next(iter(graph.triples((None, URIRef("https://w3id.org/strategraph/ns#owner"), None)))))
    assert "    no words for it in this graph" in told(light, PLAN)


def test_facts_of_other_vocabularies_are_told_apart() -> None:
    graph = Graph().parse(data="<http://x/a> <http://x/p> 1 .", format="turtle")
    assert told(graph, "http://x/a")[3:] == ["", "<http://x/p>: of another origin", "  “1”"]


def test_two_sources_are_named(graph: Graph, seed_turtle: Path) -> None:
    both = load_graph(VALID, seed_turtle)
    assert any("line 11 of valid.txt (vocabulary" in line for line in told(both, f"{PLAN}/goal/2"))


def test_lines_are_no_wider_than_a_page(seed_turtle: Path) -> None:
    lines = told(load_graph(seed_turtle), "goal/2")
    assert all(len(line) <= WIDTH or "<" in line or "://" in line for line in lines)


def test_the_same_lines_each_time(seed_turtle: Path) -> None:
    assert run(seed_turtle, "goal/1").stdout == run(seed_turtle, "goal/1").stdout


# -- Which node


@pytest.mark.parametrize(
    "name",
    [
        f"{PLAN}/goal/1",
        f"<{PLAN}/goal/1>",
        "plan/meadow-trust-plan-from-2025/goal/1",
        "<plan/meadow-trust-plan-from-2025/goal/1>",
        "goal/1",
        "/goal/1",
        "Goal 1: Wild Bees",
        "goal 1: wild bees",
    ],
)
def test_names_of_a_node(graph: Graph, name: str) -> None:
    assert str(find_node(graph, name)) == f"{PLAN}/goal/1"


def test_prefixes_of_the_file_and_of_ours(seed_turtle: Path) -> None:
    graph = load_graph(seed_turtle)
    assert str(find_node(graph, "target-group:youth")).endswith("/concept/target-group/youth")
    assert str(find_node(graph, "sg:Goal")).endswith("ns#Goal")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gaol/1", "no node 'gaol/1' in the graph: did you mean <plan/meadow-trust-plan-from-2025/goal/1>"),
        ("zzzzzzzzz", "give its IRI, or the end of it"),
        ("1", "'1' may mean <plan/"),
    ],
)
def test_names_of_none_and_of_several(graph: Graph, name: str, message: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        find_node(graph, name)
    assert message in str(caught.value)


def test_many_nodes_are_not_all_listed() -> None:
    data = "".join(f"<http://x/{number}/goal> <http://x/p> 1 . " for number in range(9))
    with pytest.raises(UnusableInputError, match=r"<http://x/4/goal> or 4 more: give more of its IRI"):
        find_node(Graph().parse(data=data, format="turtle"), "goal")


# -- The command


def test_the_command(tmp_path: Path) -> None:
    assert run(VALID, "goal/1").stdout.startswith("Goal 1: Wild Bees\n")
    wrong = run(VALID, "goal/7")
    assert (wrong.exit_code, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    assert run(tmp_path / "missing.ttl", "goal/1").exit_code == 2
