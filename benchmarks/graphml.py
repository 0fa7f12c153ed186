"""GraphML of a large graph: ours against networkx, by time and memory.

    python benchmarks/graphml.py [--edges N]

The graph is made up: plans of 50 elements, each element with ten edges, to its plan and parent, to some of
300 groups and of 1,000 resolutions. Two ways to the same kind of file are measured:

- *from rows*: nodes and edges with all their columns are there; what is measured is building a networkx graph
  of them and writing it (with lxml, which it takes where it can), against writing them as they come;
- *from the graph*: the same from the triples, all columns of ours made by plain code around networkx. Nodes
  stand in a circle there, as a layout of networkx's would take far longer; all other values are the same, and
  a small graph is held to that first.

Each measurement is a process of its own, forked when the graph is there; memory is its peak above that.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import math
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

from strategraph.export.appearance import colors, local_name
from strategraph.export.network import Edge, Network, Vertex, formats
from strategraph.export.network.projection import EDGE_COLUMNS, NODE_COLUMNS, unmarked
from strategraph.rdf.namespace import SG

BASE = "https://w3id.org/strategraph/id/"
ELEMENTS = 50
EDGES = 10  # of an element


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edges", type=int, default=1_000_000)
    options = parser.parse_args()
    hold_to_the_same(made(plans=3))
    graph = made(options.edges // (ELEMENTS * EDGES))
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


def made(plans: int) -> Graph:
    """Return the graph of some plans."""
    graph = Graph(bind_namespaces="none")
    gc.disable()
    graph.addN((s, p, o, graph) for s, p, o in triples(plans))
    gc.enable()
    return graph


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
        formats.write_network(Network(graph), file)


def ours_from_rows(rows: Rows, path: Path) -> None:
    with path.open("wb") as file:
        formats.write_network(rows, file)


def networkx_from_graph(graph: Graph, path: Path) -> None:
    network = networkx.MultiDiGraph()
    nodes = {node: hashed("n", node) for node in set(graph.subjects())}
    texts: dict[Node, str] = {RDFS.label: "label", SG.statement: "statement"}
    names = {predicate: local_name(predicate) for predicate in graph.predicates(unique=True)}
    superproperty, in_plan, type_ = SG.hasElement, SG.inPlan, RDF.type
    for node, id_ in nodes.items():
        network.add_node(id_, uri=str(node))
    plans: dict[str, set[str]] = {id_: set() for id_ in nodes.values()}
    for subject, predicate, object_ in graph:
        id_ = nodes[subject]
        if predicate in texts:
            network.nodes[id_][texts[predicate]] = str(object_)
        elif predicate == type_:
            if object_ not in SUPERCLASSES:
                network.nodes[id_]["type"] = local_name(object_)
            if object_ == SG.StrategicPlan:
                plans[id_].add(str(subject))
        elif predicate == in_plan:
            plans[id_].add(str(object_))
        elif object_ in nodes and predicate != superproperty:
            network.add_edge(
                id_,
                nodes[object_],
                key=hashed("e", subject, predicate, object_),
                label=names[predicate],
                predicate=str(predicate),
                weight=1.0,
                count=1,
            )
    color = colors()
    degrees = dict(network.degree())
    least, most = min(degrees.values()), max(degrees.values())
    for place, (id_, said) in enumerate(network.nodes(data=True)):
        found = plans[id_] or set().union(*(plans[other] for other in network.predecessors(id_)))
        turn = 2 * math.pi * place / len(network)
        if found:
            said["plan"] = ";".join(sorted(found))
        said["color"] = color[said["type"]]
        said["size"] = round(4 + 96 * math.sqrt((degrees[id_] - least) / (most - least)), 1)
        said["x"], said["y"] = round(1000 * math.cos(turn), 1), round(1000 * math.sin(turn), 1)
    networkx.write_graphml(network, path)


SUPERCLASSES = {SG.PlanElement, SG.Instrument}


def hashed(letter: str, *terms: Node) -> str:
    return letter + hashlib.sha256("\n".join(map(str, terms)).encode()).hexdigest()[:16]


def hold_to_the_same(graph: Graph) -> None:
    """Hold that both ways from the graph write the same nodes, edges and values, but for the places."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder, "ours.graphml"), Path(folder, "theirs.graphml")
        ours_from_graph(graph, paths[0])
        networkx_from_graph(graph, paths[1])
        ours, theirs = (networkx.read_graphml(path, force_multigraph=True) for path in paths)
    for network in (ours, theirs):
        for _, said in network.nodes(data=True):
            for name, value in said.items():
                said[name] = unmarked(value) if isinstance(value, str) else value
            del said["x"], said["y"]
        for *_, said in network.edges(data=True):
            said["predicate"] = unmarked(said["predicate"])
    assert networkx.utils.graphs_equal(ours, theirs)


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
