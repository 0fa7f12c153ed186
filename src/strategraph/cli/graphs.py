"""``strategraph validate``, ``verify``, ``merge``, ``renew``, ``describe``, ``export``: graphs as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import click

from strategraph.cli.options import file_option, graph_argument, out_option, rules_option
from strategraph.cli.terminal import deliver, give, put_down, say, tell_if_mixed
from strategraph.export import FORMATS, VIEW_NAMES, Format, NetworkOptions, find_format, write, write_to


@click.command(name="validate")
@graph_argument
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
@graph_argument
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
@file_option
@click.option("--strict", is_flag=True, help="Warnings count, too: with any, the exit status is 1.")
@click.pass_context
def merge_command(ctx: click.Context, graphs: tuple[Path, ...], out: Path, strict: bool) -> None:
    """Write the GRAPHs, RDF files or folders of them, as one file in the format of its suffix; validate it.

    Each node keeps one label; other labels become other names. Two plans of one IRI from different documents
    are refused. Exit status: 0 if the merged graph conforms, 1 if it has Violations, 2 if it cannot be made.
    """
    from strategraph.corpus.collected import graphs_of
    from strategraph.rdf.loading import load_graph
    from strategraph.rdf.merging import merge
    from strategraph.system.files import write_files
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
@graph_argument
@file_option
def renew_command(graph: Path, out: Path) -> None:
    """Write GRAPH with each evidence named by its words, in the format that the suffix of --out tells.

    Prints each IRI that changes with the new one. Older graphs named evidence by the source's checksum and by
    offsets.
    """
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
@out_option
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
@graph_argument
@click.option("-f", "--format", "name", type=FormatChoice(), required=True, help="What to write.")
@out_option
@click.option("--view", type=click.Choice(VIEW_NAMES), help="The part of the network to write.")
@click.option("--flavour", default="", metavar="NAME", help="How to write it, of several ways.")
@click.option("--literals-as-nodes", is_flag=True, help="Add a node for each text, number and year.")
@click.option("--measures", is_flag=True, help="Tell of each node what it ties together (docs/graphml.md).")
@click.option("--types-as-edges", is_flag=True, help="Add a node for each class, and edges to it.")
def export_command(
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
