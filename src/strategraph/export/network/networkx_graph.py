"""The network as a graph of networkx, and the RDF that such a graph, or a GraphML file, still holds.

``docs/graphml.md`` tells what is lost on the way: with ``--literals-as-nodes`` no literal is.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from strategraph.errors import UnusableInputError
from strategraph.export import NetworkOptions
from strategraph.export.network.projection import EDGE_COLUMNS, unmarked
from strategraph.rdf.namespace import PREFIXES, SG, SUPERCLASSES, TO_ELEMENTS, types

if TYPE_CHECKING:
    import networkx
    from networkx import MultiDiGraph

_XML = "{http://graphml.graphdrawing.org/xmlns}"
_CLASSES = {str(class_).removeprefix(str(SG)): class_ for class_ in SUPERCLASSES}
_PREDICATES = {"label": RDFS.label, "number": SG.number, "statement": SG.statement}
_Row = Mapping[str, str]


def to_networkx(graph: Graph, options: NetworkOptions) -> MultiDiGraph:
    """Return the network with the columns of GraphML as attributes; a value that there is none of has none.

    Nodes and edges come in the order of the files, under the same ids. Texts are as the graph has them:
    nothing in them is marked for Gephi. Raises :class:`UnusableInputError` if networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise UnusableInputError("networks in Python need one more package: pip install networkx") from error
    network, found = options.network(graph), networkx.MultiDiGraph()
    for vertex in network.vertices():
        values = ((column.name, getattr(vertex, column.field)) for column in network.node_columns)
        found.add_node(vertex.id, **{name: value for name, value in values if value != ""})
    for edge in network.edges():
        values = ((column.name, getattr(edge, column.field)) for column in EDGE_COLUMNS)
        found.add_edge(
            edge.source, edge.target, key=edge.id, **{name: value for name, value in values if value != ""}
        )
    return found


def read(path: Path) -> Graph:
    """Return the triples that the nodes, edges and columns of a GraphML file stand for.

    Types come with our superclasses, ``sg:hasElement`` beside its subproperties, and ``sg:inPlan`` from the
    column ``plan``. External IRIs are
    ``rdfs:seeAlso``, as the file does not say more of them. Raises :class:`UnusableInputError` if the file
    cannot be read or is none of ours.
    """
    try:
        rows = list(_rows(path))
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot be read ({error.strerror})") from error
    except ET.ParseError as error:
        raise UnusableInputError(f"{path}: does not parse: {error}") from error
    except KeyError as error:
        raise UnusableInputError(f"{path}: not a GraphML file (a key without {error})") from error
    try:
        return _graph(rows)
    except (KeyError, SyntaxError) as error:
        raise UnusableInputError(f"{path}: not a GraphML file of strategraph (no {error})") from error


def from_networkx(network: networkx.MultiDiGraph) -> Graph:
    """Return the triples that a network stands for, as :func:`read` those of a file.

    ``network`` is one that ``network()`` of a build's result gave, whatever was taken from it since. Raises
    :class:`UnusableInputError` for another.
    """
    nodes = ({"id": str(id_), **_texts(told)} for id_, told in network.nodes(data=True))
    edges = (
        {"source": str(source), "target": str(target), **_texts(told)}
        for source, target, told in network.edges(data=True)
    )
    try:
        return _graph([*nodes, *edges])
    except (KeyError, SyntaxError) as error:
        raise UnusableInputError(f"not a network of strategraph (no {error})") from error


def _texts(told: Mapping[str, object]) -> _Row:
    return {name: str(value) for name, value in told.items()}


def _graph(rows: Sequence[_Row]) -> Graph:
    terms = {row["id"]: _term(row) for row in rows if "source" not in row}
    if not terms:
        raise KeyError("node")
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    # Texts that are nodes themselves are whole, and in their language; those of columns are then not needed.
    whole = any(isinstance(term, Literal) for term in terms.values())
    for row in rows:
        if "source" in row:
            graph += _edge(row, terms)
        elif not isinstance(terms[row["id"]], Literal):
            graph += _node(row, terms[row["id"]], {} if whole else _PREDICATES)
    return graph


def _rows(path: Path) -> Iterator[_Row]:
    """Yield the attributes and columns of each node and edge."""
    names: dict[str, str] = {}
    for _, element in ET.iterparse(path):
        if element.tag == f"{_XML}key":
            names[element.attrib["id"]] = element.attrib.get("attr.name", "")
        elif element.tag in (f"{_XML}node", f"{_XML}edge"):
            data = {names.get(data.get("key", ""), ""): unmarked(data.text or "") for data in element}
            yield data | element.attrib
            element.clear()


def _term(row: _Row) -> Node:
    """Return the IRI, blank node or literal that a node of the file stands for."""
    uri = row["uri"]
    if row.get("type") == "Literal":
        triples = list(pyoxigraph.parse(f"<urn:s> <urn:p> {uri} .", format=pyoxigraph.RdfFormat.N_TRIPLES))
        literal = triples[0].object if len(triples) == 1 else None
        if not isinstance(literal, pyoxigraph.Literal):
            raise KeyError("literal")
        if literal.language:
            return Literal(literal.value, lang=literal.language)
        datatype = URIRef(literal.datatype.value)
        plain = datatype == URIRef("http://www.w3.org/2001/XMLSchema#string")
        return Literal(literal.value, datatype=None if plain else datatype)
    return BNode(uri[2:]) if uri.startswith("_:") else URIRef(uri)


def _node(row: _Row, node: Node, predicates: Mapping[str, URIRef]) -> Iterator[tuple[Node, Node, Node]]:
    class_ = _CLASSES.get(row.get("type", ""))
    if class_ is not None:
        for each in types(class_):
            yield node, RDF.type, each
        plan = row.get("plan", "")
        if SG.PlanElement in (class_, *SUPERCLASSES[class_]) and plan and ";" not in plan:
            yield node, SG.inPlan, URIRef(plan)
        yield from (
            (node, predicate, Literal(row[name])) for name, predicate in predicates.items() if name in row
        )
    yield from ((node, RDFS.seeAlso, URIRef(iri)) for iri in row.get("sameAs", "").split(";") if iri)


def _edge(row: _Row, terms: Mapping[str, Node]) -> Iterator[tuple[Node, Node, Node]]:
    source, target = terms[row["source"]], terms[row["target"]]
    predicate = URIRef(row["predicate"])
    yield source, predicate, target
    if predicate in TO_ELEMENTS:
        yield source, SG.hasElement, target
