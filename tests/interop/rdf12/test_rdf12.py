"""Another reader of RDF 1.2, Jena, reads what we write as strictly as it can, and the same triples."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from strategraph.export import find_format, write
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

HERE = Path(__file__).parent
VALID = HERE.parents[1] / "shapes" / "valid.ttl"
FORMATS = {
    "turtle12": pyoxigraph.RdfFormat.TURTLE,
    "ntriples12": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig12": pyoxigraph.RdfFormat.TRIG,
}
TEXTS = (
    "tab\there, \"quotes\" and 'quotes' \\ ]]> \u0085\u200b",
    "الهدف الاستراتيجي الأول",
    "目标1：普遍连通性 \U0001f30d",
    "two\nlines\r\nand <<( s p o )>>",
)

pytestmark = pytest.mark.interop


def hostile() -> Graph:
    """Return a graph whose evidence supports literals with all that a syntax can get wrong."""
    graph = load_graph(VALID)
    plan = URIRef("https://example.org/id/plan/p%20q")
    for number, text in enumerate(TEXTS):
        for language in (None, "en", "zh-Hant"):
            evidence = URIRef(f"https://example.org/id/evidence/{number}-{language}")
            graph.add((evidence, RDF.type, RDF.Statement))
            graph.add((evidence, RDF.type, SG.Evidence))
            graph.add((evidence, RDF.subject, plan))
            graph.add((evidence, RDF.predicate, SG.statement))
            graph.add((evidence, RDF.object, Literal(text, lang=language)))
    return graph


def reread(classpath: str, paths: list[Path]) -> dict[Path, str]:
    """Have Jena write what it reads in each file into one beside it; return what it does not take, with why."""
    names = paths[0].parent / "names"
    names.write_text("\n".join(map(str, paths)), encoding="utf-8")
    printed = subprocess.run(
        ["java", "-cp", classpath, "Reread", str(names)], check=True, capture_output=True, text=True
    ).stdout
    return {Path(name): why for name, why in (line.split("\t", 1) for line in printed.splitlines())}


def test_jena_reads_the_same_triples(classpath: str, tmp_path: Path) -> None:
    written: dict[Path, set[pyoxigraph.Quad]] = {}
    for place, graph in (("valid", load_graph(VALID)), ("hostile", hostile())):
        for name, format_ in FORMATS.items():
            path = tmp_path / f"{place}{find_format(name).suffix}"
            path.write_bytes(write(graph, name))
            written[path] = set(pyoxigraph.parse(path.read_bytes(), format=format_))
    assert reread(classpath, list(written)) == {}
    for path, ours in written.items():
        read = Path(f"{path}.read.nq").read_bytes()
        theirs = set(pyoxigraph.parse(read, format=pyoxigraph.RdfFormat.N_QUADS))
        assert theirs == ours, path.name
        assert any(isinstance(quad.object, pyoxigraph.Triple) for quad in theirs)
