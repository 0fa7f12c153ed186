"""``strategraph verify``: every quote of a graph against its source."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say, tell_if_mixed


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
def command(context: click.Context, graph: Path, sources: tuple[Path, ...]) -> None:
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
