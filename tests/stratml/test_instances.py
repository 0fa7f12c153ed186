"""The real instances of other people: every element comes out as a node or literal, or is told to be empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from rdflib import RDF, Graph, Literal
from tests.stratml.instances import INSTANCES, assert_valid, facts

from strategraph.export import write
from strategraph.pipeline import Options, Result, build
from strategraph.rdf.namespace import OA, SG
from strategraph.reading.request import Original

DOCS = Path(__file__).parents[2] / "docs" / "stratml.md"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not INSTANCES, reason="the instances of StratML do not stand beside the checkout"),
]
COUNTED = (
    "Organization", "Vision", "Mission", "Value", "Goal", "Objective", "Stakeholder", "Role",
    "PerformanceIndicator", "Relationship", "TargetResult", "ActualResult", "Baseline", "Submitter",
)  # fmt: skip
CLASSES = {
    "Vision": SG.Vision, "Mission": SG.Mission, "Value": SG.Value, "Goal": SG.Goal, "Objective": SG.Objective,
    "Stakeholder": SG.Stakeholder, "Role": SG.Role, "PerformanceIndicator": SG.Indicator,
    "Relationship": SG.Relationship,
}  # fmt: skip
NEAR = {"Target": "TargetResult", "Actual": "ActualResult", "Current": "ActualResult"}
PERSON = ("GivenName", "Surname", "PhoneNumber", "EmailAddress", "Identifier")


@cache
def built(path: Path) -> Result:
    return build(path, Options(recover=True))


@cache
def root(path: Path) -> etree._Element:
    parser = etree.XMLParser(recover=True, remove_comments=True, remove_pis=True)
    text = re.sub(rb"&(?!#?\w+;)", b"&amp;", path.read_bytes())
    return etree.fromstring(text, parser)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def elements_in(path: Path) -> Counter[str]:
    """Count the elements of a file, near names by those that they are near to."""
    counts: Counter[str] = Counter()
    for element in root(path).iter():
        parent = element.getparent()
        within = parent is not None and local(parent) in (*NEAR, "Baseline")
        if (local(element) == "Value" and within) or (parent is not None and local(parent) == "Contact"):
            continue  # a number; part of what is kept as other information
        counts[NEAR.get(local(element), local(element))] += 1
    return Counter({name: counts[name] for name in COUNTED})


def nodes_out(graph: Graph) -> Counter[str]:
    counts = Counter({name: len(set(graph.subjects(RDF.type, class_))) for name, class_ in CLASSES.items()})
    for name, result in (("TargetResult", "target"), ("ActualResult", "actual"), ("Baseline", "baseline")):
        counts[name] = len(set(graph.subjects(SG.result, Literal(result))))
    counts["Organization"] = len([*graph.objects(None, SG.owner), *graph.objects(None, SG.coOwner)])
    counts["Submitter"] = len(set(graph.objects(None, SG.submitter)))
    return counts


def told_empty(result: Result) -> Counter[str]:
    counts: Counter[str] = Counter()
    for told in result.document.left_out:
        if match := re.fullmatch(r"(a|\d+) <(\w+)> without a word", told):
            counts[match[2]] += 1 if match[1] == "a" else int(match[1])
    return counts


def test_there_are_all_of_them() -> None:
    assert len(INSTANCES) >= 8


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_every_element_is_a_node_or_told_to_be_empty(path: Path) -> None:
    result = built(path)
    assert result.report.conforms
    out, empty = nodes_out(result.graph), told_empty(result)
    assert {name: out[name] + empty[name] for name in COUNTED} == dict(elements_in(path))


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_every_word_is_in_the_text_and_in_the_graph(path: Path) -> None:
    result = built(path)
    evidence = set(result.graph.subjects(RDF.type, SG.Evidence))
    literals = {str(o) for s, _, o in result.graph if isinstance(o, Literal) and s not in evidence}
    said = "\n".join(literals)
    for element in root(path).iter():
        words = " ".join((element.text or "").split())
        if not words or len(element):
            continue
        assert words in result.document.source.text
        if local(element) in ("NumberOfUnits", "MeasureValue"):
            words = words.rstrip("0").rstrip(".") if "." in words else words
        assert words in said, (local(element), words)


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_evidence_stands_where_its_xpath_leads(path: Path) -> None:
    result = built(path)
    graph, tree = result.graph, root(path)
    words_at: dict[str, str] = {}
    for evidence in list(graph.subjects(RDF.type, SG.Evidence))[:1500]:
        xpath, exact = str(graph.value(evidence, SG.xpath)), str(graph.value(evidence, OA.exact))
        if xpath not in words_at:
            found = tree.xpath(xpath)
            assert isinstance(found, list)
            assert len(found) == 1
            one = found[0]
            text = (
                " ".join([*map(str, one.itertext()), *attributes(one)]) if etree.iselement(one) else str(one)
            )
            words_at[xpath] = " ".join(text.split())
        for piece in re.split(r" \| |\n+", exact):
            spaces = [len(piece), *(match.start() for match in re.finditer(" ", piece))]
            # a number stands before its title
            assert any(
                piece[:at] in words_at[xpath] and piece[at:].strip() in words_at[xpath] for at in spaces
            ), (xpath, piece)


def attributes(element: etree._Element) -> list[str]:
    return [str(value) for one in element.iter() for value in one.attrib.values()]


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_there_and_back_again(path: Path) -> None:
    first = built(path)
    data = write(first.graph, "stratml")
    assert_valid(data)
    second = build(Original("again.xml", data))
    assert second.report.conforms
    assert facts(second.graph) == facts(first.graph)


def test_the_table_of_counts_is_true() -> None:
    assert table() in DOCS.read_text(encoding="utf-8"), table()


def table() -> str:
    """Return the table of the guide: elements in = nodes out + those without a word."""
    lines = [
        "| element | " + " | ".join(short(path) for path in INSTANCES) + " |",
        "|---|" + "---|" * len(INSTANCES),
    ]
    for name in COUNTED:
        lines.append(f"| {name} | " + " | ".join(cell(path, name) for path in INSTANCES) + " |")
    return "\n".join(lines)


def short(path: Path) -> str:
    return "-".join(path.stem.split("-")[:2])


def cell(path: Path, name: str) -> str:
    result = built(path)
    counted: Mapping[str, int] = elements_in(path)
    out, empty = nodes_out(result.graph)[name], told_empty(result)[name]
    return f"{counted[name]} = {out}" + (f" + {empty}" if empty else "")
