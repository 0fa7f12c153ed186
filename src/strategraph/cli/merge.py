"""``strategraph merge``: several graphs as one."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import say


@click.command()
@click.argument("graphs", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="GRAPH…")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--strict", is_flag=True, help="Warnings count, too: with any, the exit status is 1.")
@click.pass_context
def command(ctx: click.Context, graphs: tuple[Path, ...], out: Path, strict: bool) -> None:
    """Write the GRAPHs, RDF files, as one file, in the format that its suffix tells, and validate it.

    Each node keeps one label; other labels become other names. Two plans of one IRI from different documents
    are refused. Exit status: 0 if the merged graph conforms, 1 if it has Violations, 2 if it cannot be made.
    """
    from strategraph.export import find_format, write
    from strategraph.rdf.loading import load_graph
    from strategraph.rdf.merging import merge
    from strategraph.system.whole_files import write_files
    from strategraph.validation import validate

    name = find_format(out.suffix or "turtle").name
    merged = merge({str(path): load_graph(path) for path in dict.fromkeys(graphs)})
    report = validate(merged)
    write_files({out: write(merged, name)})
    say(f"{len(merged)} triples of {len(graphs)} graphs in {out}")
    for line in report.lines() if report.of_severity("Violation") else [report.summary()]:
        say(line)
    ctx.exit(report.exit_code(strict=strict))
