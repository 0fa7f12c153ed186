"""Shapes: each constraint is described and applies to something, and nothing passes unchecked."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from tests.validation.builders import PLAN, PREFIXES, VALID, updated

from strategraph.errors import EmptyValidationError, UnusableInputError
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import ELEMENT_CLASSES, EXTRACTED, INSTRUMENT_CLASSES
from strategraph.validation import validate
from strategraph.validation.shapes import SGSH, load_shapes

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


@pytest.fixture
def shapes_file(tmp_path: Path) -> Path:
    return tmp_path / "shapes.ttl"


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


def listed(shape: str) -> set[object]:
    graph = load_shapes().graph
    return {member for rest in graph.objects(SGSH[shape], SH["in"]) for member in graph.items(rest)}


def test_lists_in_the_shapes_are_those_in_the_code() -> None:
    graph = load_shapes().graph
    assert listed("fact-predicate-is-extracted") == EXTRACTED
    assert set(graph.objects(SGSH["element-is-plan-element"], SH.targetClass)) == set(ELEMENT_CLASSES)
    assert set(graph.objects(SGSH["instrument-is-instrument"], SH.targetClass)) == set(INSTRUMENT_CLASSES)


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
