"""The table of formats: it drives dispatch, the command line's choices and the messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: its name, its suffixes, how its content looks, and its reader.

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


# A reader is imported when its format is met: start-up counts, and a text needs no HTML parser.


def _text(text: str) -> Content:
    from strategraph.reading import text as reader

    return reader.parse(text)


def _markdown(text: str) -> Content:
    from strategraph.reading import markdown as reader

    return reader.parse(text)


def _asciidoc(text: str) -> Content:
    from strategraph.reading import asciidoc as reader

    return reader.parse(text)


def _restructuredtext(text: str) -> Content:
    from strategraph.reading import restructuredtext as reader

    return reader.parse(text)


def _html(text: str) -> Content:
    from strategraph.reading import html as reader

    return reader.parse(text)


FORMATS: tuple[Format, ...] = (
    Format("text", "text/plain", (".txt", ".text"), _text),
    Format(
        "markdown",
        "text/markdown",
        (".md", ".markdown", ".mdown", ".mkd"),
        _markdown,
        marks=re.compile(r"^#{1,6} \S|\]\(https?://", re.MULTILINE),
        certain=re.compile(r"---\n[A-Za-z][\w-]*:[^\n]*\n"),
    ),
    Format(
        "asciidoc",
        "text/asciidoc",
        (".adoc", ".asciidoc", ".asc"),
        _asciidoc,
        marks=re.compile(r"^={2,5} \S|^\|===$|^:\w[\w-]*: ", re.MULTILINE),
    ),
    Format(
        "restructuredtext",
        "text/x-rst",
        (".rst", ".rest"),
        _restructuredtext,
        marks=re.compile(r"^\.\. (?:\w[\w-]*::|_[^:\n]+:)|`__?\b|^\S[^\n]*\n={4,}$", re.MULTILINE),
        enough=3,
    ),
    Format(
        "html",
        "text/html",
        (".html", ".htm", ".xhtml"),
        _html,
        certain=re.compile(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html)\b", re.I | re.S
        ),
    ),
)


def format_names() -> tuple[str, ...]:
    """Return the names of the formats that are read, in the table's order."""
    return tuple(entry.name for entry in FORMATS)


def find_format(name: str, text: str, *, wanted: str | None = None) -> Format:
    """Return the format that the user wants or else that of ``text``, by its content and its file's name.

    Raises :class:`UnusableInputError`, with a suggestion, if there is no format called ``wanted``.
    """
    if wanted is not None:
        for entry in FORMATS:
            if entry.name == wanted:
                return entry
        close = get_close_matches(wanted.lower(), format_names(), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnusableInputError(
            f"there is no format called {wanted!r}{hint} (formats: {', '.join(format_names())})"
        )
    for entry in FORMATS:
        if entry.certain and entry.certain.match(text):
            return entry
    suffix = PurePath(name).suffix.lower()
    plain = FORMATS[0]
    for entry in FORMATS:
        if suffix in entry.suffixes and entry is not plain:
            return entry
    for entry in FORMATS:
        if entry.marks and len(entry.marks.findall(text)) >= entry.enough:
            return entry
    return plain
