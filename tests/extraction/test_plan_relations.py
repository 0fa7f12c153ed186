"""Which plan a plan says that it replaces: only by name, and never itself.

Which elements say that they support which others: by label and number, of the same plan, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, Literal, URIRef

from strategraph.errors import UnusableInputError
from strategraph.extraction import plan_relations
from strategraph.extraction.plan_relations import (
    RULE_PREFIX,
    SuccessionForm,
    examples,
    find_supports,
    forms,
    replaced,
    supported,
)
from strategraph.knowledge import resources
from strategraph.knowledge.languages import available
from strategraph.knowledge.rule_names import is_known_rule
from strategraph.model import Document, Section, Source, passage
from strategraph.model.document import Spoken
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


SUPPORTS_PLAN = """Otter Trust Strategic Plan 2025-2029

Goal 1: Clean rivers
Otter Trust will clean twelve rivers. This contributes to Goal 1 and Goal 7.

Goal 2: Knowledge
Otter Trust will publish data on rivers. This contributes to Goals 1 and 2.

Action 1: Survey
Count otters each year, in support of Goal 2.
"""


def test_links_lead_to_elements_of_the_plan_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(SUPPORTS_PLAN, encoding="utf-8")
    result = build(path)
    assert result.report.conforms
    links = [link for link in result.plan.links if link.predicate == "supports"]
    said = {
        (link.subject.rpartition("2029/")[2], link.object.rpartition("2029/")[2]): [
            SUPPORTS_PLAN[support.span.start : support.span.end] for support in link.supports
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


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[fragments]\nyears = 4", "fragments.years: must be a text"),
        (
            '[fragments]\nyears = "y"\n[[form]]\nlanguage = "en"\nname = "a"\npattern = "b"',
            'form[0]: the key "cancels" is missing',
        ),
        (
            '[fragments]\nyears = "y"\n[[form]]\nlanguage = "en"\nname = "a"\npattern = "("\ncancels = "b"\n'
            "examples = []\ncounter_examples = []",
            "form[0]: pattern: is no pattern",
        ),
    ],
)
def test_what_is_wrong_with_the_forms_of_succession_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, wrong: str
) -> None:
    with told_of(tmp_path / "succession.toml", text, monkeypatch, wrong):
        forms()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('[[language]]\ntag = "en"', 'language[0]: the key "negations" is missing'),
        ('[[language]]\ntag = "en"\njoiner = []', 'language[0]: unknown key "joiner"; did you mean joiners?'),
    ],
)
def test_what_is_wrong_with_the_words_of_support_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, wrong: str
) -> None:
    with told_of(tmp_path / "supports.toml", text, monkeypatch, wrong):
        list(examples())


@contextmanager
def told_of(path: Path, text: str, monkeypatch: pytest.MonkeyPatch, wrong: str) -> Iterator[None]:
    """Have ``text`` read in place of a table of ours; what is wrong with it is told with its file."""
    path.write_text(text, encoding="utf-8")
    kept = (plan_relations._succession, plan_relations._forms, plan_relations._table)
    monkeypatch.setattr(resources, "path", lambda *_: path)
    for one in kept:
        one.cache_clear()
    try:
        with pytest.raises(UnusableInputError, match=re.escape(f"{path}: {wrong}")):
            yield
    finally:
        for one in kept:
            one.cache_clear()
