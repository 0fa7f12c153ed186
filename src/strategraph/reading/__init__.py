"""From a file to a :class:`~strategraph.model.Document`: decode, find the format, read its blocks."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from strategraph.errors import UnusableInputError
from strategraph.identifiers import is_language_tag
from strategraph.model import Document, Source
from strategraph.reading.bounds import bounded
from strategraph.reading.content import Content
from strategraph.reading.decoding import decode, refuse_unread_format
from strategraph.reading.formats import BinaryFormat, TextFormat, find_binary, find_format
from strategraph.reading.language import detect
from strategraph.reading.request import Limits, Pages, Request

STANDARD_INPUT = "-"


def read(
    path: Path | str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
    pages: str | None = None,
    ocr: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Document:
    """Return the document at ``path``, or on standard input if that is ``"-"``.

    ``format`` is a name of :data:`~strategraph.reading.formats.FORMATS`; without it, the content and then the
    file's suffix decide. ``encoding`` is needed only where the bytes do not say it themselves. ``language``
    (BCP 47) replaces detection. ``pages`` ("3-40") are those to read of a format that has pages; ``ocr`` is
    whether scanned pages are to be read from their pictures; ``limits`` bound what a hostile file may cost;
    ``progress`` is told how many of how many pages are read. The blocks' passages map exactly to the source's
    text. Raises :class:`UnusableInputError` for what cannot be read, with one line that says why and what to
    do.
    """
    limits = limits or Limits()
    name, data = _bytes(path, limits)
    request = Request(name, Pages.parse(pages) if pages else Pages(), limits, ocr, language, progress)
    chosen, content = _content(data, request, format, encoding)
    if not content.blocks:
        raise UnusableInputError(f"{name}: read as {chosen.name}, it has no text for people to read")
    blocks = tuple(bounded(content.blocks))
    source = Source(name, chosen.media_type, hashlib.sha256(data).hexdigest(), content.text)
    spoken = language or _language(content.metadata, " ".join(block.passage.text for block in blocks))
    return Document(source, blocks, spoken, content.metadata, content.left_out)


def _content(
    data: bytes, request: Request, format: str | None, encoding: str | None
) -> tuple[TextFormat | BinaryFormat, Content]:
    """Return the format of ``data`` and what its reader makes of it."""
    name = request.name
    binary = find_binary(data, wanted=format)
    if binary is not None:
        return binary, binary.reader(data, request)
    refuse_unread_format(data, name)
    text = decode(data, name=name, encoding=encoding)
    if not text.strip():
        raise UnusableInputError(f"{name}: there is no text in it, only white space")
    chosen = find_format(name, text, wanted=format)
    return chosen, chosen.reader(text)


def _bytes(path: Path | str, limits: Limits) -> tuple[str, bytes]:
    """Return the name and the bytes of what is to be read."""
    if str(path) == STANDARD_INPUT:
        name, data = "stdin", sys.stdin.buffer.read(limits.size + 1)
    else:
        path = Path(path)
        # what is no Unicode in a file's name can be no RDF either
        name = os.fsencode(path.name or path).decode("utf-8", "replace")
        if path.is_dir():
            raise UnusableInputError(f"{path}: is a folder, not a file")
        try:
            with path.open("rb") as file:
                data = file.read(limits.size + 1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UnusableInputError(f"{path}: cannot be read: {reason}") from error
    if len(data) > limits.size:
        raise UnusableInputError(
            f"{name}: has more than {limits.size:,} bytes, the limit; split it or raise the limit"
        )
    if not data:
        raise UnusableInputError(f"{name}: is empty")
    return name, data


def _language(metadata: tuple[tuple[str, str], ...], text: str) -> str:
    """Return the language the words show or, where they do not, the one that the document declares.

    In that order, because many pages carry the ``lang`` of the template they were made from.
    """
    detected = detect(text)
    declared = dict(metadata).get("language", "").replace("_", "-")
    return declared if detected == "und" and is_language_tag(declared) else detected
