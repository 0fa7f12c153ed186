"""Other SHACL engines, Jena and TopBraid, find in every fixture just what pySHACL finds."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import BNode, Graph

from strategraph.rdf.loading import load_graph
from strategraph.validation import engine
from strategraph.validation.shapes import load_shapes

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "shapes"
PROLOGUE = (FOLDER / "prologue.ru").read_text(encoding="utf-8")
FIXTURES = sorted((FOLDER / "invalid").glob("*.ru"))
# A relative IRI is none in N-Triples: what is read of it is the reader's own.
NOT_WRITTEN = {"node-has-absolute-iri"}
Found = dict[str, set[tuple[str, str]]]

pytestmark = pytest.mark.interop


def broken(fixture: Path) -> Graph:
    graph = load_graph(FOLDER / "valid.ttl")
    update = fixture.read_text(encoding="utf-8")
    graph.update(update if "PREFIX" in update else PROLOGUE + update)
    return graph


def test_engines_agree_on_every_fixture(classpath: str, tmp_path: Path) -> None:
    shapes = load_shapes()
    shapes.graph.serialize(tmp_path / "shapes.ttl", format="turtle")
    ours: Found = {}
    files: list[str] = []
    for fixture in FIXTURES:
        if fixture.stem in NOT_WRITTEN:
            continue
        graph, file = broken(fixture), tmp_path / f"{fixture.stem}.nt"
        graph.serialize(file, format="nt", encoding="utf-8")
        files.append(str(file))
        ours[file.name] = {(str(one.shape), _node(one.focus)) for one in engine.run(shapes, graph)}
    printed = subprocess.run(
        ["java", "-cp", classpath, "Validate", str(tmp_path / "shapes.ttl"), *files],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    theirs: defaultdict[str, Found] = defaultdict(lambda: {name: set() for name in ours})
    for line in printed.splitlines():
        name, file_name, shape, focus, _ = line.split("\t")
        theirs[name][file_name].add((shape, focus))
    assert set(theirs) == {"jena", "topbraid"}
    for found in theirs.values():
        assert found == ours


def _node(term: object) -> str:
    return "_" if isinstance(term, BNode) else str(term)
