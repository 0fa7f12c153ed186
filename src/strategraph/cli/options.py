"""What commands share: how to read and build, each as one value; which sources a command line names."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from strategraph.cli.terminal import tell
from strategraph.errors import UnusableInputError
from strategraph.model.identifiers import DEFAULT_BASE
from strategraph.reading.request import Limits, ReadingOptions

if TYPE_CHECKING:
    from strategraph.corpus.sources import CorpusSource

_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*(?:([KMGT])I?)?B?", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_DEFAULTS = Limits()
Command = Callable[..., object]
_MOST = 2**62  # what systems take for a bound


class Size(click.ParamType[int]):
    """A number of bytes with or without a unit: 500000, 100MB, 1.5 GB. Units count by 1,024."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes; raise :class:`UnusableInputError` if ``value`` names none."""
        match = _SIZE.fullmatch(str(value).strip())
        size = int(float(match[1]) * 1024 ** _POWERS[(match[2] or "").upper()]) if match else 0
        if not 1 <= size <= _MOST:
            raise UnusableInputError(
                f"{_option(param)}: {value!r} is no size; give one such as 500KB or 100MB"
            )
        return size


class Count(click.ParamType[int]):
    """A number of things, at least one; thousands may be parted: 5000, 5,000, 5_000."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; raise :class:`UnusableInputError` if ``value`` is none."""
        digits = str(value).strip().replace(",", "").replace("_", "")
        number = int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else 0
        if number < 1:
            raise UnusableInputError(f"{_option(param)}: {value!r} is no whole number from 1 on")
        return number


class Seconds(click.ParamType[float]):
    """A time in seconds."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds; raise :class:`UnusableInputError` if ``value`` is none, or below 0.1."""
        seconds = float(value) if re.fullmatch(r"\d{1,9}(?:\.\d{1,3})?", str(value).strip()) else 0.0
        if not 0.1 <= seconds <= 366 * 86_400:
            raise UnusableInputError(f"{_option(param)}: {value!r} is no time in seconds, such as 60")
        return seconds


def _option(param: click.Parameter | None) -> str:
    return param.opts[0] if param else "limit"


def _shown(size: int) -> str:
    return f"{size // 2**20}MB"


def seconds_option(help_text: str) -> Callable[[Command], Command]:
    """Return the option ``--max-seconds``, whose value a command gets as ``seconds``."""
    default = f"{_DEFAULTS.seconds:g}"
    return click.option(
        "--max-seconds", "seconds", type=Seconds(), metavar="S", default=default, show_default=True,
        help=help_text,
    )  # fmt: skip


graph_argument = click.argument("graph", type=click.Path(path_type=Path))
file_option = click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write."
)
out_option = click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The file to write; else standard output."
)
strict_option = click.option("--strict", is_flag=True, help="Let warnings count as violations.")
rules_option = click.option(
    "--rules", type=click.Path(path_type=Path), metavar="DIR",
    help="A folder of tables of your own, such as a language or forms of citing (docs/extending.md).",
)  # fmt: skip


def memory_option(default: str, help_text: str) -> Callable[[Command], Command]:
    """Return the option ``--max-memory``, whose value a command gets as ``memory`` in bytes."""
    return click.option(
        "--max-memory", "memory", type=Size(), metavar="SIZE", default=default, show_default=True,
        help=help_text,
    )  # fmt: skip


_LIMITS = (
    click.option("--max-size", "size", type=Size(), metavar="SIZE", default=_shown(_DEFAULTS.size),
                 show_default=True, help="Largest file to read (500KB, 100MB)."),
    click.option("--max-unpacked", "unpacked", type=Size(), metavar="SIZE",
                 default=_shown(_DEFAULTS.unpacked), show_default=True,
                 help="Most that a DOCX or ODT may unpack to."),
    click.option("--max-ratio", "ratio", type=Count(), metavar="N", default=_DEFAULTS.ratio,
                 show_default=True, help="How many times its packed size a part of a DOCX or ODT may have."),
    click.option("--max-characters", "characters", type=Count(), metavar="N", default=_DEFAULTS.characters,
                 show_default=True, help="Most characters of text to read from a source."),
    click.option("--max-pages", "pages_at_most", type=Count(), metavar="N", default=_DEFAULTS.pages,
                 show_default=True, help="Most pages to read of a PDF."),
    click.option("--max-paragraph", "paragraph", type=Count(), metavar="N", default=_DEFAULTS.paragraph,
                 show_default=True, help="Characters from which a paragraph is read in parts."),
    seconds_option("Longest time to fetch a URL, or to read a PDF; processor time for any other source."),
    memory_option(_shown(_DEFAULTS.memory), "Most memory to read a PDF with, beside the file's own size."),
)  # fmt: skip


_LIMIT_NAMES = {field.name: field.name for field in fields(Limits)} | {"pages": "pages_at_most"}
_READING = (
    click.option("--from", "format", metavar="FORMAT",
                 help="The sources' format, where content and suffix do not tell it."),
    click.option("--encoding", help="The sources' character encoding, where their bytes do not tell it."),
    click.option("--pages", metavar="RANGE", help="The pages to read of a PDF, such as 3-40."),
    click.option("--ocr", is_flag=True, help="Read scanned pages with tesseract, where it is installed."),
    click.option("--recover", is_flag=True,
                 help="Read what can be read of broken StratML, and say what was lost."),
    *_LIMITS,
    click.option("--language", metavar="TAG",
                 help="The sources' language (BCP 47), where detection is wrong."),
)  # fmt: skip
_BUILDING = (
    click.option("--base-iri", default=DEFAULT_BASE, show_default=True, metavar="IRI",
                 help="What data IRIs start with."),
    click.option("--vocabulary", "vocabularies", multiple=True, type=click.Path(path_type=Path),
                 metavar="FILE",
                 help="A SKOS file of your own groups or themes; wins over the built-in ones."),
    rules_option,
    click.option("--evidence", type=click.Choice(["full", "none"]), default="full", show_default=True,
                 callback=lambda _, __, value: value == "full",
                 help="Whether the graph holds the words behind each fact."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="X",
                 help="Leave out facts whose best evidence is less sure than X (0 to 1), elements with all "
                 "below."),
    *_READING,
    click.option("--title", help="The plan's title, where the text does not say it."),
    click.option("--owner", help="The plan's owner, where the text does not say it."),
    click.option("--start", type=click.IntRange(1, 9999), metavar="YEAR",
                 help="The plan's first year, where the text does not say it."),
    click.option("--end", type=click.IntRange(1, 9999), metavar="YEAR",
                 help="The plan's last year, where the text does not say it."),
)  # fmt: skip


def reading_options(command: Command) -> Command:
    """Return ``command`` with options for how to read a source; it is given them as ``reading``."""
    return _with(command, _READING, "reading", lambda: ReadingOptions)


def build_options(command: Command) -> Command:
    """Return ``command`` with options for how to build a graph; it is given them as ``options``."""

    def kind() -> type[ReadingOptions]:
        from strategraph.pipeline import Options  # here, so that `strategraph --help` does not load rdflib

        return Options

    return _with(command, _BUILDING, "options", kind)


def _with(
    command: Command,
    options: Sequence[Callable[[Command], Command]],
    name: str,
    kind: Callable[[], type[ReadingOptions]],
) -> Command:
    """Return a command with options; it is given those that are fields of a class as one value of it."""

    @functools.wraps(command)
    def bounded(**given: Any) -> object:
        made = kind()
        limits = Limits(**{limit: given.pop(option) for limit, option in _LIMIT_NAMES.items()})
        told = {one.name: given.pop(one.name) for one in fields(made) if one.name in given}
        return command(**{name: made(limits=limits, **told)}, **given)

    return functools.reduce(lambda whole, option: option(whole), reversed(options), cast(Command, bounded))


@dataclass(frozen=True, slots=True)
class FoundSources:
    """The sources of a command, the addresses among them, and whether a folder was searched for any."""

    sources: tuple[CorpusSource, ...]
    addresses: tuple[str, ...]
    searched: bool


def find_sources(given: Sequence[str], *, outputs: Sequence[str], out: str | None = None) -> FoundSources:
    """Return what a command line names; ``outputs`` are the suffixes of what is written into ``out``.

    Raises :class:`UnusableInputError` where there is no source, or two would write one file.
    """
    from strategraph.corpus.records import FILES
    from strategraph.corpus.remote import as_path, is_remote
    from strategraph.corpus.sources import find
    from strategraph.reading.fetching.address import Address, is_address, stem

    given = [as_path(place) for place in given]
    addresses = {
        place: stem(Address.parse(place)) for place in given if is_address(place) and not is_remote(place)
    }
    found = find(given, outputs=outputs, out=out, addresses=addresses, taken=FILES, skipped=tell)
    return FoundSources(
        found,
        tuple(addresses),
        searched=any(_is_searched(place) for place in given if place not in addresses)
        or any(is_remote(source.place) and source.place not in given for source in found),
    )


def _is_searched(place: str) -> bool:
    """Whether a place stands for all the sources in it: a folder, a pattern, a list."""
    from strategraph.corpus.sources import LIST

    return os.path.isdir(place) or (
        not os.path.lexists(place) and (has_magic(place) or place.startswith(LIST))
    )
