"""StratML files of our own invention: what each Part says comes out, near names and faults are mended and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, SDO, SKOS, XSD, Graph, Literal, URIRef
from tests.stratml.instances import CORE, FILES, NEAR, PART_1, PART_2, PART_3, document, graph

from strategraph.errors import UnusableInputError
from strategraph.pipeline import Options, build
from strategraph.rdf.namespace import OA, SG
from strategraph.reading.request import Original
from strategraph.reading.stratml.tree import names

BASE = "https://w3id.org/strategraph/id/plan/"


def of(made: Graph, kind: URIRef) -> list[str]:
    return sorted(str(made.value(node, RDFS.label)) for node in made.subjects(RDF.type, kind))


def named(made: Graph, label: str) -> URIRef:
    (node,) = {node for node in made.subjects(RDFS.label, None) if str(made.value(node, RDFS.label)) == label
               and (node, RDF.type, SG.Evidence) not in made}  # fmt: skip
    assert isinstance(node, URIRef)
    return node


# --------------------------------------------------------------------------------------------------
# What the Parts say


def test_part_1_says_who_and_what() -> None:
    made = graph(PART_1)
    plan = URIRef(f"{BASE}hbhb-heron-bay-harbour-plan")
    assert str(made.value(plan, DCTERMS.title)) == "Heron Bay Harbour Plan"
    assert str(made.value(plan, DCTERMS.description)) == "How the harbour is to be kept."
    assert str(made.value(plan, SG.startYear)) == "2031"
    assert made.value(plan, SG.endDate) == Literal("2034-03-31", datatype=XSD.date)
    assert made.value(plan, DCTERMS.issued) == Literal("2031-02-02", datatype=XSD.date)
    assert str(made.value(plan, SG.publishedAt)) == "https://example.org/harbour"
    owner = made.value(plan, SG.owner)
    assert str(made.value(owner, SKOS.altLabel)) == "HBHB"
    assert str(made.value(owner, DCTERMS.identifier)) == "_7a10"
    person = made.value(plan, SG.submitter)
    assert [str(made.value(person, p)) for p in (SDO.givenName, SDO.familyName, SDO.email)] == [
        "Bo", "Anker", "bo@example.org"]  # fmt: skip
    assert of(made, SG.Value) == ["Value: Care", "Value: Patience"]
    assert of(made, SG.Stakeholder) == ["Ada Quayle", "Guild of Rope Makers", "Oyster pickers"]


def test_identifiers_name_elements() -> None:
    made = graph(PART_1)
    goal = named(made, "Goal 1: Quays")
    assert goal == URIRef(f"{BASE}hbhb-heron-bay-harbour-plan/goal/7a13")
    assert str(made.value(goal, DCTERMS.identifier)) == "_7a13"
    assert {str(o).rpartition("/")[2] for o in made.objects(goal, SG.hasObjective)} == {"7a14", "7a15"}


def test_names_stay_when_all_else_changes() -> None:
    before = {
        node for node in graph(PART_2).subjects(RDF.type, SG.PlanElement) if "commitment" not in str(node)
    }
    edited = (
        PART_2.replace("Heron Bay Harbour Report", "A Report Renamed")
        .replace("1.1.1", "9")
        .replace("Stone", "Rock")
    )
    assert {
        node for node in graph(edited).subjects(RDF.type, SG.PlanElement) if "commitment" not in str(node)
    } == before


def test_a_plan_without_period_is_named_by_its_identifiers_not_its_bytes() -> None:
    without = PART_1.replace("<StartDate>2031-04-01</StartDate><EndDate>2034-03-31</EndDate>", "")
    edited = without.replace("Stone comes from", "Stone came from")
    first, second = (set(graph(text).subjects(RDF.type, SG.StrategicPlan)) for text in (without, edited))
    assert first == second


def test_stakeholders_are_groups_organisations_and_persons() -> None:
    made = graph(PART_1)
    goal = named(made, "Goal 1: Quays")
    parties = {made.value(one, SG.party) for one in made.objects(goal, SG.hasStakeholder)}
    assert {kind for party in parties for kind in made.objects(party, RDF.type)} >= {
        SG.TargetGroup,
        SG.Organization,
    }
    assert of(made, SG.Person) == ["Ada Quayle", "Bo Anker"]
    assert URIRef("https://w3id.org/strategraph/id/target-group/oyster-pickers") in set(
        made.objects(goal, SG.mentionsGroup)
    )


def test_roles_say_for_whom_and_with_whom() -> None:
    made = graph(PART_2)
    objective = named(made, "Objective 1.1: Stone")
    group = URIRef("https://w3id.org/strategraph/id/target-group/oyster-pickers")
    assert (objective, SG.addresses, group) in made
    assert [str(made.value(o, RDFS.label)) for o in made.objects(objective, SG.responsible)] == [
        "Guild of Rope Makers"
    ]
    splicers = named(made, "Splicers")
    assert sorted(map(str, made.objects(splicers, SG.roleType))) == ["Beneficiary", "Performer"]
    guests = named(made, "Guests of the quay")
    assert str(made.value(guests, DCTERMS.description)) == "They land here."


def test_measurements_are_measures() -> None:
    made = graph(PART_2)
    (indicator,) = made.subjects(RDF.type, SG.Indicator)
    assert [str(made.value(indicator, p)) for p in (SG.unitText, SG.valueChainStage, SG.indicatorType)] == [
        "percent", "Output", "Quantitative"]  # fmt: skip
    found = {
        (str(made.value(m, SG.result)), str(made.value(m, SG.measurement)), str(made.value(m, SG.value) or made.value(m, SG.statement)))
        for m in made.objects(indicator, SG.hasMeasure)
    }  # fmt: skip
    assert found == {
        ("target", "1", "40"), ("actual", "1", "37.5"), ("target", "2", "80"), ("actual", "2", "Frost stopped the work."),
    }  # fmt: skip
    first = next(m for m in made.objects(indicator, SG.hasMeasure) if str(made.value(m, SG.value)) == "40")
    assert str(made.value(first, SG.unit)) == "%"
    assert made.value(first, SG.periodEnd) == Literal("2031-12-31", datatype=XSD.date)
    assert [str(made.value(first, p)) for p in (SG.descriptorName, SG.descriptorValue)] == ["Stage", "Half"]


def test_relationships_lead_to_what_they_name() -> None:
    made = graph(PART_2)
    (relationship,) = made.subjects(RDF.type, SG.Relationship)
    assert made.value(relationship, SG.referent) == named(made, "Goal: Quays")
    assert str(made.value(relationship, SG.relationshipType)) == "Narrower_Than"


def test_a_second_organisation_owns_too() -> None:
    made = graph(PART_2)
    plan = URIRef(f"{BASE}8b00")
    assert [str(made.value(o, RDFS.label)) for o in made.objects(plan, SG.coOwner)] == ["Town of Heron Bay"]
    assert str(made.value(plan, SG.documentType)) == "Performance_Report"


def test_part_3_says_the_same_in_its_own_way() -> None:
    made = graph(PART_3)
    goal = named(made, "Goal A: Sand")
    assert str(made.value(goal, SG.statement)) == "Hold it."
    assert (goal, SG.addresses, URIRef("https://w3id.org/strategraph/id/target-group/dune-walkers")) in made
    (measure,) = made.objects(named(made, "Indicator: Fence"), SG.hasMeasure)
    assert (str(made.value(measure, SG.value)), str(made.value(measure, SG.unit))) == ("12", "km")
    assert made.value(measure, SG.periodStart) == Literal("2030-01-01", datatype=XSD.date)
    others = {str(o) for o in made.objects(None, SG.otherInformation)}
    assert {"Season Spring only.", "Many hands", "Core Planting marram", "High"} <= others


def test_near_stratml_is_mended() -> None:
    made = graph(NEAR)
    assert of(made, SG.Value) == ["Value: String", "Value: Wind"]
    assert str(made.value(named(made, "Goal: More kites"), SG.statement)) == "Own more kites."
    hem = named(made, "Objective: Hem")
    assert (named(made, "Objective: Sew"), SG.hasObjective, hem) in made
    results = {(str(made.value(m, SG.result)), str(made.value(m, SG.value)), str(made.value(m, SG.periodEnd)))
               for m in made.subjects(RDF.type, SG.Measure)}  # fmt: skip
    assert {("baseline", "1500", "2030"), ("actual", "5", "2030"), ("target", "None", "2031-Q2")} <= results
    plan = made.value(None, RDF.type, SG.StrategicPlan, any=False)
    assert str(made.value(plan, SG.endDate)) == "next spring"
    assert made.value(plan, SG.endYear) is None
    told = document(NEAR).left_out
    assert "mended: 1 <UnitOfMeasure> read as UnitOfMeasurement" in told
    assert "1 <Keywords> kept as other information" in told


def test_a_type_can_be_an_element_or_an_attribute_of_a_near_name() -> None:
    near = PART_1.replace("StakeholderTypeType=", "StakeholderType=").replace(
        '<Stakeholder StakeholderType="Person">', "<Stakeholder><StakeholderType>Person</StakeholderType>"
    )
    assert of(graph(near), SG.Person) == ["Ada Quayle", "Bo Anker"]
    assert "Guild of Rope Makers" in of(graph(near), SG.Organization)


def test_a_number_directly_in_a_result_is_its_value() -> None:
    made = graph(
        PART_2.replace(
            "<TargetResult><NumberOfUnits>80</NumberOfUnits></TargetResult>",
            "<TargetResult>80</TargetResult>",
        )
    )
    assert "80" in {str(o) for o in made.objects(None, SG.value)}


def test_of_what_there_is_one_of_a_second_is_other_information() -> None:
    made = graph(
        PART_1.replace(
            "<Source>", "<StartDate>2040-01-01</StartDate><Source>https://example.org/two</Source><Source>"
        )
    )
    plan = made.value(None, RDF.type, SG.StrategicPlan, any=False)
    assert [str(o) for o in made.objects(plan, SG.startDate)] == ["2031-04-01"]
    assert [str(o) for o in made.objects(plan, SG.publishedAt)] == ["https://example.org/two"]
    others = {str(o) for o in made.objects(plan, SG.otherInformation)}
    assert {"2040-01-01", "https://example.org/harbour"} <= others


def test_names_are_kept_whole() -> None:
    name = "Pickers of oysters, mussels and whelks between the north quay, the old mole and the lighthouse"
    assert name in of(graph(PART_1.replace("Oyster pickers", name)), SG.Stakeholder)


def test_markup_in_words_is_left_out_and_its_blocks_stand_apart() -> None:
    made = document(
        PART_1.replace(
            "Rebuild the north quay.", "<p>Rebuild <b>the</b> quay.</p><p>CO<sub>2</sub> free.</p>"
        )
    )
    assert "Rebuild the quay. CO2 free." in made.source.text
    assert "mended: markup within 1 <Description> left out, its words read" in made.left_out


def test_attributes_of_words_are_kept_beside_them() -> None:
    made = graph(
        PART_1.replace("<Name>Quays</Name>", '<Name code="zz9">Quays</Name>').replace(
            "<Source>", '<Source kind="web">'
        )
    )
    assert {str(o) for o in made.objects(named(made, "Goal 1: Quays"), SG.otherInformation)} >= {"zz9"}
    assert {str(o) for o in made.objects(None, SG.otherInformation)} >= {"web"}


def test_what_only_our_export_has_is_other_information_of_strangers() -> None:
    made = graph(
        PART_1.replace(
            "<SequenceIndicator>1.1<", "<Purpose>Calm <b>water</b></Purpose><SequenceIndicator>1.1<"
        )
    )
    assert "Calm water" in {str(o) for o in made.objects(None, SG.otherInformation)}


def test_words_that_nobody_sees_are_none() -> None:
    told = document(PART_1.replace("<Name>Oyster pickers</Name>", "<Name>\u200b</Name>")).left_out
    assert "3 <Stakeholder> without a word" in told


def test_plans_without_identifiers_and_elements_are_told_apart_by_their_words() -> None:
    first, second = (
        graph(f"<StrategicPlan><Description>{words}</Description></StrategicPlan>").value(
            None, RDF.type, SG.StrategicPlan
        )
        for words in ("Dig.", "Fill.")
    )
    assert first != second


def test_names_of_before_the_standard_are_read() -> None:
    old = (
        PART_1.replace("GivenName", "FirstName")
        .replace("Surname", "LastName")
        .replace(CORE, "http://www.stratml.net")
    )
    assert document(old).source.text == document(PART_1).source.text
    assert [str(o) for o in graph(old).objects(None, SDO.familyName)] == ["Anker"]


def test_what_is_empty_is_told() -> None:
    assert document(PART_1).left_out == ("2 <Stakeholder> without a word", "a <Goal> without a word")


@pytest.mark.parametrize(
    "namespace", ["http://www.stratml.net", "http://www.stratml.net/PerformancePlanOrReport", "urn:x", ""]
)
def test_any_namespace_is_read(namespace: str) -> None:
    made = document(PART_1.replace(CORE, namespace) if namespace else PART_1.replace(f' xmlns="{CORE}"', ""))
    assert made.source.text == document(PART_1).source.text


def test_other_encodings_and_marks_are_read() -> None:
    text = document(PART_1).source.text
    assert document(PART_1.replace("UTF-8", "UTF-16").encode("utf-16")).source.text == text
    assert document(b"\xef\xbb\xbf" + PART_1.encode()).source.text == text
    assert document(
        PART_1.replace("UTF-8", "ISO-8859-1").replace("Care", "Café").encode("latin-1")
    ).source.text


def test_an_encoding_that_the_bytes_do_not_say_can_be_told(tmp_path: Path) -> None:
    from strategraph.validation.verification import verify

    file = tmp_path / "x.xml"
    file.write_bytes(PART_1.replace("Care", "Café").encode("cp1252"))
    with pytest.raises(UnusableInputError, match="pass its true encoding with --encoding"):
        build(file)
    result = build(file, Options(encoding="cp1252"))
    assert "Café" in result.document.source.text
    assert verify(result.graph, [file]).failures == ()


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_passages_read_the_text(text: str) -> None:
    made = document(text)
    assert made.source.media_type == "application/stratml+xml"
    for block in made.blocks:
        assert made.source.text[block.span.start : block.span.end] == block.passage.text
        assert block.path.startswith("/*")


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_evidence_quotes_the_text_and_says_where_in_the_file(text: str) -> None:
    from lxml import etree

    result = build(Original("x.xml", text.encode()))
    tree = etree.fromstring(text.encode())
    lines = result.document.source.text.split("\n")
    quotes = list(result.graph.subjects(RDF.type, SG.Evidence))
    assert quotes
    for evidence in quotes:
        exact = str(result.graph.value(evidence, OA.exact))
        line = result.graph.value(evidence, SG.line)
        assert exact.split("\n", maxsplit=1)[0] in lines[int(str(line)) - 1]
        found = tree.xpath(str(result.graph.value(evidence, SG.xpath)))
        assert isinstance(found, list)
        assert len(found) == 1


def test_groups_and_instruments_in_the_words_are_found() -> None:
    text = PART_1.replace(
        "Rebuild the north quay.", "Serve young farmers as Resolution 71 (Rev. Bucharest, 2022) asks."
    )
    made = graph(text.replace("Stone comes", "Persons with disabilities bring it. Stone comes"))
    goal = named(made, "Goal 1: Quays")
    groups = {
        str(o).rpartition("/")[2]
        for p in (SG.addresses, SG.involves, SG.mentionsGroup)
        for o in made.objects(goal, p)
    }
    assert {"farmers", "persons-with-disabilities"} <= groups
    assert any("resolution/71" in str(o) for o in made.objects(goal, SG.cites))


def test_a_curator_can_correct_what_a_file_states(tmp_path: Path) -> None:
    file = tmp_path / "x.corrections.toml"
    file.write_text('[[element]]\ntext = "Quays"\nis = "nothing"\nby = "curator"\n', encoding="utf-8")
    try:
        made = build(Original("x.xml", PART_1.encode()), Options(corrections=file)).graph
    except UnusableInputError as error:  # the form of corrections is tested elsewhere
        pytest.fail(str(error))
    assert "Goal 1: Quays" not in of(made, SG.Goal)
    assert "Oyster pickers" not in of(made, SG.Stakeholder)


# --------------------------------------------------------------------------------------------------
# The table


def test_names_are_looked_up_without_regard_to_case() -> None:
    assert names().of("sequenceindicator") == "SequenceIndicator"
    assert (
        document(PART_1.replace("<Vision>", "<vision>").replace("</Vision>", "</vision>")).source.text
        == document(PART_1).source.text
    )
