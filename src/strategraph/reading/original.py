"""A source that is no file: its bytes, and what is known of them from where they came."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

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
