"""``strategraph build``: from sources to graphs, reports and coverage."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.limits import limit_options
from strategraph.cli.progress import progress_line
from strategraph.cli.sources import expand, names_of
from strategraph.cli.terminal import complain, say, tell
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.export import FORMATS
from strategraph.model.identifiers import DEFAULT_BASE

if TYPE_CHECKING:
    from strategraph.pipeline import Options, Result
    from strategraph.reading.original import Original
    from strategraph.reading.request import Limits
    from strategraph.system.whole_files import Content

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
    "--recover", is_flag=True, help="Read what can be read of broken StratML, and say what was lost."
)
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
    readings: Path | None,
    evidence: str,
    min_confidence: float,
    strict: bool,
    source_format: str | None,
    encoding: str | None,
    pages: str | None,
    ocr: bool,
    recover: bool,
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
    plan.report.ttl (the SHACL report), plan.coverage.json (which sentences gave which facts) and, last,
    plan.sha256 (the checksums of these: `sha256sum -c` tells whether they belong together). What
    a URL gave is kept as it came, as plan.original.pdf.
    """
    from strategraph.cli.summary import summarise
    from strategraph.export import find_format
    from strategraph.pipeline import Options, build
    from strategraph.reading.fetching.address import is_address
    from strategraph.reading.original import Original
    from strategraph.system.manifest import SUFFIX
    from strategraph.system.whole_files import real_path, write_files

    chosen = list(dict.fromkeys([*_DEFAULT_FORMATS, *(find_format(name).name for name in formats)]))
    options = Options(
        base_iri=base_iri,
        vocabularies=tuple(vocabularies),
        evidence=evidence == "full",
        min_confidence=min_confidence,
        format=source_format,
        encoding=encoding,
        pages=pages,
        ocr=ocr,
        recover=recover,
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
            for path in expand(sources)
        }.values()
    )
    written: set[Path] = set()
    taken: dict[str, str] = {}
    status = 0
    for path, name in zip(paths, names_of(paths), strict=True):
        try:
            source = (
                _fetched(path, options, max_time, allow_private=allow_private) if is_address(path) else path
            )
            with progress_line() as shows:
                told = replace(
                    options,
                    corrections=_file_for(corrections, path, name, ".corrections.toml"),
                    readings=_file_for(readings, path, name, ".readings.toml"),
                )
                told = replace(told, progress=shows.page, stage=shows.tell) if shows else told
                told = replace(told, taken=taken)
                result = build(source, told)
            for what in result.remarks:
                tell(what)
            files = _files(result, out, name, chosen)
            if isinstance(source, Original):
                files[out / f"{name}.original{_suffix(result)}"] = source.data
            _refuse_overwriting(paths, files, written)
            whole = out / f"{name}{SUFFIX}"
            write_files(files, manifest=whole)
            taken.setdefault(result.plan.iri, result.plan.source.sha256)
            written |= {real_path(file) for file in files}
        except StrategraphError as error:
            if len(paths) == 1:
                raise
            complain(error)
            status = max(status, error.exit_code)
            continue
        for line in [
            *summarise(result.plan),
            "",
            *_verdict(result),
            *_listing([*files, out / f"{name}{SUFFIX}"]),
        ]:
            say(line)
        status = max(status, result.report.exit_code(strict=strict))
    context.exit(status)


def _file_for(given: Path | None, source: str, name: str, suffix: str) -> Path | None:
    """Return the file of decisions or proposals for a source; told, where a folder has none for it."""
    from strategraph.curation import find_readings

    found = None if given is None else find_readings(given, source, name, suffix)
    if given is not None and found is None:
        tell(f"{given}: has no {name}{suffix}; {source} is built without")
    return found


def _fetched(url: str, options: Options, max_time: float, *, allow_private: bool) -> Original:
    """Return what is at a URL, within the limit on a source's size."""
    from strategraph.reading.fetching import fetch
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
    from strategraph.system.whole_files import real_path

    read = {Path(os.path.realpath(source)) for source in sources if source != "-"}
    for path, content in list(files.items()):
        if real_path(path) in written:
            raise UnusableInputError(
                f"{path}: the outputs of two sources would have this name; build them apart"
            )
        if real_path(path) in read:
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
        *(f"  {'warning':<12}{silence}" for silence in result.silences),
        *(
            f"  {'left out' if not number else '':<12}{what}"
            for number, what in enumerate(result.document.left_out)
        ),
        *(f"  {line}" for found in result.report.of_severity("Violation") for line in found.lines()),
    ]


def _listing(files: Sequence[Path]) -> list[str]:
    return [f"  {'written' if not number else '':<12}{path}" for number, path in enumerate(files)]
