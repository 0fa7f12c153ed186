"""``strategraph view``, ``report``, ``draw``, ``diff``, ``explain``: graphs as people look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import file_option, graph_argument, out_option, reading_options
from strategraph.cli.terminal import deliver, give, say, say_all, tell, tell_if_mixed
from strategraph.errors import UnusableInputError
from strategraph.export import VIEW_NAMES, NetworkOptions

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from strategraph.export.editions import Edition
    from strategraph.model import Document
    from strategraph.reading.request import ReadingOptions


@click.command(name="view")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The page to write.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A PDF that a graph was built from, to show its pages; those beside the graphs are found.",
)
@click.option(
    "--validate/--no-validate",
    default=True,
    show_default=True,
    help="Hold the graph against the shapes, and show what they find.",
)
def view_command(graphs: tuple[Path, ...], out: Path, sources: tuple[Path, ...], validate: bool) -> None:
    """Show GRAPHs, RDF files, as one page that opens in any browser, without a server or the web.

    The texts that a build writes beside its graph are shown with it; they are known by their checksums, as
    are sources. Of a PDF, each quotation is also shown in its box on its page.

    \b
    strategraph view out/plan.ttl -o plan.html
    strategraph view out/plan.ttl --source plan.pdf -o plan.html
    """
    from strategraph.export.digest import texts_beside, with_pages, without_pages
    from strategraph.export.page import assemble, content, title
    from strategraph.rdf.loading import load_graph
    from strategraph.system.files import write_files

    graph = load_graph(*graphs)
    texts = with_pages(texts_beside(graph, graphs), graph, graphs, sources)
    shown = content(graph, texts, validated=validate)
    for name in without_pages(graph, texts):
        tell(f"note: {name} is not beside the graph: --source FILE shows its pages, with the words in boxes")
    write_files({out: assemble(shown, title(graph))})
    say(str(out))


_FORMATS = ("html", "docx", "xlsx", "md")


@click.command(name="report")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-f", "--format", "name", type=click.Choice(_FORMATS), help="What to write; else the suffix says it."
)
@out_option
@click.option(
    "--validate/--no-validate",
    default=True,
    show_default=True,
    help="Hold the graph against the shapes, and tell what they find.",
)
def report_command(graphs: tuple[Path, ...], name: str | None, out: Path | None, validate: bool) -> None:
    """Write a report on GRAPHs, RDF files: goals with their words, groups, commitments, mandates, findings.

    The spreadsheet has a sheet for each class of nodes besides. DOCX and XLSX need the extra `report`.
    """
    from strategraph.errors import EmptyValidationError
    from strategraph.export.digest import digest, texts_beside
    from strategraph.export.report import compose, write
    from strategraph.rdf.loading import load_graph
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
    deliver(content, out)


_PICTURES = ("svg", "png")


@click.command(name="draw")
@graph_argument
@file_option
@click.option(
    "--view", type=click.Choice(VIEW_NAMES), default="plan", show_default=True, help="What to show."
)
def draw_command(graph: Path, out: Path, view: str) -> None:
    """Draw GRAPH, an RDF file, as a picture with a title and a legend.

    The suffix of the file says whether it is an SVG or a PNG. A picture that is too high to be read goes on
    in files beside it: x.svg, x-2.svg and so on. Nothing is drawn at random: the same graph gives the same
    picture.
    """
    from strategraph.export.picture import drawn
    from strategraph.rdf.loading import load_graph

    name = out.suffix.lower().lstrip(".")
    if name not in _PICTURES:
        raise UnusableInputError(f"{out}: a picture is an .svg or a .png")
    for path in write_pages(out, drawn(load_graph(graph), name, NetworkOptions(view=view))):
        tell(f"wrote {path}")


def write_pages(out: Path, contents: Sequence[bytes]) -> list[Path]:
    """Write a picture that goes on in files beside its first, and return their paths."""
    from strategraph.system.files import write_files

    names = [out, *(out.with_name(f"{out.stem}-{page}{out.suffix}") for page in range(2, len(contents) + 1))]
    write_files(dict(zip(names, contents, strict=True)))
    return names


_DIFF_FORMATS = ("text", "html", "json", "turtle", "svg", "png")
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
    type=click.Choice(_DIFF_FORMATS),
    help="What to write; else the suffix of the file says it, or it is text.",
)
@out_option
def diff_command(old: Path, new: Path, name: str | None, out: Path | None) -> None:
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
    from strategraph.rdf.loading import FORMATS, load_graph

    if path.suffix.lower() in FORMATS:
        tell_if_mixed(path)
        return edition(load_graph(path), str(path))
    return edition(build(path).graph, str(path))


@click.command(name="explain")
@graph_argument
@click.argument("iri")
@click.option(
    "--why",
    "source",
    metavar="SOURCE",
    help="What the graph was built from: name the features by which the model took a text for this element.",
)
@reading_options
def explain_command(
    graph: Path,
    iri: str,
    source: str | None,
    reading: ReadingOptions,
) -> None:
    """Show each fact about the node IRI in GRAPH, with the words it was read from.

    IRI is a full IRI, one with a prefix or relative to the base as in the Turtle, the end of one where that
    is enough to tell the node (goal/2, women-and-girls), or the node's label.
    """
    from strategraph.querying.explanation import explain, find_node
    from strategraph.rdf.loading import load_graph

    tell_if_mixed(graph)
    loaded = load_graph(graph)
    node = find_node(loaded, iri)
    lines = list(explain(loaded, node))
    if source is not None:
        from strategraph.reading import read

        document = read(source, reading)
        lines += _why(loaded, node, document)
    for line in lines:
        say(line)


def _why(graph: Graph, node: Node, document: Document) -> Iterator[str]:
    """Yield why the model took a text of a document for the element that a node is."""
    from rdflib import RDF

    from strategraph.curation.reviewing import reasons
    from strategraph.rdf.namespace import ELEMENT_CLASSES, SG
    from strategraph.rdf.provenance import quoted
    from strategraph.understanding import weigh

    kind = next((kind for kind in ELEMENT_CLASSES if (node, RDF.type, kind) in graph), None)
    places = quoted(graph, document.source)
    if kind is not None:
        name = str(kind).removeprefix(str(SG))
        spans = [one.span for one in places if one.object == node and one.predicate == SG[f"has{name}"]]
        lines = list(reasons(weigh(document), spans, name))
        if lines:
            yield from ("", f"Why it is of the class {name}", *lines)
            return
    raise UnusableInputError(
        f"{node}: is no element that the model found in {document.source.name}, so it has no reasons"
    )
