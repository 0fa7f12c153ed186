"""``strategraph annotate``: what any text mentions, by place, with IRIs and confidences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from strategraph.cli.terminal import give
from strategraph.errors import UnusableInputError
from strategraph.system.files import read_given, read_standard_input


@click.command(name="annotate")
@click.argument("file", metavar="FILE")
@click.option("--lines", is_flag=True, help="Every line of FILE is a text of its own; records count from 0.")
@click.option("--language", metavar="TAG", help="The text's language; without it the words tell.")
@click.option(
    "--vocabulary",
    "vocabularies",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A SKOS file of your own groups or themes; wins over the built-in ones.",
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["jsonl", "oa", "table"]),
    default="jsonl",
    show_default=True,
    help="JSON lines, W3C Web Annotations as JSON-LD, or a table by tabs.",
)
def command(file: str, lines: bool, language: str | None, vocabularies: Sequence[Path], format_: str) -> None:
    """Print the groups, themes, SDGs, instruments, organisations and acronyms that FILE mentions.

    FILE is plain text in UTF-8; "-" is standard input. Start and end count code points of the text, or of its
    line with --lines.
    """
    from strategraph.export.annotations import json_lines, table, web_annotations
    from strategraph.knowledge.vocabulary import load
    from strategraph.model.identifiers import is_language_tag
    from strategraph.resolution.annotation import annotate, annotate_lines

    if language is not None and not is_language_tag(language):
        raise UnusableInputError(f"{language!r} is no language tag; give one such as en or zh-Hant")
    text = _text(file)
    vocabulary = load(extra=tuple(vocabularies))
    mentions = (
        annotate_lines(_split(text), language, vocabulary=vocabulary)
        if lines
        else iter(annotate(text, language, vocabulary=vocabulary))
    )
    if format_ == "oa":
        printed = web_annotations(mentions, "urn:text" if file == "-" else Path(file).name)
    else:
        printed = table(mentions) if format_ == "table" else json_lines(mentions)
    for line in printed:
        give(f"{line}\n")


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _text(file: str) -> str:
    """Return a file's text without BOM, its line ends as LF."""
    try:
        data = read_standard_input() if file == "-" else read_given(Path(file))
    except OSError as error:
        raise UnusableInputError(f"{file}: cannot read it ({error.strerror})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{file}: not text in UTF-8 (byte {error.start})") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
