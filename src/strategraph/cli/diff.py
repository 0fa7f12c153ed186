"""``strategraph diff``: what changed from one edition of a plan to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.showing import write_pages
from strategraph.cli.terminal import give, say, say_all, tell_if_mixed

if TYPE_CHECKING:
    from strategraph.export.editions import Edition

_FORMATS = ("text", "html", "json", "turtle", "svg", "png")
_SUFFIXES = {
    ".txt": "text", ".html": "html", ".htm": "html", ".json": "json", ".ttl": "turtle", ".svg": "svg",
    ".png": "png",
}  # fmt: skip


@click.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(_FORMATS),
    help="What to write; else the suffix of the file says it, or it is text.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output.")
def command(old: Path, new: Path, name: str | None, out: Path | None) -> None:
    """Show what changed from OLD to NEW: two editions of a plan or resolution, each a graph or a source.

    Elements and provisions are kept, reworded, moved, dropped or added; what they name (groups, themes,
    instruments, quantities) is compared, too, with the words of both sides. Of editions in two languages,
    numbers and what is named are compared, and no words (docs/editions.md).

    \b
    strategraph diff plan-2020.ttl plan-2024.ttl
    strategraph diff plan-2020.pdf plan-2024.pdf -o changes.html
    strategraph diff plan-2020.ttl plan-2024.ttl -o changes.svg
    """
    from strategraph.export.editions import compare, pages, write

    wanted = name or (_SUFFIXES.get(out.suffix.lower(), "text") if out else "text")
    comparison = compare(_edition(old), _edition(new))
    if out is not None:
        for path in write_pages(out, pages(comparison, wanted)):
            say(str(path))
    elif wanted == "text":
        say_all(write(comparison, wanted).decode("utf-8"))
    else:
        give(write(comparison, wanted))


def _edition(path: Path) -> Edition:
    """Return the edition in a graph, or in a source that is read for it."""
    from strategraph.export.editions import edition
    from strategraph.pipeline import build
    from strategraph.rdf.loading import load_graph
    from strategraph.rdf.parsing import FORMATS

    if path.suffix.lower() in FORMATS:
        tell_if_mixed(path)
        return edition(load_graph(path), str(path))
    return edition(build(path).graph, str(path))
