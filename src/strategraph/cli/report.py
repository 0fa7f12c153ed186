"""``strategraph report``: what a graph says, to attach to a mail."""

from __future__ import annotations

from pathlib import Path

import click

from strategraph.cli.terminal import give

_FORMATS = ("html", "docx", "xlsx", "md")


@click.command(name="report")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-f", "--format", "name", type=click.Choice(_FORMATS), help="What to write; else the suffix says it."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
@click.option(
    "--validate/--no-validate",
    default=True,
    show_default=True,
    help="Hold the graph against the shapes, and tell what they find.",
)
def command(graphs: tuple[Path, ...], name: str | None, out: Path | None, validate: bool) -> None:
    """Write a report on GRAPHs, RDF files: goals with their words, groups, commitments, mandates, findings.

    The spreadsheet has a sheet for each class of nodes besides. DOCX and XLSX need the extra `report`.
    """
    from strategraph.errors import EmptyValidationError, UnusableInputError
    from strategraph.export.digest import digest, texts_beside
    from strategraph.export.report import compose, write
    from strategraph.rdf.loading import load_graph
    from strategraph.system.whole_files import write_files
    from strategraph.validation import validate as held

    wanted = name or (out.suffix.lower().lstrip(".") if out else "md")
    if wanted not in _FORMATS:
        raise UnusableInputError(f"{out}: a report is one of {', '.join(_FORMATS)}; name it with --format")
    graph = load_graph(*graphs)
    try:
        report = held(graph) if validate else None
    except EmptyValidationError as error:
        raise UnusableInputError(f"there is nothing to report on: {error}") from error
    content = write(compose(digest(graph), texts_beside(graph, graphs), report), wanted)
    if out is None:
        give(content)
    else:
        write_files({out: content})
