"""The W3C's tests of N-Triples, N-Quads, Turtle and TriG, of RDF 1.1 and 1.2, as the sources of Jena carry them.

RDF 1.2 conforms by its own tests together with those of 1.1. What the tests say is to be read, we read; what they say
is no RDF, we refuse; what we read, each of our writers writes so that we and Jena read the same again.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.compare import to_isomorphic
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export import find_format, write
from strategraph.rdf.loading import load_graph, parse

from ..programs import download, need
from .test_rdf12 import reread

JENA = "6.0.0"
SUITE = "jena-arq/testing/rdf-tests-cg/rdf/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
RDFT = "http://www.w3.org/ns/rdftest#"
SYNTAXES = ("rdf-n-triples", "rdf-n-quads", "rdf-turtle", "rdf-trig")
WRITTEN = ("turtle", "ntriples", "trig", "nquads", "jsonld", "turtle12", "ntriples12", "trig12")

# The tests of each kind: a suite that shrinks, or that is not found, would pass for nothing.
KINDS = {
    "NQuadsNegativeSyntax": 52,
    "NQuadsPositiveC14N": 41,
    "NQuadsPositiveSyntax": 60,
    "NTriplesNegativeSyntax": 61,
    "NTriplesPositiveC14N": 41,
    "NTriplesPositiveSyntax": 48,
    "TrigEval": 168,
    "TrigNegativeEval": 4,
    "TrigNegativeSyntax": 120,
    "TrigPositiveSyntax": 122,
    "TurtleEval": 174,
    "TurtleNegativeEval": 4,
    "TurtleNegativeSyntax": 110,
    "TurtlePositiveSyntax": 111,
}

# What we tell of files that are RDF, but of which no graph of RDF 1.1 can be made.
NOTHING_IN_IT = "no triple in it"
BEYOND_US = (
    NOTHING_IN_IT,
    "does not parse: a triple within a triple",
    "does not parse: a base direction",
)

# Names that RDF allows and Jena, at its strictest, does not: a file:// with a host and no path.
BEYOND_JENA = {"rdf11/rdf-trig/IRI-resolution-07", "rdf11/rdf-turtle/IRI-resolution-07"}

pytestmark = pytest.mark.interop


@dataclass(frozen=True)
class Trial:
    """A test of the suite: its file with the address that relative names count from, and what is to come of it."""

    name: str
    kind: str
    action: Path
    base: str
    result: Path | None

    @property
    def negative(self) -> bool:
        return "Negative" in self.kind

    def laid(self, folder: Path) -> Path:
        """Write the file as if it had come from its address: we read files, which have none."""
        path = folder / f"{self.name.replace('/', '.')}{self.action.suffix}"
        content = self.action.read_bytes()
        if path.suffix in (".ttl", ".trig"):
            content = f"@base <{self.base}{self.action.name}> . ".encode() + content
        path.write_bytes(content)
        return path


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trial, ...]:
    need("Maven for the W3C's tests", "mvn")
    folder = tmp_path_factory.mktemp("w3c")
    artifact = f"org.apache.jena:jena:{JENA}:zip:source-release"
    download("mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}")
    with zipfile.ZipFile(folder / f"jena-{JENA}-source-release.zip") as sources:
        sources.extractall(folder, [name for name in sources.namelist() if SUITE in name])
    root = folder / f"jena-{JENA}" / SUITE
    return tuple(
        trial
        for manifest in sorted(root.glob("rdf1?/rdf-*/**/manifest.ttl"))
        if manifest.relative_to(root).parts[1] in SYNTAXES
        for trial in _trials(manifest, root)
    )


def _trials(manifest: Path, root: Path) -> list[Trial]:
    """Return the tests that a manifest lists; one that it only describes has been withdrawn."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    folder = str(manifest.parent.relative_to(root))
    return [
        Trial(
            name=f"{folder}/{str(entry).rpartition('#')[2]}",
            kind=str(graph.value(entry, RDF.type)).removeprefix(f"{RDFT}Test"),
            action=_path(graph.value(entry, MF.action)),
            base=f"https://w3c.github.io/rdf-tests/rdf/{folder}/",
            result=_path(result) if (result := graph.value(entry, MF.result)) else None,
        )
        for head in graph.objects(None, MF.entries)
        for entry in graph.items(head)
    ]


def _path(address: Node | None) -> Path:
    return Path(str(address).removeprefix("file://"))


def test_the_suite_is_whole(suite: tuple[Trial, ...]) -> None:
    assert Counter(trial.kind for trial in suite) == KINDS


def test_we_read_what_is_rdf_and_refuse_what_is_not(suite: tuple[Trial, ...], tmp_path: Path) -> None:
    unlike: dict[str, str] = {}
    for trial in suite:
        said = ""
        try:
            parse(trial.laid(tmp_path))
        except UnusableInputError as error:
            said = str(error).partition(": ")[2]
        if said.startswith("does not parse") if trial.negative else said in ("", NOTHING_IN_IT):
            continue
        unlike[trial.name] = said or "read"
    assert unlike == {}


def test_we_understand_what_is_meant(suite: tuple[Trial, ...], tmp_path: Path) -> None:
    unlike = {
        trial.name
        for trial in suite
        if trial.result and not trial.negative and "C14N" not in trial.kind
        if _canonical(trial.laid(tmp_path)) != _canonical(trial.result)
    }
    assert unlike == set()


def _canonical(path: Path) -> pyoxigraph.Dataset:
    dataset = pyoxigraph.Dataset(parse(path).quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.fixture(scope="module")
def graphs(suite: tuple[Trial, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    """Return what the tests hold that is RDF 1.1 or reifies it: rdflib has no more."""
    folder = tmp_path_factory.mktemp("graphs")
    found: dict[str, Graph] = {}
    for trial in suite:
        if not trial.negative:
            try:
                found[trial.name] = load_graph(trial.laid(folder))
            except UnusableInputError as error:
                reason = str(error).partition(": ")[2]
                assert any(reason.startswith(known) for known in BEYOND_US), trial.name
    return found


def test_we_write_canonical_ntriples(suite: tuple[Trial, ...], graphs: dict[str, Graph]) -> None:
    unlike = {
        trial.name
        for trial in suite
        if trial.kind == "NTriplesPositiveC14N" and trial.result and trial.name in graphs
        if sorted(trial.result.read_bytes().splitlines())
        != write(graphs[trial.name], "ntriples").splitlines()
    }
    assert unlike == set()


@pytest.mark.parametrize("name", WRITTEN)
def test_what_we_write_says_the_same_to_us_and_to_jena(
    name: str, graphs: dict[str, Graph], classpath: str, tmp_path: Path
) -> None:
    unlike: dict[str, str] = {}
    written: dict[str, Path] = {}
    for number, (trial, graph) in enumerate(graphs.items()):
        path = tmp_path / f"{number}{find_format(name).suffix}"
        path.write_bytes(write(graph, name))
        written[trial] = path
        if to_isomorphic(load_graph(path)) != to_isomorphic(graph):
            unlike[trial] = "we"
    refused = reread(classpath, list(written.values()))
    for trial, path in written.items():
        if path in refused:
            unlike[trial] = refused[path]
        elif _canonical(Path(f"{path}.read.nq")) != _canonical(path):
            unlike[trial] = "Jena"
    assert set(unlike) == BEYOND_JENA, unlike
