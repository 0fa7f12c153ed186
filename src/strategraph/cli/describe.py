"""``strategraph describe``: what is in graphs, for data portals."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import give


@click.command(name="describe")
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH…", type=click.Path(path_type=Path))
@click.option("--iri", metavar="IRI", help="What to call the collection.")
@click.option("--license", "licence", metavar="IRI", help="The licence of the graphs, if you can grant one.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
def command(graphs: tuple[Path, ...], iri: str | None, licence: str | None, out: Path | None) -> None:
    """Describe graphs in VoID, DCAT and PROV, as Turtle.

    GRAPH is an RDF file, a folder of them, or the folder of an embedded store (`strategraph store`).

    Numbers of triples and of nodes, classes and properties with theirs, vocabularies, period, sources with
    their checksums. Several plans get a catalogue, which counts what they share once.
    """
    from strategraph.querying.dataset_description import describe, read
    from strategraph.system.whole_files import write_files

    content = describe(read(graphs), iri=iri, licence=licence)
    if out is None:
        give(content)
    else:
        write_files({out: lambda file: file.write(content)})
