"""``strategraph validate``, ``verify``, ``merge``, ``renew`` and ``describe``: graphs as they are."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.options import rules_option
from strategraph.cli.terminal import deliver, put_down, say, tell_if_mixed


@click.command(name="validate")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    "shapes",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="SHACL shapes in place of the built-in ones; may be given more than once.",
)
@rules_option
@click.option("--strict", is_flag=True, help="Warnings count, too: with any, the exit status is 1.")
@click.pass_context
def validate_command(
    ctx: click.Context, graph: Path, shapes: tuple[Path, ...], rules: Path | None, strict: bool
) -> None:
    """Hold a GRAPH (Turtle, N-Triples, JSON-LD, TriG, N-Quads, RDF/XML) against the shapes.

    Prints the verdict and, for each finding, the node, the words behind it and the shape. Exit status: 0 if
    the graph conforms, 1 if it has Violations, 2 if it cannot be read or if nothing would be checked.
    """
    from strategraph.knowledge.resources import own_tables
    from strategraph.rdf.loading import load_graph
    from strategraph.validation import validate

    tell_if_mixed(graph)
    with own_tables(rules):
        report = validate(load_graph(graph), shapes)
    for line in report.lines():
        say(line)
    ctx.exit(report.exit_code(strict=strict))


@click.command(name="verify")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "sources",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What the graph was read from, or the text that the build wrote; once for each source.",
)
@click.pass_context
def verify_command(context: click.Context, graph: Path, sources: tuple[Path, ...]) -> None:
    """Check that every quote in GRAPH stands in its source where the graph says.

    Exit status: 0 if everything holds, 1 if something does not (each failure is listed), 2 if FILE is not the
    source at all or the graph has no evidence.
    """
    from strategraph.rdf.loading import load_graph
    from strategraph.validation.verification import verify

    tell_if_mixed(graph)
    verification = verify(load_graph(graph), sources)
    for line in verification.lines():
        say(line)
    context.exit(1 if verification.failures else 0)


@click.command(name="merge")
@click.argument("graphs", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="GRAPH…")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--strict", is_flag=True, help="Warnings count, too: with any, the exit status is 1.")
@click.pass_context
def merge_command(ctx: click.Context, graphs: tuple[Path, ...], out: Path, strict: bool) -> None:
    """Write the GRAPHs, RDF files or folders of them, as one file in the format of its suffix; validate it.

    Each node keeps one label; other labels become other names. Two plans of one IRI from different documents
    are refused. Exit status: 0 if the merged graph conforms, 1 if it has Violations, 2 if it cannot be made.
    """
    from strategraph.corpus.collected import graphs_of
    from strategraph.export import find_format, write
    from strategraph.rdf.loading import load_graph
    from strategraph.rdf.merging import merge
    from strategraph.system.whole_files import write_files
    from strategraph.validation import validate

    name = find_format(out.suffix or "turtle").name
    paths = list(dict.fromkeys(graphs_of(graphs)))
    tell_if_mixed(*paths)
    merged = merge({str(path): load_graph(path) for path in paths})
    report = validate(merged)
    write_files({out: write(merged, name)})
    say(f"{len(merged)} triples of {len(paths)} graphs in {out}")
    for line in report.lines() if report.of_severity("Violation") else [report.summary()]:
        say(line)
    ctx.exit(report.exit_code(strict=strict))


@click.command(name="renew")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
def renew_command(graph: Path, out: Path) -> None:
    """Write GRAPH with each evidence named by its words, in the format that the suffix of --out tells.

    Prints each IRI that changes with the new one. Older graphs named evidence by the source's checksum and by
    offsets.
    """
    from strategraph.export import find_format, write
    from strategraph.rdf.loading import load_graph
    from strategraph.validation.verification import renewed

    found, names = renewed(load_graph(graph))
    put_down({out: write(found, find_format(out.suffix or "turtle").name)})
    for old, new in names:
        say(f"{old}\t{new}")


@click.command(name="describe")
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH…", type=click.Path(path_type=Path))
@click.option("--iri", metavar="IRI", help="What to call the collection.")
@click.option("--license", "licence", metavar="IRI", help="The licence of the graphs, if you can grant one.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
def describe_command(
    graphs: tuple[Path, ...], iri: str | None, licence: str | None, out: Path | None
) -> None:
    """Describe graphs in VoID, DCAT and PROV, as Turtle.

    GRAPH is an RDF file, a folder of them, or the folder of an embedded store (`strategraph store`).

    Numbers of triples and of nodes, classes and properties with theirs, vocabularies, period, sources with
    their checksums. Several plans get a catalogue, which counts what they share once.
    """
    from strategraph.corpus.collected import is_built, plan_files
    from strategraph.querying.dataset_description import describe, read

    files = [file for path in graphs for file in (plan_files(path) if is_built(path) else [path])]
    deliver(describe(read(files), iri=iri, licence=licence), out)
