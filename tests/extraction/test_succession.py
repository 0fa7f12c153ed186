"""Which plan a plan says that it replaces: only by name, and never itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from strategraph.extraction.succession import RULE_PREFIX, SuccessionForm, forms, replaced
from strategraph.knowledge.languages import available
from strategraph.knowledge.rule_names import is_known_rule
from strategraph.pipeline import build
from strategraph.rdf.namespace import SG


def years(period: str) -> tuple[str, str]:
    first, _, last = period.partition("-")
    return first, last


@pytest.mark.parametrize("form", forms(), ids=lambda form: f"{form.language}-{form.name}")
def test_each_form_reads_its_examples_and_no_counter_example(form: SuccessionForm) -> None:
    assert form.examples
    assert form.counter_examples
    assert is_known_rule(f"{RULE_PREFIX}{form.name}")
    for text, name, *own in form.examples:
        found = list(replaced(text, form.language, years(own[0]) if own else (None, None)))
        assert [(one.rule, text[one.name_start : one.name_end]) for one in found] == [(form.name, name)]
    for text in form.counter_examples:
        assert not list(replaced(text, form.language))


def test_every_language_that_has_rules_has_a_form() -> None:
    assert {form.language for form in forms()} == set(available())


def test_a_period_of_the_plan_s_own_names_no_other_plan() -> None:
    text = "This plan replaces the Strategic Plan 2020-2024."
    assert not list(replaced(text, "en", ("2020", "2024")))
    assert list(replaced(text, "en", ("2025", "2029")))


def test_a_plan_of_another_period_is_not_this_one() -> None:
    text = "The Strategic Plan 2023-2027 replaces the Strategic Plan 2018-2022."
    assert not list(replaced(text, "en", ("2028", "2032")))


def test_what_is_replaced_on_a_condition_is_not_replaced() -> None:
    assert not list(replaced("If it is adopted this plan replaces the Strategic Plan 2020-2024.", "en"))


PLAN = """Otter Trust Strategic Plan 2025-2029

This plan replaces the Strategic Plan 2020-2024.

Goal 1: Clean rivers
Otter Trust will clean twelve rivers.
"""


def test_the_graph_says_it_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    result = build(path)
    assert result.report.conforms
    graph, plan = result.graph, URIRef(result.plan.iri)
    (before,) = graph.objects(plan, DCTERMS.replaces)
    assert (before, RDF.type, SG.Policy) in graph
    assert graph.value(before, RDFS.label) == Literal("Strategic Plan 2020-2024", lang="en")
    assert (plan, SG.cites, before) in graph
    (evidence,) = (
        node
        for node in graph.subjects(RDF.object, before)
        if (node, RDF.predicate, DCTERMS.replaces) in graph
    )
    assert (evidence, RDFS.label, Literal("This plan replaces the Strategic Plan 2020-2024")) in graph
    assert "dcterms:replaces" in result.coverage.to_json()
