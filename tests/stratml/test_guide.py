"""The guide, docs/stratml.md, says what is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from rdflib import Graph
from tests.stratml.instances import FILES, PART_2, SHARED

from strategraph.knowledge import resources
from strategraph.pipeline import build
from strategraph.rdf.namespace import OUTSIDE_TERMS, SG
from strategraph.reading.request import Original

GUIDE = (Path(__file__).parents[2] / "docs" / "stratml.md").read_text(encoding="utf-8")
TABLE = tomllib.loads(resources.path("data", "stratml.toml").read_text(encoding="utf-8"))
QUESTIONS = re.findall(r"```sparql\n(.*?)```", GUIDE, flags=re.DOTALL)
PARTS = {
    1: "part1-StrategicPlanISOVersion20140401.xsd",
    2: "part2-PerformancePlanOrReport20160216.xsd",
    3: "part3-StratMLPart3_20140821.xsd",
}


def test_the_mapping_of_the_guide_is_the_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d, –]+) \| (.*?) \| (.*) \|$", GUIDE, flags=re.M)
    assert rows == [
        (
            entry["name"],
            ", ".join(map(str, entry["parts"])) or "–",
            ", ".join(f"`{also}`" for also in entry.get("also", ())),
            entry["becomes"],
        )
        for entry in TABLE["name"]
    ]


def test_what_elements_become_is_a_term() -> None:
    ours = {str(term).removeprefix(str(SG)) for term in dir(SG)}
    for entry in TABLE["name"]:
        assert set(re.findall(r"\bsg:(\w+)", entry["becomes"])) <= ours, entry["name"]
        for prefix, name in re.findall(r"\b(dcterms|schema|skos):(\w+)", entry["becomes"]):
            assert any(str(term).endswith(name) for term in OUTSIDE_TERMS), (prefix, name)


@pytest.mark.shared
@pytest.mark.parametrize("part", PARTS)
def test_every_element_of_the_schemas_is_in_the_table(part: int) -> None:
    path = SHARED / "stratml-schema" / PARTS[part]
    if not path.is_file():
        pytest.skip("the schemas of StratML do not stand beside the checkout")
    declared = set(re.findall(r'<xsd:(?:element|attribute) name="(\w+)"', path.read_text(encoding="utf-8")))
    known = {entry["name"] for entry in TABLE["name"] if part in entry["parts"]}
    known |= {name for entry in TABLE["holder"] if part in entry["parts"] for name in entry["names"]}
    also = {name for entry in TABLE["name"] for name in entry.get("also", ())}
    assert known - {"Role"} <= declared | {"Descriptor", "PerformanceIndicatorType"} | known
    if part < 3:  # of Part 3 all other elements are other information
        assert declared <= known | also


@pytest.fixture(scope="module")
def plans() -> Graph:
    merged = Graph()
    other = (
        PART_2.replace("_8b", "_9c")
        .replace("Guild of Rope Makers", "Oyster keepers")
        .replace("_9c11</ReferentIdentifier>", "_8b11</ReferentIdentifier>")
        .replace('"Organization"><Name>Oyster keepers', '"Generic_Group"><Name>Oyster pickers')
    )
    for text in (*FILES.values(), other):
        merged += build(Original("x.xml", text.encode())).graph
    return merged


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.split("\n", 1)[0])
def test_the_questions_have_answers(query: str, plans: Graph) -> None:
    assert list(plans.query(query))


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 5
