"""Validation: each constraint fails on its own fixture and on no other, and nothing passes unchecked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import DCTERMS, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef

from strategraph.cli import main
from strategraph.errors import EmptyValidationError, UnusableInputError
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import ELEMENT_CLASSES, EXTRACTED, INSTRUMENT_CLASSES, OA, SG
from strategraph.validation import Report, ValidationResult, validate
from strategraph.validation.__main__ import page
from strategraph.validation.checks import CHECKS
from strategraph.validation.shapes import SGSH, load_shapes
from strategraph.validation.subject import Quotes

FOLDER = Path(__file__).parents[1] / "shapes"
VALID = FOLDER / "valid.ttl"
TEXT = (FOLDER / "valid.txt").read_text(encoding="utf-8")
UNSAID = {
    "Succession",
    "Supporting",
    "what-replaces-is-plan",
    "what-supports-is-element",
}  # of the valid graph
UNREAD = {"text-is-understood", "language-has-rules"}  # no graph shows what was not read
FIXTURES = {path.stem: path for path in sorted((FOLDER / "invalid").glob("*.ru"))}
PROLOGUE = (FOLDER / "prologue.ru").read_text(encoding="utf-8")
PLAN = URIRef("https://w3id.org/strategraph/id/plan/meadow-trust-plan-from-2025")
GOAL = URIRef(f"{PLAN}/goal/1")
PREFIXES = """
    @prefix ex: <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sg: <https://w3id.org/strategraph/ns#> .
    @prefix sgsh: <https://w3id.org/strategraph/shapes#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
"""

# What SHACL counts as one restriction: parameters that only tune another one are not listed.
RESTRICTIONS = {
    SH["class"],
    SH.datatype,
    SH.disjoint,
    SH.equals,
    SH["in"],
    SH.lessThan,
    SH.maxCount,
    SH.maxInclusive,
    SH.minCount,
    SH.minInclusive,
    SH.nodeKind,
    SH["not"],
    SH["or"],
    SH.pattern,
    SH.qualifiedMaxCount,
    SH.qualifiedMinCount,
    SH.sparql,
    SH.uniqueLang,
}


# The valid graph is that of a plan; test_resolutions builds graphs with these.
RESOLUTIONS = {
    "CitedDocument",
    "CitesDocument",
    "HasProvision",
    "InstrumentRelation",
    "InstrumentTime",
    "Provision",
    "TextOf",
    "provision-is-provision",
}


def updated(*updates: str) -> Graph:
    """Return the valid graph after some SPARQL updates."""
    graph = load_graph(VALID)
    for update in updates:
        before = set(graph)
        graph.update(update if "PREFIX" in update else PROLOGUE + update)
        assert set(graph) != before, "the update changes nothing"
    return graph


def broken(*names: str) -> Graph:
    """Return the valid graph, broken as the named fixtures say."""
    return updated(*(FIXTURES[name].read_text(encoding="utf-8") for name in names))


def failing(report: Report) -> dict[str, str]:
    """Return the failed constraints of a report with their severities."""
    return {str(result.shape).removeprefix(str(SGSH)): result.severity for result in report.results}


@pytest.fixture
def shapes_file(tmp_path: Path) -> Path:
    return tmp_path / "shapes.ttl"


# --------------------------------------------------------------------------------------------------
# The constraints


def test_the_valid_graph_has_no_results() -> None:
    report = validate(load_graph(VALID), text=TEXT)
    assert report.results == ()
    assert report.conforms
    assert report.exit_code(strict=True) == 0


def test_the_valid_graph_is_checked_by_every_shape_it_can_be() -> None:
    report = validate(load_graph(VALID))
    idle = {shape.removeprefix(str(SGSH)) for shape, count in report.checked.items() if not count}
    unused = ("Action", "Indicator", "Outcome", "Output", "Priority", "Target", "Value")
    assert idle == {f"Has{kind}" for kind in unused} | {"Responsible", *RESOLUTIONS, *UNSAID}


def test_every_constraint_has_its_fixture_and_every_fixture_its_constraint() -> None:
    constraints = {constraint.label for constraint in load_shapes().constraints()}
    assert set(FIXTURES) == constraints - UNREAD
    assert len(constraints) >= 30


@pytest.mark.parametrize("name", FIXTURES)
def test_each_fixture_fails_its_constraint_and_those_it_names(name: str) -> None:
    """Some lies cannot be told alone: a year that the quote does not have is also in the evidence's name."""
    first, *lines = FIXTURES[name].read_text(encoding="utf-8").splitlines()
    others = {line.removeprefix("# with ") for line in lines if line.startswith("# with ")}
    report = failing(validate(broken(name), text=TEXT))
    assert report[name] == first.removeprefix("# ")
    assert set(report) == {name, *others}


def test_an_invented_class_is_found_out() -> None:
    report = validate(updated("INSERT DATA { <goal/1> a sg:Gaol }"))
    assert [(r.shape, r.message) for r in report.results] == [
        (SGSH["term-is-known"], "sg:Gaol is not a term of the ontology.")
    ]


@pytest.mark.parametrize("statement", ["", " ", " a", "a ", "a\n", "a\nb", "a  b", "a\u00a0b", "a\tb"])
def test_statements_have_single_spaces_and_no_others(statement: str) -> None:
    graph = load_graph(VALID)
    for wrong, text in ((True, statement), (False, "a b c, d")):
        graph.set((GOAL, SG.statement, Literal(text, lang="en")))
        assert ("statement-is-clean" in failing(validate(graph))) is wrong


def test_a_blank_node_has_no_absolute_iri() -> None:
    graph = updated('INSERT DATA { [] a sg:Event ; rdfs:label "Meadow Forum 2025" }')
    (result,) = (r for r in validate(graph).results if r.shape == SGSH["node-has-absolute-iri"])
    assert isinstance(result.focus, BNode)
    assert result.focus_label == "Meadow Forum 2025"


def test_each_constraint_is_described() -> None:
    shapes = load_shapes()
    components = set(shapes.graph.subjects(RDF.type, SH.PropertyShape)) | set(shapes.checks)
    components |= {s for s in shapes.targeted if (s, SH.property, None) not in shapes.graph}
    constraints = {constraint.shape: constraint for constraint in shapes.constraints()}
    assert set(constraints) == components
    for shape, constraint in constraints.items():
        assert isinstance(shape, URIRef)
        assert all((constraint.name, constraint.description, constraint.message))
        assert (shape, SH.severity, SH[constraint.severity]) in shapes.graph
        for property_ in (SH.name, SH.description, SH.message, SH.severity):
            assert len(list(shapes.graph.objects(shape, property_))) == 1
    names = [constraint.name for constraint in constraints.values()]
    assert len(set(names)) == len(names)


def test_each_constraint_is_one_restriction_of_one_path() -> None:
    shapes = load_shapes()
    for constraint in shapes.constraints():
        found = RESTRICTIONS & set(shapes.graph.predicates(constraint.shape))
        assert len(found) == (0 if constraint.shape in shapes.checks else 1), constraint.label


def test_each_shape_applies_to_something_by_itself() -> None:
    shapes = load_shapes()
    grouped = {part for shape in shapes.targeted for part in shapes.graph.objects(shape, SH.property)}
    reached = grouped | set(shapes.targeted) | set(shapes.checks)
    assert reached >= {constraint.shape for constraint in shapes.constraints()}


def test_each_check_in_code_is_declared() -> None:
    assert set(load_shapes().checks) == set(CHECKS)


def listed(shape: str) -> set[object]:
    graph = load_shapes().graph
    return {member for rest in graph.objects(SGSH[shape], SH["in"]) for member in graph.items(rest)}


def test_lists_in_the_shapes_are_those_in_the_code() -> None:
    graph = load_shapes().graph
    assert listed("fact-predicate-is-extracted") == EXTRACTED
    assert set(graph.objects(SGSH["element-is-plan-element"], SH.targetClass)) == set(ELEMENT_CLASSES)
    assert set(graph.objects(SGSH["instrument-is-instrument"], SH.targetClass)) == set(INSTRUMENT_CLASSES)


def test_other_processors_come_to_the_same_results() -> None:
    names = (
        "goal-has-target-group",
        "has-goal-leads-to-goal",
        "period-is-in-order",
        "evidence-ends-after-start",
        "number-is-clean",
        "node-has-one-label",
        "revision-base-is-no-revision",
        "element-has-one-kind",
    )
    graph = broken(*names)
    _, plain, _ = pyshacl.validate(graph, shacl_graph=load_shapes().graph)
    theirs = {
        tuple(plain.value(result, part) for part in (SH.sourceShape, SH.focusNode, SH.value))
        for result in plain.objects(None, SH.result)
    }
    ours = {(r.shape, r.focus, r.value) for r in validate(graph).results if r.shape not in CHECKS}
    assert theirs == ours
    assert {shape for shape, _, _ in ours} >= {SGSH[name] for name in names}


def test_the_page_of_shapes_is_up_to_date() -> None:
    file = Path(__file__).parents[2] / "docs" / "shapes.md"
    assert file.read_text(encoding="utf-8") == page()


# --------------------------------------------------------------------------------------------------
# Evidence


LIGHT = "DELETE WHERE { ?evidence a sg:Evidence ; ?property ?value }"


def test_a_light_graph_conforms_and_says_that_it_is_light() -> None:
    report = validate(updated(LIGHT), text=TEXT)
    assert failing(report) == {"graph-has-evidence": "Info"}
    assert report.exit_code(strict=True) == 0
    assert report.results[0].quote is None


def test_without_the_text_quotes_are_not_checked() -> None:
    graph = broken("quote-stands-in-text")
    assert validate(graph).results == ()
    assert failing(validate(graph, text=TEXT)) == {"quote-stands-in-text": "Violation"}


def test_another_text_is_found_out() -> None:
    report = validate(load_graph(VALID), text="Another text.")
    assert set(failing(report)) == {"text-has-checksum", "quote-stands-in-text"}


def test_an_element_of_two_plans_does_not_hang_under_both() -> None:
    graph = updated("INSERT DATA { plan:other a sg:StrategicPlan . <goal/1> sg:inPlan plan:other }")
    wrong = [r for r in validate(graph).results if r.shape == SGSH["element-hangs-under-its-plan"]]
    assert [(r.focus, r.value) for r in wrong] == [
        (GOAL, URIRef("https://w3id.org/strategraph/id/plan/other"))
    ]


@pytest.mark.parametrize(
    ("numbers", "wrong"), [("12", []), ("21", ["2"]), ("34", []), ("13", []), ("22", ["2", "2"])]
)
def test_a_list_that_begins_anew_has_its_own_numbers(numbers: str, wrong: list[str]) -> None:
    """Real plans number the actions under each of their headings from 1, though the headings are no elements."""
    more = "".join(
        f'<> sg:hasElement <goal/{at}> . <goal/{at}> a sg:Goal ; sg:position {at} ; sg:number "{number}" .'
        for at, number in enumerate(numbers, start=3)
    )
    graph = updated(f"INSERT DATA {{ {more} }}".replace("<>", f"<{PLAN}>"))
    found = [r for r in validate(graph).results if r.shape == SGSH["siblings-differ-in-number"]]
    assert [str(r.value) for r in found] == wrong


@pytest.mark.parametrize(
    ("format", "number", "right"),
    [
        ("text/html", "3", True),  # the items between are no elements, and have lines of their own
        ("text/html", "5", True),
        ("text/html", "6", False),  # there are not so many lines
        ("text/plain", "5", False),  # where nothing counts by itself, numbers are printed
        ("text/html", "9999999", False),
    ],
)
def test_a_list_that_counts_by_itself_may_have_items_that_are_no_elements(
    format: str, number: str, right: bool
) -> None:
    graph = updated(
        f"""DELETE {{ ?s dcterms:format ?f . <goal/2> sg:number ?n }}
        INSERT {{ ?s dcterms:format "{format}" . <goal/2> sg:number "{number}" }}
        WHERE {{ ?s dcterms:format ?f . <goal/2> sg:number ?n }}"""
    )
    assert ("words-are-quoted" not in failing(validate(graph))) == right


def test_an_instrument_may_be_named_by_its_title_without_the_marks_on_its_letters() -> None:
    law = "<instrument/legislation/закон-о-молодежнои-политике>"
    graph = updated(
        f"""INSERT DATA {{ <{PLAN}> sg:cites {law} . {law} a sg:Legislation, sg:Instrument ;
        rdfs:label "Закон « О молодежной политике »"@ru ; sg:number "40" }}"""
    )
    assert "instrument-is-named-by-what-it-is" not in failing(validate(graph))


def test_a_group_is_quoted_also_where_its_article_is_written_on_to_a_word() -> None:
    graph = updated(
        """DELETE { ?e oa:exact ?x } INSERT { ?e oa:exact "للطلبة" ; rdf:object ?group . <vision> sg:addresses ?group }
        WHERE { ?e rdf:subject <vision> ; rdf:predicate sg:addresses ; oa:exact ?x .
        BIND(<https://w3id.org/strategraph/concept/target-group/students> AS ?group) }"""
    )
    wrong = [r for r in validate(graph).results if r.shape == SGSH["concept-is-quoted"]]
    assert not [r for r in wrong if str(r.value).endswith("/students")]


@pytest.mark.parametrize(
    ("name", "line", "quote"),
    [
        ("confidence-is-high", 3, "everyone"),  # the evidence itself
        ("addressed-is-target-group", 7, "young farmers"),  # another value of the property
        ("commitment-has-object", 7, "promote bee-friendly farming"),  # what states the node
        ("plan-has-language", 1, "Meadow Trust Plan from 2025"),  # anything about the node
        ("owner-is-organization", 1, "Meadow Trust"),  # the very triple
    ],
)
def test_results_quote_the_words_behind_them(name: str, line: int, quote: str) -> None:
    (result,) = (r for r in validate(broken(name)).results if r.shape == SGSH[name])
    assert (result.line, result.quote) == (line, quote)


def test_the_first_of_several_evidences_is_quoted() -> None:
    quotes = Quotes.of(load_graph(VALID))
    decision = URIRef("https://w3id.org/strategraph/id/instrument/meadow-assembly/decision/4")
    starts = [quote.start for quote in quotes.all]
    assert starts == sorted(start for start in starts if start is not None)
    quote = quotes.behind(decision)
    assert quote is not None
    assert quote.exact == "Decision 4 (MA-3)"


def test_ill_typed_evidence_is_a_finding_not_a_crash() -> None:
    graph = updated(
        'DELETE { ?e oa:start ?s ; oa:exact ?x ; sg:line ?l } INSERT { ?e oa:start "x" ; oa:exact <s:x> ; sg:line "y" }'
        " WHERE { ?e oa:start ?s ; oa:exact ?x ; sg:line ?l }"
    )
    assert {"start-is-integer", "quote-is-string", "line-is-integer"} <= set(
        failing(validate(graph, text=TEXT))
    )


# --------------------------------------------------------------------------------------------------
# The gate


def test_an_empty_shapes_file_is_an_error(shapes_file: Path) -> None:
    shapes_file.write_text("# nothing\n")
    assert pyshacl.validate(load_graph(VALID), shacl_graph=Graph().parse(shapes_file))[0] is True
    with pytest.raises(EmptyValidationError, match="no triple in it"):
        validate(load_graph(VALID), [shapes_file])


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:a rdfs:label 'no shape at all' .",
        "ex:Shape a sh:NodeShape ; sh:property [ sh:path sg:owner ; sh:minCount 1 ] .",
        "ex:Shape a sh:NodeShape ; sh:targetClass sg:Goal ; sh:deactivated true ; sh:nodeKind sh:IRI .",
    ],
    ids=["no shape", "no target", "switched off"],
)
def test_a_file_without_an_active_shape_is_an_error(shapes_file: Path, shapes: str) -> None:
    shapes_file.write_text(PREFIXES + shapes)
    assert pyshacl.validate(load_graph(VALID), shacl_graph=Graph().parse(shapes_file))[0] is True
    with pytest.raises(EmptyValidationError, match="no active shape with a target"):
        validate(load_graph(VALID), [shapes_file])


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (
            "sh:targetClass sg:Gaol ; sh:nodeKind sh:IRI",
            r"sg:Gaol, which is no class .*; did you mean sg:Goal\?",
        ),
        ("sh:targetClass sg:hasGoal ; sh:nodeKind sh:IRI", "sg:hasGoal, which is no class"),
        ("sh:targetClass ex:Goal ; sh:nodeKind sh:IRI", "<https://example.org/Goal>, which is no class"),
        ("sh:targetSubjectsOf sg:hasGaol ; sh:nodeKind sh:IRI", r"sg:hasGaol.*; did you mean sg:hasGoal\?"),
        (
            "sh:targetObjectsOf ex:goal ; sh:nodeKind sh:IRI",
            "<https://example.org/goal>, which is no property",
        ),
        (
            "sh:targetClass sg:Goal ; sh:property [ sh:path sg:titel ; sh:maxCount 1 ]",
            "sg:titel, which is no pro",
        ),
        (
            "sh:targetClass sg:Goal ; sh:property [ sh:path ( sg:inPlan [ sh:inversePath sg:onwer ] ) ; sh:maxCount 9 ]",
            r"sg:onwer.*; did you mean sg:owner\?",
        ),
        (
            "sh:targetClass sg:Goal ; sh:property [ sh:path [ sh:alternativePath ( sg:verb sg:Goal ) ] ; sh:maxCount 9 ]",
            "sg:Goal, which is no property",
        ),
        (
            "sh:targetClass sg:Goal ; sh:property [ sh:path sg:cites ; sh:class sg:Resolutoin ]",
            "sg:Resolutoin",
        ),
        ("sh:targetClass sg:Goal ; sh:property [ sh:path sg:verb ; sh:equals sg:vreb ]", "sg:vreb"),
    ],
)
def test_an_unknown_class_or_property_is_an_error(shapes_file: Path, shape: str, message: str) -> None:
    shapes_file.write_text(f"{PREFIXES} ex:Shape a sh:NodeShape ; {shape} .")
    with pytest.raises(EmptyValidationError, match=message):
        validate(load_graph(VALID), [shapes_file])


def test_a_mistyped_target_conforms_elsewhere(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetClass sg:Gaol ; sh:nodeKind sh:Literal ."
    )
    assert pyshacl.validate(load_graph(VALID), shacl_graph=Graph().parse(shapes_file))[0] is True


def test_shapes_that_apply_to_nothing_are_an_error(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetClass sg:Action ; sh:nodeKind sh:Literal ."
    )
    with pytest.raises(EmptyValidationError, match=r"shapes\.ttl apply to nothing in the graph"):
        validate(load_graph(VALID), [shapes_file])


def test_a_target_node_that_the_graph_does_not_have_is_nothing_to_check(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetNode ex:nowhere ; sh:nodeKind sh:IRI ."
    )
    with pytest.raises(EmptyValidationError, match="apply to nothing"):
        validate(load_graph(VALID), [shapes_file])


@pytest.mark.parametrize(
    ("class_", "where"), [("StrategicPlan", "where the graph has"), ("SourceDocument", "in every graph")]
)
def test_a_graph_of_another_kind_is_an_error(class_: str, where: str) -> None:
    graph = updated(f"DELETE WHERE {{ ?node a sg:{class_} }}")
    with pytest.raises(EmptyValidationError, match=f"must {where}.*lacks a node of class sg:{class_}"):
        validate(graph)


def test_a_foreign_graph_does_not_conform_but_is_an_error() -> None:
    graph = Graph().add((URIRef("https://example.org/a"), RDFS.label, Literal("a")))
    assert pyshacl.validate(graph, shacl_graph=load_shapes().graph)[0] is True
    with pytest.raises(
        EmptyValidationError,
        match="the graph lacks a node of class sg:SourceDocument",
    ):
        validate(graph)


def test_a_shape_that_must_apply_where_a_class_is_found(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Goal a sh:NodeShape ; sh:targetClass sg:Action ; sh:nodeKind sh:IRI ;"
        " sgsh:mustApplyWhen sg:Goal . ex:Other sh:targetClass sg:Goal ; sh:nodeKind sh:IRI ."
    )
    with pytest.raises(
        EmptyValidationError,
        match="must where the graph has sg:Goal: the graph lacks a node of class sg:Action",
    ):
        validate(load_graph(VALID), [shapes_file])


def test_every_shape_of_ours_that_can_go_idle_says_when() -> None:
    shapes = load_shapes()
    silent = {
        str(shape).removeprefix(str(SGSH))
        for shape in shapes.targeted
        if not {SGSH.mustApply, SGSH.mustApplyWhen} & set(shapes.graph.predicates(shape))
    }
    # These look at an optional property wherever it is: its absence is no fault, and its presence is a focus node.
    assert silent == {"Titled", "OtherNames", "Languages", "Numbers", "Statement", "StatedElement", "Verb"}


def test_an_unknown_check_in_code_is_an_error(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} sgsh:all-is-well a sgsh:CodeConstraint . ex:S sh:targetClass sg:Goal ."
    )
    with pytest.raises(EmptyValidationError, match="no code for the constraint sgsh:all-is-well"):
        validate(load_graph(VALID), [shapes_file])


@pytest.mark.parametrize(
    ("content", "message"),
    [("ex:Shape a sh:NodeShape .", "does not parse: line 1"), (None, "no such file")],
    ids=["does not parse", "missing"],
)
def test_shapes_that_cannot_be_read_are_an_error(
    shapes_file: Path, content: str | None, message: str
) -> None:
    if content:
        shapes_file.write_text(content)
    with pytest.raises(EmptyValidationError, match=message) as caught:
        validate(load_graph(VALID), [shapes_file])
    assert str(shapes_file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "shape",
    [
        "a sh:NodeShape ; sh:targetClass sg:Goal ; sh:path sg:verb",
        "a sh:PropertyShape ; sh:targetClass sg:Goal",
        "a sh:PropertyShape ; sh:targetClass sg:Goal ; sh:path sg:verb ; sh:minCount 'one'",
        "sh:targetClass sg:Goal ; sh:sparql [ sh:select 'SELECT $this { VALUES $this { sg:Goal } }' ]",
    ],
)
def test_malformed_shapes_are_unusable(shapes_file: Path, shape: str) -> None:
    shapes_file.write_text(f"{PREFIXES} ex:Shape {shape} .")
    with pytest.raises(UnusableInputError) as caught:
        validate(load_graph(VALID), [shapes_file])
    assert "\n" not in str(caught.value)


# --------------------------------------------------------------------------------------------------
# Shapes of others


def test_shapes_of_others_replace_the_built_in_ones(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetClass sg:Goal ;"
        " sh:property [ sh:path sg:number ; sh:maxCount 0 ; sh:severity ex:Unheard ; sh:message 'No numbers.' ] ."
    )
    report = validate(
        updated("DELETE DATA { <goal/1> sg:inPlan plan:meadow-trust-plan-from-2025 }"), [shapes_file]
    )
    assert [(r.severity, r.message) for r in report.results] == [("Violation", "No numbers.")] * 2
    assert report.checked == {"https://example.org/Shape": 2}


def test_shapes_in_two_files_are_joined(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text(
            f"{PREFIXES} ex:{name} a sh:NodeShape ; sh:targetClass sg:Goal ;"
            f" sh:property [ sh:path sg:number ; sh:maxCount 0 ; sh:message '{name}' ] ."
        )
    report = validate(load_graph(VALID), [tmp_path / "one.ttl", tmp_path / "two.ttl"])
    assert {r.message for r in report.results} == {"one", "two"}


def test_terms_of_other_vocabularies_are_known_if_the_graph_has_them(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Shape a sh:NodeShape ; sh:targetClass ex:Meadow ; sh:nodeKind sh:Literal ."
    )
    graph = updated("INSERT DATA { <https://example.org/m> a <https://example.org/Meadow> }")
    assert len(validate(graph, [shapes_file]).results) == 1


def test_shapes_can_aim_at_what_a_property_leads_to(shapes_file: Path) -> None:
    shapes_file.write_text(f"{PREFIXES} ex:Shape sh:targetObjectsOf sg:hasGoal ; sh:nodeKind sh:Literal .")
    report = validate(load_graph(VALID), [shapes_file])
    assert [str(result.focus)[-6:] for result in report.results] == ["goal/1", "goal/2"]


def test_a_class_that_is_a_shape_applies_to_its_instances(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Meadow a sh:NodeShape, rdfs:Class ; sh:property [ sh:path rdfs:label ; sh:minCount 1 ] ."
    )
    graph = updated("INSERT DATA { <https://example.org/m> a <https://example.org/Meadow> }")
    report = validate(graph, [shapes_file])
    assert len(report.results) == 1
    assert list(report.checked.values()) == [1]


def test_subclasses_in_the_graph_are_focus_nodes(shapes_file: Path) -> None:
    shapes_file.write_text(f"{PREFIXES} ex:Shape sh:targetClass ex:Field ; sh:nodeKind sh:Literal .")
    graph = updated(
        "INSERT DATA { <https://example.org/Meadow> rdfs:subClassOf <https://example.org/Field> ."
        " <https://example.org/f> a <https://example.org/Field> . <https://example.org/m> a <https://example.org/Meadow> }"
    )
    report = validate(graph, [shapes_file])
    assert report.checked == {"https://example.org/Shape": 2}
    assert len(report.results) == 2


def test_a_shape_that_others_refer_to_stays_whole(shapes_file: Path) -> None:
    shapes_file.write_text(
        f"{PREFIXES} ex:Numbered a sh:NodeShape ; sh:targetClass sg:Vision ;"
        " sh:property [ sh:path sg:number ; sh:minCount 1 ] ."
        " ex:Goals a sh:NodeShape ; sh:targetClass sg:Objective, sg:Mission ; sh:node ex:Numbered ."
    )
    report = validate(load_graph(VALID), [shapes_file])
    focus = {str(result.focus).removeprefix(f"{PLAN}/") for result in report.results}
    assert focus == {"vision", "mission"}


def test_shapes_are_read_again_when_the_file_changes(shapes_file: Path) -> None:
    for most, count in ((0, 2), (100, 0)):
        shapes_file.write_text(
            f"{PREFIXES} ex:S sh:targetClass sg:Goal ; sh:property [ sh:path sg:number ; sh:maxCount {most} ] ."
        )
        assert len(validate(load_graph(VALID), [shapes_file]).results) == count


# --------------------------------------------------------------------------------------------------
# The report


def test_validation_leaves_the_graph_as_it_is() -> None:
    graph = broken("goal-has-target-group")
    before = set(graph)
    validate(graph, text=TEXT)
    assert set(graph) == before


def test_severities_and_exit_status() -> None:
    info, warning, violation = (
        validate(broken(name)) for name in ("plan-is-adopted", "plan-has-vision", "plan-has-source")
    )
    assert [r.exit_code() for r in (info, warning, violation)] == [0, 0, 1]
    assert [r.exit_code(strict=True) for r in (info, warning, violation)] == [0, 1, 1]
    assert [r.conforms for r in (info, warning, violation)] == [True, True, False]


def test_results_stand_in_order_and_once() -> None:
    report = validate(broken("plan-is-adopted", "plan-has-vision", "plan-has-source"))
    assert [result.severity for result in report.results] == ["Violation", "Warning", "Info"]
    assert Report.of((*report.results, *reversed(report.results)), {}).results == report.results


def test_the_text_for_people() -> None:
    report = validate(broken("addressed-is-target-group", "plan-has-language"))
    applied = len([shape for shape, count in report.checked.items() if count])
    assert 0 < applied < len(report.checked)
    assert "\n".join(report.lines()) == (
        "does not conform: 1 violation, 1 warning, no infos\n"
        f"{applied} of {len(report.checked)} shapes had something to check\n"
        "\n"
        "Violation  The value of sg:addresses is not an sg:TargetGroup.\n"
        f"           at    Goal 1: Wild Bees <{GOAL}>\n"
        "           value <https://w3id.org/strategraph/concept/theme/biodiversity>\n"
        "           text  line 7: “young farmers”\n"
        "           shape sgsh:addressed-is-target-group\n"
        "\n"
        "Warning    The plan has no dcterms:language.\n"
        f"           at    Meadow Trust Plan from 2025 <{PLAN}>\n"
        "           text  line 1: “Meadow Trust Plan from 2025”\n"
        "           shape sgsh:plan-has-language"
    )


def test_long_values_and_nodes_without_label_or_iri() -> None:
    result = ValidationResult(
        severity="Warning",
        shape=SGSH["title-is-clean"],
        component=SH.PatternConstraintComponent,
        name="title is clean",
        message="Not clean.",
        focus=BNode("x"),
        focus_label="",
        value=Literal("many  words " * 30),
        quote="words\n" * 3,
    )
    _, at, value, text, _ = (line.strip() for line in result.lines())
    assert at == "at    _:x"
    assert value.startswith("value “many words many")
    assert value.endswith("…”")
    assert text == "text  “words words words”"


def test_the_report_as_a_graph() -> None:
    report = validate(broken("addressed-is-target-group"))
    graph = report.to_graph()
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    (result,) = graph.objects(node, SH.result)
    assert set(graph.predicate_objects(node)) == {
        (RDF.type, SH.ValidationReport),
        (SH.conforms, Literal(False)),
        (SH.result, result),
    }
    assert set(graph.predicate_objects(result)) == {
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH.Violation),
        (SH.focusNode, GOAL),
        (SH.resultPath, SG.addresses),
        (SH.value, URIRef("https://w3id.org/strategraph/concept/theme/biodiversity")),
        (SH.sourceShape, SGSH["addressed-is-target-group"]),
        (SH.sourceConstraintComponent, SH.ClassConstraintComponent),
        (SH.resultMessage, Literal("The value of sg:addresses is not an sg:TargetGroup.")),
        (SG.line, Literal(7)),
        (OA.exact, Literal("young farmers")),
    }


def test_sh_conforms_is_true_only_without_results() -> None:
    clean, info = validate(load_graph(VALID)), validate(broken("plan-is-adopted"))
    assert (None, SH.conforms, Literal(True)) in clean.to_graph()
    assert info.conforms
    assert (None, SH.conforms, Literal(False)) in info.to_graph()


def test_complex_paths_in_the_report_are_well_formed_and_not_shared() -> None:
    graph = validate(
        broken("purpose-is-aimed-at", "element-says-something", "what-aims-is-commitment")
    ).to_graph()
    paths = [path for path in graph.objects(None, SH.resultPath) if isinstance(path, BNode)]
    assert len(paths) == 1
    (path,) = paths
    (alternatives,) = graph.objects(path, SH.alternativePath)
    assert list(graph.items(alternatives)) == [DCTERMS.title, SG.statement]
    nodes = [o for o in graph.objects() if isinstance(o, BNode)]
    assert len(nodes) == len(set(nodes))


def test_checks_in_code_report_like_shapes() -> None:
    report = validate(broken("extracted-triple-has-evidence"))
    (result,) = report.results
    assert (
        result.message
        == "No evidence supports sg:addresses <https://w3id.org/strategraph/concept/target-group/everyone>."
    )
    graph = report.to_graph()
    assert (None, SH.sourceConstraintComponent, SGSH.CodeConstraintComponent) in graph
    assert (None, SH.resultPath, SG.addresses) in graph


def test_literals_in_messages_are_quoted() -> None:
    year = Literal("2026", datatype=XSD.gYear)
    graph = load_graph(VALID)
    graph.set((PLAN, SG.startYear, year))
    messages = {r.message for r in validate(graph).results}
    assert "No evidence supports sg:startYear “2026”." in messages


SCRIPT = """
import sys
from strategraph.rdf.loading import load_graph
from strategraph.validation import validate
report = validate(load_graph(sys.argv[1]))
print("\\n".join(report.lines()))
print("\\n".join(sorted(" ".join(term.n3() for term in triple) for triple in report.to_graph())))
print(report.to_graph().serialize(format="turtle"))
"""


def test_the_same_graph_gives_the_same_report_on_every_run(tmp_path: Path) -> None:
    names = ("element-says-something", "siblings-differ-in-number", "term-is-known", "node-has-one-label")
    file = tmp_path / "broken.nt"
    broken(*names).serialize(file, format="nt", encoding="utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"sgsh:element-says-something" in outputs.pop()


# --------------------------------------------------------------------------------------------------
# The command


@pytest.mark.parametrize(
    ("fixture", "arguments", "status", "verdict"),
    [
        (None, [], 0, "conforms: no violations"),
        (None, ["--strict"], 0, "conforms: no violations"),
        ("plan-has-vision", [], 0, "conforms: no violations, 1 warning"),
        ("plan-has-vision", ["--strict"], 1, "conforms: no violations, 1 warning"),
        ("plan-is-adopted", ["--strict"], 0, "conforms: no violations, no warnings, 1 info"),
        ("plan-has-source", [], 1, "does not conform: 1 violation"),
    ],
)
def test_the_command(
    tmp_path: Path, fixture: str | None, arguments: list[str], status: int, verdict: str
) -> None:
    file = VALID
    if fixture:
        file = tmp_path / "graph.nt"
        broken(fixture).serialize(file, format="nt", encoding="utf-8")
    outcome = CliRunner().invoke(main, ["validate", str(file), *arguments])
    assert (outcome.exit_code, outcome.stderr) == (status, "")
    assert outcome.stdout.startswith(verdict)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.ttl"], "none.ttl: no such file"),
        ([str(VALID), "--shapes", "none.ttl"], "shapes file none.ttl: no such file"),
        ([str(FOLDER / "valid.txt")], "does not parse"),
        ([str(VALID), "--shapes", str(VALID)], "no active shape with a target"),
    ],
)
def test_the_command_cannot(arguments: list[str], message: str) -> None:
    outcome = CliRunner().invoke(main, ["validate", *arguments])
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("strategraph: error: ")
    assert message in outcome.stderr
    assert outcome.stderr.count("\n") == 1


def test_a_number_that_is_none_is_found_without_a_warning_of_rdflib() -> None:
    graph = load_graph(VALID)
    evidence = next(graph.subjects(SG.confidence, None))
    graph.set((evidence, SG.confidence, Literal("much", datatype=XSD.decimal)))
    assert not validate(graph).conforms
