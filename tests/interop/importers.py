"""Holds our GraphML against the programs people open it with: Gephi, and what Gephi Lite is made of.

Not part of ``make test``, as it needs Java, Maven and Node and downloads them their libraries:
``make test-interop`` does. Each importer that is missing is skipped, and says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef

from strategraph.export import write
from strategraph.graph_io import load_graph
from strategraph.namespace import SG

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
    resolution = URIRef("https://example.org/id/instrument/b/resolution/1")
    graph.add((resolution, RDF.type, SG.Resolution))
    for name in "pq":
        plan = URIRef(f"https://example.org/id/plan/{name}")
        graph.add((plan, RDF.type, SG.StrategicPlan))
        graph.add((plan, SG.cites, resolution))
        graph.add((plan, SG.adoptedBy, resolution))
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
    """Build the reader once; return the command that runs it."""
    for tool in ("mvn", "java"):
        if shutil.which(tool) is None:
            pytest.skip(f"Gephi was not tried: {tool} is not installed")
    project = HERE / "gephi"
    subprocess.run(
        ["mvn", "-q", "-B", "-f", str(project), "package", "dependency:copy-dependencies"], check=True
    )
    classes = f"{project}/target/classes:{project}/target/dependency/*"
    return ["java", "-Djava.awt.headless=true", "-cp", classes, "ReadGraph"]


@cache
def graphology() -> list[str]:
    """Install the reader's libraries once; return the command that runs it."""
    for tool in ("npm", "node"):
        if shutil.which(tool) is None:
            pytest.skip(f"graphology was not tried: {tool} is not installed")
    project = HERE / "graphology"
    subprocess.run(["npm", "install", "--no-package-lock", "--silent"], cwd=project, check=True)
    return ["node", str(project / "read_graph.cjs")]


def as_written(path: Path) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the nodes and edges of a GraphML file, by id."""
    root = ET.parse(path).getroot()
    keys = {key.attrib["id"]: key.attrib for key in root.iter(f"{XML}key")}

    def rows(tag: str) -> dict[str, dict[str, Any]]:
        found = {}
        for element in root.iter(f"{XML}{tag}"):
            row: dict[str, Any] = {}
            for data in element:
                key = keys[data.attrib["key"]]
                text = data.text or ""
                row[key["attr.name"]] = float(text) if key["attr.type"] == "double" else text
            found[element.attrib["id"]] = row
            if tag == "edge":
                row |= {name: element.attrib[name] for name in ("source", "target")}
                row |= {"directed": True}
        return found

    return rows("node"), rows("edge")


def read(command: list[str], path: Path) -> dict[str, Any]:
    arguments = [*command, str(path), str(path.with_suffix(".pdf"))]
    output = subprocess.run(arguments, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


def near(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the rows with numbers that need not be exact: Gephi keeps 32 bits, and centres the picture."""
    return {
        id_: {
            name: pytest.approx(value, abs=0.2, rel=1e-3) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for id_, row in rows.items()
    }


@pytest.mark.parametrize("name", GRAPHS)
def test_gephi_reads_every_value_as_it_is_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_bytes(write(GRAPHS[name](), "graphml"))
    found = read(gephi(), path)
    nodes, edges = as_written(path)
    assert found["verified"]
    assert not [issue for issue in found["issues"] if not issue.startswith("INFO")]
    kinds = {id_: row.pop("kind") for id_, row in found["edges"].items()}
    assert kinds == {id_: row["label"] for id_, row in edges.items()}
    assert found["edges"] == near(edges)
    assert found["nodes"] == near(nodes)
    picture = path.with_suffix(".pdf").read_bytes()  # after a run of ForceAtlas2
    assert picture.startswith(b"%PDF")
    assert len(picture) > 2000


@pytest.mark.parametrize("name", GRAPHS)
def test_graphology_reads_every_value_as_it_is_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_bytes(write(GRAPHS[name](), "graphml"))
    found = read(graphology(), path)
    nodes, edges = as_written(path)
    assert found["edges"] == near(edges)
    assert found["nodes"] == near(nodes)
