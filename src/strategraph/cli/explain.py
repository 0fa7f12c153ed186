"""``strategraph explain``: every fact about a node with the words that support it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import reading_options
from strategraph.cli.terminal import say, tell_if_mixed
from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from strategraph.model import Document
    from strategraph.reading.request import ReadingOptions


@click.command(name="explain")
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("iri")
@click.option(
    "--why",
    "source",
    metavar="SOURCE",
    help="What the graph was built from: name the features by which the model took a text for this element.",
)
@reading_options
def command(
    graph: Path,
    iri: str,
    source: str | None,
    reading: ReadingOptions,
) -> None:
    """Show each fact about the node IRI in GRAPH, with the words it was read from.

    IRI is a full IRI, one with a prefix or relative to the base as in the Turtle, the end of one where that
    is enough to tell the node (goal/2, women-and-girls), or the node's label.
    """
    from strategraph.querying.explanation import explain, find_node
    from strategraph.rdf.loading import load_graph

    tell_if_mixed(graph)
    loaded = load_graph(graph)
    node = find_node(loaded, iri)
    lines = list(explain(loaded, node))
    if source is not None:
        from strategraph.reading import read

        document = read(source, reading)
        lines += _why(loaded, node, document)
    for line in lines:
        say(line)


def _why(graph: Graph, node: Node, document: Document) -> Iterator[str]:
    """Yield why the model took a text of a document for the element that a node is."""
    from rdflib import RDF

    from strategraph.curation.reviewing import reasons
    from strategraph.rdf.namespace import ELEMENT_CLASSES, SG
    from strategraph.rdf.provenance import quoted
    from strategraph.understanding import weigh

    kind = next((kind for kind in ELEMENT_CLASSES if (node, RDF.type, kind) in graph), None)
    places = quoted(graph, document.source)
    if kind is not None:
        name = str(kind).removeprefix(str(SG))
        spans = [one.span for one in places if one.object == node and one.predicate == SG[f"has{name}"]]
        lines = list(reasons(weigh(document), spans, name))
        if lines:
            yield from ("", f"Why it is of the class {name}", *lines)
            return
    raise UnusableInputError(
        f"{node}: is no element that the model found in {document.source.name}, so it has no reasons"
    )
