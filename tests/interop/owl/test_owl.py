"""Tools for OWL: ROBOT's report has no ERROR, and HermiT finds ontology and data consistent."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from strategraph import build
from strategraph.export import write
from strategraph.knowledge import resources
from strategraph.rdf.loading import load_graph

HERE = Path(__file__).parent
VALID = HERE.parents[1] / "shapes" / "valid.ttl"
ONTOLOGY = resources.path("ontology", "strategraph.ttl")
ALIGNMENTS = resources.path("ontology", "alignments.ttl")
# What the guide says that OWL 2 DL has not: reified statements, RDF's properties as values, years and dates.
BEYOND_DL = {
    ("UseOfReservedVocabularyForClassIRI", "rdf:Statement"),
    ("UseOfReservedVocabularyForClassIRI", "rdf:Property"),
}
PLAN = """Otter Trust Strategic Plan 2025-2029

This plan replaces the Strategic Plan 2020-2024. It was adopted by Resolution 12 (Rev. Lisbon, 2022).

Goal 1: Clean rivers
Otter Trust will clean at least twelve rivers by 30 June 2027, for children and farmers.

Goal 2: Knowledge
Otter Trust will publish data on rivers. This contributes to Goal 1.
"""

pytestmark = pytest.mark.interop


def printed(classpath: str, program: str, *arguments: str) -> list[list[str]]:
    """Return the lines that a program prints, each in its parts."""
    run = subprocess.run(
        ["java", "-cp", classpath, program, *arguments], check=True, capture_output=True, text=True
    )
    return [line.split("\t") for line in run.stdout.splitlines()]


def test_the_report_has_no_error_for_any_file(classpath: str) -> None:
    """The alignments are about terms whose names stand in the ontology: they are reported on together."""
    files = [
        ONTOLOGY,
        resources.path("ontology", "changes.ttl"),
        resources.path("ontology", "force.ttl"),
        resources.path("data", "modalities.ttl"),
        *resources.files("ontology/labels", ".ttl"),
    ]
    asked = [*map(str, files), os.pathsep.join([str(ONTOLOGY), str(ALIGNMENTS)])]
    rules: Counter[str] = Counter()
    for _, file, rule, count in printed(classpath, "Report", *asked):
        assert count == "0", f"{rule} in {file}: {count}"
        rules[file] += 1
    assert set(rules) == set(asked)
    assert all(number > 10 for number in rules.values())


def test_ontology_and_data_are_consistent(classpath: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    graphs = {"valid": load_graph(VALID), "built": build(tmp_path / "plan.txt").graph}
    files = [str(ONTOLOGY)]
    for name, graph in graphs.items():
        files.append(str(tmp_path / f"{name}.owl.ttl"))
        Path(files[-1]).write_bytes(write(graph, "owl"))
    lines = printed(classpath, "Reason", *files)
    assert ["consistent", "true"] in lines
    assert not [line for line in lines if line[0] == "empty"]
    beyond = {(kind, what) for head, kind, what in (line for line in lines if line[0] == "profile") if head}
    years = {one for one in beyond if one[1].endswith(("xsd:gYear", "xsd:date"))}
    assert beyond - years <= BEYOND_DL


def test_a_contradiction_is_found(classpath: str, tmp_path: Path) -> None:
    """What finds everything consistent would find nothing."""
    broken = load_graph(VALID)
    broken.update(
        (HERE.parents[1] / "shapes" / "prologue.ru").read_text(encoding="utf-8")
        + "INSERT DATA { <goal/1> a sg:Organization }"
    )
    (tmp_path / "broken.owl.ttl").write_bytes(write(broken, "owl"))
    assert ["consistent", "false"] in printed(
        classpath, "Reason", str(ONTOLOGY), str(tmp_path / "broken.owl.ttl")
    )
