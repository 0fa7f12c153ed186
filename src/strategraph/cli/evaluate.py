"""``strategraph evaluate``: how well plans are read, measured against hand-made gold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.errors import NothingRecognisedError, UnusableInputError

if TYPE_CHECKING:
    from strategraph.evaluation import Gold
    from strategraph.model import Plan


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with the documents that the gold files name; their own folder if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@click.option("--errors", is_flag=True, help="List each miss and each false hit with its place.")
@click.option(
    "--floor",
    type=click.FloatRange(0, 1),
    help="Fail with status 1 if the F1 of all elements is below this.",
)
@click.pass_context
def command(
    ctx: click.Context,
    gold: tuple[Path, ...],
    sources: Path | None,
    as_json: bool,
    errors: bool,
    floor: float | None,
) -> None:
    """Compare what is read from documents with gold files, or with folders of them.

    Prints precision, recall and F1 for each document and in total; low scores alone are no failure.
    """
    from strategraph.evaluation import find_gold, load_gold, report, score, total

    tasks = [
        (entry, _source(entry, path, sources)) for path in find_gold(gold) for entry in [load_gold(path)]
    ]
    scored = []
    unread: list[UnusableInputError] = []
    with _progress(len(tasks)) as step:
        for entry, source in tasks:
            try:
                scored.append((entry.document, score(_read(source), entry)))
            except UnusableInputError as error:
                unread.append(error)
            step(1)

    if as_json:
        click.echo(report.as_json(scored, faults=errors), nl=False)
    elif scored:
        click.echo(report.table(scored), nl=False)
        if errors:
            click.echo("\n" + report.fault_list(scored), nl=False)
    for reason in unread:
        click.echo(f"strategraph: not scored: {reason}", err=True)
    if unread:
        raise UnusableInputError(f"{len(unread)} of {len(tasks)} documents could not be read; see above")
    reached = total(scores for _, scores in scored).all_elements.f1
    if floor is not None and (reached is None or reached < floor):
        click.echo(f"strategraph: the F1 of all elements is below the floor of {floor}", err=True)
        ctx.exit(1)


def _source(gold: Gold, path: Path, folder: Path | None) -> Path:
    """Return the document that ``gold``, read from ``path``, is about."""
    source = (folder or path.parent) / gold.document
    if not source.is_file():
        raise UnusableInputError(
            f"{path}: its document {gold.document} is not in {source.parent}; give its folder with --sources"
        )
    return source


def _read(path: Path) -> Plan:
    """Return the plan that the document at ``path`` states; an empty one where it states none."""
    from strategraph.pipeline import read_plan

    try:
        return read_plan(path)[1]
    except NothingRecognisedError:
        return _empty_plan(path)


def _empty_plan(path: Path) -> Plan:
    from strategraph.model import Plan, Profile
    from strategraph.reading import read

    document = read(path)
    profile = Profile(language=document.language)
    return Plan(iri="", source_iri="", source=document.source, label=path.name, profile=profile)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], object]]:
    """Yield a function that counts documents: shown where a person waits for several of them."""
    if length < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label="Reading", file=sys.stderr) as bar:
        yield bar.update
