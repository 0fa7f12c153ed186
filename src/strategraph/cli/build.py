"""``strategraph build``: from sources to graphs, reports and coverage."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import build_options, find_sources, strict_option
from strategraph.cli.terminal import progress_line, say, tell
from strategraph.export import FORMATS

if TYPE_CHECKING:
    from strategraph.corpus.outputs import LocalFolder, OutputFolder, Recipe
    from strategraph.corpus.run import Outcome
    from strategraph.corpus.sources import CorpusSource
    from strategraph.pipeline import Options, Result
    from strategraph.reading.request import Limits, Original


@click.command(name="build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--out",
    default="out",
    show_default=True,
    metavar="DIR",
    help="Folder to write to; also an address such as s3://bucket/out (docs/collections.md).",
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help=f"Also write this format: {', '.join(FORMATS)}. Turtle and GraphML are always written.",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A curator's decisions (docs/corrections.md); of a folder, plan.corrections.toml for plan.txt.",
)
@click.option(
    "--readings",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A language model's proposals (docs/proposals.md); of a folder, plan.readings.toml for plan.txt.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="How many sources to build at a time; as many as there are processors, if not given.",
)
@click.option(
    "--scheduler",
    metavar="URL",
    help="Have the workers of a Dask cluster build, such as tcp://10.0.0.1:8786 (docs/collections.md).",
)
@click.option("--prune", is_flag=True, help="Remove the outputs of sources that are no more.")
@strict_option
@click.option("--allow-private", is_flag=True, help="Fetch also from hosts outside the public internet.")
@build_options
@click.pass_context
def command(
    context: click.Context,
    sources: Sequence[str],
    out: str,
    formats: Sequence[str],
    jobs: int | None,
    scheduler: str | None,
    prune: bool,
    strict: bool,
    allow_private: bool,
    options: Options,
) -> None:
    """Build the graph of each SOURCE: a file, a folder with all that is in it, a pattern in quotes, all
    these also elsewhere (s3://bucket/plans), an http(s) URL, @FILE with a source a line, or - for standard
    input.

    For plan.txt this writes plan.ttl, plan.graphml, plan.txt (the text that offsets count in),
    plan.report.ttl (the SHACL report), plan.coverage.json (which sentences gave which facts) and, last,
    plan.sha256 (the checksums of these: `sha256sum -c` tells whether they belong together). What
    a URL gave is kept as it came, as plan.original.pdf.

    Of several sources, manifest.json and manifest.csv say what came of each; a second run builds only what
    has changed, and one that was interrupted goes on where it was (docs/collections.md).
    """
    from strategraph.corpus.outputs import DEFAULT_FORMATS, LocalFolder, Recipe, suffixes
    from strategraph.corpus.remote import RemoteFolder, as_path, is_remote
    from strategraph.export import find_format
    from strategraph.extraction.own_tables import check_own_tables
    from strategraph.knowledge.resources import own_tables

    with own_tables(options.rules):
        check_own_tables()
    recipe = Recipe(
        options, tuple(dict.fromkeys([*DEFAULT_FORMATS, *(find_format(name).name for name in formats)]))
    )
    obtain = partial(_fetched, limits=options.limits, allow_private=allow_private)
    found = find_sources(sources, outputs=suffixes(recipe.formats), out=out)
    folder = RemoteFolder(out) if is_remote(out) else LocalFolder(Path(as_path(out)))
    if len(found.sources) == 1 and not (found.searched or scheduler) and isinstance(folder, LocalFolder):
        context.exit(_build_one(found.sources[0], folder, recipe, obtain, strict=strict))
    from strategraph.corpus.run import run

    with ExitStack() as while_building:
        workers = None
        if scheduler:
            from strategraph.corpus.crew import cluster

            workers = while_building.enter_context(cluster(scheduler))
            recipe = recipe.seen_by_all()
        run_ = partial(
            run, found.sources, folder, recipe, processes=jobs or usable_processors(), cluster=workers,
            prune=prune, addresses=found.addresses, obtain=obtain,
        )  # fmt: skip
        context.exit(_build_many(run_, len(found.sources), folder, prune=prune, strict=strict))


def _build_one(
    source: CorpusSource, out: LocalFolder, recipe: Recipe, obtain: Callable[[str], Original], *, strict: bool
) -> int:
    """Build the only source there is, and show what is in it."""
    from strategraph.cli.summary import summarise
    from strategraph.corpus.outputs import write_outputs
    from strategraph.pipeline import build
    from strategraph.reading.fetching.address import is_address

    address = is_address(source.place)
    original = obtain(source.place) if address else None
    kept = original if original is not None and original.address else None
    with progress_line() as shows:
        told = recipe.options_for(source.place, source.name)
        told = replace(told, progress=shows.page, stage=shows.tell) if shows else told
        result = build(original or source.place, told)
    for what in (*recipe.without_files(source.place, source.name), *result.remarks):
        tell(what)
    read = frozenset() if address or source.place == "-" else frozenset({os.path.realpath(source.place)})
    files = write_outputs(result, out, source.name, recipe.formats, original=kept, sources=read)
    for line in [
        *summarise(result.plan),
        "",
        *_verdict(result),
        *_listing([out.path / file for file in files]),
    ]:
        say(line)
    return result.report.exit_code(strict=strict)


def _build_many(
    run: Callable[..., Outcome], total: int, out: OutputFolder, *, prune: bool, strict: bool
) -> int:
    """Build all sources, tell which failed, and say in a few lines what came of them."""
    from strategraph.cli.summary import progress_bar, summary

    try:
        with progress_bar(total, out) as telling:
            outcome = run(telling=telling)
    except (KeyboardInterrupt, SystemExit) as stopped:
        stopped.add_note("what is built so far stays, and the same command goes on from there")
        raise
    for line in summary(outcome, out, prune=prune):
        say(line)
    return outcome.exit_code(strict=strict)


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fetched(url: str, *, limits: Limits, allow_private: bool) -> Original:
    """Return what is at an address, within the limits on size and time."""
    from strategraph.corpus.remote import is_remote
    from strategraph.corpus.remote import original as read_remote
    from strategraph.reading.fetching import fetch

    if is_remote(url):
        return read_remote(url, size=limits.size)

    return fetch(url, size=limits.size, seconds=limits.seconds, allow_private=allow_private)


def _verdict(result: Result) -> list[str]:
    covered, sentences = result.coverage.covered, len(result.coverage.sentences)
    return [
        f"  {'validation':<12}{result.report.summary()}",
        f"  {'coverage':<12}{covered} of {sentences} sentences gave facts",
        *(f"  {'warning':<12}{silence}" for silence in result.silences),
        *(
            f"  {'left out' if not number else '':<12}{what}"
            for number, what in enumerate(result.document.left_out)
        ),
        *(f"  {line}" for found in result.report.of_severity("Violation") for line in found.lines()),
    ]


def _listing(files: Sequence[Path]) -> list[str]:
    return [f"  {'written' if not number else '':<12}{path}" for number, path in enumerate(files)]
