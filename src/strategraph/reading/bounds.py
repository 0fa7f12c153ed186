"""Blocks of a bounded length, so that what looks at one block as a whole takes bounded time.

A paragraph of a plan has hundreds of characters, seldom thousands. What is far longer is a text whose line
ends were lost, or was made to keep a program busy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from strategraph.model import Block

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
