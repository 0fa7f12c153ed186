"""The export: valid for every graph, and read back as the same plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from rdflib import DCTERMS, RDF, Graph, URIRef
from tests.stratml.instances import CORE, FILES, PERFORMANCE, assert_valid, facts

from strategraph.cli import main
from strategraph.errors import UnusableInputError
from strategraph.export import write
from strategraph.export.stratml import fitted
from strategraph.pipeline import Options, build
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import NAMING, SG
from strategraph.reading.request import Original
from strategraph.reading.stratml.tree import FIELDS

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "data" / "plans").glob("*.txt"))
PLAN = """Strategic Plan of the Fen Trust 2031-2034

Vision: A fen where cranes dance for all children.

Our mission is to keep the fen wet. The Fen Trust will dig new ditches for small farmers and train young people.

Goal 1: Wet fen
We will raise the water by 40% by 2033.
Objective 1.1: Dig ditches
Output 1.1.1: Maps of ditches
Objective 1.2: Mend the sluice
Target 1.2.1: At least 65% of sluices work by 2032.
Indicator 1.2.2: Number of sluices that work

Goal 2: Loved fen
Action 2.1: Publish a guide for visitors & schools <all ages>
"""


def again(data: bytes, language: str | None = None) -> Graph:
    result = build(Original("x.xml", data), Options(language=language))
    assert result.report.conforms, [line for found in result.report.results for line in found.lines()]
    return result.graph


def kept(graph: Graph) -> set[tuple[object, ...]]:
    """Return what has to come back: plan, elements, order, hierarchy, statements, groups."""
    elements = set(graph.subjects(RDF.type, SG.PlanElement)) | set(graph.subjects(RDF.type, SG.StrategicPlan))
    said = {RDF.type, DCTERMS.title, SG.statement, SG.number, SG.position, SG.hasElement, SG.verb, SG.object,
            SG.startYear, SG.endYear, SG.owner, SG.aimsAt, *NAMING}  # fmt: skip
    return {(s, p, o) for s, p, o in graph if s in elements and p in said}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_stratml_there_and_back_again(text: str) -> None:
    first = build(Original("x.xml", text.encode())).graph
    data = write(first, "stratml")
    assert facts(again(data)) == facts(first)
    assert_valid(data)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_our_plans_there_and_back_again(path: Path) -> None:
    first = build(path).graph
    data = write(first, "stratml")
    assert kept(again(data)) == kept(first)
    assert_valid(data)


def test_a_text_there_and_back_again() -> None:
    first = build(Original("fen.txt", PLAN.encode())).graph
    data = write(first, "stratml")
    second = again(data)
    assert kept(second) == kept(first)
    assert kept(again(write(second, "stratml"))) == kept(second)
    assert_valid(data)


def test_the_seed_is_part_1_with_its_commitments_in_other_information(seed_turtle: Path) -> None:
    data = write(load_graph(seed_turtle), "stratml")
    assert_valid(data)
    root = etree.fromstring(data)
    assert root.tag == f"{{{CORE}}}StrategicPlan"
    assert root.findtext(f"{{{CORE}}}Name") == "ITU Strategic Plan 2024-2027"
    goals = root.findall(f".//{{{CORE}}}Goal")
    assert len(goals) == 2
    others = [goal.findtext(f"{{{CORE}}}OtherInformation") or "" for goal in goals]
    assert all("<Commitment>" in other for other in others)
    names = {name.text for name in root.findall(f".//{{{CORE}}}Stakeholder/{{{CORE}}}Name")}
    assert "women and girls" in names


def test_measures_make_part_2() -> None:
    data = write(build(Original("fen.txt", PLAN.encode())).graph, "stratml")
    root = etree.fromstring(data)
    assert root.tag == f"{{{PERFORMANCE}}}PerformancePlanOrReport"
    units = {one.text for one in root.iter(f"{{{PERFORMANCE}}}NumberOfUnits")}
    assert {"40", "65"} <= units


def test_a_light_graph_is_written_too() -> None:

    data = write(build(Original("x.xml", FILES["part-2"].encode()), Options(evidence=False)).graph, "stratml")
    assert_valid(data)


def test_a_plan_without_goals_is_written_too() -> None:
    first = build(Original("x.txt", b"Our vision\n\nA fen where cranes dance for all.\n")).graph
    data = write(first, "stratml")
    assert kept(again(data)) == kept(first)
    assert_valid(data)


WRAPPED = "<StrategicPlan><Name>Fen Plan</Name>{}</StrategicPlan>"


@pytest.mark.parametrize(
    "part",
    [
        "<Vision><Identifier>b9</Identifier><Identifier>a1</Identifier></Vision>",
        "<Goal><Stakeholder><Keyword>zinc</Keyword><Keyword>ash</Keyword></Stakeholder></Goal>",
        "<Goal><Stakeholder><Name>" + "Keepers of the long dike and its sluices " * 4 + "</Name></Stakeholder></Goal>",
        "<Goal><Relationship><Note>zinc</Note><Note>ash</Note></Relationship></Goal>",
        "<Goal><Name>Dig</Name><MeasurementInstance/><MeasurementInstance><TargetResult><Note>zinc</Note><Note>ash</Note>"
        "</TargetResult></MeasurementInstance></Goal>",
        "<Goal><TargetResult><NumberOfUnits>Resolution 71 (Rev. Bucharest, 2022)</NumberOfUnits></TargetResult></Goal>",
        f"<Goal><TargetResult><NumberOfUnits>{'123456789' * 9}</NumberOfUnits></TargetResult></Goal>",
        "<StartDate>soon</StartDate><StartDate>2031-01-02</StartDate><Source>a</Source><Source>b</Source>",
        "<Submitter><GivenName>Bo</GivenName><GivenName>Al</GivenName></Submitter>",
        "<Goal><OtherInformation>See &lt;strategraph&gt;&lt;Output/&gt;&lt;/strategraph&gt;</OtherInformation></Goal>",
        "<Source>:</Source>",
        f"<Organization><Name>{'Board of all fens and meres ' * 7}</Name></Organization><Name>{'Reed ' * 60}</Name>",
    ],
    ids=["identifiers", "unnamed", "long-name", "relationship", "empty-measurement", "words-for-a-number", "long-number",
         "second-dates", "second-names", "looks-kept", "no-address", "long-plan-name"],
)  # fmt: skip
def test_what_there_are_several_of_or_too_much_comes_back(part: str) -> None:
    first = build(Original("x.xml", WRAPPED.format(part).encode()), Options(language="en"))
    assert first.report.conforms
    data = write(first.graph, "stratml")
    assert_valid(data)
    assert facts(again(data, "en")) == facts(first.graph)


def test_one_plan_makes_a_file() -> None:
    with pytest.raises(UnusableInputError, match="stratml holds one plan, and there is no plan"):
        write(Graph(), "stratml")
    two = Graph()
    for name in "ab":
        two.add((URIRef(f"https://example.org/plan/{name}"), RDF.type, SG.StrategicPlan))
    with pytest.raises(UnusableInputError, match="there are 2 plans"):
        write(two, "stratml")


def test_the_command_line_writes_and_recovers(tmp_path: Path, seed_turtle: Path) -> None:
    out = tmp_path / "seed.xml"
    run = CliRunner().invoke(main, ["export", str(seed_turtle), "-f", "stratml", "-o", str(out)])
    assert run.exit_code == 0, run.output
    broken = tmp_path / "broken.xml"
    broken.write_text(FILES["part-1"].replace("&amp;", "&"), encoding="utf-8")
    run = CliRunner().invoke(main, ["build", str(broken), "-o", str(tmp_path / "out")])
    assert run.exit_code == 2
    assert "line 22, column 55" in run.output
    run = CliRunner().invoke(
        main, ["build", str(broken), "--recover", "-f", "stratml", "-o", str(tmp_path / "out")]
    )
    assert run.exit_code == 0, run.output
    assert "bare “&” mended: line 22, column 55" in run.output
    assert (tmp_path / "out" / "broken.stratml.xml").is_file()


def test_there_is_nothing_to_review(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(FILES["part-1"], encoding="utf-8")
    run = CliRunner().invoke(main, ["review", str(file), "-o", "-"])
    assert run.exit_code == 2
    assert "says itself what its elements are" in run.output


# --------------------------------------------------------------------------------------------------
# Whatever a plan holds

# Letters of which lower case is longer, words that name, cite and count, and what means something to a reader.
SAID = (
    "2031-02-03", "7.5", "1,234.50", "9" * 50, "Performer", "Beneficiary", "Person", "Organization", "Generic_Group",
    "_id1", "1", "a b", "İstanbul İİ İ", "ŉ ß ﬁ", "young farmers and women", "Resolution 71 (Rev. Bucharest, 2022)",
    "We will train 500 teachers by 2030 to empower people.", "Reach 65% of schools.", "WHO", "percent", "USD",
    "International Telecommunication Union", "Strategic_Plan", "Quantitative", "Narrower_Than", "http://x.org/a?b",
    "<strategraph><Output><Name>x</Name></Output></strategraph>", "<strategraph at='1' plan='q' language='fr'/>",
    "strategraph: addresses", "strategraph", "fr", "The İ company supports small İslands and young people with disabilities",
    "a long name " * 12, "Wir fördern junge Menschen", "\u200b",
)  # fmt: skip
WORDS = st.one_of(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=24).map(
        lambda text: " ".join(text.split()) or "x"
    ),
    st.sampled_from(SAID),
)
LEAVES = (
    *sorted(FIELDS - {"Verb", "Object", "AimsAt", "Citation", "Language"}), "Keyword", "UnitOfMeasure", "Id", "Value",
    "Date",
)  # fmt: skip
HOLDERS = (
    "Organization", "Vision", "Mission", "Value", "Goal", "Objective", "Priority", "Output", "Stakeholder", "Role",
    "RoleType", "PerformanceIndicator", "Relationship", "MeasurementInstance", "TargetResult", "ActualResult", "Submitter",
    "Baseline", "Target", "Action", "Descriptor", "OtherInformation", "Name", "Goals", "StrategicPlanCore", "SWOT",
    "Commitment", "Purpose",
)  # fmt: skip
ATTRIBUTES = (
    "StakeholderTypeType", "Type", "ValueChainStage", "RelationshipType", "StartDate", "Priority", "id", "kind", "at",
    "language", "repeats", "plan",
)  # fmt: skip


@st.composite
def trees(draw: st.DrawFn, name: str = "StrategicPlan", depth: int = 0) -> etree._Element:
    element = etree.Element(name)
    for _ in range(draw(st.integers(0, 1))):
        element.set(draw(st.sampled_from(ATTRIBUTES)), draw(WORDS))
    parts = [etree.Element(draw(st.sampled_from(LEAVES))) for _ in range(draw(st.integers(0, 4)))]
    for leaf in parts:
        leaf.text = draw(WORDS)
    if depth < 4:
        holders = [draw(st.sampled_from(HOLDERS)) for _ in range(draw(st.integers(0, 3)))]
        parts += [draw(trees(holder, depth + 1)) for holder in holders]
    element.extend(draw(st.permutations(parts)))
    return element


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_any_tree_is_fitted_to_the_schema(tree: etree._Element) -> None:
    assert_valid(etree.tostring(fitted(tree)))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees())
def test_any_stratml_there_and_back_again(tree: etree._Element) -> None:
    text = etree.tostring(tree)
    try:
        # letters at random are of no language: it is given, so that it cannot be taken for another
        first = build(Original("x.xml", text), Options(language="en"))
    except UnusableInputError:
        return  # nothing but empty elements
    assert first.report.conforms
    data = write(first.graph, "stratml")
    assert_valid(data)
    assert facts(again(data, "en")) == facts(first.graph)


ELEMENTS = st.lists(
    st.tuples(
        st.sampled_from(("Goal", "Objective", "Priority", "Output", "Action", "Target", "Indicator", "Outcome")),
        st.sampled_from(("Clean water for rural women", "Open data", "Reach 40% of schools by 2031",
                         "Train 500 young farmers", "Wir bauen & <graben>", "Support small states"))),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(ELEMENTS)
def test_any_text_there_and_back_again(elements: list[tuple[str, str]]) -> None:
    lines = [f"{kind} {number}: {words}" for number, (kind, words) in enumerate(elements, start=1)]
    try:
        first = build(
            Original("x.txt", "\n\n".join(["Strategic Plan 2030-2034 of the Fen Trust", *lines]).encode())
        )
    except UnusableInputError:
        return
    data = write(first.graph, "stratml")
    assert_valid(data)
    assert kept(again(data)) == kept(first.graph)
