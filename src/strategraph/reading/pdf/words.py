"""The text of lines as one: words broken at line ends are made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from strategraph.reading.layout.hyphens import Spelling, is_joining
from strategraph.reading.pdf.lines import Line
from strategraph.reading.pdf.scripts import is_wide

_LAST = re.compile(r"[^\W\d_]+\Z")
_FIRST = re.compile(r"[^\W\d_]+")
_SOFT = "\u00ad"
_HYPHENS = (_SOFT, "-", "\u2010", "\u2011")


def running_text(lines: Sequence[Line], spelling: Spelling) -> str:
    """Return the words of some lines as one text with single spaces."""
    text = ""
    for line in lines:
        text = _append(text, " ".join(line.text.split()), spelling)
    return text.replace(_SOFT, "")


def _is_chain(before: str, after: str) -> bool:
    """Whether a hyphen before or behind two halves makes them part of a compound: "out-of-school"."""
    return before.endswith(_HYPHENS) or after.startswith(_HYPHENS)


def spelled(line: Line) -> str:
    """Return the words of a line with a plain hyphen at its end if it ends in a hyphen of any kind."""
    text = line.text
    return f"{text[:-1]}-" if text.endswith(_HYPHENS) else text


def _append(text: str, line: str, spelling: Spelling) -> str:
    """Return a text with the next line added."""
    if not text or not line:
        return text or line
    if len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalnum() and line[0].isalnum():
        first, second = _LAST.search(text, 0, len(text) - 1), _FIRST.match(line)
        if second and is_joining(second[0]):
            return f"{text[:-1]}- {line}"
        parted = first is not None and second is not None and spelling.is_one(first[0], second[0])
        parted = parted and not _is_chain(
            text[: first.start()] if first else "", line[second.end() :] if second else ""
        )
        return f"{text[:-1]}{'' if parted else '-'}{line}"
    if text[-1] in "/–—" and text[-2:-1] not in ("", " ") and line[0].isalnum():
        return text + line
    return text + line if is_wide(text[-1]) and is_wide(line[0]) else f"{text} {line}"
