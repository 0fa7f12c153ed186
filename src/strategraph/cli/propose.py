"""``strategraph propose``, ``review``: what a language model proposes, and what a person decides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from strategraph.cli.options import find_sources, reading_options
from strategraph.cli.terminal import complain, give, say, tell
from strategraph.errors import StrategraphError, UnusableInputError
from strategraph.resolution.coverage import DOUBTFUL
from strategraph.system.files import read_given_text

if TYPE_CHECKING:
    from strategraph.curation import Readings
    from strategraph.curation.proposing import Prompt
    from strategraph.curation.proposing.answers import Cache, Reply
    from strategraph.curation.proposing.endpoint import Endpoint
    from strategraph.model import Document, Span
    from strategraph.reading.request import ReadingOptions

READINGS, CORRECTIONS = ".readings.toml", ".corrections.toml"
_EITHER = ".xml"  # RDF, or a source


@click.command(name="propose")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "--endpoint",
    "url",
    metavar="URL",
    help="A chat-completions endpoint, such as http://localhost:11434/v1; its key: STRATEGRAPH_API_KEY.",
)
@click.option("--model", metavar="NAME", help="The model to ask there, or that gave the answers.")
@click.option(
    "--prompts-to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the prompts as files and send nothing.",
)
@click.option(
    "--answers-from",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Read the answers to such prompts: plan.1.answer.txt for plan.1.prompt.txt.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Where to write; plan.readings.toml in the current folder if not given.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, in about how many tokens.")
@click.option(
    "--piece-tokens",
    type=click.IntRange(200, 1_000_000),
    default=6000,
    show_default=True,
    metavar="N",
    help="About how many tokens of a plan to send at once.",
)
@click.option("--answer-tokens", type=click.IntRange(1), metavar="N", help="The most tokens of one answer.")
@click.option("--stream", is_flag=True, help="Ask for answers in parts, for servers that are slow.")
@click.option(
    "--timeout",
    type=click.FloatRange(1, 86_400),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="The time that one answer may take.",
)
@click.option(
    "--cache",
    "cache_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where replies are kept; the user's cache folder if not given.",
)
@click.option("--no-cache", is_flag=True, help="Ask anew, and keep no reply.")
@reading_options
def propose_command(
    sources: Sequence[str],
    url: str | None,
    model: str | None,
    prompts_to: Path | None,
    answers_from: Path | None,
    out: Path | None,
    dry_run: bool,
    piece_tokens: int,
    answer_tokens: int | None,
    stream: bool,
    timeout: float,
    cache_folder: Path | None,
    no_cache: bool,
    reading: ReadingOptions,
) -> None:
    """Let a language model propose what each SOURCE (a file or a folder of files) states.

    Writes plan.readings.toml for plan.pdf, to be read, edited and built with: strategraph build plan.pdf
    --readings plan.readings.toml. Without --endpoint, nothing is sent anywhere.
    """
    from strategraph.curation.proposing import prompts
    from strategraph.curation.proposing.answers import Cache, default_folder
    from strategraph.curation.proposing.endpoint import Endpoint
    from strategraph.reading import read
    from strategraph.system.files import write_files

    _check(url, model, prompts_to, answers_from, dry_run=dry_run)
    endpoint = None
    if url is not None and model is not None:
        endpoint = Endpoint(
            url, model, os.environ, timeout=timeout, stream=stream, most=answer_tokens, notice=tell
        )
    cache = Cache(None if no_cache else cache_folder or default_folder(os.environ))
    found = find_sources(sources, outputs=(READINGS,), out=str(out) if out else None).sources
    outputs = _outputs(out, [source.name for source in found])
    status = 0
    for source, output in zip(found, outputs, strict=True):
        path, name = source.place, source.name
        try:
            document = read(path, reading)
            asked = prompts(document, piece_tokens)
            if dry_run:
                say(f"{path}: {_sent(document, asked, endpoint, cache)}")
            elif prompts_to is not None:
                files = {
                    _file(prompts_to, name, prompt, "prompt"): prompt.text().encode() for prompt in asked
                }
                write_files(dict(files))
                count = "1 prompt" if len(files) == 1 else f"{len(files)} prompts"
                say(f"{path}: {count} in {prompts_to}, {_size(asked)}")
            else:
                _refuse_to_lose_decisions(output)
                if endpoint is not None:
                    tell(f"{path}: {_sent(document, asked, endpoint, cache)}")
                    replies = _asked(document, asked, endpoint, cache)
                else:
                    assert answers_from is not None
                    replies = [_answer(answers_from, name, prompt) for prompt in asked]
                _write(document, replies, model or "unnamed", output)
        except StrategraphError as error:
            if len(found) == 1:
                raise
            complain(error)
            status = max(status, error.exit_code)
    click.get_current_context().exit(status)


def _check(
    url: str | None, model: str | None, prompts_to: Path | None, answers_from: Path | None, *, dry_run: bool
) -> None:
    """Raise :class:`UnusableInputError` unless exactly one way of asking is given."""
    ways = [way for way in (url, prompts_to, answers_from) if way is not None]
    if len(ways) > 1 or (not ways and not dry_run):
        raise UnusableInputError("give one of --endpoint URL, --prompts-to DIR and --answers-from DIR")
    if url is not None and not model:
        raise UnusableInputError("--endpoint needs --model NAME: the model to ask there")


def _outputs(out: Path | None, names: Sequence[str]) -> list[Path]:
    """Return the file to write for each source."""
    if out is not None and len(names) == 1 and out.suffix == ".toml":
        return [out]
    return [(out or Path()) / f"{name}{READINGS}" for name in names]


def _sent(document: Document, asked: Sequence[Prompt], endpoint: Endpoint | None, cache: Cache) -> str:
    """Return how much of a plan would go where: of pieces whose replies are kept, nothing."""
    if endpoint is not None:
        sha256 = document.source.sha256
        asked = [prompt for prompt in asked if cache.get(sha256, prompt, endpoint.model) is None]
        if not asked:
            return "nothing is sent: all replies are kept from before"
    return f"{_size(asked)}, {_destination(endpoint)}"


def _size(asked: Sequence[Prompt]) -> str:
    characters, tokens = sum(prompt.characters for prompt in asked), sum(prompt.tokens for prompt in asked)
    pieces = "1 piece" if len(asked) == 1 else f"{len(asked)} pieces"
    return f"{characters:,} characters of the plan in {pieces}, with the prompt about {tokens:,} tokens"


def _destination(endpoint: Endpoint | None) -> str:
    from strategraph.system.http import is_open_to_others

    if endpoint is None:
        return "to nobody: no endpoint is named"
    how = ", readable on the way: no https" if is_open_to_others(endpoint.url) else ""
    return f"to {endpoint.shown} for {endpoint.model}{how}"


def _file(folder: Path, name: str, prompt: Prompt, kind: str) -> Path:
    return folder / f"{name}.{prompt.number}.{kind}.txt"


def _answer(folder: Path, name: str, prompt: Prompt) -> Reply:
    from strategraph.curation.proposing.answers import Reply

    path = _file(folder, name, prompt, "answer")
    try:
        return Reply(read_given_text(path, "utf-8-sig", "replace"))
    except OSError as error:
        raise UnusableInputError(f"{path}: cannot read the answer ({error.strerror})") from error


def _asked(document: Document, asked: Sequence[Prompt], endpoint: Endpoint, cache: Cache) -> list[Reply]:
    """Return the replies to all prompts; those that are kept are not asked for again."""
    from strategraph.curation.proposing.answers import read_answer

    replies = []
    for prompt in asked:
        key = document.source.sha256, prompt, endpoint.model
        reply = cache.get(*key)
        if reply is None:
            reply = endpoint.ask(prompt)
            if not read_answer(reply.text).usable:
                tell(f"piece {prompt.number}: the answer holds nothing of the schema; asking once more")
                reply = endpoint.ask(prompt)
            answer = read_answer(reply.text)
            if answer.usable and answer.whole:
                cache.put(*key, reply)
        replies.append(reply)
    return replies


def _write(document: Document, replies: Sequence[Reply], model: str, output: Path) -> None:
    """Write the readings, and say what of the answers was of no use."""
    from strategraph.curation import place, write_readings
    from strategraph.curation.proposing.answers import collect, read_answer
    from strategraph.system.files import write_files

    unusable = [str(n) for n, reply in enumerate(replies, start=1) if not read_answer(reply.text).usable]
    if unusable:
        raise UnusableInputError(
            f"{document.source.name}: no answer of the schema for piece {', '.join(unusable)};"
            " nothing is written, the other answers are kept"
        )
    readings, faults = collect(document, replies, model)
    for fault in faults:
        tell(f"{document.source.name}: {fault}")
    write_files({output: write_readings(readings).encode()})
    placed = place(readings, document)
    for line in _told(readings, len(placed.faults), output):
        say(line)


def _told(readings: Readings, unplaced: int, output: Path) -> Iterator[str]:
    counts = ", ".join(
        f"{len(entries)} {what}"
        for what, entries in (
            ("elements", readings.elements),
            ("groups", readings.groups),
            ("instruments", readings.instruments),
            ("fields of the plan", readings.fields),
        )
    )
    yield f"{output}: {counts}"
    if unplaced:
        yield f"  {unplaced} of these the text does not bear out; build lists them and leaves them out"


def _refuse_to_lose_decisions(output: Path) -> None:
    """Raise :class:`UnusableInputError` if a file that a person has decided in would be written over."""
    from strategraph.curation import load_readings
    from strategraph.model import CURATOR

    if output.is_file() and any(entry.by == CURATOR for entry in load_readings(output).entries):
        raise UnusableInputError(f"{output}: holds a person's decisions; choose another file with --out")


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
def review_command(
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
    from strategraph.system.files import write_files
    from strategraph.understanding import weigh

    if source is None and Path(given).suffix.lower() in FORMATS.keys() - {_EITHER}:
        raise UnusableInputError(
            f"{given}: a graph does not hold what else was possible; give with --source what it was made from"
        )
    path = source or given
    target = out or f"{find_sources([path], outputs=(CORRECTIONS,)).sources[0].name}{CORRECTIONS}"
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
