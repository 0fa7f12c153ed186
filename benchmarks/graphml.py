"""GraphML of a large graph: ours against networkx, by time and memory.

    python benchmarks/graphml.py [--edges N]

The graph is made up: plans of 50 elements, each element with ten edges, to its plan and parent, to some of
300 groups and of 1,000 resolutions. Two ways to the same kind of file are measured:

- *from rows*: nodes and edges with all their columns are there; what is measured is building a networkx graph
  of them and writing it (with lxml, which it takes where it can), against writing them as they come;
- *from the graph*: the same from the triples. Ours reads them, weighs and places the nodes and makes ids;
  the networkx side only copies what the triples say into node and edge attributes.

Each measurement is a process of its own, forked when the graph is there; memory is its peak above that.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.export import graphml
from strategraph.export.columns import EDGE_COLUMNS, NODE_COLUMNS
from strategraph.export.labels import local_name
from strategraph.export.network import Edge, Network, Vertex
from strategraph.namespace import SG

BASE = "https://w3id.org/strategraph/id/"
ELEMENTS = 50
EDGES = 10  # of an element


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edges", type=int, default=1_000_000)
    options = parser.parse_args()
    graph = Graph(bind_namespaces="none")
    gc.disable()
    graph.addN((s, p, o, graph) for s, p, o in triples(options.edges // (ELEMENTS * EDGES)))
    gc.enable()
    gc.freeze()
    print(f"{len(graph):,} triples")
    ours = measure("strategraph, from the graph", lambda path: ours_from_graph(graph, path))
    theirs = measure("networkx, from the graph", lambda path: networkx_from_graph(graph, path))
    print(f"  networkx takes {theirs / ours:.1f} times as long")
    rows = Rows(graph)
    gc.freeze()
    ours = measure("strategraph, from rows", lambda path: ours_from_rows(rows, path))
    theirs = measure("networkx, from rows", lambda path: networkx_from_rows(rows, path))
    print(f"  networkx takes {theirs / ours:.1f} times as long")


def triples(plans: int) -> Iterator[tuple[URIRef, URIRef, Node]]:
    """Yield the triples of some plans: the same every time."""
    chance = random.Random(1)
    groups = [URIRef(f"{BASE}target-group/group-{number}") for number in range(300)]
    resolutions = [URIRef(f"{BASE}instrument/body/resolution/{number}") for number in range(1000)]
    for nodes, classes in ((groups, (SG.TargetGroup,)), (resolutions, (SG.Resolution, SG.Instrument))):
        for node in nodes:
            yield from ((node, RDF.type, class_) for class_ in classes)
            yield node, RDFS.label, Literal(node.rpartition("/")[2], lang="en")
    for number in range(plans):
        plan = URIRef(f"{BASE}plan/plan-{number}")
        yield plan, RDF.type, SG.StrategicPlan
        yield plan, RDFS.label, Literal(f"Plan {number}", lang="en")
        for place in range(ELEMENTS):
            if place % 5 == 0:
                parent, link, class_ = plan, SG.hasGoal, SG.Goal
                node = goal = URIRef(f"{plan}/goal/{place}")
            else:
                parent, link, class_ = goal, SG.hasObjective, SG.Objective
                node = URIRef(f"{goal}/objective/{place}")
            yield from ((node, RDF.type, SG.PlanElement), (node, RDF.type, class_))
            yield from ((parent, link, node), (parent, SG.hasElement, node), (node, SG.inPlan, plan))
            yield node, SG.position, Literal(place, datatype=XSD.integer)
            yield node, RDFS.label, Literal(f"Element {place} of plan {number}", lang="en")
            yield (
                node,
                SG.statement,
                Literal(f"Improve the lot of all & sundry by {place}, {number}", lang="en"),
            )
            yield from ((node, SG.addresses, group) for group in chance.sample(groups, EDGES - 4))
            yield from ((node, SG.cites, cited) for cited in chance.sample(resolutions, 2))


# --------------------------------------------------------------------------------------------------
# What is measured


class Rows:
    """The vertices and edges of a graph, all made; to the writer they are a network."""

    def __init__(self, graph: Graph) -> None:
        network = Network(graph)
        self._vertices = list(network.vertices())
        self._edges = list(network.edges())

    def vertices(self) -> Iterator[Vertex]:
        return iter(self._vertices)

    def edges(self) -> Iterator[Edge]:
        return iter(self._edges)


def ours_from_graph(graph: Graph, path: Path) -> None:
    with path.open("wb") as file:
        graphml.write_network(Network(graph), file)


def ours_from_rows(rows: Rows, path: Path) -> None:
    with path.open("wb") as file:
        graphml.write_network(rows, file)


def networkx_from_graph(graph: Graph, path: Path) -> None:
    network = networkx.MultiDiGraph()
    nodes = set(graph.subjects())
    names: dict[Node, str] = {RDFS.label: "label", SG.statement: "statement", RDF.type: "type"}
    for subject, predicate, object_ in graph:
        if predicate in names:
            text = local_name(object_) if predicate == RDF.type else str(object_)
            network.add_node(str(subject), uri=str(subject), **{names[predicate]: text})
        elif object_ in nodes and predicate != SG.hasElement:
            network.add_edge(
                str(subject),
                str(object_),
                label=local_name(predicate),
                predicate=str(predicate),
                weight=1.0,
            )
    networkx.write_graphml(network, path)


def networkx_from_rows(rows: Rows, path: Path) -> None:
    network = networkx.MultiDiGraph()
    for vertex in rows.vertices():
        said = {column.name: getattr(vertex, column.field) for column in NODE_COLUMNS}
        network.add_node(vertex.id, **{name: value for name, value in said.items() if value != ""})
    for edge in rows.edges():
        said = {column.name: getattr(edge, column.field) for column in EDGE_COLUMNS}
        said = {name: value for name, value in said.items() if value != ""}
        network.add_edge(edge.source, edge.target, key=edge.id, **said)
    networkx.write_graphml(network, path)


# --------------------------------------------------------------------------------------------------
# Measuring


def measure(name: str, work: Callable[[Path], None]) -> float:
    """Do the work in a process of its own, print what it took, and return its seconds of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.graphml")
        ends = os.pipe()
        child = os.fork()
        if child == 0:
            before = memory("VmRSS")
            start = time.process_time()
            work(path)
            spent = time.process_time() - start
            os.write(ends[1], f"{spent} {memory('VmHWM') - before}".encode())
            os._exit(0)
        os.waitpid(child, 0)
        seconds, peak = map(float, os.read(ends[0], 100).split())
        print(f"{name:30} {seconds:6.1f} s {peak:6.0f} MB {path.stat().st_size / 1e6:6.0f} MB written")
    return seconds


def memory(name: str) -> float:
    """Return a size that Linux tells of this process, in megabytes."""
    status = Path("/proc/self/status").read_text()
    (size,) = re.findall(rf"{name}:\s+(\d+) kB", status)
    return int(size) / 1000


if __name__ == "__main__":
    main()
