"""``strategraph evaluate``: how well plans are read, measured against hand-made gold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.terminal import give, say_all, tell
from strategraph.errors import NothingRecognisedError, UnusableInputError

if TYPE_CHECKING:
    from strategraph.evaluation import Gold, Scores
    from strategraph.model import Plan
    from strategraph.pipeline import Options


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--sources",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with the documents that the gold files name; their own folder if not given.",
)
@click.option(
    "--readings",
    metavar="FILE|DIR",
    type=click.Path(path_type=Path),
    help="Score a language model's readings too: beside ours, alone and joined.",
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
    readings: Path | None,
    as_json: bool,
    errors: bool,
    floor: float | None,
) -> None:
    """Compare what is read from documents with gold files, or with folders of them.

    Prints precision, recall and F1 for each document and in total; low scores alone are no failure. With
    --readings, errors and floor are those of the joined reading.
    """
    from strategraph.evaluation import find_gold, load_gold, score, total

    tasks = [
        (entry, _source(entry, path, sources)) for path in find_gold(gold) for entry in [load_gold(path)]
    ]
    scored: list[tuple[str, Scores]] = []
    beside: dict[str, list[tuple[str, Scores]]] = {"ours": [], "readings": [], "joined": scored}
    unread: list[UnusableInputError] = []
    with _progress(len(tasks)) as step:
        for entry, source in tasks:
            try:
                if readings is None:
                    scored.append((entry.document, score(_read(source), entry)))
                else:
                    for (_, found), options in zip(beside.items(), _ways(readings, source), strict=True):
                        found.append((entry.document, score(_read(source, options), entry)))
            except UnusableInputError as error:
                unread.append(error)
            step(1)

    readers = {"ours": scored} if readings is None else beside
    text = _shown(readers, as_json=as_json, errors=errors)
    if as_json:
        give(text)
    elif text:
        say_all(text)
    for reason in unread:
        tell(f"not scored: {reason}")
    if unread:
        raise UnusableInputError(f"{len(unread)} of {len(tasks)} documents could not be read; see above")
    reached = total(scores for _, scores in scored).all_elements.f1
    if floor is not None and (reached is None or reached < floor):
        tell(f"the F1 of all elements is below the floor of {floor}")
        ctx.exit(1)


def _shown(readers: Mapping[str, Sequence[tuple[str, Scores]]], *, as_json: bool, errors: bool) -> str:
    """Return the scores as text: of one reader in full, of several their totals; the last one's errors."""
    from strategraph.evaluation import scores as report

    *others, scored = readers.values()
    if as_json:
        if others:
            return report.comparison_as_json(readers, faults=errors)
        return report.as_json(scored, faults=errors)
    if not scored:
        return ""
    text = report.comparison(readers) if others else report.table(scored)
    return f"{text}\n{report.fault_list(scored)}" if errors else text


def _source(gold: Gold, path: Path, folder: Path | None) -> Path:
    """Return the document that ``gold``, read from ``path``, is about."""
    source = (folder or path.parent) / gold.document
    if not source.is_file():
        raise UnusableInputError(
            f"{path}: its document {gold.document} is not in {source.parent}; give its folder with --sources"
        )
    return source


def _ways(readings: Path, source: Path) -> tuple[Options, Options, Options]:
    """Return how to read a source without its readings, by them alone, and by both.

    Raises :class:`UnusableInputError` where there are none for it.
    """
    from strategraph.curation import find_readings
    from strategraph.pipeline import Options

    found = find_readings(readings, str(source), source.stem, ".readings.toml")
    if found is None:
        raise UnusableInputError(f"{readings}: has no {source.stem}.readings.toml")
    return Options(), Options(readings=found, own=False), Options(readings=found)


def _read(path: Path, options: Options | None = None) -> Plan:
    """Return the plan that the document at ``path`` states; an empty one where it states none."""
    from strategraph.pipeline import read_plan

    try:
        return read_plan(path, options)[1]
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
