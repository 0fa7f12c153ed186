"""``strategraph view``: a page with the graph beside the text it was read from."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say


@click.command(name="view")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The page to write.")
@click.option(
    "--validate/--no-validate",
    default=True,
    show_default=True,
    help="Hold the graph against the shapes, and show what they find.",
)
def command(graphs: tuple[Path, ...], out: Path, validate: bool) -> None:
    """Show GRAPHs, RDF files, as one page that opens in any browser, without a server or the web.

    The texts that a build writes beside its graph are shown with it; they are known by their checksums.

    \b
    strategraph view out/plan.ttl -o plan.html
    """
    from strategraph.export.digest import texts_beside
    from strategraph.export.page import assemble, content, title
    from strategraph.rdf.loading import load_graph
    from strategraph.system.whole_files import write_files

    graph = load_graph(*graphs)
    shown = content(graph, texts_beside(graph, graphs), validated=validate)
    write_files({out: assemble(shown, title(graph))})
    say(str(out))
