"""``strategraph draw``: a picture for a slide."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.errors import UnusableInputError
from strategraph.export.options import VIEW_NAMES, Options

_PICTURES = ("svg", "png")


@click.command(name="draw")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option(
    "--view", type=click.Choice(VIEW_NAMES), default="plan", show_default=True, help="What to show."
)
def command(graph: Path, out: Path, view: str) -> None:
    """Draw GRAPH, an RDF file, as a picture with a title and a legend.

    The suffix of the file says whether it is an SVG or a PNG. Nothing is drawn at random: the same graph
    gives the same picture.
    """
    from strategraph.export import write_to
    from strategraph.graph_io import load_graph
    from strategraph.writing import write_files

    name = out.suffix.lower().lstrip(".")
    if name not in _PICTURES:
        raise UnusableInputError(f"{out}: a picture is an .svg or a .png")
    loaded = load_graph(graph)
    write_files({out: lambda file: write_to(loaded, name, file, Options(view=view))})
