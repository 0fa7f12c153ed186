"""From a file to a :class:`~strategraph.model.Document`: decode, find the format, read its blocks."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

from strategraph.errors import UnusableInputError
from strategraph.model import Block, Document, Source
from strategraph.model.identifiers import is_language_tag
from strategraph.reading.content import Content
from strategraph.reading.decoding import decode, refuse_other_xml, refuse_unread_format
from strategraph.reading.formats import TEXT_FORMATS, BinaryFormat, TextFormat, find_binary, find_format
from strategraph.reading.language import detect, detect_blocks
from strategraph.reading.layout.markers import listed
from strategraph.reading.request import Limits, Original, Pages, ReadingOptions, Request, bounded, left_apart
from strategraph.system.processes import at_most

STANDARD_INPUT = "-"


def read(source: Path | str | Original, options: ReadingOptions | None = None) -> Document:
    """Return the document at a path, on standard input (``"-"``), or in bytes that came from elsewhere.

    The blocks' passages map exactly to the source's text. Raises :class:`UnusableInputError` for what cannot
    be read, with one line that says why and what to do.
    """
    options = options or ReadingOptions()
    limits, language = options.limits, options.language
    original = source if isinstance(source, Original) else _original(source, limits)
    name, data = original.name, _checked(original, limits)
    encoding = options.encoding or original.encoding
    asked = {each.name: getattr(options, each.name) for each in fields(ReadingOptions)}
    asked["encoding"] = encoding
    request = Request(name, Pages.parse(options.pages) if options.pages else Pages(), **asked)
    with at_most(limits.seconds, f"{name}: reading it (see --max-seconds)"):
        chosen, content = _content(data, request)
    if not content.blocks:
        raise UnusableInputError(f"{name}: read as {chosen.name}, it has no text for people to read")
    blocks = tuple(listed(bounded(content.blocks, limits.paragraph)))
    left_out = (*content.left_out, *left_apart(content.blocks, limits.paragraph))
    told = encoding if encoding and (isinstance(chosen, TextFormat) or chosen.encoded) else ""
    checksum = hashlib.sha256(data).hexdigest()
    made = Source(name, chosen.media_type, checksum, content.text, told.lower(), original.address)
    stated = content.stated
    spoken = language or (stated.language if stated else None)
    if spoken is None:
        spoken = _language(content.metadata, " ".join(b.passage.text for b in blocks if b.kind != "datum"))
        blocks = _with_languages(blocks, spoken)
    return Document(made, blocks, spoken, content.metadata, left_out, stated, content.pages)


def _content(data: bytes, request: Request) -> tuple[TextFormat | BinaryFormat, Content]:
    """Return the format of ``data`` and what its reader makes of it."""
    name = request.name
    binary = find_binary(data, wanted=request.format)
    if binary is not None:
        _refuse_pages(binary, request)
        with _nested_as_deep_as_can_be(binary, name):
            content = binary.reader(data, request)
        request.refuse_long(content.text)
        return binary, content
    refuse_unread_format(data, name)
    text = decode(data, name=name, encoding=request.encoding)
    if not text.strip():
        raise UnusableInputError(f"{name}: there is no text in it, only white space")
    request.refuse_long(text)
    chosen = find_format(name, text, wanted=request.format)
    if request.format is None and chosen is TEXT_FORMATS[0]:
        refuse_other_xml(data, name)
    _refuse_pages(chosen, request)
    with _nested_as_deep_as_can_be(chosen, name):
        return chosen, chosen.reader(text)


@contextmanager
def _nested_as_deep_as_can_be(chosen: TextFormat | BinaryFormat, name: str) -> Iterator[None]:
    """Turn the end of the interpreter's stack, which a reader may meet, into :class:`UnusableInputError`."""
    try:
        yield
    except RecursionError as error:
        raise UnusableInputError(
            f"{name}: read as {chosen.name}, it is nested deeper than can be followed"
        ) from error


def _refuse_pages(chosen: TextFormat | BinaryFormat, request: Request) -> None:
    """Raise :class:`UnusableInputError` if pages are asked for of a format that has none."""
    if request.chosen != Pages() and not chosen.paged:
        raise UnusableInputError(
            f"{request.name}: read as {chosen.name}, it has no pages to choose from; read it without --pages"
        )


def _original(path: Path | str, limits: Limits) -> Original:
    """Return the name and the bytes of a file or of standard input, as far as they are within the limit."""
    if str(path) == STANDARD_INPUT:
        return Original("stdin", sys.stdin.buffer.read(limits.size + 1))
    path = Path(path)
    # what is no Unicode in a file's name can be no RDF either
    name = os.fsencode(path.name or path).decode("utf-8", "replace")
    if path.is_dir():
        raise UnusableInputError(f"{path}: is a folder, not a file")
    try:
        with path.open("rb") as file:
            return Original(name, file.read(limits.size + 1))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnusableInputError(f"{path}: cannot be read: {reason}") from error


def _checked(original: Original, limits: Limits) -> bytes:
    """Return the bytes; raise :class:`UnusableInputError` if there are none or too many."""
    if len(original.data) > limits.size:
        raise UnusableInputError(
            f"{original.name}: has more than {limits.size:,} bytes, the limit; split it, or raise the limit "
            "(--max-size)"
        )
    if not original.data:
        raise UnusableInputError(f"{original.name}: is empty")
    return original.data


def _language(metadata: tuple[tuple[str, str], ...], text: str) -> str:
    """Return the language the words show or, where they do not, the one that the document declares.

    In that order, because many pages carry the ``lang`` of the template they were made from.
    """
    detected = detect(text)
    declared = dict(metadata).get("language", "").replace("_", "-")
    return declared if detected == "und" and is_language_tag(declared) else detected


def _with_languages(blocks: Sequence[Block], language: str) -> tuple[Block, ...]:
    """Return the blocks of a document in ``language``, those in another with theirs; data are in none."""
    prose = [block for block in blocks if block.kind != "datum"]
    found = dict(
        zip(map(id, prose), detect_blocks([block.passage.text for block in prose], language), strict=True)
    )
    return tuple(
        block if (own := found.get(id(block), language)) == language else replace(block, language=own)
        for block in blocks
    )
