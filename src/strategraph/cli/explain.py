"""``strategraph explain``: every fact about a node with the words that support it."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say, tell_if_mixed


@click.command(name="explain")
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("iri")
def command(graph: Path, iri: str) -> None:
    """Show each fact about the node IRI in GRAPH, with the words it was read from.

    IRI is a full IRI, one with a prefix or relative to the base as in the Turtle, the end of one where that
    is enough to tell the node (goal/2, women-and-girls), or the node's label.
    """
    from strategraph.explain import explain, find_node
    from strategraph.graph_io import load_graph

    tell_if_mixed(graph)
    loaded = load_graph(graph)
    for line in explain(loaded, find_node(loaded, iri)):
        say(line)
