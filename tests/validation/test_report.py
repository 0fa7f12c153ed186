"""What is said of what was found: in order, once, with the words behind it; as text and as a graph."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rdflib import DCTERMS, RDF, SH, XSD, BNode, Literal, URIRef
from tests.validation.builders import GOAL, PLAN, VALID, broken

from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import OA, SG
from strategraph.validation import Report, ValidationResult, validate
from strategraph.validation.shapes import SGSH


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
