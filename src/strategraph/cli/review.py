"""``strategraph review``: the doubtful decisions of a reading as a corrections file, ready to be edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import reading_options
from strategraph.cli.sources import find_sources
from strategraph.cli.terminal import give, tell
from strategraph.errors import UnusableInputError
from strategraph.resolution.coverage import DOUBTFUL

if TYPE_CHECKING:
    from strategraph.model import Document, Span
    from strategraph.reading.request import ReadingOptions

SUFFIX = ".corrections.toml"
_EITHER = ".xml"  # RDF, or a source


@click.command(name="review")
@click.argument("given", metavar="GRAPH|SOURCE")
@click.option(
    "--source",
    metavar="FILE",
    help="What GRAPH was built from: a graph does not hold what else was possible.",
)
@click.option(
    "-o",
    "--out",
    metavar="FILE",
    help="Where to write, - for standard output; plan.corrections.toml in the current folder if not given.",
)
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=DOUBTFUL,
    show_default=True,
    metavar="X",
    help="The confidence below which a decision is doubtful.",
)
@reading_options
def command(
    given: str,
    source: str | None,
    out: str | None,
    below: float,
    reading: ReadingOptions,
) -> None:
    """Write the doubtful decisions on SOURCE down, least certain first, as a file for build --corrections.

    Each entry has its words and, as comments, what else it may be with the probabilities; what was nearly
    taken for an element stands there commented out. Building with the file unchanged gives the same elements.
    Of a GRAPH with --source, what a person has decided already is left out.
    """
    from strategraph.curation.reviewing import review
    from strategraph.extraction import extract
    from strategraph.knowledge.vocabulary import load
    from strategraph.rdf.loading import FORMATS
    from strategraph.reading import read
    from strategraph.system.whole_files import write_files
    from strategraph.understanding import weigh

    if source is None and Path(given).suffix.lower() in FORMATS.keys() - {_EITHER}:
        raise UnusableInputError(
            f"{given}: a graph does not hold what else was possible; give with --source what it was made from"
        )
    path = source or given
    target = out or f"{find_sources([path], outputs=(SUFFIX,)).sources[0].name}{SUFFIX}"
    if target != "-" and Path(target).is_file():
        raise UnusableInputError(f"{target}: is there already, and may hold decisions; choose another --out")
    document = read(path, reading)
    if document.stated is not None:
        raise UnusableInputError(
            f"{path}: says itself what its elements are, so that no decision on them is in doubt"
        )
    decided = _decided(Path(given), document) if source is not None else ()
    weighing = weigh(document)
    mentions = extract(document, weighing.sections, load())
    found = review(document, weighing, mentions, below=below, decided=decided)
    if target == "-":
        give(found.text)
    else:
        write_files({Path(target): found.text.encode("utf-8")})
        tell(f"{target}: {found.doubtful} doubtful decisions, {found.proposed} more that do not count yet")


def _decided(graph: Path, document: Document) -> tuple[Span, ...]:
    """Return the places that a person has decided on, as a graph of this document tells."""
    from strategraph.model import CURATOR
    from strategraph.rdf.loading import load_graph
    from strategraph.rdf.provenance import quoted

    return tuple(one.span for one in quoted(load_graph(graph), document.source) if one.rule == CURATOR)
