"""``strategraph export``: a graph in another format."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import click

from strategraph.cli.terminal import give, put_down, tell_if_mixed
from strategraph.export import FORMATS, Format, find_format, write, write_to
from strategraph.export.options import VIEW_NAMES, NetworkOptions


class FormatChoice(click.Choice[str]):
    """An option's type: the name of a format, or its suffix. A wrong one is refused in one line."""

    def __init__(self) -> None:
        super().__init__(list(FORMATS))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the format's name; raise :class:`UnusableInputError` with the likeliest if unknown."""
        return find_format(value).name


def _table() -> str:
    def row(format_: Format) -> str:
        flavours = f" ({', '.join(format_.flavours)})" if format_.flavours else ""
        return f"  {format_.name:<17}{format_.suffix:<18}{format_.description}{flavours}"

    return "\n".join(row(format_) for format_ in FORMATS.values())


@click.command(name="export", epilog=f"\b\nFormats:\n{_table()}")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-f", "--format", "name", type=FormatChoice(), required=True, help="What to write.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
@click.option("--view", type=click.Choice(VIEW_NAMES), help="The part of the network to write.")
@click.option("--flavour", default="", metavar="NAME", help="How to write it, of several ways.")
@click.option("--literals-as-nodes", is_flag=True, help="Add a node for each text, number and year.")
@click.option("--measures", is_flag=True, help="Tell of each node what it ties together (docs/graphml.md).")
@click.option("--types-as-edges", is_flag=True, help="Add a node for each class, and edges to it.")
def command(
    graph: Path,
    name: str,
    out: Path | None,
    view: str | None,
    flavour: str,
    literals_as_nodes: bool,
    types_as_edges: bool,
    measures: bool,
) -> None:
    """Write GRAPH, an RDF file, in another format; a folder of graphs as one file.

    GRAPH can also be a GraphML file of ours: what its nodes, edges and columns still say is the light graph.
    Of a folder, nquads and trig have a named graph for each plan, sqlite and parquet a row, and in networks
    what plans share is one node (docs/collections.md).

    The options on views and nodes are for formats of networks, not for RDF.
    """
    from strategraph.export.network.networkx_graph import read as read_light
    from strategraph.rdf.loading import load_graph

    options = NetworkOptions(view or "", flavour, literals_as_nodes, types_as_edges, measures)
    find_format(name).resolved(options)  # before the work
    if graph.is_dir():
        from strategraph.corpus.collected import write_collection

        def write_all(file: BinaryIO) -> None:
            write_collection(graph, name, file, options, tell_if_mixed)

        if out is None:
            buffer = BytesIO()
            write_all(buffer)
            give(buffer.getvalue())
        else:
            put_down({out: write_all})
        return
    tell_if_mixed(graph)
    loaded = read_light(graph) if graph.suffix.lower() == ".graphml" else load_graph(graph)
    if out is None:
        give(write(loaded, name, options))
    else:
        put_down({out: lambda file: write_to(loaded, name, file, options)})
