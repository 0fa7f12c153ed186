"""A document that is a resolution, from its text to the graph and the questions about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, URIRef

from strategraph.export import write
from strategraph.pipeline import Options, Result, build
from strategraph.querying import find_question, run
from strategraph.querying.dataset import load_dataset
from strategraph.rdf.namespace import SG
from strategraph.reading.request import Original

ASSEMBLY = """Resolution adopted by the General Assembly on 8 December 2015

[on the advice of a committee (A/70/505)]

70/98. Meadows for young people

The General Assembly,

Recalling its resolution 69/101,

Mindful of the needs of young people,

1. Requests the Secretary-General:

(a) To report to the Meadow Assembly at its next session;

(b) To consult young people;

2. Invites Member States to share data, and reaffirms resolution 1325 (2000);

3. Decides to meet again.
"""
CONFERENCE = """RESOLUTION 71 (REV. BUSAN, 2014)

Meadow programme of the Union

The Plenipotentiary Conference (Busan, 2014), considering a) what the ITU Constitution says; b) Resolution 72 \
(Rev. Busan, 2014), noting the drought, \
resolves to rest the meadows, instructs the Secretary-General 1 to report to the Council annually; 2 to support \
young people.

Annex 1

1. Requests nobody to do anything.
"""
BASE = "https://w3id.org/strategraph/id/instrument"
ASSEMBLY_IRI = f"{BASE}/united-nations-general-assembly/resolution/70-98"
CONFERENCE_IRI = f"{BASE}/itu-plenipotentiary-conference/resolution/71/rev/busan-2014"


def built(text: str) -> Result:
    return build(Original("resolution.txt", text.encode()), Options())


@pytest.fixture(scope="module")
def assembly() -> Result:
    return built(ASSEMBLY)


@pytest.fixture(scope="module")
def conference() -> Result:
    return built(CONFERENCE)


def tree(graph: Graph, node: URIRef, iri: str) -> dict[str, object]:
    below = sorted(graph.objects(node, SG.hasProvision), key=lambda o: int(str(graph.value(o, SG.position))))
    return {str(one).removeprefix(f"{iri}/provision/"): tree(graph, URIRef(str(one)), iri) for one in below}


def test_the_document_is_the_text_of_the_resolution_and_no_plan(assembly: Result) -> None:
    graph = assembly.graph
    assert list(graph.objects(None, SG.textOf)) == [URIRef(ASSEMBLY_IRI)]
    assert list(graph.subjects(RDF.type, SG.StrategicPlan)) == []
    assert graph.value(URIRef(ASSEMBLY_IRI), DCTERMS.title) == Literal("Meadows for young people", lang="en")
    assert str(graph.value(URIRef(ASSEMBLY_IRI), SG.date)) == "2015-12-08"
    assert str(graph.value(URIRef(ASSEMBLY_IRI), SG.symbol)) == "A/RES/70/98"
    assert assembly.report.conforms


def test_provisions_are_nested_as_printed(assembly: Result) -> None:
    assert tree(assembly.graph, URIRef(ASSEMBLY_IRI), ASSEMBLY_IRI) == {
        "recalling-its-resolution-69-101": {},
        "preamble-2": {},
        "1": {"1/a": {}, "1/b": {}},
        "2": {},
        "3": {},
    }


def test_a_resolution_that_runs_on_is_cut_at_its_opening_words_and_ends_before_its_annex(
    conference: Result,
) -> None:
    assert tree(conference.graph, URIRef(CONFERENCE_IRI), CONFERENCE_IRI) == {
        "considering": {"considering/a": {}, "considering/b": {}},
        "noting-the-drought": {},
        "resolves-to-rest-the-meadows": {},
        "instructs-the-secretary-general": {
            "instructs-the-secretary-general/1": {},
            "instructs-the-secretary-general/2": {},
        },
    }


def test_what_a_provision_says(assembly: Result) -> None:
    graph, second = assembly.graph, URIRef(f"{ASSEMBLY_IRI}/provision/2")
    assert (second, RDF.type, SG.OperativeParagraph) in graph
    assert (second, RDF.type, SG.Provision) in graph
    assert str(graph.value(second, SG.operativeVerb)) == "invite"
    assert str(graph.value(second, SG.force)).endswith("concept/force/hortatory")
    (whom,) = graph.objects(second, SG.addressee)
    assert str(graph.value(URIRef(str(whom)), RDFS.label)).casefold() == "member states"
    first = URIRef(f"{ASSEMBLY_IRI}/provision/1")
    (office,) = graph.objects(first, SG.addressee)
    assert str(graph.value(URIRef(str(office)), RDFS.label)) == "Secretary-General"


def test_what_it_says_of_other_instruments(assembly: Result) -> None:
    graph, own = assembly.graph, URIRef(ASSEMBLY_IRI)
    recalled = URIRef(f"{BASE}/united-nations-general-assembly/resolution/69-101")
    assert list(graph.objects(own, SG.recalls)) == [recalled]
    assert (
        URIRef(f"{ASSEMBLY_IRI}/provision/2"),
        SG.cites,
        URIRef(f"{BASE}/united-nations-security-council/resolution/1325"),
    ) in graph
    (document,) = graph.objects(None, SG.citesDocument)
    assert str(graph.value(URIRef(str(document)), SG.symbol)) == "A/70/505"


def test_groups_are_told_of_each_provision(assembly: Result) -> None:
    served = {str(one) for one in assembly.graph.subjects(SG.addresses)}
    assert f"{ASSEMBLY_IRI}/provision/1/b" in served


def test_its_graph_is_named_after_it(assembly: Result) -> None:
    trig = write(assembly.graph, "trig").decode()
    assert "resolution/70-98/graph> {" in trig


def test_the_same_bytes_each_time(conference: Result) -> None:
    assert write(conference.graph, "turtle") == write(built(CONFERENCE).graph, "turtle")


def test_a_plan_that_it_adopts_stays_a_plan() -> None:
    text = CONFERENCE.replace(
        "resolves to rest the meadows", "resolves to adopt the strategic plan for 2020-2023"
    )
    graph = built(text).graph
    (plan,) = graph.subjects(RDF.type, SG.StrategicPlan)
    assert list(graph.objects(plan, SG.adoptedBy)) == list(graph.objects(None, SG.textOf))


def test_resolutions_that_follow_one_another_each_have_their_provisions() -> None:
    second = (
        CONFERENCE.partition("Annex 1")[0].replace("RESOLUTION 71", "RESOLUTION 73").partition("\n\nAnnex")[0]
    )
    graph = built(f"{CONFERENCE}\n{second}").graph
    texts = list(graph.objects(None, SG.textOf))
    assert len(texts) == 2
    assert len(list(graph.objects(None, DCTERMS.title))) == 2
    assert built(f"{CONFERENCE}\n{second}").report.conforms
    assert all(next(graph.objects(text, SG.hasProvision), None) is not None for text in texts)


def test_what_an_annex_measures_is_left_with_its_elements() -> None:
    result = built(f"{CONFERENCE}\nGoal 1: Rest at least 40% of the meadows by 2030\n")
    assert list(result.graph.objects(None, SG.hasMeasure)) == []
    assert result.report.conforms


def test_a_heading_and_one_opening_word_make_no_resolution() -> None:
    graph = built("Resolution 70/98\n\nStrategic Plan 2024-2027\n\nGoal 1: Invites\n\nGoal 2: Meadows").graph
    assert list(graph.objects(None, SG.textOf)) == []


def answer(result: Result, name: str, tmp_path: Path, **values: str) -> list[tuple[str, ...]]:
    path = tmp_path / "graph.ttl"
    path.write_bytes(write(result.graph, "turtle"))
    rows = run(load_dataset(path), find_question(name).bind(values))
    return [tuple("" if term is None else term.value for term in row) for row in rows]  # type: ignore[union-attr]


def test_who_must_do_what_by_when(assembly: Result, conference: Result, tmp_path: Path) -> None:
    assert [row[:3] for row in answer(assembly, "mandates", tmp_path)] == [
        ("Secretary-General", "binding", "request"),
        ("member states", "hortatory", "invite"),
    ]
    (row,) = answer(conference, "mandates", tmp_path, of="Secretary-General")
    assert row[1:3] == ("binding", "instruct")


def test_what_sets_neither_end_nor_report(tmp_path: Path) -> None:
    without = built(CONFERENCE.replace("to report to the Council annually", "to help"))
    assert len(answer(without, "without-review", tmp_path)) == 1
    assert answer(built(ASSEMBLY), "without-review", tmp_path) == []


def test_what_nobody_says_to_implement(assembly: Result, tmp_path: Path) -> None:
    assert len(answer(assembly, "unimplemented", tmp_path)) == 2


def test_stale_revisions(tmp_path: Path) -> None:
    text = "Strategic Plan 2024-2027\n\nGoal 1: Meadows\n\nAs Resolution 71 (Rev. Dubai, 2018) and Resolution 71 (Rev. Bucharest, 2022) say."
    found = {(row[0], row[1]) for row in answer(built(text), "stale", tmp_path)}
    assert found == {
        ("Resolution 71 (Rev. Dubai, 2018)", "update"),
        ("Resolution 71 (Rev. Bucharest, 2022)", "retain"),
    }
