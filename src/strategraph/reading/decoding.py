"""From bytes to text, or to XML. What the bytes do not say is asked for, never guessed."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from strategraph.errors import UnusableInputError

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32's mark begins with UTF-16's: the longer one first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive without a text document in it (EPUB, XLSX and ODS are such)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS, PPT)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
)

# The declarations of HTML and XML; the standard looks at the first 1024 bytes, too.
_DECLARED = re.compile(
    rb"""(?:<meta\b[^>]*?\bcharset|<\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_DECLARATION_REACH = 1024
# Python's names for what encodes strings, not documents: some take quadratic time or make half characters.
_NO_CHARACTER_SETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})
_SNIFFED = 65_536  # bytes in which the root element is looked for
_BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE\b(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*'|\[[^\]]*\])*>)*+",
    re.DOTALL,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def refuse_unread_format(data: bytes, name: str) -> None:
    """Raise :class:`UnusableInputError` if ``data`` is of a well-known format that no reader takes."""
    from strategraph.reading.formats import format_names

    for magic, description in _MAGIC:
        if data.startswith(magic):
            raise UnusableInputError(
                f"{name}: looks like {description}, which is not yet read; "
                f"these formats are: {', '.join(format_names())}"
            )


def refuse_other_xml(data: bytes, name: str) -> None:
    """Raise :class:`UnusableInputError` if ``data`` is XML of a kind that no reader takes."""
    start = data[:256].replace(b"\x00", b"").lstrip(_BEFORE_XML)
    if not name.lower().endswith(".xml") and not start.startswith(b"<?xml"):
        return
    root = root_name(data)
    if root is not None:
        raise UnusableInputError(
            f"{name}: is XML, but neither StratML nor Akoma Ntoso: its root is <{root}>; "
            "--from text reads it as text"
        )


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """Return the text of ``data``: no byte order mark, LF line ends, nothing else changed.

    ``encoding`` wins; then a byte order mark; then UTF-8 if the bytes are valid UTF-8; then the character
    set that an HTML or XML declaration names. Anything else raises :class:`UnusableInputError`, which names
    the likely encoding to pass.
    """
    text = _text(data, name, encoding)
    if "\x00" in text:
        raise UnusableInputError(f"{name}: is not text (it has NUL characters){_utf16_hint(data)}")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes, name: str, encoding: str | None) -> str:
    if encoding is not None:
        return _decode_as(data, encoding, name)
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], codec, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data[:_DECLARATION_REACH])
        if declared:
            return _decode_as(data, declared[1].decode("ascii", "replace"), name)
        if b"\x00" in data:
            raise UnusableInputError(f"{name}: is not text (it has NUL bytes){_utf16_hint(data)}") from error
        raise UnusableInputError(
            f"{name}: is not valid UTF-8 (byte 0x{data[error.start]:02x} at {error.start}); {_advice(data)}"
        ) from error


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        if codecs.lookup(encoding).name.replace("_", "-") in _NO_CHARACTER_SETS:
            raise LookupError(encoding)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableInputError(
            f"{name}: is not valid {encoding} ({error.reason} at byte {error.start}); "
            "pass its true encoding with --encoding"
        ) from error
    except (LookupError, UnicodeError) as error:
        raise UnusableInputError(f"{name}: there is no text encoding called {encoding!r}") from error
    half = _HALF_CHARACTER.search(text)
    if half:
        raise UnusableInputError(
            f"{name}: is not valid {encoding} (half a character, U+{ord(half[0]):04X}); "
            "pass its true encoding with --encoding"
        )
    return text


def _utf16_hint(data: bytes) -> str:
    """Return advice if every other byte is NUL, as in UTF-16 without a byte order mark."""
    sample = data[:2048]
    for codec, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[offset::2].count(0) > len(sample) // 4 and 0 not in sample[1 - offset :: 2]:
            return f"; if it is UTF-16 without a byte order mark, pass --encoding {codec}"
    return ""


def _advice(data: bytes) -> str:
    """Return what to pass, with the encoding that the bytes look like, if any."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    if best is None:
        return "pass its encoding with --encoding, if it is text at all"
    return f"it looks like {best.encoding}: if that is so, pass --encoding {best.encoding}"


def root_name(data: bytes) -> str | None:
    """Return the local name of the first element of some bytes; None if no XML begins there.

    >>> root_name(b'<?xml version="1.0"?><!-- a plan --><s:StrategicPlan xmlns:s="urn:x"/>')
    'StrategicPlan'
    >>> root_name(b"Goal 1: <b>") is None
    True
    """
    # UTF-16 has a NUL beside each letter
    start = data[:_SNIFFED].replace(b"\x00", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd")
    if not start.lstrip().startswith("<"):
        return None
    before = _BEFORE_ROOT.match(start)
    match = _ROOT.match(start, before.end() if before else 0)
    return match[1] if match else None


def xml_parser(*, encoding: str | None = None, recover: bool = False) -> XMLParser:
    """Return a parser that expands no entities, loads nothing from elsewhere, and bounds depth and sizes.

    ``encoding`` is told where the bytes need not be asked; with ``recover``, what is broken is passed over.
    """
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def xml_root(data: bytes, damaged: str) -> _Element:
    """Return the root of some XML, by :func:`xml_parser`; raise :class:`UnusableInputError` if it is none.

    ``damaged`` begins the message, which ends with what the parser says.
    """
    from lxml import etree

    try:
        return etree.fromstring(data, xml_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(getattr(error, "msg", error)).split())  # some are of two lines
        raise UnusableInputError(f"{damaged} is no XML ({reason})") from error


def local_name(node: _Element) -> str:
    """Return the local name of an element; none for what is no element, as an unexpanded entity.

    A prefix that nothing defines, which --recover leaves where it is, is no part of it.
    """
    return node.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(node.tag, str) else ""
