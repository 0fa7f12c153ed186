"""``strategraph draw``: a picture for a slide."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.errors import UnusableInputError
from strategraph.export.options import VIEW_NAMES, NetworkOptions

_PICTURES = ("svg", "png")


@click.command(name="draw")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option(
    "--view", type=click.Choice(VIEW_NAMES), default="plan", show_default=True, help="What to show."
)
def command(graph: Path, out: Path, view: str) -> None:
    """Draw GRAPH, an RDF file, as a picture with a title and a legend.

    The suffix of the file says whether it is an SVG or a PNG. A picture that is too high to be read goes on
    in files beside it: x.svg, x-2.svg and so on. Nothing is drawn at random: the same graph gives the same
    picture.
    """
    from strategraph.export.picture.drawing import drawn
    from strategraph.rdf.loading import load_graph
    from strategraph.system.whole_files import write_files

    name = out.suffix.lower().lstrip(".")
    if name not in _PICTURES:
        raise UnusableInputError(f"{out}: a picture is an .svg or a .png")
    contents = drawn(load_graph(graph), name, NetworkOptions(view=view))
    names = [out, *(out.with_name(f"{out.stem}-{page}{out.suffix}") for page in range(2, len(contents) + 1))]
    write_files(dict(zip(names, contents, strict=True)))
