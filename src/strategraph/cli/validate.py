"""``strategraph validate``: hold a graph against the shapes."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.options import rules_option
from strategraph.cli.terminal import say, tell_if_mixed


@click.command()
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
def command(
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
