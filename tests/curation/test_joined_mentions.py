"""Fields, groups and instruments of the reader and of a model, made one; a person's decision wins over both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import PROV, RDF, RDFS, Literal
from tests.curation.builders import MODEL

from strategraph.curation import Placed, join_mentions
from strategraph.curation.placing import PlacedGroup
from strategraph.curation.quotations import Quotations
from strategraph.errors import UnusableInputError
from strategraph.knowledge.vocabulary import load
from strategraph.model import (
    CitationMention,
    ConceptMention,
    Document,
    Mentions,
    OwnerReading,
    Passage,
    Profile,
    Reading,
    Section,
    Span,
    Support,
)
from strategraph.pipeline import Options, Result, build
from strategraph.rdf.namespace import SG


def joined_fields(
    plan: Document, own: Profile, fields: dict[str, Reading | None], *, whole: bool = True
) -> tuple[Profile, tuple[str, ...]]:
    found = join_mentions(Mentions(own), Placed(fields=fields), plan, load(), whole=whole).profile
    return replace(found, notes=()), found.notes


SUPPORT = Support(Span(0, 7), "test", 0.9)
PROPOSED = Support(Span(0, 7), "proposed", 0.9)


def test_fields_are_joined_as_elements_are(plan: Document) -> None:
    own = Profile(
        title=Reading("Harbour Plan", SUPPORT),
        owner=OwnerReading("Harbour", SUPPORT, "Harbour Trust"),
        start=Reading("2024", SUPPORT),
        end=Reading("2030", SUPPORT),
    )
    fields: dict[str, Reading | None] = {
        "title": Reading("Harbour Trust Plan", PROPOSED),
        "owner": Reading("harbour", replace(PROPOSED, confidence=0.5)),
        "start": Reading("2024", PROPOSED),
        "end": None,
    }
    found, notes = joined_fields(plan, own, fields)
    assert found.title == fields["title"]
    assert found.owner == OwnerReading("harbour", fields["owner"].support if fields["owner"] else None)
    assert found.start == Reading("2024", Support(Span(0, 7), "test", 0.99))
    assert found.end is None
    assert notes[-1] == "end: only the reader found “2030”, unsure; it was left out"


@pytest.mark.parametrize(
    ("sure", "whole", "stands"), [(0.49, True, False), (0.5, True, True), (0.49, False, True)]
)
def test_a_model_that_says_nothing_takes_out_what_is_rather_wrong_only(
    plan: Document, sure: float, whole: bool, stands: bool
) -> None:
    own = Profile(
        title=Reading("Harbour Plan", replace(SUPPORT, confidence=sure)), end=Reading("2030", SUPPORT)
    )
    found, notes = joined_fields(plan, own, {"title": None, "end": None}, whole=whole)
    assert found == (own if stands else replace(own, title=None))
    assert ("left out" in notes[0]) is not stands
    assert notes[1] == "end: “2030” by the reader, which stands; the model does not find it said"


@pytest.mark.parametrize(
    ("sure", "rule", "stands"),
    [
        (0.94, "owner:title", False),
        (0.95, "owner:title", True),
        (0.5, "owner:metadata", True),
        (0.49, "owner:metadata", False),
    ],
)
def test_a_null_beside_a_title_that_the_model_quotes(
    plan: Document, sure: float, rule: str, stands: bool
) -> None:
    """A model that has found the title but no owner has looked: its null wins but over what is plain."""
    own = Profile(owner=OwnerReading("Harbour", replace(SUPPORT, rule=rule, confidence=sure)))
    fields: dict[str, Reading | None] = {"title": Reading("Harbour Plan", PROPOSED), "owner": None}
    found, notes = joined_fields(plan, own, fields)
    assert found.owner == (own.owner if stands else None)
    assert ("left out" in notes[0]) is not stands


@pytest.mark.parametrize(
    ("sure", "said", "stands"),
    [(0.95, "Assembly", True), (0.94, "Assembly", False), (0.99, "Harbour Trust", False)],
)
def test_another_owner_does_not_replace_one_that_is_sure(
    plan: Document, sure: float, said: str, stands: bool
) -> None:
    """A fuller form of the name does: of it, the model's stands."""
    own = Profile(owner=OwnerReading("Harbour", replace(SUPPORT, confidence=sure)))
    found, notes = joined_fields(plan, own, {"owner": Reading(said, PROPOSED)})
    assert found.owner is not None
    assert found.owner.name == ("Harbour" if stands else said)
    assert ("the reader's stands" in notes[0]) is stands


def test_without_fields_the_reader_s_stand(plan: Document) -> None:
    own = Profile(title=Reading("Harbour Plan", SUPPORT))
    assert joined_fields(plan, own, {}) == (own, ())


SMALL = """Harbour Trust Strategic Plan 2025-28

Our goals

Goal 1: Clean water

We clean the bay for the people of the har-
bour and for women and girls.

As Resolution 12 (Rev. Oslo, 2021) of the Harbour Assembly asks.

Clean water is a right.
"""


def built(folder: Path, readings: str, corrections: str = "") -> Result:
    source, proposals, decisions = (folder / name for name in ("plan.txt", "p.toml", "c.toml"))
    source.write_text(SMALL, encoding="utf-8")
    proposals.write_text(MODEL + readings, encoding="utf-8")
    decisions.write_text(corrections, encoding="utf-8")
    return build(source, Options(readings=proposals, corrections=decisions if corrections else None))


GOAL = """
[[element]]
id = "4"
is = "Value"
title = "Clean water"
block = 2
statement = "We clean the bay for the people of the harbour and for women and girls."

[[group]]
in = "4"
text = "people of the harbour"

[[group]]
in = "4"
text = "the bay"
role = "mentioned"
"""


def groups(result: Result, kind: str) -> set[str]:
    labels = {concept.iri: concept.label for concept in result.plan.concepts}
    homes = {element.iri for element in result.plan.elements if element.kind == kind}
    return {
        labels[one.object]
        for one in result.plan.links
        if one.predicate == "addresses" and one.subject in homes
    }


def test_a_graph_of_both(tmp_path: Path) -> None:
    result = built(tmp_path, GOAL)
    assert result.report.conforms
    # "women and girls" is our reader's: nothing follows it, so the model has not passed over it rightly
    assert groups(result, "Value") == {"people of the harbour", "women and girls"}
    rules = {str(rule) for rule in result.graph.objects(None, SG.rule)}
    assert "proposed" in rules
    agents = set(
        result.graph.subjects(RDF.type, PROV.SoftwareAgent)
    )  # the model, beside what built the graph
    assert len(agents & set(result.graph.subjects(RDFS.label, Literal("test")))) == 1


def test_a_person_wins_over_the_model(tmp_path: Path) -> None:
    decisions = """
[[element]]
text = "Clean water"
line = 5
is = "Priority"

[[group]]
is = "nothing"
text = "people of the harbour"

[[group]]
text = "women and girls"
reason = "whom the bay is for"

[[instrument]]
is = "Decision"
text = "Resolution 12 (Rev. Oslo, 2021)"
number = "12"
reason = "the Assembly calls it a decision"

[[field]]
name = "owner"
text = "Harbour Assembly"

[[field]]
name = "end"
is = "nothing"
"""
    result = built(tmp_path, GOAL, decisions)
    assert result.report.conforms
    assert groups(result, "Priority") == {"women and girls"}
    assert [one.kind for one in result.plan.instruments if one.number == "12"] == ["Decision"]
    assert result.plan.profile.owner
    assert result.plan.profile.owner.name == "Harbour Assembly"
    assert result.plan.profile.end is None
    assert len(result.plan.decisions) == 6
    assert "the text does not say the plan's end" in result.plan.decisions


def test_a_person_s_entries_in_a_model_s_file(tmp_path: Path) -> None:
    result = built(
        tmp_path, GOAL + "[[element]]\nby = 'curator'\ntext = 'Clean water'\nline = 5\nis = 'nothing'\n"
    )
    assert not [element for element in result.plan.elements if element.title == "Clean water"]


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ("[[group]]\ntext = 'the poor'", r"c\.toml:1: plan\.txt does not say “the poor”"),
        (
            "[[instrument]]\nis = 'Order'\ntext = 'Resolution 12'\nnumber = '13'",
            r"c\.toml:1: .* has no number",
        ),
        ("\n[[field]]\nname = 'end'\ntext = '2025-28'\nyear = 2031", r"c\.toml:2: .*year 2031"),
        ("[[group]]\nis = 'nothing'\ntext = 'the poor'", r"c\.toml:1: plan\.txt does not say"),
    ],
)
def test_a_person_s_words_must_be_the_source_s(tmp_path: Path, decision: str, message: str) -> None:
    with pytest.raises(UnusableInputError, match=message):
        built(tmp_path, GOAL, decision)


def test_what_cannot_be_placed_is_told_with_its_line(tmp_path: Path) -> None:
    result = built(
        tmp_path, '[source]\nsha256 = "00"\n\n[[element]]\nis = "Goal"\ntitle = "Rule the world"\n'
    )
    assert [remark.removeprefix(str(tmp_path)) for remark in result.remarks] == [
        "/p.toml: was made from another version of plan.txt",
        "/p.toml:6: plan.txt does not say “Rule the world”",
    ]


def test_the_same_readings_give_the_same_graph(tmp_path: Path) -> None:
    from strategraph.export import write

    first, second = (write(built(tmp_path, GOAL).graph, "turtle") for _ in range(2))
    assert first == second


def test_of_instruments_the_reader_s_stand(plan: Document) -> None:
    words = Quotations(plan).place("Resolution 12 (Rev. Oslo, 2021)").passage
    other = Quotations(plan).place("Harbour Assembly").passage

    def citation(kind: str, number: str | None, passage: Passage, rule: str) -> CitationMention:
        return CitationMention(kind, passage.text, Support(passage.span(), rule, 0.9), number=number)

    own = citation("Resolution", "12", words, "test")
    proposals = citation("Resolution", "12", words, "proposed"), citation("Policy", None, other, "proposed")
    found = join_mentions(Mentions(Profile(), citations=(own,)), Placed(citations=proposals), plan, load())
    assert [(one.kind, one.support.rule, one.support.confidence) for one in found.citations] == [
        ("Resolution", "test", 0.99),
        ("Policy", "proposed", 0.9),
    ]
    conflict = Placed(citations=(citation("Order", "12", words, "proposed"),))
    found = join_mentions(Mentions(Profile(), citations=(own,)), conflict, plan, load())
    assert found.citations == (own,)
    assert found.profile.notes == (
        "“Resolution 12 (Rev. Oslo, 2021)”: Resolution by the reader, Order by the model; the reader's stands",
    )


def test_groups_of_an_element_that_the_model_has_read(plan: Document) -> None:
    words = Quotations(plan)
    statement = words.place("We clean the bay for the people of the harbour and for women and girls.").passage

    def mention(text: str) -> ConceptMention:
        (part,) = words.within(text, statement)
        return ConceptMention(
            "target-group", text, text, None, Support(part.span(), "test", 0.6), role="addressed"
        )

    def group(text: str, role: str = "addressed") -> PlacedGroup:
        (part,) = words.within(text, statement)
        return PlacedGroup(part, role, Support(part.span(), "proposed", 0.9))

    read = Section("Goal", None, None, statement, None, (Support(statement.span(), "proposed", 0.9),))
    own = Mentions(Profile(), concepts=tuple(map(mention, ("bay", "people", "women and girls"))))
    groups = group("people of the harbour"), group("women and girls")
    found = join_mentions(own, Placed((read,), groups), plan, load())
    assert [(one.surface, one.support.confidence) for one in found.concepts] == [
        ("people of the harbour", 0.9),
        ("women and girls", 0.96),
    ]
    assert found.profile.notes == (
        "“bay”: only the reader found a group here; it was left out",
        "“people”: “people of the harbour”, addressed, by the model, which stands",
    )
    part = join_mentions(
        own, Placed((read,), (group("women and girls", "involved"),)), plan, load(), whole=False
    )
    assert [(one.surface, one.role) for one in part.concepts] == [
        ("bay", "addressed"),
        ("people", "addressed"),
        ("women and girls", "involved"),
    ]
    known = replace(mention("women and girls"), concept="https://example.org/women-and-girls")
    for other, stands in (
        (known, True),
        (replace(known, concept=None), False),
        (replace(known, role="mentioned"), False),
        (replace(known, support=replace(known.support, confidence=0.49)), False),
        (replace(mention("people"), concept="https://example.org/people"), False),  # "people of the harbour"
    ):
        kept = join_mentions(Mentions(Profile(), concepts=(other,)), Placed((read,)), plan, load())
        assert bool(kept.concepts) is stands
        assert bool(kept.profile.notes) is not stands
    named = join_mentions(Mentions(Profile()), Placed((read,), groups), plan, load())
    assert [one.concept is None for one in named.concepts] == [True, False]
