"""``strategraph build``: from sources to graphs, reports and coverage."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.limits import limit_options
from strategraph.cli.progress import progress_line
from strategraph.cli.terminal import complain, shown
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.export import FORMATS
from strategraph.identifiers import DEFAULT_BASE

if TYPE_CHECKING:
    from strategraph.pipeline import Options, Result
    from strategraph.reading.original import Original
    from strategraph.reading.request import Limits
    from strategraph.writing import Content

_DEFAULT_FORMATS = ("turtle", "graphml")


@click.command(name="build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Folder to write to.",
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
    "--base-iri", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What data IRIs start with."
)
@click.option(
    "--vocabulary",
    "vocabularies",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A SKOS file of your own groups or themes; wins over the built-in ones.",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A curator's decisions about the source (TOML; see docs/corrections.md).",
)
@click.option(
    "--evidence",
    type=click.Choice(["full", "none"]),
    default="full",
    show_default=True,
    help="Whether the graph holds the words behind each fact.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out facts whose best evidence is less sure than X (0 to 1), elements with all below.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as violations.")
@click.option(
    "--from",
    "source_format",
    metavar="FORMAT",
    help="The sources' format, where content and suffix do not tell it.",
)
@click.option("--encoding", help="The sources' character encoding, where their bytes do not tell it.")
@click.option("--pages", metavar="RANGE", help="The pages to read of a PDF, such as 3-40.")
@click.option("--ocr", is_flag=True, help="Read scanned pages with tesseract, where it is installed.")
@click.option(
    "--max-time",
    type=click.FloatRange(min=0.1, max=86_400),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The time that fetching a URL may take.",
)
@click.option("--allow-private", is_flag=True, help="Fetch also from hosts outside the public internet.")
@limit_options
@click.option("--title", help="The plan's title, where the text does not say it.")
@click.option("--owner", help="The plan's owner, where the text does not say it.")
@click.option(
    "--start",
    type=click.IntRange(1, 9999),
    metavar="YEAR",
    help="The plan's first year, where the text does not say it.",
)
@click.option(
    "--end",
    type=click.IntRange(1, 9999),
    metavar="YEAR",
    help="The plan's last year, where the text does not say it.",
)
@click.option("--language", metavar="TAG", help="The sources' language (BCP 47), where detection is wrong.")
@click.pass_context
def command(
    context: click.Context,
    sources: Sequence[str],
    out: Path,
    formats: Sequence[str],
    base_iri: str,
    vocabularies: Sequence[Path],
    corrections: Path | None,
    evidence: str,
    min_confidence: float,
    strict: bool,
    source_format: str | None,
    encoding: str | None,
    pages: str | None,
    ocr: bool,
    max_time: float,
    allow_private: bool,
    limits: Limits,
    title: str | None,
    owner: str | None,
    start: int | None,
    end: int | None,
    language: str | None,
) -> None:
    """Build the graph of each SOURCE (a file, a folder of files, an http(s) URL, or - for standard input).

    For plan.txt this writes plan.ttl, plan.graphml, plan.txt (the text that offsets count in),
    plan.report.ttl (the SHACL report) and plan.coverage.json (which sentences gave which facts). What a
    URL gave is kept as it came, as plan.original.pdf.
    """
    from strategraph.export import find_format
    from strategraph.fetching.address import is_address
    from strategraph.pipeline import Options, build
    from strategraph.reading.original import Original
    from strategraph.summary import summarise
    from strategraph.writing import write_files

    chosen = list(dict.fromkeys([*_DEFAULT_FORMATS, *(find_format(name).name for name in formats)]))
    options = Options(
        base_iri=base_iri,
        vocabularies=tuple(vocabularies),
        corrections=corrections,
        evidence=evidence == "full",
        min_confidence=min_confidence,
        format=source_format,
        encoding=encoding,
        pages=pages,
        ocr=ocr,
        limits=limits,
        title=title,
        owner=owner,
        start=start,
        end=end,
        language=language,
    )
    paths = list(
        {
            path if path == "-" or is_address(path) else os.path.realpath(path): path
            for path in _expand(sources)
        }.values()
    )
    written: set[Path] = set()
    status = 0
    for path, name in zip(paths, _names(paths), strict=True):
        try:
            source = (
                _fetched(path, options, max_time, allow_private=allow_private) if is_address(path) else path
            )
            with progress_line() as shows:
                told = replace(options, progress=shows.page, stage=shows.tell) if shows else options
                result = build(source, told)
            files = _files(result, out, name, chosen)
            if isinstance(source, Original):
                files[out / f"{name}.original{_suffix(result)}"] = source.data
            _refuse_overwriting(paths, files, written)
            write_files(files)
            written |= {file.resolve() for file in files}
        except StrategraphError as error:
            if len(paths) == 1:
                raise
            complain(error)
            status = max(status, error.exit_code)
            continue
        for line in [*summarise(result.plan), "", *_verdict(result), *_listing(files)]:
            click.echo(shown(line))
        status = max(status, result.report.exit_code(strict=strict))
    context.exit(status)


def _expand(sources: Sequence[str]) -> list[str]:
    """Return the sources with folders replaced by the readable files in them."""
    from strategraph.reading.formats import FORMATS as READABLE

    suffixes = {suffix for format_ in READABLE for suffix in format_.suffixes}
    found: list[str] = []
    for source in sources:
        folder = Path(source)
        if source == "-" or not folder.is_dir():
            found.append(source)
            continue
        inside = sorted(str(p) for p in folder.iterdir() if p.is_file() and p.suffix.lower() in suffixes)
        if not inside:
            raise UnusableInputError(
                f"{source}: there is no source in this folder; looked for *{', *'.join(sorted(suffixes))}"
            )
        found += inside
    return found


def _names(paths: Sequence[str]) -> list[str]:
    """Return what each source's outputs are called: its stem, with the suffix where two share a stem."""
    from strategraph.fetching.address import Address, is_address
    from strategraph.fetching.naming import stem as stem_of

    stems = [
        "stdin" if path == "-" else stem_of(Address.parse(path)) if is_address(path) else Path(path).stem
        for path in paths
    ]
    shared = {stem for stem, number in Counter(stems).items() if number > 1}
    return [
        Path(path).name if stem in shared and path != "-" and not is_address(path) else stem
        for path, stem in zip(paths, stems, strict=True)
    ]


def _fetched(url: str, options: Options, max_time: float, *, allow_private: bool) -> Original:
    """Return what is at a URL, within the limit on a source's size."""
    from strategraph.fetching import fetch
    from strategraph.reading.request import Limits

    limits = options.limits or Limits()
    return fetch(url, size=limits.size, max_time=max_time, allow_private=allow_private)


def _suffix(result: Result) -> str:
    """Return the suffix of the format that a source was read as."""
    from strategraph.reading.formats import FORMATS as READABLE

    media_type = result.document.source.media_type
    return next(format_.suffixes[0] for format_ in READABLE if format_.media_type == media_type)


def _files(result: Result, out: Path, name: str, formats: Sequence[str]) -> dict[Path, Content]:
    from strategraph.export import write

    return {
        **{out / f"{name}{FORMATS[format_].suffix}": write(result.graph, format_) for format_ in formats},
        out / f"{name}.txt": result.document.source.text.encode("utf-8"),
        out / f"{name}.report.ttl": write(result.report.to_graph(), "turtle"),
        out / f"{name}.coverage.json": result.coverage.to_json().encode("utf-8"),
    }


def _refuse_overwriting(sources: Sequence[str], files: dict[Path, Content], written: set[Path]) -> None:
    """Leave a source that is its own text as it is; refuse to write anything else over a source or output."""
    read = {Path(source).resolve() for source in sources if source != "-"}
    for path, content in list(files.items()):
        if path.resolve() in written:
            raise UnusableInputError(
                f"{path}: the outputs of two sources would have this name; build them apart"
            )
        if path.resolve() in read:
            if path.read_bytes() != content:
                raise UnusableInputError(
                    f"{path}: the outputs would overwrite this source; choose another --out"
                )
            del files[path]


def _verdict(result: Result) -> list[str]:
    covered, sentences = result.coverage.covered, len(result.coverage.sentences)
    return [
        f"  {'validation':<12}{result.report.summary()}",
        f"  {'coverage':<12}{covered} of {sentences} sentences gave facts",
        *(
            f"  {'left out' if not number else '':<12}{what}"
            for number, what in enumerate(result.document.left_out)
        ),
        *(f"  {line}" for found in result.report.of_severity("Violation") for line in found.lines()),
    ]


def _listing(files: dict[Path, Content]) -> list[str]:
    return [f"  {'written' if not number else '':<12}{path}" for number, path in enumerate(files)]
