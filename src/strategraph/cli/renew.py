"""``strategraph renew``: evidence under the names of today."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def command(graph: Path, out: Path) -> None:
    """Write GRAPH with each evidence named by its words, in the format that the suffix of --out tells.

    Prints each IRI that changes with the new one. Older graphs named evidence by the source's checksum and by
    offsets.
    """
    from strategraph.export import find_format, write
    from strategraph.rdf.loading import load_graph
    from strategraph.system.whole_files import write_files
    from strategraph.validation.verification import renewed

    found, names = renewed(load_graph(graph))
    write_files({out: write(found, find_format(out.suffix or "turtle").name)})
    for old, new in names:
        say(f"{old}\t{new}")
