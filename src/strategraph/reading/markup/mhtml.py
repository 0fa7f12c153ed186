"""MHTML: a page as browsers save it in one file, of which the HTML is read and the rest left alone.

The parts are found by one pass over the lines: the standard library's parser of mail goes one call deeper
with each part within a part, and what is hostile can be nested without end. Its parser of headers is used.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from strategraph.errors import UnusableInputError
from strategraph.reading.content import Content
from strategraph.reading.decoding import decode
from strategraph.reading.markup import html
from strategraph.reading.request import Original, Request

_HEADER = 64 * 1024  # bytes; browsers write a few hundred
_PARTS = 20_000
_DEEPEST = 4  # a page within alternatives within what is related is 2 deep
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(
    rb"^content-type:\s{0,100}(?:multipart/(?:related|mixed|alternative)|text/html)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _MimePart:
    """One part: what its header says, and its body as it stands in the file."""

    header: Message
    body: bytes

    @property
    def media_type(self) -> str:
        return self.header.get_content_type()


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins with the header of a page saved in one file, with its pictures or without."""
    head = data[:_HEADER].lstrip()
    blank = _BLANK_LINE.search(head)
    header = head[: blank.start()] if blank else head
    return bool(_VERSION.search(header) and _TYPE.search(header))


def parse(data: bytes, request: Request) -> Content:
    """Return the page in an MHTML file; raise :class:`UnusableInputError` if there is none in it."""
    page = _page(_part(data.lstrip()), request.name)
    body = _decoded(page, request.name)
    charset = page.header.get_param("charset")
    told = Original(request.name, body, charset=charset if isinstance(charset, str) else "")
    text = decode(body, name=request.name, encoding=told.encoding)
    most = request.limits.characters
    if len(text) > most:  # of the page itself: what is left of it is checked later, after the work
        raise UnusableInputError(
            f"{request.name}: has more than {most:,} characters, the limit; raise it with --max-characters"
        )
    return html.parse(text)


def _part(data: bytes) -> _MimePart:
    """Return what stands between two boundaries, or the whole file, as header and body."""
    if data[:1] in (b"\n", b"\r"):  # no header at all
        return _MimePart(Message(), data)
    blank = _BLANK_LINE.search(data, 0, _HEADER)
    end = blank.start() if blank else 0
    return _MimePart(
        HeaderParser().parsestr(data[:end].decode("utf-8", "replace")), data[blank.end() if blank else 0 :]
    )


def _page(part: _MimePart, name: str) -> _MimePart:
    """Return the part that is the page: the one that the header names, or the first that is HTML."""
    for _ in range(_DEEPEST):
        if not part.media_type.startswith("multipart/"):
            break
        inside = list(_inside(part, name))
        start = part.header.get_param("start")
        named = [each for each in inside if start and _identity(each) == start]
        pages = [each for each in inside if each.media_type in _PAGE]
        deeper = [each for each in inside if each.media_type.startswith("multipart/")]
        part = next(iter([*named, *pages, *deeper]), part)
    if part.media_type not in _PAGE:
        raise UnusableInputError(f"{name}: is a saved page (MHTML) without a page in it")
    return part


def _identity(part: _MimePart) -> str:
    """Return a part's identifier, without the brackets that a parameter loses, too."""
    return str(part.header.get("Content-ID", "")).strip().removeprefix("<").removesuffix(">")


def _inside(part: _MimePart, name: str) -> Iterator[_MimePart]:
    """Yield the parts within a part."""
    boundary = part.header.get_boundary()
    if not boundary:
        return
    mark = re.compile(
        rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?$", re.MULTILINE
    )
    begin: int | None = None
    for number, found in enumerate(mark.finditer(part.body)):
        if number > _PARTS:
            raise UnusableInputError(f"{name}: has more than {_PARTS:,} parts, the limit")
        if begin is not None:
            yield _part(part.body[begin : found.start()])
        begin = found.end() + 1  # behind the line's end
        if found[1]:
            return
    if begin is not None:  # the end is missing: what there is of the last part
        yield _part(part.body[begin:])


def _decoded(part: _MimePart, name: str) -> bytes:
    """Return a part's bytes without their transfer encoding."""
    encoding = part.header.get("Content-Transfer-Encoding", "binary").strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(part.body)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(part.body)
        except binascii.Error as error:
            raise UnusableInputError(f"{name}: its page is damaged ({str(error).lower()})") from error
    return part.body
