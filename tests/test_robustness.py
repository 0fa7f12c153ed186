"""The whole pipeline on whatever text there is: a graph that conforms, or one line that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph
from rdflib.compare import isomorphic

from strategraph.errors import StrategraphError
from strategraph.export import write
from strategraph.pipeline import Result, build
from strategraph.rdf.namespace import OA, SG

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
GARBAGE = st.text(
    st.one_of(
        st.sampled_from(
            "\u202e\u2066\u200b\u200d\u00ad\u0301\x01\x0c\x85\u2028\ufeff<>\"'{}|^`\\%&#*_[]()–—-:;.,\n\t \u00a0İß目هД"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
LABELS = st.sampled_from(
    [
        "Goal 1: ", "Goal 1 – ", "Goal 2.1 ", "Strategic Objective 1.1: ", "Objective 1.1 ", "Outcome 1: ", "KPI 3: ",
        "Our Vision\n\n", "Mission: ", "Our mission is to ", "Values\n\n", "The following goals:\n\n", "- ", "  - ",
        "1. ", "1.1 ", "(a) ", "# ", "## Goal 3: ", "| Goal | Target |\n|---|---|\n| ", "Цель 1: ", "目标一：", "الهدف 1: ",
        "Objectif 1 : ", "Objetivo 1: ", "Strategic Plan 2024-2027", "Contents\n", "Annex ", "SDG 5: ",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "women and girls", "persons with disabilities", "least developed countries (LDCs)", "LDCs", "small farmers",
        "enable and foster trade", "will close the digital divide", "in order to empower people", "to reach all",
        "Resolution 71 (Rev. Bucharest, 2022)", "resolutions 70/1 and 71/256", "Regulation (EU) 2016/679", "the Resolution",
        "the Equality Act 2010", "adopted by the General Assembly", "ITU", "the Ministry of Health", "WTDC-22", "in 2030",
        "for all", "such as youth", "by 2027", "women", "digital transformation", "etc.", "No. 5",
    ]
)  # fmt: skip
PARTS = st.one_of(
    LABELS, WORDS, st.sampled_from([" ", ", ", ". ", "; ", ": ", " and ", "\n", "\n\n"]), GARBAGE
)
PLAN_LIKE = st.lists(PARTS, min_size=3, max_size=40).map("".join)
SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SETTINGS
@given(ANYTHING, st.sampled_from([".txt", ".md"]))
def test_any_text(text: str, suffix: str) -> None:
    _hold(text, suffix)


@SETTINGS
@given(PLAN_LIKE, st.sampled_from([".txt", ".md", ".html", ".rst", ".adoc"]))
def test_plan_like_text(text: str, suffix: str) -> None:
    _hold(text, suffix)


@SETTINGS
@given(
    st.binary(max_size=300),
    st.sampled_from([".txt", ".md", ".html", ".rst", ".adoc", ".pdf", ".docx", ".odt"]),
)
def test_any_bytes(data: bytes, suffix: str) -> None:
    with _source(data, suffix) as path:
        _built(path)


def _hold(text: str, suffix: str) -> None:
    """Hold what a text gives against what must hold of every graph."""
    with _source(text.encode("utf-8"), suffix) as path:
        result = _built(path)
        if result is None:
            return
        assert [found.lines() for found in result.report.of_severity("Violation")] == []
        source = result.document.source.text
        for evidence in result.graph.subjects(RDF.type, SG.Evidence):
            start, end = (int(str(result.graph.value(evidence, place))) for place in (OA.start, OA.end))
            assert source[start:end] == str(result.graph.value(evidence, OA.exact))
        turtle = write(result.graph, "turtle")
        assert isomorphic(Graph().parse(turtle, format="turtle"), result.graph)
        again = build(path)
        assert write(again.graph, "turtle") == turtle
        assert again.coverage.to_json() == result.coverage.to_json()


def _built(path: Path) -> Result | None:
    try:
        return build(path)
    except StrategraphError as error:
        refusal = str(error)
    assert len(refusal.splitlines()) == 1
    return None


@contextmanager
def _source(data: bytes, suffix: str) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{suffix}"
        path.write_bytes(data)
        yield path
