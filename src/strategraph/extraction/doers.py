"""Who does something, by when and for how much, where a bracket, a line or a column of a table says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from strategraph.knowledge.measure_words import MeasureWords, either
from strategraph.model import Block, Document, Passage

_LONGEST = {"doer:label": 8, "doer:column": 12}  # words of a name; in prose more are a sentence
_BETWEEN = re.compile(r"\s*[;；、]\s*|\s*\n\s*|\s+/\s+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that somebody is given as the doer by, as a part of the passage where it stands."""

    passage: Passage
    rule: str


def named_in(passage: Passage, words: MeasureWords) -> Iterator[Named]:
    """Yield who the text of an element says does it: "(lead: Ministry of Health)", "Responsible: HR"."""
    for match in _lead(words).finditer(passage.text):
        yield from _parts(passage, match.start("name"), match.end("name"), "doer:label")


def cells_of(document: Document) -> dict[tuple[int, int], list[Block]]:
    """Return the cells of each row of each table, by table and row."""
    rows: dict[tuple[int, int], list[Block]] = {}
    for block in document.blocks:
        if block.table is not None:
            rows.setdefault((block.table, block.row), []).append(block)
    return rows


def column_kinds(heads: Sequence[Block], words: MeasureWords) -> dict[int, str]:
    """Return of the columns of a table those that say who, by when or for how much, by their heads."""
    return {
        head.column: kind
        for head in heads
        for kind, names in words.columns.items()
        if head.passage.text.casefold().strip(" :.*") in names
    }


def named_in_cell(passage: Passage) -> Iterator[Named]:
    """Yield the names in a cell of a column of doers."""
    yield from _parts(passage, 0, len(passage.text), "doer:column")


def _parts(passage: Passage, start: int, end: int, rule: str) -> Iterator[Named]:
    """Yield each of the names between two positions; what is no name of any length is none."""
    position = start
    for gap in [*_BETWEEN.finditer(passage.text, start, end), None]:
        part = passage.cut(position, gap.start() if gap else end)
        position = gap.end() if gap else end
        trimmed = len(part.text.rstrip(" .,;:"))
        if (
            part
            and trimmed > 1
            and len(part.text.split()) <= _LONGEST[rule]
            and any(c.isalpha() for c in part.text)
        ):
            yield Named(part.cut(0, trimmed), rule)


@cache
def _lead(words: MeasureWords) -> re.Pattern[str]:
    """Return the pattern of a leading word with a colon, at the start or in brackets, and the name."""
    listed = either(words.doers)
    return re.compile(
        rf"(?:^|[(（\[]|[.;]\s+)\s*(?:{listed})\s*[:：]\s*(?P<name>[^()（）\[\].;:：]+(?:;[^()（）\[\].:：]+)*)",
        re.IGNORECASE,
    )
