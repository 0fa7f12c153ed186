"""Which elements say that they support which others: by label and number, of the same plan, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from strategraph.extraction.supports import examples, find_supports, supported
from strategraph.knowledge.languages import available
from strategraph.model import Document, Section, Source, passage
from strategraph.model.span_index import Spoken
from strategraph.pipeline import build
from strategraph.rdf.namespace import SG


@pytest.mark.parametrize(("language", "text", "said"), list(examples()))
def test_examples_say_what_the_table_says(language: str, text: str, said: tuple[str, ...]) -> None:
    assert tuple(f"{one.kind} {one.number}" for one in supported(text, language)) == said


def test_each_language_that_has_rules_has_examples_and_counter_examples() -> None:
    told = {(language, bool(said)) for language, _, said in examples()}
    assert told == {(language, kind) for language in available() for kind in (True, False)}


def test_a_language_without_table_says_nothing() -> None:
    assert not list(supported("It supports Goal 1.", "fi"))


@pytest.mark.parametrize(
    "text",
    [
        "It contributes to Goal 3 of the Sustainable Development Goals.",
        "This will not, of itself, and cannot support Goal 1.",
        "It supports Goal 1.5% growth.",
    ],
)
def test_what_only_looks_like_it_is_none(text: str) -> None:
    assert not list(supported(text, "en"))


PLAN = """Otter Trust Strategic Plan 2025-2029

Goal 1: Clean rivers
Otter Trust will clean twelve rivers. This contributes to Goal 1 and Goal 7.

Goal 2: Knowledge
Otter Trust will publish data on rivers. This contributes to Goals 1 and 2.

Action 1: Survey
Count otters each year, in support of Goal 2.
"""


def test_links_lead_to_elements_of_the_plan_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    result = build(path)
    assert result.report.conforms
    links = [link for link in result.plan.links if link.predicate == "supports"]
    said = {
        (link.subject.rpartition("2029/")[2], link.object.rpartition("2029/")[2]): [
            PLAN[support.span.start : support.span.end] for support in link.supports
        ]
        for link in links
    }
    assert said == {  # no goal supports itself, and there is no goal 7
        ("goal/2", "goal/1"): ["contributes to Goals 1 and 2"],
        ("goal/2/action/1", "goal/2"): ["in support of Goal 2"],
    }
    for link in links:
        assert (URIRef(link.subject), SG.supports, URIRef(link.object)) in result.graph


def test_a_number_that_two_elements_have_means_neither() -> None:
    text = "In support of Goal 2, feed otters."
    document = Document(Source("plan.txt", "text/plain", "0" * 64, text), (), "en")
    stated = Section("Goal", "3", None, passage(text, [(0, len(text))]), None, ())
    twins = [Section("Goal", "2", None, None, None, ())] * 2
    spoken = Spoken(document)
    assert [(one.section, one.other) for one in find_supports([stated, twins[0]], spoken)] == [(0, 1)]
    assert not list(find_supports([stated, *twins], spoken))
