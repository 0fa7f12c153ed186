"""What is asked of a reader: a file or bytes, which pages, how much at most, what to call the source."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from strategraph.errors import UnusableInputError
from strategraph.model import Block

_RANGE = re.compile(r"\s*(?P<first>\d{1,6})?\s*(?P<dash>[-–])?\s*(?P<last>\d{1,6})?\s*")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, so that a hostile file costs bounded time and memory.

    ``size`` is in bytes of the file; ``unpacked`` in bytes of what a packed file holds, which may also be
    ``ratio`` times its packed size at most; ``characters`` of text; ``pages`` of a document. ``seconds`` and
    ``memory`` (bytes) are what a process of its own may take to read a file (see :class:`Request`); any other
    reader may take so many seconds of processor time. ``paragraph`` is the length in characters from which a
    block is read in parts: the longest paragraph among the plans we know has 2,300.
    """

    size: int = 256 * 2**20
    unpacked: int = 512 * 2**20
    ratio: int = 200
    characters: int = 5_000_000
    pages: int = 5_000
    paragraph: int = 8_000
    seconds: float = 600.0
    memory: int = 2 * 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How to read a source.

    ``format`` is a name of :data:`~strategraph.reading.formats.FORMATS`; without it, the content and then the
    file's suffix decide. ``encoding`` is needed only where the bytes do not say it themselves. ``language``
    (BCP 47) replaces detection, of the document and of each block. ``pages`` ("3-40") are those to read of a
    format that has pages; ``ocr`` is whether scanned pages are to be read from their pictures; ``recover``
    whether what can be read of broken XML is to be read; ``limits`` bound what a hostile file may cost;
    ``isolated`` is whether PDFs are read in a process of their own, without which a page that takes forever
    cannot be stopped; ``places`` is whether the document is to say where its words stand on pages;
    ``progress`` is told how many of how many pages are read.
    """

    format: str | None = None
    encoding: str | None = None
    language: str | None = None
    pages: str | None = None
    ocr: bool = False
    recover: bool = False
    limits: Limits = field(default_factory=Limits)
    isolated: bool = True
    places: bool = False
    progress: Callable[[int, int], object] | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that are wanted, from ``first`` to ``last`` (None: the last there is), counted from 1.

    >>> Pages.parse("3-40"), Pages.parse("7"), Pages.parse("12-")
    (Pages(first=3, last=40), Pages(first=7, last=7), Pages(first=12, last=None))
    """

    first: int = 1
    last: int | None = None

    @classmethod
    def parse(cls, text: str) -> Pages:
        """Return the pages that ``text`` names; raise :class:`UnusableInputError` if it names none."""
        match = _RANGE.fullmatch(text)
        if match and (match["first"] or match["last"]):
            first = int(match["first"] or 1)
            last = int(match["last"]) if match["last"] else None if match["dash"] else first
            if 1 <= first <= (last or first):
                return cls(first, last)
        raise UnusableInputError(f"{text!r} is no range of pages; give one such as 3-40, 12- or 7")

    def __contains__(self, number: int) -> bool:
        return self.first <= number and (self.last is None or number <= self.last)


@dataclass(frozen=True, slots=True)
class Request(ReadingOptions):
    """What is asked of the reader of a binary format: how to read a source, and its name, for messages.

    ``chosen`` are the pages that the options name.
    """

    name: str
    chosen: Pages = Pages()

    def refuse_long(self, text: str) -> None:
        """Raise :class:`UnusableInputError` if a text is longer than the limit."""
        most = self.limits.characters
        if len(text) > most:
            raise UnusableInputError(
                f"{self.name}: has more than {most:,} characters, the limit; split it, or raise the limit "
                "(--max-characters)"
            )


_END = re.compile(r"[.!?;。！？；][\"'”’»)\]]*(?=\s|$)|[。！？；]")
_SPACE = re.compile(r"\s")


def bounded(blocks: Iterable[Block], longest: int) -> Iterator[Block]:
    """Yield the blocks, those longer than ``longest`` characters in parts of at most that length.

    A part ends with a sentence where one ends in its second half, else before white space there, else
    anywhere.
    """
    for block in blocks:
        if len(block.passage.text) <= longest:
            yield block
            continue
        start, whole = 0, len(block.passage.text)
        while start < whole:
            end = _cut(block.passage.text, start, longest)
            part = block.passage.cut(start, end)
            if part:
                yield replace(block, passage=part)
            start = end


def left_apart(blocks: Iterable[Block], longest: int) -> tuple[str, ...]:
    """Return in a few words what :func:`bounded` reads apart from the paragraph it is in, if anything."""
    long = sum(len(block.passage.text) > longest for block in blocks)
    if not long:
        return ()
    which = "a paragraph" if long == 1 else f"each of {long} paragraphs"
    return (
        f"what stands behind the first {longest:,} characters of {which} is read as paragraphs of their own,"
        " which may be of no element; --max-paragraph raises the limit",
    )


def _cut(text: str, start: int, longest: int) -> int:
    """Return where the part of ``text`` ends that begins at ``start``."""
    limit = start + longest
    if limit >= len(text):
        return len(text)
    for pattern in (_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, start + longest // 2, limit)]
        if ends:
            return ends[-1]
    return limit


# What servers name by default, whatever they send. To the browsers that pages are made for, all of these mean
# windows-1252: the standard of character sets on the web says so.
_DEFAULTS = frozenset({"iso8859-1", "ascii", "cp1252"})


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a source under a name whose suffix tells the format.

    ``address`` is the URL they came from; ``media_type`` and ``charset`` are what the server said of them, ""
    where it said nothing.
    """

    name: str
    data: bytes
    address: str = ""
    media_type: str = ""
    charset: str = ""

    @property
    def encoding(self) -> str | None:
        """Return the encoding to decode with, None where the bytes tell it themselves.

        A byte order mark is surer than a server; and bytes that are valid UTF-8 are UTF-8, if all that
        the server names is a default.

        >>> Original("a.txt", b"caf\\xe9", charset="ISO-8859-1").encoding
        'windows-1252'
        >>> Original("a.txt", b"caf\\xc3\\xa9", charset="ISO-8859-1").encoding is None
        True
        """
        if not self.charset or self.data.startswith(
            (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        ):
            return None
        try:
            encoding = codecs.lookup(self.charset).name
        except (LookupError, ValueError):  # the latter for a NUL in the name
            return None
        if encoding == "utf-8":
            return None  # tried first in any case, with better advice where it is not true
        if encoding in _DEFAULTS:
            return None if _is_utf8(self.data) else "windows-1252"
        return self.charset.lower()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
