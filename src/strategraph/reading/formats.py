"""The table of formats: it drives dispatch, the command line's choices and the messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.request import Request
from strategraph.system import processes

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class BinaryFormat:
    """A format that is not text: its name, its suffixes, how its bytes are known, and its reader.

    ``paged`` is whether a file says where its pages begin, ``encoded`` whether its bytes can be those of
    another encoding than they say.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    reader: Callable[[bytes, Request], Content]
    matches: Callable[[bytes], bool]
    paged: bool = False
    encoded: bool = False


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format that is text: its name, its suffixes, how its content looks, and its reader.

    ``marks`` is a pattern of lines typical of the format: a text with ``enough`` of them, whose suffix does
    not say what it is, is taken for it. ``certain`` is a pattern of how a text starts that beats the suffix.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    reader: Callable[[str], Content]
    marks: re.Pattern[str] | None = None
    enough: int = 2
    certain: re.Pattern[str] | None = None
    paged: bool = False


# A reader is imported when its format is met: start-up counts, and a text needs no HTML parser.
def _in(module: str, function: str = "parse") -> Callable[..., Any]:
    """Return a function of a reader's module."""

    def call(*given: Any) -> Any:
        return getattr(import_module(f"strategraph.reading.{module}"), function)(*given)

    return call


def _pdf(data: bytes, request: Request) -> Content:
    apart = request.isolated and processes.can_start()
    content: Content = _in("pdf.isolation" if apart else "pdf")(data, request)
    return content


def _is_pdf(data: bytes) -> bool:
    # Some files have a few stray bytes before the mark; Adobe's own reader looks at the first 1024 bytes.
    return b"%PDF-" in data[:1024]


def _has_part(name: str) -> Callable[[bytes], bool]:
    """Return whether data are an Office Open XML package with a part of such a name, embedded ones aside."""

    def matches(data: bytes) -> bool:
        if not data.startswith(_ZIP) or b"[Content_Types].xml" not in data:
            return False
        try:
            with ZipFile(BytesIO(data)) as package:
                return any(part.startswith(name) for part in package.namelist())
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            return name.encode() in data  # cut off: its reader says so

    return matches


def _is_odt(data: bytes) -> bool:
    # the standard wants the archive's first part to be its media type, not packed
    return data.startswith(_ZIP) and b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:120]


def _is_akoma_ntoso(data: bytes) -> bool:
    start = data[:4096].replace(b"\x00", b"")  # UTF-16 has a NUL beside each letter
    return b"<akomaNtoso" in start or b":akomaNtoso" in start


# A look at the beginning spares most other files the import.
def _is_stratml(data: bytes) -> bool:
    return b"<" in data[:64] and bool(_in("stratml", "is_stratml")(data))


def _is_mhtml(data: bytes) -> bool:
    return b"mime-version:" in data[:8192].lower() and bool(_in("markup.mhtml", "is_mhtml")(data))


TEXT_FORMATS: tuple[TextFormat, ...] = (
    TextFormat("text", "text/plain", (".txt", ".text"), _in("plain")),
    TextFormat(
        "markdown",
        "text/markdown",
        (".md", ".markdown", ".mdown", ".mkd"),
        _in("markup.markdown"),
        marks=re.compile(r"^#{1,6} \S|\]\(https?://", re.MULTILINE),
        certain=re.compile(r"---\n[A-Za-z][\w-]*:[^\n]*\n"),
    ),
    TextFormat(
        "asciidoc",
        "text/asciidoc",
        (".adoc", ".asciidoc", ".asc"),
        _in("markup.asciidoc"),
        marks=re.compile(r"^={2,5} \S|^\|===$|^:\w[\w-]*: ", re.MULTILINE),
    ),
    TextFormat(
        "restructuredtext",
        "text/x-rst",
        (".rst", ".rest"),
        _in("markup.restructuredtext"),
        marks=re.compile(r"^\.\. (?:\w[\w-]*::|_[^:\n]+:)|`__?\b|^\S[^\n]*\n={4,}$", re.MULTILINE),
        enough=3,
    ),
    TextFormat(
        "html",
        "text/html",
        (".html", ".htm", ".xhtml"),
        _in("markup.html"),
        certain=re.compile(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html)\b", re.I | re.S
        ),
    ),
)
BINARY_FORMATS: tuple[BinaryFormat, ...] = (
    BinaryFormat("pdf", "application/pdf", (".pdf",), _pdf, _is_pdf, paged=True),
    # Slides and sheets come before documents, which they may hold as a whole.
    BinaryFormat(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (".pptx", ".pptm", ".ppsx", ".potx"),
        _in("office.pptx"),
        _has_part("ppt/presentation.xml"),
    ),
    BinaryFormat(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx", ".xlsm", ".xltx"),
        _in("office.xlsx"),
        _has_part("xl/workbook.xml"),
    ),
    BinaryFormat(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx", ".docm", ".dotx"),
        _in("office.docx"),
        _has_part("word/"),
    ),
    BinaryFormat(
        "odt", "application/vnd.oasis.opendocument.text", (".odt", ".ott"), _in("office.odt"), _is_odt
    ),
    BinaryFormat(
        "akoma-ntoso", "application/akn+xml", (".akn", ".xml"), _in("markup.akoma_ntoso"), _is_akoma_ntoso
    ),
    BinaryFormat(
        "stratml", "application/stratml+xml", (".stratml", ".xml"), _in("stratml"), _is_stratml, encoded=True
    ),
    BinaryFormat("mhtml", "multipart/related", (".mhtml", ".mht"), _in("markup.mhtml"), _is_mhtml),
)
FORMATS: tuple[TextFormat | BinaryFormat, ...] = (*TEXT_FORMATS, *BINARY_FORMATS)


def format_names() -> tuple[str, ...]:
    """Return the names of the formats that are read, in the table's order."""
    return tuple(entry.name for entry in FORMATS)


def find_binary(data: bytes, *, wanted: str | None = None) -> BinaryFormat | None:
    """Return the binary format that the user wants or else that of ``data``; None if it is text.

    Raises :class:`UnusableInputError`, with a suggestion, if there is no format called ``wanted``.
    """
    if wanted is not None:
        _check(wanted)
        return next((entry for entry in BINARY_FORMATS if entry.name == wanted), None)
    return next((entry for entry in BINARY_FORMATS if entry.matches(data)), None)


def find_format(name: str, text: str, *, wanted: str | None = None) -> TextFormat:
    """Return the format that the user wants or else that of ``text``, by its content and its file's name.

    Raises :class:`UnusableInputError`, with a suggestion, if there is no format called ``wanted``.
    """
    if wanted is not None:
        _check(wanted)
        return next(entry for entry in TEXT_FORMATS if entry.name == wanted)
    for entry in TEXT_FORMATS:
        if entry.certain and entry.certain.match(text):
            return entry
    suffix = PurePath(name).suffix.lower()
    plain = TEXT_FORMATS[0]
    for entry in TEXT_FORMATS:
        if suffix in entry.suffixes and entry is not plain:
            return entry
    for entry in TEXT_FORMATS:
        if entry.marks and len(entry.marks.findall(text)) >= entry.enough:
            return entry
    return plain


def _check(wanted: str) -> None:
    """Raise :class:`UnusableInputError`, with a suggestion, if there is no format called ``wanted``."""
    if wanted not in format_names():
        close = get_close_matches(wanted.lower(), format_names(), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnusableInputError(
            f"there is no format called {wanted!r}{hint} (formats: {', '.join(format_names())})"
        )
