"""``strategraph export``: a graph in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from strategraph.export import FORMATS, Format, find_format, write, write_to


class FormatChoice(click.Choice[str]):
    """An option's type: the name of a format, or its suffix. A wrong one is refused in one line."""

    def __init__(self) -> None:
        super().__init__(list(FORMATS))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the format's name; raise :class:`UnusableInputError` with the likeliest if unknown."""
        return find_format(value).name


def _table() -> str:
    def row(format_: Format) -> str:
        return f"  {format_.name:<10}{format_.suffix:<10}{format_.description}"

    return "\n".join(row(format_) for format_ in FORMATS.values())


@click.command(name="export", epilog=f"\b\nFormats:\n{_table()}")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-f", "--format", "name", type=FormatChoice(), required=True, help="What to write.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
def command(graph: Path, name: str, out: Path | None) -> None:
    """Write GRAPH, an RDF file, in another format."""
    from strategraph.graph_io import load_graph
    from strategraph.writing import write_files

    loaded = load_graph(graph)
    if out is None:
        click.echo(write(loaded, name), nl=False)
    else:
        write_files({out: lambda file: write_to(loaded, name, file)})
